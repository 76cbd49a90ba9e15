"""The phases of a project (0.3) and the stretches the calendar counts in (5.2). No clock is read here.

A date that nobody has given is None. A lot is live from the day somebody gave, never from the end that was
planned for it: only people know that it happened.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Phase = Literal["P0", "P1", "P2", "P3", "P4", "P5", "P6"]
#: What the columns of 5.2 are called here.
Name = Literal["dense", "scoping", "build", "launch", "settling", "everyday"]
#: The last day of each dense window, and of settling in; days are counted from 0.
DENSE, LAUNCH, SETTLING = 42, 56, 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """One lot with its go-live: the day somebody gave, or the end that was planned for it."""

    ref: str  # "LOT-1"
    given: date | None = None
    planned: date | None = None

    @property
    def go_live(self) -> date | None:
        """The day to count from; for what comes before it, the planned one will do."""
        return self.given or self.planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What the phases of a project hang on. All days are those of its zone."""

    start: date  # SET18
    named: bool = True  # the named questions of D01 are complete
    signed: date | None = None  # the scoping note
    contract: date | None = None  # contract or start order
    lots: tuple[Lot, ...] = ()
    off: frozenset[date] = frozenset()  # days on which nothing leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days of one rhythm, in a row. `n` tells it from the others of its name: 1, 2, …"""

    name: Name
    n: int
    origin: date  # the day that its days are counted from
    first: date
    last: date


def of_lot(lot: Lot, day: date) -> Phase | None:
    """The phase of a lot that is live; None before its go-live."""
    if lot.given is None or day < lot.given:
        return None
    age = (day - lot.given).days
    if age <= LAUNCH:
        return "P4"
    return "P5" if age <= SETTLING else "P6"


def phase_of(dates: Dates, day: date) -> Phase:
    """The phase of the project. Of several lots, the one that needs most decides: one being launched, else
    one still being built, else the youngest."""
    live = [phase for lot in dates.lots if (phase := of_lot(lot, day)) is not None]
    if live:
        building = len(live) < len(dates.lots)
        return "P4" if "P4" in live else "P3" if building else min(live)
    if dates.contract is not None and dates.contract <= day:
        return "P3"
    if dates.signed is not None and dates.signed <= day:
        return "P2"
    return "P1" if dates.named else "P0"


def stretches(dates: Dates, until: date) -> tuple[Stretch, ...]:
    """The whole time from the start to the day `until`, cut where the rhythm changes."""
    found: list[Stretch] = []
    day = dates.start
    while day <= until:
        name, origin = _rhythm(dates, day)
        last = found[-1] if found else None
        if last is not None and last.name == name and last.origin == (origin or last.origin):
            found[-1] = Stretch(name=name, n=last.n, origin=last.origin, first=last.first, last=day)
        else:
            n = 1 + sum(one.name == name for one in found)
            found.append(Stretch(name=name, n=n, origin=origin or day, first=day, last=day))
        day += timedelta(days=1)
    return tuple(found)


def _rhythm(dates: Dates, day: date) -> tuple[Name, date | None]:
    """The rhythm of a day, and what its days are counted from; None: from its own first day."""
    match phase_of(dates, day):
        case "P4":
            return "launch", _youngest(dates, day)
        case "P5":
            return "settling", _youngest(dates, day)
        case "P6":
            return "everyday", _youngest(dates, day)
        case "P3":
            return "build", None
        case "P0" | "P1" if (day - dates.start).days <= DENSE:
            return "dense", dates.start
        case _:
            return "scoping", None


def _youngest(dates: Dates, day: date) -> date:
    """The latest go-live so far. There is one."""
    return max(lot.given for lot in dates.lots if lot.given is not None and lot.given <= day)
