"""The open risks on a grid of likelihood by impact, and the same by level, highest first (0.7). Counts risks
and lists their numbers; ranks nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from flows.register.life import OVER
from flows.register.model import Kept
from flows.words import Words

STEPS = range(1, 6)
#: The levels of a risk by the least score of each, highest first.
LEVELS: tuple[tuple[int, Words], ...] = (
    (15, Words("Critical", "Critique")),
    (10, Words("High", "Élevé")),
    (5, Words("Medium", "Moyen")),
    (1, Words("Low", "Faible")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """`cells`: (likelihood, impact), 1 to 5 each, to the risks that stand there; empty ones are left out.
    `levels`: each level that has risks, with them, the highest score first."""

    cells: Mapping[tuple[int, int], tuple[Kept, ...]] = field(default_factory=dict)
    levels: tuple[tuple[Words, tuple[Kept, ...]], ...] = ()


def matrix(records: Iterable[Kept]) -> Matrix:
    """The risks among `records` that are not over and have both figures."""
    placed: dict[tuple[int, int], list[Kept]] = {}
    for one in records:
        place = (one.fields.get("likelihood"), one.fields.get("impact"))
        if one.kind == "risk" and one.status not in OVER and all(step in STEPS for step in place):
            placed.setdefault((int(place[0] or 0), int(place[1] or 0)), []).append(one)
    by_level: dict[int, list[Kept]] = {}
    for (likelihood, impact), risks in placed.items():
        least = next(least for least, _ in LEVELS if likelihood * impact >= least)
        by_level.setdefault(least, []).extend(risks)
    return Matrix(
        cells={place: tuple(risks) for place, risks in placed.items()},
        levels=tuple(
            (words, tuple(sorted(by_level[least], key=_score)))
            for least, words in LEVELS
            if least in by_level
        ),
    )


def drawn(found: Matrix, across: str, up: str) -> str:
    """The grid as lines of equal width: how many risks stand in each cell, a dot for none. `across` and `up`
    are what its two sides are called."""
    lines = [up]
    for impact in reversed(STEPS):
        counts = (len(found.cells.get((likelihood, impact), ())) for likelihood in STEPS)
        lines.append(f"{impact} |" + "".join(f"{count or '·':>4}" for count in counts))
    return "\n".join(
        [*lines, "  +" + "-" * 20, "   " + "".join(f"{step:>4}" for step in STEPS), f"   {across}"]
    )


def _score(one: Kept) -> tuple[int, int]:
    return -int(one.fields["likelihood"] * one.fields["impact"]), one.number
