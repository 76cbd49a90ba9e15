"""What rests on a decision that is replaced or re-opened, so that nobody acts on an old one (issue 4).

Pure. Nothing that depends is moved or changed: it says that what it rests on does not stand, until it does
again or is given something else to rest on.
"""

from collections.abc import Iterable, Mapping

from flows.register.life import OVER
from flows.register.model import Kept
from flows.words import Words

#: What is noted of a record when the decision it rests on stops standing, and when it stands again.
SHAKEN, STEADY = "shaken", "steady"
#: Why a decision carries nothing, by the state it is in.
LOOSE: Mapping[str, Words] = {
    "proposed": Words("not decided", "pas encore décidée"),
    "rejected": Words("not accepted", "écartée"),
    "superseded": Words("replaced", "remplacée"),
    "withdrawn": Words("withdrawn", "retirée"),
}


def loose(on: Kept) -> Words | None:
    """Why one cannot act on it; None for a decision that stands, and for what is no decision."""
    return LOOSE.get(on.status) if on.kind == "decision" else None


def dependents(pointing: Iterable[Kept]) -> tuple[Kept, ...]:
    """Of what points to a decision, what somebody may still act on, by kind and number."""
    live = (one for one in pointing if one.status not in OVER)
    return tuple(sorted(live, key=lambda one: (one.kind, one.number)))
