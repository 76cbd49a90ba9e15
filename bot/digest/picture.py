"""The four families over time, as a picture for the mail; and the same in words, for whoever cannot see it.

Slack has a chart of its own (bot/diagnosis/chart.py). Drawn by hand as SVG; reads runs that are kept, and
rounds as the diagnosis does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from bot.diagnosis import figures
from bot.words.text import Wording
from flows.words import Words
from storage.diagnosis import Run

WIDTH, HEIGHT = 600, 320
LEFT, RIGHT, TOP, BOTTOM = 40, 390, 20, 280  # of the plot; names stand to its right
MOST, LEAST = 12, 2  # runs in it
APART = 18  # between two names, so that none covers another
INK, FAINT, RULE = "#1d1c1d", "#5c5b5e", "#dddddd"
#: Told apart by their dashes too, for whoever does not see the colours.
HANDS: Mapping[int, tuple[str, str]] = {
    1: ("#1264a3", ""), 2: ("#b35900", "8 4"), 3: ("#2b7a3d", "2 4"), 4: ("#7a3d8f", "12 4 2 4"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The picture as SVG, and what it says."""

    svg: str
    alt: str


def families(w: Wording, runs: Sequence[Run], names: Mapping[int, Words]) -> Drawing | None:
    """The last runs of the diagnosis, oldest first; None while there is nothing to compare."""
    known = _daily(run for run in runs if run.verdict != "INSUFFICIENT")[-MOST:]
    lines = {n: [_score(run, n) for run in known] for n in sorted(names)}
    lines = {n: found for n, found in lines.items() if sum(one is not None for one in found) >= LEAST}
    if not lines:
        return None
    days = [run.at.date() for run in known]
    return Drawing(svg=_svg(w, days, lines, names), alt=_said(w, days, lines, names))


def _daily(runs: Iterable[Run]) -> list[Run]:
    """The last of each day."""
    return list({run.at.date(): run for run in sorted(runs, key=lambda run: run.number)}.values())


def _score(run: Run, n: int) -> int | None:
    family = run.families.get(n)
    return None if family is None or family.score is None else figures.whole(family.score)


def _said(
    w: Wording, days: Sequence[date], lines: Mapping[int, list[int | None]], names: Mapping[int, Words]
) -> str:
    """ "From Mon 2 Feb to Mon 16 Feb: Solution from 60 to 65, People from 48 to 48"."""
    said = []
    for n, found in lines.items():
        scores = [one for one in found if one is not None]
        said.append(w("{family} from {before} to {now}", family=names[n], before=scores[0], now=scores[-1]))
    start, end = w.day(days[0]), w.day(days[-1])
    return w("{start} to {end}: {families}", start=start, end=end, families=", ".join(said))


def _svg(
    w: Wording, days: Sequence[date], lines: Mapping[int, list[int | None]], names: Mapping[int, Words]
) -> str:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * WIDTH}" height="{2 * HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="DejaVu Sans" font-size="14" fill="{INK}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_grid(),
        _text(LEFT, BOTTOM + 26, w.day(days[0]), FAINT, "start"),
        _text(RIGHT, BOTTOM + 26, w.day(days[-1]), FAINT, "end"),
    ]
    for n, found in lines.items():
        colour, dashes = HANDS.get(n, HANDS[1])
        points = [(_x(at, len(found)), _y(one)) for at, one in enumerate(found) if one is not None]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="3"{dashed}/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points]
    parts += _names(w, lines, names)
    return "\n".join([*parts, "</svg>"])


def _grid() -> Iterable[str]:
    for score in (0, 25, 50, 75, 100):
        y = _y(score)
        yield f'<line x1="{LEFT}" y1="{y}" x2="{RIGHT}" y2="{y}" stroke="{RULE}"/>'
        yield _text(LEFT - 8, y + 5, str(score), FAINT, "end")


def _names(w: Wording, lines: Mapping[int, list[int | None]], names: Mapping[int, Words]) -> Iterable[str]:
    """Each name at the end of its line, moved down where another stands."""
    last = {n: next(one for one in reversed(found) if one is not None) for n, found in lines.items()}
    free = 0.0
    for n in sorted(last, key=lambda n: -last[n]):
        y = max(_y(last[n]) + 5, free)
        free = y + APART
        yield _text(RIGHT + 12, y, f"{w.of(names[n])} {last[n]}", HANDS.get(n, HANDS[1])[0], "start")


def _x(at: int, of: int) -> float:
    return LEFT + (RIGHT - LEFT) * at / max(of - 1, 1)


def _y(score: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * score / 100


def _text(x: float, y: float, said: str, fill: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" text-anchor="{anchor}">{escape(said)}</text>'
