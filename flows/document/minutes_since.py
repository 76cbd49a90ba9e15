"""What has become of things since the last review of progress, in the minutes of this one (W12).

What was promised then and what became of it, what was answered, what the sponsor has granted, what is closed.
Names owners only, and nobody who asked for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.dates import short_date
from flows.document.model import Block, Bullets, Paragraph, typed
from flows.register.life import OVER, STATES
from flows.register.model import Kept
from flows.words import Words

#: The step that says it.
PLACE = "W12.4"
HEAD = Words("Since {day}.", "Depuis le {day}.")
PROMISED = Words("Promised last time, and what became of it", "Promis la dernière fois, et ce qu’il en est")
REPLIED = Words("You said, we did", "Vous avez dit, nous avons fait")
GRANTED = Words("Conditions the sponsor said yes to", "Conditions auxquelles le sponsor a dit oui")
CLOSED = Words("Closed, or done", "Réglé, ou fait")
NOTHING = Words(
    "Nothing has been closed or answered since.",
    "Rien n’a été réglé depuis, et aucune réponse n’a été publiée.",
)
LINE = Words("{ref} {title}", "{ref} {title}")
BECAME = Words("{line}: {state}", "{line} : {state}")
REPLY = Words("{title}: {text}", "{title} : {text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """All that has changed up to the end of this review. `promised`: records with the state each was in
    then; `replies`: what was asked about, and what was answered."""

    day: date  # in the project's zone
    promised: Sequence[tuple[Kept, str]] = ()
    replies: Sequence[tuple[Words, str]] = ()
    granted: Sequence[Kept] = ()
    closed: Sequence[Kept] = ()


def blocks(found: Since, names: Mapping[str, str]) -> list[Block]:
    """The lists, each only where there is something. `names`: Slack user id -> display name."""
    replies = tuple(REPLY.fill(title=title, text=typed(text)) for title, text in found.replies)
    lists = (
        (PROMISED, tuple(_promise(one, state, names) for one, state in found.promised)),
        (REPLIED, replies),
        (GRANTED, tuple(_line(one) for one in found.granted)),
        (CLOSED, tuple(_line(one) for one in found.closed)),
    )
    said: list[Block] = [Bullets(items=items, label=label) for label, items in lists if items]
    head = Paragraph(words=HEAD.fill(day=short_date(found.day)))
    return [head, *(said or [Paragraph(words=NOTHING)])]


def _line(one: Kept) -> Words:
    return LINE.fill(ref=one.ref, title=typed(one.title))


def _promise(one: Kept, state: str, names: Mapping[str, str]) -> Words:
    """ "ACT-3 Remove: slow access: in progress · Paul · 30/01"; of what is over, neither owner nor date."""
    said = BECAME.fill(line=_line(one), state=STATES.get(state, Words.same(state)))
    more = [] if state in OVER else [Words.same(names.get(one.owner, one.owner))] if one.owner else []
    if state not in OVER and one.due:
        more = [*more, short_date(one.due)]
    parts = [said, *more]
    return Words(" · ".join(part.en for part in parts), " · ".join(part.fr for part in parts))
