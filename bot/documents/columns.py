"""How wide the columns of a long table are, so that the press need not measure each of its cells.

A short table is measured by the press: what fits best is seen only there, and a few cells cost nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence

LONG = 30  # rows from which a table is long
SAMPLE = 60  # of its rows, by which the columns are shared out
ROOM = 106  # characters of a table's type that fit one line of a sheet
PADDING = 2  # characters that the edges of a cell take
WIDEST_WORD = 14  # longer ones may be broken where a column has nothing else
_WORDS = re.compile(r"[^\s\u200b]+")


def shares(head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Percent of the line for each column; nothing for a table that is short. Each has room for its words, the
    first one for all it says (it is a number, and is not broken); what is left goes to what makes rows tall."""
    if len(rows) < LONG:
        return ()
    columns = [[name, *(row[n] for row in rows)] for n, name in enumerate(head)]
    widths = [max(map(len, columns[0])) + 1, *map(_word, columns[1:])]
    sample = rows[:: max(len(rows) // SAMPLE, 1)]
    for _ in range(ROOM - sum(widths) - PADDING * len(head)):
        widths[_tallest(sample, widths)] += 1
    line = sum(widths) + PADDING * len(head)
    return tuple(round(100 * (width + PADDING) / line, 2) for width in widths)


def _word(column: Sequence[str]) -> int:
    """How long the longest word is: of the heading as it stands, of the cells up to a point."""
    name, *cells = ([len(word) for word in _WORDS.findall(text)] for text in column)
    return max(max(name, default=1), min(max((n for each in cells for n in each), default=1), WIDEST_WORD))


def _tallest(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> int:
    """The column that makes most rows as tall as they are."""
    at = range(len(widths))
    return Counter(max(at, key=lambda n: len(row[n]) / widths[n]) for row in rows).most_common(1)[0][0]
