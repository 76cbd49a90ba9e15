"""The picture of an impact and effort grid: each item where its medians put it, with the same in words."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from bot.outbound.render import File, Message
from bot.parts import Parts
from bot.words.drawing import png
from bot.words.limits import fit
from bot.words.mrkdwn import plain
from bot.words.text import Wording
from bot.workshops.results import BOXES
from bot.workshops.scene import scene
from flows.workshop.ballot import Line, Result
from flows.workshop.grid import HIGH, LOW
from storage.database import Connection
from storage.outbox import Row

SIDE, EDGE = 500, 50  # pixels: the square, and what stands around it
LINE, LETTERS, LONG = 30, 18, 52  # of the names below it: their height, their letters, and how many at most
INK, FAINT, RULE = "#1d1c1d", "#5c5b5e", "#dddddd"
LEAST, MOST = 0.5, 5.5  # of both axes: answers from 1 to 5, and room around them
SHOWN = 20


class Dot(NamedTuple):
    """Where one or more items stand."""

    x: float
    y: float
    numbers: str


def drawn(w: Wording, result: Result) -> str:
    """The grid as SVG: effort to the right, effect upwards; items by their number, named below it, so that it
    can be read on a phone."""
    lines = [line for line in result.lines if line.n][:SHOWN]
    height = SIDE + 2 * EDGE + LINE * (len(lines) + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE + 2 * EDGE}" height="{height}">',
        f'<rect width="100%" height="100%" fill="#ffffff"/><g font-family="DejaVu Sans" fill="{INK}">',
        *_frame(w),
        *(_dot(one) for one in dots(lines)),
        *(_named(w, n, line) for n, line in enumerate(lines, start=1)),
        "</g></svg>",
    ]
    return "".join(parts)


def dots(lines: Sequence[Line]) -> list[Dot]:
    """One dot a place; items of the same place share it."""
    found: dict[tuple[float, float], list[str]] = {}
    for n, line in enumerate(lines, start=1):
        found.setdefault((line.second, line.figure), []).append(str(n))
    return [Dot(x=_across(x), y=_up(y), numbers=", ".join(of)) for (x, y), of in found.items()]


def _across(effort: float) -> float:
    return EDGE + SIDE * (effort - LEAST) / (MOST - LEAST)


def _up(impact: float) -> float:
    return EDGE + SIDE * (MOST - impact) / (MOST - LEAST)


def _frame(w: Wording) -> list[str]:
    """The square, its two lines and the names of its boxes."""
    middle, line = _across(LOW), _up(HIGH)
    ends = EDGE + SIDE
    corners = {
        "do_now": (EDGE + 8, EDGE + 24), "plan": (middle + 8, EDGE + 24),
        "if_time": (EDGE + 8, ends - 10), "leave": (middle + 8, ends - 10),
    }  # fmt: skip
    names = [
        f'<text x="{x}" y="{y}" font-size="15" fill="{FAINT}">{escape(w(BOXES[box]))}</text>'
        for box, (x, y) in corners.items()
    ]
    below, above = escape(w("Effort, from little to much")), escape(w("Effect, from little to much"))
    return [
        f'<rect x="{EDGE}" y="{EDGE}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{FAINT}"/>',
        f'<line x1="{middle}" y1="{EDGE}" x2="{middle}" y2="{ends}" stroke="{RULE}" stroke-width="2"/>',
        f'<line x1="{EDGE}" y1="{line}" x2="{ends}" y2="{line}" stroke="{RULE}" stroke-width="2"/>',
        *names,
        f'<text x="{EDGE}" y="{ends + 28}" font-size="{LETTERS}">{below} →</text>',
        f'<text x="{EDGE}" y="{EDGE - 16}" font-size="{LETTERS}">↑ {above}</text>',
    ]


def _dot(one: Dot) -> str:
    return (
        f'<circle cx="{one.x}" cy="{one.y}" r="8" fill="#1264a3"/>'
        f'<text x="{one.x + 12}" y="{one.y + 6}" font-size="{LETTERS}" font-weight="bold">'
        f"{one.numbers}</text>"
    )


def _named(w: Wording, n: int, line: Line) -> str:
    words = escape(fit(plain(w.of(line.item.words)), LONG))
    below = SIDE + 2 * EDGE + LINE * n
    return f'<text x="{EDGE}" y="{below}" font-size="{LETTERS}">{n}. {words}</text>'


def file(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The picture of one revealed grid, for the channel."""
    found = scene(conn, parts, workspace=row.workspace, id=str(row.ref.get("workshop", "")))
    result = (
        next((one for one in found.results if one.number == row.ref.get("ballot")), None) if found else None
    )
    if found is None or result is None or not any(line.n for line in result.lines):
        return None
    w = found.w
    title = w("{id}: effect and effort", id=found.script.id)
    said = w("Each item where the middle of the answers puts it. The figures stand on the card.")
    content = png(drawn(w, result))
    return Message(text=said, file=File(name=f"{found.script.id}.png", content=content, title=title))


MESSAGES = {"workshop_picture": file}
