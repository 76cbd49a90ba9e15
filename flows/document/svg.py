"""The few shapes that pictures of documents are made of, as SVG text. What people typed is escaped."""

from collections.abc import Iterable, Mapping

INK, FAINT, LINE = "#1f2430", "#5a6172", "#d4d8e0"
#: Told apart by their lightness too, so that a print without colours says the same.
SHADES = {"solid": "#7fae8a", "fragile": "#d9bd55", "weak": "#d6883f", "critical": "#a93d31"}
#: What text of a picture cannot hold as it is, and what it cannot hold at all.
_ESCAPED: Mapping[int, str | None] = {
    **dict.fromkeys((*(n for n in range(0x20) if n not in (0x09, 0x0A)), 0x7F, 0xFFFE, 0xFFFF), None),
    ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;",
}  # fmt: skip
ACCENT, CRITICAL, DEEP = "#7d8bc4", "#a93d31", "#3b4a8c"


def sheet(width: int, height: int, shapes: Iterable[str]) -> str:
    """A picture of this size. Its text is of the machine's DejaVu Sans."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="DejaVu Sans" fill="{INK}">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *shapes,
        "</svg>",
    ])  # fmt: skip


def text(  # noqa: PLR0913 - where, what, how large, in which hand
    x: float, y: float, said: str, *, size: int = 14, anchor: str = "start", fill: str = INK
) -> str:
    """One line."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">'
        f"{said.translate(_ESCAPED)}</text>"
    )


def box(x: float, y: float, width: float, height: float, fill: str) -> str:
    """One rectangle with slightly round corners."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="3" fill="{fill}"/>'


def dot(x: float, y: float, radius: float, fill: str) -> str:
    """One disc."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"/>'


def diamond(x: float, y: float, radius: float, fill: str) -> str:
    """One diamond around a point: a shape, since not every font has the sign."""
    corners = f"M{x:g} {y - radius:g}L{x + radius:g} {y:g}L{x:g} {y + radius:g}L{x - radius:g} {y:g}Z"
    return f'<path d="{corners}" fill="{fill}"/>'


def rule(x: float, y: float, to_x: float, to_y: float, *, dashed: bool = False) -> str:
    """One thin line."""
    dash = ' stroke-dasharray="4 4"' if dashed else ""
    return f'<line x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}" stroke="{LINE}"{dash}/>'


def lines(  # noqa: PLR0913 - where, what, how many letters a line has, how large, in which hand
    x: float, y: float, said: str, most: int, *, size: int = 12, anchor: str = "end"
) -> str:
    """The words on one line, or on two around the same height; cut where two are not enough."""
    rows = folded(said, most)
    if len(rows) == 1:
        return text(x, y, rows[0], size=size, anchor=anchor)
    return "\n".join(
        text(x, y + offset, row, size=size - 1, anchor=anchor)
        for row, offset in zip(rows, (-6.5, 6.5), strict=True)
    )


def folded(said: str, most: int) -> tuple[str, ...]:
    """The words as one line or two of at most so many letters, cut with a sign at the end of the second."""
    line = " ".join(said.split())
    if len(line) <= most:
        return (line,)
    at = line.rfind(" ", 0, most + 1)
    head, tail = (line[:at], line[at + 1 :]) if at > 0 else (line[:most], line[most:])
    return head, short(tail, most)


def short(said: str, most: int) -> str:
    """The words on one line, cut so that they fit."""
    line = " ".join(said.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
