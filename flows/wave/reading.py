"""What a closed wave says (5.1): its index, the barrier of the five-step pulse, low means of training.

Reads what is kept, never a ballot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.wave.model import Kept, ScaleKept

FULL, SPAN = 100, 4
#: Indices: by name, the items and which of them are scored the other way round.
COLLAB = tuple(f"COL0{n}" for n in range(1, 9))
WORRIES = tuple(f"BEL0{n}" for n in range(1, 7))
LATELY = tuple(f"B0{n}" for n in range(1, 7))
REVERSED = frozenset({"COL06", "COL07"})
INDEXES: Mapping[str, tuple[str, ...]] = {"D06": COLLAB, "D07": WORRIES, "C02": LATELY}
#: Of the pulse: the barrier is the first step whose mean is this or less.
BARRIER = 3


@dataclass(frozen=True, slots=True)
class Index:
    """COLLAB or BPI, 0 to 100, exact; `n` is the smallest number of answers among its items."""

    value: float
    n: int


def index(what: str, kept: Mapping[str, Kept]) -> Index | None:
    """The index of this wave; None when it has none, or no item of it reached enough answers."""
    found = {id: one for id in INDEXES.get(what, ()) if isinstance(one := kept.get(id), ScaleKept)}
    if not found:
        return None
    values = [_norm(one, reverse=id in REVERSED) for id, one in found.items()]
    return Index(sum(values) / len(values), min(one.n for one in found.values()))


def barrier(steps: Sequence[tuple[str, str]], kept: Mapping[str, Kept]) -> str | None:
    """The first step, in order, whose mean is 3.0 or less. `steps`: (item, step)."""
    for id, step in steps:
        one = kept.get(id)
        if isinstance(one, ScaleKept) and one.total <= BARRIER * one.n:
            return step
    return None


def _norm(one: ScaleKept, *, reverse: bool) -> float:
    value = (one.total / one.n - 1) * FULL / SPAN
    return FULL - value if reverse else value
