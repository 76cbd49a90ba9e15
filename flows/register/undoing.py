"""What somebody has just made or moved on by hand is taken back by them, within ten minutes (journeys F2).

Pure. Taking back is one more thing that happens to the record: a new one is withdrawn and keeps its number,
a step leads back to where the record was. Nothing is deleted, and whatever has happened since stays.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import get_args

from flows.dialogue.model import Value
from flows.register.model import Change, Kept
from flows.register.moves import Name, Refused, Taken
from flows.register.reviewing import MOVE as REVIEW
from flows.words import Words

WITHIN = timedelta(minutes=10)
MOVE, RECORDED = "undo", "recorded"
#: What can be taken back: that it was made, looked at, and each step but the one another decision takes.
UNDONE = frozenset({RECORDED, REVIEW, *get_args(Name)} - {"supersede"})

TOO_LATE = Words(
    "The ten minutes have passed, so it stays. Its page says what can be done with it now.",
    "Les dix minutes sont passées, donc cela reste. Sa page dit ce que l’on peut en faire maintenant.",
)
SINCE = Words(
    "Something has happened to it since, so it stays. Its page says what can be done with it now.",
    "Il s’est passé autre chose depuis, donc cela reste. Sa page dit ce que l’on peut en faire maintenant.",
)


def undo(kept: Kept, past: Sequence[Change], *, by: str, now: datetime, leaned_on: bool) -> Taken | Refused:
    """Take back the latest of what has happened to it, by whoever did it. `leaned_on`: something points to
    the record already, so that it cannot vanish under it."""
    last = past[-1] if past else None
    if last is None or last.by != by or last.move not in UNDONE or last.after != kept.status:
        return Refused(field="", words=SINCE)
    if now - last.at > WITHIN:
        return Refused(field="", words=TOO_LATE)
    if last.move != RECORDED:
        before: dict[str, Value] = {field: was for field, (was, _) in last.changed.items()}
        return Taken(status=last.before, fields=before)
    if leaned_on:
        return Refused(field="", words=SINCE)
    return Taken(status="withdrawn")
