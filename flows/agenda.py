"""What is on the agenda of the workshops ahead: points to agree on, and pairs for the arbiter (3.4, W08).

Decides where each point is treated; opens and settles none, and knows nobody's answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flows.register.life import OVER
from flows.register.model import Kept
from flows.timetable import Placed, Timetable

#: What an open point says in its field `agenda`: the next workshop, whichever that is by then.
NEXT_WORKSHOP = "next_workshop"
#: The workshop that settles pairs pulling apart: "no contested pair without decision".
SETTLES_PAIRS = "W08"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What one workshop has to treat. `placed`: None where no workshop is left in the plan."""

    placed: Placed | None
    points: tuple[Kept, ...] = ()
    pairs: tuple[str, ...] = ()  # ids of sliders of D13 on which people disagree, undecided

    @property
    def total(self) -> int:
        """How many points it has."""
        return len(self.points) + len(self.pairs)


def to_treat(records: Iterable[Kept]) -> tuple[Kept, ...]:
    """Of these records, the open points that wait for a workshop."""
    return tuple(
        one for one in records if one.fields.get("agenda") == NEXT_WORKSHOP and one.status not in OVER
    )


def about(records: Iterable[Kept]) -> dict[str, str]:
    """The question each open point is about, to the number of the point."""
    return {str(one.fields["contested"]): one.ref for one in to_treat(records) if one.fields.get("contested")}


def agendas(table: Timetable, points: Iterable[Kept], pairs: Iterable[str]) -> tuple[Agenda, ...]:
    """The next workshop with its points, and the one that settles pairs where that comes later. A point
    that a workshop has left open goes on to the next one by itself."""
    ahead = [each for each in table.placed if each.ahead and each.step.workshop is not None]
    nearest, apart = (ahead[0] if ahead else None), tuple(pairs)
    settles = next((each for each in ahead if each.step.what == SETTLES_PAIRS), nearest)
    if settles is nearest or not apart:
        return (Agenda(placed=nearest, points=tuple(points), pairs=apart),)
    return (Agenda(placed=nearest, points=tuple(points)), Agenda(placed=settles, pairs=apart))
