"""A decision is looked at again on its day: still right, or not any more (0.7, issue 4).

Pure. Saying that it is still right changes nothing of what was decided: only when it was looked at, and when
it will be next. Re-opening and replacing are steps of their own, in moves.py.
"""

from datetime import date, timedelta

from flows.cadence import add_working_days
from flows.register.model import Kept
from flows.register.moves import NOT_NOW, Refused, Taken
from flows.words import Words

MOVE = "review"
#: How long a decision is left alone where nothing says how long; never less than the second, in days.
USUAL, LEAST = 91, 30
AHEAD = Words(
    "Choose a day to come, or leave it empty if it need not be looked at again.",
    "Choisissez un jour à venir, ou laissez vide s’il n’y a plus à la revoir.",
)


def review_day(kept: Kept) -> date | None:
    """When a decision that stands is to be looked at again; None for any other record."""
    day = kept.fields.get("review_date")
    stands = kept.kind == "decision" and kept.status == "accepted"
    return date.fromisoformat(str(day)) if stands and day else None


def next_review(kept: Kept, today: date) -> date:
    """A day to propose: as long from today as it was left alone this time, on a working day."""
    day, since = review_day(kept), kept.fields.get("reviewed_on") or kept.fields.get("date")
    left = (day - date.fromisoformat(str(since))).days if day and since else USUAL
    return add_working_days(today + timedelta(days=max(left, LEAST) - 1), 1)


def reviewed(kept: Kept, *, again: date | None, word: str, today: date) -> Taken | Refused:
    """It is still right. `again`: when it is looked at next, None: no more."""
    if kept.kind != "decision" or kept.status != "accepted":
        return Refused(field="", words=NOT_NOW)
    if again is not None and again <= today:
        return Refused(field="review_date", words=AHEAD)
    fields = {"review_date": again.isoformat() if again else None, "reviewed_on": today.isoformat()}
    return Taken(status="accepted", fields=fields, reason=word.strip() or None)
