"""What is kept of a wave once it is closed, and nothing finer (5.3 rule 6). Opens no box that is too thin.

Whether there are enough ballots is asked before (`enough`): below the threshold the box is destroyed
without being read, so it never gets here.
"""

from collections.abc import Mapping, Sequence

from flows.wave import groups
from flows.wave.model import (
    ENOUGH,
    PLENTY,
    Box,
    ChoiceKept,
    Closed,
    Comment,
    Item,
    Kept,
    ScaleKept,
    Shuffle,
    Sum,
    TextKept,
)

#: Choices of functions of which section 3 reads those named by at least this share (R15).
NAMED, SHARE = frozenset({"COL09", "COL10"}), 40
NOBODY = "nobody"
#: The choice of which section 3 reads the most chosen answers, and how many (N13).
TOP, MOST = frozenset({"BEL10"}), 3
#: polar(Q) of 3.1: this many answers, and this share of them, on either side of 3.
SIDE, SIDE_SHARE = 2, 25
#: 3.4: means of two functions that differ by this many tenths of a point are far apart.
FAR = 15


def enough(ballots: int, threshold: int) -> bool:
    """Whether a wave may be read at all (rule 1). The threshold may be raised, never lowered."""
    return ballots >= max(threshold, ENOUGH)


def close(items: Sequence[Item], box: Box, *, threshold: int, shuffle: Shuffle) -> Closed:
    """What stays of the box: each question with enough answers, and the texts for the coach."""
    least = max(threshold, ENOUGH)
    comments = list(box.comments)
    shuffle(comments)
    found = {item.id: _kept(item, box, comments, least) for item in items}
    coach = {item.id: _texts(comments, item.id, "coach") for item in items}
    return Closed(
        kept={id: kept for id, kept in found.items() if kept is not None},
        coach={id: texts for id, texts in coach.items() if texts},
    )


def polar(counts: Sequence[int]) -> bool:
    """Whether opinions are split, from the numbers of answers 1 to 5 (3.1)."""
    sides = (counts[0] + counts[1], counts[3] + counts[4])
    return all(side >= SIDE and side * 100 >= SIDE_SHARE * sum(counts) for side in sides)


def apart(parts: Mapping[str, Sum]) -> tuple[str, ...]:
    """The functions whose means are far apart from some other's (3.4), by name; () when none are."""
    return tuple(
        sorted(name for name, one in parts.items() if any(_far(one, other) for other in parts.values()))
    )


def _far(one: Sum, other: Sum) -> bool:
    """Whether two means differ by 1.5 or more, in whole numbers: no rounding decides."""
    return abs(one.total * other.n - other.total * one.n) * 10 >= FAR * one.n * other.n


def _kept(item: Item, box: Box, comments: Sequence[Comment], least: int) -> Kept | None:
    if item.kind == "scale":
        return _scale(item, box, least)
    if item.kind == "choice":
        return _choice(item, box, least)
    n = box.texts.get(item.id, 0)
    return TextKept(n=n, quotes=_texts(comments, item.id, "quote")) if n >= least else None


def _scale(item: Item, box: Box, least: int) -> ScaleKept | None:
    counts = box.scales.get(item.id, ())
    n = sum(counts)
    if n < least:
        return None
    parts = groups.given(n, box.groups.get(item.id, {}), least)
    return ScaleKept(
        n=n,
        total=sum(point * count for point, count in enumerate(counts, start=1)),
        polar=polar(counts),
        apart=apart(parts),
        groups=parts,
    )


def _choice(item: Item, box: Box, least: int) -> ChoiceKept | None:
    n, counts = box.answered.get(item.id, 0), box.choices.get(item.id, {})
    if n < least:
        return None
    named = tuple(o for o in item.options if o != NOBODY and counts[o] * 100 >= SHARE * n)
    return ChoiceKept(
        n=n,
        counts=dict(counts) if n >= PLENTY else None,
        named=named if item.id in NAMED else (),
        top=_most_chosen(item, counts) if item.id in TOP else (),
    )


def _most_chosen(item: Item, counts: Mapping[str, int]) -> tuple[str, ...]:
    """Unranked: in the order of the content. Of as many, the first there."""
    best = sorted((o for o in item.options if counts[o]), key=lambda option: -counts[option])[:MOST]
    return tuple(option for option in item.options if option in best)


def _texts(comments: Sequence[Comment], question: str, level: str) -> tuple[str, ...]:
    return tuple(c.text for c in comments if c.question == question and c.level == level)
