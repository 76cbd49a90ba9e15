"""A table of a DOCX: its heading row on each page, no row cut in two, columns as wide as what they hold.

Written as XML in one piece: five hundred rows cell by cell through the library take a minute.
"""

from collections.abc import Sequence
from itertools import zip_longest
from xml.sax.saxutils import escape, quoteattr

CELL, SMALL = "Cell", "SmallCell"  # the style of the paragraphs in it; where there are many columns
MANY = 8  # columns
#: What a letter takes in each style, in twentieths of a point, and the size of the letters in points.
LETTERS = {CELL: (104, 8.5), SMALL: (86, 7)}
FULL = 9354  # twentieths of a point between the margins: 16.5 cm
MARGINS = 150  # of a cell, in the same measure
LONGEST, MOST = 20, 80  # letters: of a word that is kept whole; beyond which more of them take no more place
HEAD, LINE = "EEF0F4", "D4D8E0"

_OPEN = (
    '<w:tbl xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tblPr>'
    f'<w:tblW w:w="{FULL}" w:type="dxa"/><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="{LINE}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:color="{LINE}"/></w:tblBorders><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
    'w:noVBand="1"/>'
)


def written(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """The table as XML. Texts are without what XML cannot hold; `caption`: what a screen reader is told."""
    style = SMALL if len(head) >= MANY else CELL
    sizes = widths(head, rows, letter=LETTERS[style][0])
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
    return "".join((
        _OPEN, f"<w:tblCaption w:val={quoteattr(caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
        _row(head, sizes, style, head=True), *(_row(row, sizes, style) for row in rows), "</w:tbl>",
    ))  # fmt: skip


def widths(head: Sequence[str], rows: Sequence[Sequence[str]], *, letter: int) -> list[int]:
    """How wide each column is: its longest word fits as far as there is place for all; what is left over goes
    where there is more to read."""
    columns = [*zip_longest(head, *rows, fillvalue="")]
    least = [MARGINS + letter * _word(column) for column in columns]
    if (spare := FULL - sum(least)) < 0:
        sizes = [FULL * one // sum(least) for one in least]
    else:
        more = [1 + min(sum(len(text) for text in column[1:]) // len(column), MOST) for column in columns]
        sizes = [one + spare * each // sum(more) for one, each in zip(least, more, strict=True)]
    sizes[-1] += FULL - sum(sizes)
    return sizes


def _word(cells: Sequence[str]) -> int:
    """How many letters the longest word of a column has."""
    return min(max((len(word) for text in cells for word in text.split()), default=0), LONGEST)


def _row(cells: Sequence[str], sizes: Sequence[int], style: str, *, head: bool = False) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    written_ = "".join(_cell(text, size, style, head=head) for text, size in zip(cells, sizes, strict=True))
    return f"<w:tr><w:trPr>{marks}</w:trPr>{written_}</w:tr>"


def _cell(text: str, size: int, style: str, *, head: bool) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD}"/>' if head else ""
    bold, keep = ("<w:rPr><w:b/></w:rPr>", "<w:keepNext/>") if head else ("", "")
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.splitlines() or [""]
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr><w:r>{bold}{lines}</w:r></w:p></w:tc>'
    )
