# ruff: noqa: PLR0913 - a chart, its lines, its days, what its axes say
"""Figures over time as lines: a drawing for mails, Slack's own chart, and the days that both have.

Draws what it is given; the same in words is the caller's to say. A day without a figure is a gap in the
drawing; Slack's chart knows no gaps, so it leaves out days on which a line has no figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from bot.words import limits
from bot.words.blocks import Json
from bot.words.limits import fit

WIDTH, HEIGHT = 600, 320
LEFT, RIGHT, TOP, BOTTOM = 44, 372, 20, 280  # of the plot; names stand to its right
APART = 22  # between two names, so that none covers another
NAME = 18  # characters of a name beside its line
LEAST = 2  # figures that make a line
INK, FAINT, RULE = "#1d1c1d", "#5c5b5e", "#dddddd"
#: Told apart by their dashes too, for whoever does not see the colours.
HANDS = (("#1264a3", ""), ("#b35900", "8 4"), ("#2b7a3d", "2 4"), ("#7a3d8f", "12 4 2 4"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a figure a day, None where there is none."""

    name: str
    values: Sequence[int | None]
    short: str = ""  # as a legend has room for it; "": the name

    @property
    def known(self) -> list[int]:
        """The figures there are."""
        return [one for one in self.values if one is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """Lines over the same days. `top`: of the scale; `across`, `up`: what the axes say."""

    title: str
    days: Sequence[str]
    lines: Sequence[Line]
    top: int
    across: str
    up: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The same three times: as SVG, as blocks of Slack's, and in words."""

    svg: str
    alt: str
    chart: Sequence[Json] = field(default_factory=tuple)


def chart(it: Curves) -> list[Json]:
    """Slack's block; nothing while it would have fewer than two days."""
    kept = [at for at in range(len(it.days)) if all(line.values[at] is not None for line in it.lines)]
    if len(kept) < LEAST:
        return []
    days = [fit(it.days[at], limits.CHART_LABEL) for at in kept]
    series = [_series(line, kept, days) for line in it.lines]
    return [block(it.title, "line", series, days, across=it.across, up=it.up)]


def block(
    title: str, kind: str, series: Sequence[Json], days: Sequence[str], *, across: str, up: str
) -> Json:
    """One chart of Slack's own kind, within its limits (messages only)."""
    axis = {
        "categories": list(days),
        "x_label": fit(across, limits.CHART_TITLE),
        "y_label": fit(up, limits.CHART_TITLE),
    }
    drawn = {"type": kind, "series": list(series), "axis_config": axis}
    return {"type": "data_visualization", "title": fit(title, limits.CHART_TITLE), "chart": drawn}


def svg(it: Curves) -> str:
    """The drawing."""
    parts = [*opened(), *_grid(it.top), *_ends(it.days)]
    for at, line in enumerate(it.lines):
        parts += _drawn(line, HANDS[at % len(HANDS)], it.top)
    parts += _names(it)
    return "\n".join([*parts, "</svg>"])


def opened() -> list[str]:
    """A white sheet, twice as fine as it is wide."""
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * WIDTH}" height="{2 * HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="DejaVu Sans" font-size="17" fill="{INK}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]


def text(x: float, y: float, said: str, fill: str = FAINT, anchor: str = "start") -> str:
    """One line of words."""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" text-anchor="{anchor}">{escape(said)}</text>'


def _series(line: Line, kept: Sequence[int], days: Sequence[str]) -> Json:
    data = [{"label": day, "value": line.values[at]} for at, day in zip(kept, days, strict=True)]
    return {"name": fit(line.short or line.name, limits.CHART_LABEL), "data": data}


def _drawn(line: Line, hand: tuple[str, str], top: int) -> Iterable[str]:
    """Its points, and a stroke between those that follow each other."""
    colour, dashes = hand
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    every = enumerate(line.values)
    for there, group in groupby(every, key=lambda one: one[1] is not None):
        points = [(_x(at, len(line.values)), _y(one, top)) for at, one in group if one is not None]
        if there:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="3"{dashed}/>'
            yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points)


def _grid(top: int) -> Iterable[str]:
    marks = range(0, top + 1, max(top // 4, 1)) if top < len(HANDS) or top % 4 == 0 else (0, top)
    for mark in marks:
        y = _y(mark, top)
        yield f'<line x1="{LEFT}" y1="{y}" x2="{RIGHT}" y2="{y}" stroke="{RULE}"/>'
        yield text(LEFT - 8, y + 5, str(mark), anchor="end")


def _ends(days: Sequence[str]) -> Iterable[str]:
    """The first day and the last."""
    yield text(LEFT, BOTTOM + 26, days[0])
    yield text(RIGHT, BOTTOM + 26, days[-1], anchor="end")


def _names(it: Curves) -> Iterable[str]:
    """Each name at the end of its line, moved down where another stands."""
    last: Mapping[int, int] = {at: line.known[-1] for at, line in enumerate(it.lines)}
    free = 0.0
    for at in sorted(last, key=lambda at: -last[at]):
        y = max(_y(last[at], it.top) + 5, free)
        free = y + APART
        name = f"{fit(it.lines[at].short or it.lines[at].name, NAME)} {last[at]}"
        yield text(RIGHT + 12, y, name, HANDS[at % len(HANDS)][0])


def _x(at: int, of: int) -> float:
    return LEFT + (RIGHT - LEFT) * at / max(of - 1, 1)


def _y(value: int, top: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / max(top, 1)
