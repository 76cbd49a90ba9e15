"""A table of a DOCX: its heading row on each page, no row cut in two, columns as wide as what they hold.

Written as XML in one piece: five hundred rows cell by cell through the library take a minute.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from bot.documents.columns import MANY, shares

CELL, SMALL = "Cell", "SmallCell"  # the style of the paragraphs in it; where there are many columns
#: The size of the letters in each style, in points.
LETTERS = {CELL: 8.5, SMALL: 7}
FULL = 9354  # twentieths of a point between the margins: 16.5 cm
HEAD, LINE = "EEF0F4", "D4D8E0"
RED, GREY = "9C2318", "6B7280"

_OPEN = (
    '<w:tbl xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tblPr>'
    f'<w:tblW w:w="{FULL}" w:type="dxa"/><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="{LINE}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:color="{LINE}"/></w:tblBorders><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
    'w:noVBand="1"/>'
)


def written(
    head: Sequence[str], rows: Sequence[Sequence[str]], caption: str, *, over: bool = False, full: int = FULL
) -> str:
    """The table as XML. Texts are without what XML cannot hold; `caption`: what a screen reader is told;
    `over`: in grey; `full`: how wide it is, in twentieths of a point."""
    style = SMALL if len(head) >= MANY else CELL
    sizes = [int(full * share / 100) for share in shares(head, rows)]
    opened = _OPEN.replace(f'w:w="{FULL}"', f'w:w="{full}"')
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    return "".join((
        opened, f"<w:tblCaption w:val={quoteattr(caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
        _row(head, sizes, style, head=True), *(_row(row, sizes, style, ink=GREY * over) for row in rows),
        "</w:tbl>",
    ))  # fmt: skip


def _row(cells: Sequence[str], sizes: Sequence[int], style: str, *, head: bool = False, ink: str = "") -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    inks = [RED if text.startswith("⚠") else ink for text in cells]
    written_ = "".join(
        _cell(text, size, style, head=head, ink=each)
        for text, size, each in zip(cells, sizes, inks, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{written_}</w:tr>"


def _cell(text: str, size: int, style: str, *, head: bool, ink: str) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD}"/>' if head else ""
    look = "<w:b/>" * head + (f'<w:color w:val="{ink}"/>' if ink else "")
    bold, keep = f"<w:rPr>{look}</w:rPr>" if look else "", "<w:keepNext/>" * head
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.splitlines() or [""]
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr><w:r>{bold}{lines}</w:r></w:p></w:tc>'
    )
