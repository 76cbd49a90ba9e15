"""Vendors side by side: what a vendor was seen to do, how far people were apart, what it claims. Pure.

Ranks no vendor and adds no scores up: five criteria, each read by itself. A grid is its owner’s own; others
read how grids are spread, from five of them on.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

#: What can be said of a criterion (VEN07), the weakest evidence first.
LEVELS = ("no", "not_shown", "claimed", "seen")
CRITERIA = ("K1", "K2", "K3", "K4", "K5")
#: Grids from which on their spread is shown: fewer would tell whose is whose.
ENOUGH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How grids are spread on one criterion. `counts` by level; `low` and `high` are the ends, `middle` the
    median (the weaker of two), `first` and `third` the quartiles between which half of them are."""

    n: int
    counts: Mapping[str, int] = field(default_factory=dict)
    low: str
    first: str
    middle: str
    third: str
    high: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What one vendor answers in its file, line by line: {"K1.2": {"answer": "yes"}}."""

    vendor: str
    answers: Mapping[str, Mapping[str, str]]


def own(criteria: Collection[str], typed: Mapping[str, str]) -> dict[str, str]:
    """One's own grid out of what a form says: known criteria with known levels, nothing else."""
    return {key: typed[key] for key in criteria if typed.get(key) in LEVELS}


def spread(grids: Iterable[Mapping[str, str]], criterion: str) -> Spread | None:
    """How they are spread; None below five that say something of this criterion."""
    said = sorted((grid[criterion] for grid in grids if grid.get(criterion) in LEVELS), key=LEVELS.index)
    if len(said) < ENOUGH:
        return None
    return Spread(
        n=len(said), counts=dict(Counter(said)), low=said[0], first=_at(said, 1), middle=_at(said, 2),
        third=_at(said, 3), high=said[-1],
    )  # fmt: skip


def _at(ordered: Sequence[str], quarter: int) -> str:
    """The level a quarter, a half, three quarters of the way up; between two, the weaker."""
    return ordered[(len(ordered) - 1) * quarter // 4]
