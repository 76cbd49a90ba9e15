"""What Slack refuses in a data_visualization block: kind of chart, series, labels, figures."""

from __future__ import annotations

from sandbox.inspection import Inspection
from sandbox.refusal import Json

TITLE, LABEL, MOST = 50, 20, 6
POINTS = 20
#: Charts with axes; a pie has segments instead.
PLOTTED = ("bar", "line", "area")
KEYS = {"bar": {"type", "series", "axis_config"}, "pie": {"type", "segments"}}


def chart(it: Inspection, where: str, block: Json) -> None:
    """The whole block."""
    it.required(where, block, "title", "chart")
    it.string(f"{where}, title", block.get("title"), TITLE, 1)
    drawn = block.get("chart")
    if not isinstance(drawn, dict):
        it.say(where, "chart must be an object")
        return
    kind = drawn.get("type")
    it.one_of(f"{where}, chart", kind, ("pie", *PLOTTED))
    it.keys(f"{where}, chart", drawn, KEYS["pie" if kind == "pie" else "bar"])
    if kind == "pie":
        _points(it, f"{where}, segments", drawn.get("segments"), most=MOST)
    else:
        _plotted(it, f"{where}, chart", drawn)


def _plotted(it: Inspection, where: str, drawn: Json) -> None:
    """Each series has a name of its own, and a figure for each category."""
    it.required(where, drawn, "series", "axis_config")
    axis = drawn.get("axis_config") or {}
    categories = it.items(f"{where}, categories", axis.get("categories"), POINTS)
    for number, label in enumerate(categories, 1):
        it.string(f"{where}, category {number}", label, LABEL, 1)
    for name in ("x_label", "y_label"):
        it.string(f"{where}, {name}", axis.get(name), TITLE)
    names: set[str] = set()
    for number, series in enumerate(it.items(f"{where}, series", drawn.get("series"), MOST), 1):
        place = f"{where}, series {number}"
        if not isinstance(series, dict):
            it.say(place, "must be an object")
            continue
        name = str(series.get("name"))
        it.string(f"{place}, name", series.get("name"), LABEL, 1)
        if name in names:
            it.say(place, f"name {name!r} is used twice")
        names.add(name)
        labels = _points(it, place, series.get("data"), most=POINTS)
        if labels != categories:
            it.say(place, "needs a figure for each category, in their order")


def _points(it: Inspection, where: str, points: object, *, most: int) -> list[object]:
    labels: list[object] = []
    for number, point in enumerate(it.items(where, points, most), 1):
        place = f"{where}, {number}"
        if not isinstance(point, dict):
            it.say(place, "must be an object")
            continue
        it.string(f"{place}, label", point.get("label"), LABEL, 1)
        if not isinstance(point.get("value"), (int, float)) or isinstance(point.get("value"), bool):
            it.say(place, "value must be a number")
        labels.append(point.get("label"))
    return labels
