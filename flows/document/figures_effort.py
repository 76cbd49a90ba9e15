"""The picture of what was weighed together: effect upwards, effort to the right, each thing by a number.

Pure: medians of a vote in, SVG in both languages out.
"""

from collections.abc import Sequence

from flows.document.facts import Weighed
from flows.document.figures import decimal
from flows.document.minutes import OUTCOMES
from flows.document.model import Figure
from flows.document.svg import DEEP, FAINT, box, dot, lines, sheet, text
from flows.words import Language, Words
from flows.workshop.grid import HIGH, LOW

LABEL = Words("Effect and effort", "Effet et effort")
EFFECT, EFFORT = Words("Effect →", "Effet →"), Words("Effort →", "Effort →")
SAID = Words("{n}. {what}: effect {impact}, effort {effort}", "{n}. {what} : effet {impact}, effort {effort}")
WIDTH, LEFT, TOP, SIDE = 720, 64, 12, 330
LEGEND, ROW = LEFT + SIDE + 34, 34
#: Where the four boxes are, by what is said of them: first effort, then effect, in points.
BOXES = {
    "do_now": (1, LOW, HIGH, 5), "plan": (LOW, 5, HIGH, 5),
    "if_time": (1, LOW, 1, HIGH), "leave": (LOW, 5, 1, HIGH),
}  # fmt: skip
FILLS = {"do_now": "#e6f1e8", "plan": "#eef0f8", "if_time": "#f7f3e4", "leave": "#f1f1f3"}


def effort(weighed: Sequence[Weighed]) -> Figure:
    """What was weighed on a grid. `weighed`: one or more."""
    alt = [
        SAID.fill(n=n, what=one.name, impact=decimal(one.impact), effort=decimal(one.effort))
        for n, one in enumerate(weighed, 1)
    ]
    return Figure(
        label=LABEL,
        alt=Words("; ".join(one.en for one in alt), " ; ".join(one.fr for one in alt)),
        drawing=Words(_drawn(weighed, "en"), _drawn(weighed, "fr")),
    )


def _drawn(weighed: Sequence[Weighed], language: Language) -> str:
    bottom = TOP + SIDE
    shapes = [shape for name in BOXES for shape in _box(name, language)]
    for point in range(1, 6):
        shapes += [
            text(_x(point), bottom + 18, str(point), size=12, anchor="middle"),
            text(LEFT - 10, _y(point) + 4, str(point), size=12, anchor="end"),
        ]
    shapes += [
        text(LEFT + SIDE / 2, bottom + 38, EFFORT.in_(language), size=13, anchor="middle"),
        f'<g transform="translate(22 {TOP + SIDE / 2:g}) rotate(-90)">'
        f"{text(0, 0, EFFECT.in_(language), size=13, anchor='middle')}</g>",
    ]
    met: dict[tuple[float, float], int] = {}
    for n, one in enumerate(weighed, 1):
        place = (one.effort, one.impact)
        beside = met[place] = met.get(place, 0) + 1
        x, y = _x(one.effort) + (beside - 1) * 14, _y(one.impact) - (beside - 1) * 10
        shapes += [dot(x, y, 11, DEEP), text(x, y + 4.5, str(n), size=12, anchor="middle", fill="#ffffff")]
        at = TOP + 14 + (n - 1) * ROW
        shapes += [
            text(LEGEND, at, f"{n}", size=12, fill=FAINT),
            lines(LEGEND + 24, at, one.name.in_(language), 34, anchor="start"),
        ]
    return sheet(WIDTH, max(bottom + 50, TOP + len(weighed) * ROW), shapes)


def _box(name: str, language: Language) -> tuple[str, str]:
    left, right, low, high = BOXES[name]
    x, y = _x(left) - (18 if left == 1 else 0), _y(high) - (18 if high == 5 else 0)
    width = _x(right) + (18 if right == 5 else 0) - x
    height = _y(low) + (18 if low == 1 else 0) - y
    said = text(x + 8, y + height - 8, OUTCOMES[name].in_(language), size=11, fill=FAINT)
    return box(x, y, width, height, FILLS[name]), said


def _x(effort: float) -> float:
    return LEFT + 18 + (effort - 1) * (SIDE - 36) / 4


def _y(impact: float) -> float:
    return TOP + SIDE - 18 - (impact - 1) * (SIDE - 36) / 4
