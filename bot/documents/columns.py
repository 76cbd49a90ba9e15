"""How wide the columns of a table are: its words fit, and what is left goes to what makes its rows tall.

For Word, which has to be told; and for long tables of a PDF, so that the press need not measure each cell. A
short one the press measures itself: what fits best is seen only there, and a few cells cost nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import ceil

LONG = 30  # rows from which the press is told
MANY = 8  # columns from which a table is set in small type
ACROSS = 10  # columns from which a short document is set across the sheet
ROOM, MORE_ROOM, MOST_ROOM = 106, 128, 192  # letters that fit a line: so, in small type, across the sheet
PADDING = 2  # letters that the edges of a cell take
#: How much wider than we count a letter may be, in the fonts of another machine; one of a heading.
WIDER, BOLD = 1.15, 1.4
LONGEST = 14  # letters of a word that is kept whole where a column has nothing else
SAMPLE = 60  # rows by which the room is shared out
_WORDS = re.compile(r"[^\s\u200b]+")


def shares(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Percent of the line for each column. The first one has room for all it says: it is a number, and is not
    broken."""
    columns = [[name, *(row[n] for row in rows)] for n, name in enumerate(head)]
    first = max(ceil(BOLD * len(head[0])), *(len(row[0]) + 1 for row in rows), 1)
    sizes = [min(first, LONGEST), *map(_word, columns[1:])]
    sample = rows[:: max(len(rows) // SAMPLE, 1)]
    room = ROOM if len(head) < MANY else MORE_ROOM if len(head) < ACROSS else MOST_ROOM
    for _ in range(room - sum(sizes) - PADDING * len(head) if rows else 0):
        sizes[_tallest(sample, sizes)] += 1
    line = sum(sizes) + PADDING * len(head)
    return [round(100 * (size + PADDING) / line, 2) for size in sizes]


def _word(column: Sequence[str]) -> int:
    """How long the longest word is: of the heading as it stands, of the cells up to a point."""
    name, *cells = ([len(word) for word in _WORDS.findall(text)] for text in column)
    return max(
        ceil(BOLD * max(name, default=1)),
        min(ceil(WIDER * max((n for each in cells for n in each), default=1)), LONGEST),
    )


def _tallest(rows: Sequence[Sequence[str]], sizes: Sequence[int]) -> int:
    """The column that makes most rows as tall as they are."""
    at = range(len(sizes))
    return Counter(max(at, key=lambda n: len(row[n]) / sizes[n]) for row in rows).most_common(1)[0][0]
