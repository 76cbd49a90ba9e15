"""The open risks as a picture: the grid of likelihood by impact, each risk by its number in its place.

Drawn by hand as SVG; bot/words/drawing.py makes the PNG. Never the only copy of anything: what it shows is
said in words beside it. Decides nothing about who may read what.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from bot.words.text import Wording
from flows.register.matrix import LEVELS, STEPS, Matrix
from flows.register.model import Kept

WIDTH, HEIGHT = 1200, 900
LEFT, TOP = 220, 140  # of the grid
CELL_W, CELL_H, GAP = 180, 116, 8
#: Fill and edge of a cell by the least score of its level; told apart by their lightness too.
COLOURS = {1: ("#e3f1e6", "#9cc7a5"), 5: ("#fdf3cf", "#dcc26a"), 10: ("#fbd9b5", "#dd9a55"),
           15: ("#f3b3ab", "#c2564a")}  # fmt: skip
INK, FAINT, CHIP = "#1f2430", "#5a6172", "#ffffff"
COLUMNS, ROWS = 2, 3  # numbers in one cell, the last place for how many more


def svg(w: Wording, found: Matrix, words: Sequence[str], day: date) -> str:
    """The picture as SVG. `words`: what the five steps are called, lowest first."""
    n = sum(len(risks) for risks in found.cells.values())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="DejaVu Sans" fill="{INK}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(60, 62, w("Open risks"), size=34, bold=True),
        _text(60, 98, f"{w.full_day(day)} · " + w.plural("{n} risk", "{n} risks", n), size=20, fill=FAINT),
        *_axes(w, words),
        *(part for impact in STEPS for likelihood in STEPS for part in _cell(found, likelihood, impact)),
        *_legend(w),
        "</svg>",
    ]
    return "\n".join(parts)


def _place(likelihood: int, impact: int) -> tuple[int, int]:
    """The upper left corner of a cell: likelihood to the right, impact upwards."""
    return LEFT + (likelihood - 1) * (CELL_W + GAP), TOP + (5 - impact) * (CELL_H + GAP)


def _cell(found: Matrix, likelihood: int, impact: int) -> Iterable[str]:
    """One place of the grid: its colour, its score, and the risks that stand there."""
    (x, y), score = _place(likelihood, impact), likelihood * impact
    fill, edge = COLOURS[next(least for least, _ in LEVELS if score >= least)]
    yield f'<rect x="{x}" y="{y}" width="{CELL_W}" height="{CELL_H}" rx="12" fill="{fill}" stroke="{edge}"/>'
    yield _text(x + CELL_W - 12, y + 22, str(score), size=15, fill=FAINT, anchor="end")
    risks = found.cells.get((likelihood, impact), ())
    for n, said in enumerate(_chips(risks)):
        left, top = x + 10 + n % COLUMNS * 82, y + 28 + n // COLUMNS * 29
        yield f'<rect x="{left}" y="{top}" width="78" height="25" rx="12.5" fill="{CHIP}" stroke="{edge}"/>'
        yield _text(left + 39, top + 18, said, size=15, bold=True, anchor="middle")


def _chips(risks: Sequence[Kept]) -> list[str]:
    """The numbers of a cell, and how many more where they are too many for it."""
    room = COLUMNS * ROWS
    shown = list(risks) if len(risks) <= room else list(risks)[: room - 1]
    more = [f"+ {len(risks) - len(shown)}"] if len(shown) < len(risks) else []
    return [*(one.ref for one in shown), *more]


def _axes(w: Wording, words: Sequence[str]) -> Iterable[str]:
    """What the two sides are called, and each of their steps."""
    bottom = TOP + 5 * (CELL_H + GAP)
    for step, said in zip(STEPS, words, strict=True):
        x, y = _place(step, step)
        yield _text(x + CELL_W // 2, bottom + 24, said, size=19, anchor="middle")
        yield _text(LEFT - 16, y + CELL_H // 2 + 6, said, size=19, anchor="end")
    middle = LEFT + (5 * (CELL_W + GAP) - GAP) // 2
    yield _text(middle, bottom + 56, w("Likelihood") + " →", size=20, bold=True, anchor="middle")
    across = TOP + (5 * (CELL_H + GAP) - GAP) // 2
    turned = _text(0, 0, w("Impact") + " →", size=20, bold=True, anchor="middle")
    yield f'<g transform="translate(44 {across}) rotate(-90)">{turned}</g>'


def _legend(w: Wording) -> Iterable[str]:
    """The levels by name, with the scores of each."""
    x, y, most = LEFT, HEIGHT - 42, 25
    for least, name in LEVELS:
        fill, edge = COLOURS[least]
        yield f'<rect x="{x}" y="{y}" width="26" height="26" rx="6" fill="{fill}" stroke="{edge}"/>'
        yield _text(x + 38, y + 20, f"{w.of(name)} ({least}–{most})", size=19)
        x, most = x + 235, least - 1


def _text(  # noqa: PLR0913 - where, what, how large, in which hand
    x: int, y: int, said: str, *, size: int, bold: bool = False, fill: str = INK, anchor: str = "start"
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{weight}>'
        f"{escape(said)}</text>"
    )
