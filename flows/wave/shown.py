"""How figures of a wave may be shown (5.3 rules 3 and 4): coarse enough that nobody is found in them.

Only rounds and names; what is kept is decided in `closing.py`. Everything is worked out in whole
numbers, so that no rounding of floating point shows.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from flows.wave.model import ENOUGH, PLENTY, Sum

#: Ends of the scale beyond which a mean is not told, in tenths: agreement of all reveals nobody.
LOWEST, HIGHEST = 15, 45
#: Bands of an item, in tenths (rule 4).
MIDDLE, UPPER = 25, 35
#: A mean, in tenths, or an index, in points, that moves less is stable.
MOVES, INDEX_MOVES = 5, 12.5
#: People who joined or left between two waves, up to whom the later one shows only bands.
FEW = 2

Band = Literal["low", "middle", "high"]
Direction = Literal["up", "stable", "down"]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean as it may be shown: in tenths, or only a bound of it."""

    tenths: int
    bound: Literal["", "or_less", "or_more"] = ""


def at_least(n: int) -> int:
    """The number of answers as it may be told: "from 5 answers" or "from 10 answers"."""
    return PLENTY if n >= PLENTY else ENOUGH


def bars(n: int) -> bool:
    """Whether bars may be shown."""
    return n >= PLENTY


def tenths(figures: Sum) -> int:
    """The mean in tenths of a point, halves rounded up."""
    return (20 * figures.total + figures.n) // (2 * figures.n)


def mean(figures: Sum) -> Mean:
    """The mean to one decimal; "1.5 or less", "4.5 or more" at the ends."""
    found = tenths(figures)
    if found <= LOWEST:
        return Mean(LOWEST, "or_less")
    return Mean(HIGHEST, "or_more") if found >= HIGHEST else Mean(found)


def band(figures: Sum) -> Band:
    """Below 2.5, 2.5 to 3.4, 3.5 or more."""
    found = tenths(figures)
    return "low" if found < MIDDLE else "middle" if found < UPPER else "high"


def index(value: float, n: int) -> int:
    """An index from 0 to 100: to the nearest 5 below ten answers, exact (a whole number) from ten."""
    step = 1 if n >= PLENTY else 5
    return int(value / step + 0.5) * step


def only_bands(before: Collection[str], after: Collection[str]) -> bool:
    """Whether one or two people joined or left the list of those invited between two waves of the
    same check-in: then the later wave shows no mean, only its band and which way it went."""
    joined, left = set(after) - set(before), set(before) - set(after)
    return 1 <= len(joined) <= FEW or 1 <= len(left) <= FEW


def moved(before: Sum, after: Sum) -> Direction:
    """Which way an item went between two waves that both have enough answers."""
    return _direction(tenths(after) - tenths(before), MOVES)


def index_moved(before: float, after: float) -> Direction:
    """Which way an index went."""
    return _direction(after - before, INDEX_MOVES)


def _direction(by: float, least: float) -> Direction:
    return "up" if by >= least else "down" if by <= -least else "stable"
