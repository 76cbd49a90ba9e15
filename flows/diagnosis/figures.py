"""Arithmetic of a diagnosis (3.1, 3.3): means, blends with parts missing, comparisons without noise.

A missing figure is None; every comparison with one is false.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: Decimals kept for comparisons, only to remove the noise of floating point (3.3, 6).
DECIMALS = 6
#: A value is a percentage, and so is a score.
FULL = 100.0

Figure = float | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A value from 0 to 100, or None; and how much of what was expected it rests on, from 0 to 1."""

    value: Figure
    coverage: float


#: A measure of nothing.
MISSING = Measure(None, 0.0)


def exact(figure: float) -> float:
    """The figure as it is compared."""
    return round(figure, DECIMALS)


def below(figure: Figure, limit: float) -> bool:
    """figure < limit."""
    return figure is not None and exact(figure) < limit


def at_least(figure: Figure, limit: float) -> bool:
    """figure >= limit."""
    return figure is not None and exact(figure) >= limit


def above(figure: Figure, limit: float) -> bool:
    """figure > limit."""
    return figure is not None and exact(figure) > limit


def within(figure: Figure, low: float, high: float) -> bool:
    """low <= figure < high."""
    return at_least(figure, low) and below(figure, high)


def mean(figures: Iterable[Figure]) -> Figure:
    """The arithmetic mean of those that are there: `avg` of 3.1."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) / len(known) if known else None


def blend(*parts: tuple[float, Measure]) -> Measure:
    """Weighted parts: missing values are dropped and the remaining weights rescaled; the coverage keeps
    the original weights (3.3, 1)."""
    weight = sum(w for w, part in parts if part.value is not None)
    value = sum(w * part.value for w, part in parts if part.value is not None)
    covered = sum(w * part.coverage for w, part in parts) / sum(w for w, _ in parts)
    return Measure(value / weight if weight else None, covered)


def average(*parts: Measure) -> Measure:
    """A blend of equal parts."""
    return blend(*((1.0, part) for part in parts))
