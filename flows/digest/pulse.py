"""The pulse over waves (C01), as coarse as it is told: how many of its steps, in order, hold by each wave.

No mean, no number of answers: only what is said of each wave anyway, its first step to act on. A wave of
which that cannot be said is a gap, and nothing is drawn through it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.wave.model import Kept, ScaleKept
from flows.wave.reading import BARRIER

MOST = 12  # waves in a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Stair:
    """One wave. `reached`: steps that hold before the first one to act on; None: not published."""

    day: date  # on which it closed
    reached: int | None


def stairs(
    waves: Iterable[tuple[date, Mapping[str, Kept]]], order: Sequence[tuple[str, str]]
) -> tuple[Stair, ...]:
    """Of closed waves, the oldest first, with what each has kept ({}: destroyed unread). `order`: the pulse
    as (item, step). The last twelve."""
    found = [Stair(day=day, reached=_reached(kept, order)) for day, kept in waves]
    return tuple(found[-MOST:])


def _reached(kept: Mapping[str, Kept], order: Sequence[tuple[str, str]]) -> int | None:
    """None as soon as a step has no figures: what comes after it would say something of it."""
    for n, (item, _) in enumerate(order):
        one = kept.get(item)
        if not isinstance(one, ScaleKept):
            return None
        if one.total <= BARRIER * one.n:
            return n
    return len(order)
