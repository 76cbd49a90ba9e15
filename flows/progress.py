"""How far a project is, in counts: what its card, its digest and its pictures say. Nothing of any person.

Counts dialogues and open points, which belong to the project; has no place for who has answered, and reads no
clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flows.words import Words

WEEK = timedelta(days=7)
#: Weeks in a picture, and days from which on there is one: fewer tell nothing.
MOST, LEAST = 12, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """The next thing that the project reaches."""

    what: Words
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A lot and the day on which it is to end."""

    ref: str
    name: Words
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where the project is."""

    phase: str  # 0.3
    week: int  # of the plan, 0 is the first
    weeks: int = 0  # of the plan in all; 0: not known
    closed: int = 0  # dialogues
    total: int = 0
    next: Milestone | None = None
    lots: tuple[Lot, ...] = ()
    points: int = 0  # open issues that everybody may read


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Something that begins on a day and is done on another: a dialogue, an open point."""

    began: date
    ended: date | None = None  # None: not yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How many had begun by the end of a day, and how many of them were done."""

    day: date
    begun: int
    done: int


def burn_up(spans: Iterable[Span], today: date) -> tuple[Mark, ...]:
    """One mark a week, the last one today, the first one in the week in which the first of them began; twelve
    at most. Nothing while there is nothing to compare."""
    found = list(spans)
    first = min((one.began for one in found), default=today)
    weeks = min((today - first).days // WEEK.days + 1, MOST - 1)
    days = [today - n * WEEK for n in range(weeks, -1, -1)] if first < today else []
    return tuple(_mark(found, day) for day in days)


def _mark(spans: Iterable[Span], day: date) -> Mark:
    begun = [one for one in spans if one.began <= day]
    done = [one for one in begun if one.ended is not None and one.ended <= day]
    return Mark(day=day, begun=len(begun), done=len(done))
