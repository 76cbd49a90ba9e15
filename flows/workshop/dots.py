"""Dot voting (4.1): items ÷ 4 dots each, two at most on one; a cut line, and one run-off at a tie on it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.workshop.ballot import Ballot, Item, Line, Vote, reasons, whole
from flows.workshop.script import KEEP

FEWEST, MOST_DOTS = 2, 6


def allowance(items: int) -> int:
    """Dots a person has: items ÷ 4 rounded half up, at least 2, at most 6."""
    return min(max((items + 2) // 4, FEWEST), MOST_DOTS)


def prepared(ballot: Ballot) -> Ballot:
    """The ballot with its dots; a run-off has one for each group that is tied."""
    if ballot.attempt > 1:
        return replace(ballot, dots=len({item.group for item in ballot.items}), most=1)
    return replace(ballot, dots=allowance(len(ballot.items)), keep=ballot.keep or {"": KEEP})


def problems(ballot: Ballot, vote: Vote) -> dict[str, str]:
    """Too many dots, or too many on one item. Fewer than one has is fine."""
    given = {item.id: vote.choices.get(item.id, 0) for item in ballot.items}
    found = {id: "most" for id, dots in given.items() if not _fits(dots, ballot.most)}
    if not found and sum(int(dots) for dots in given.values()) > ballot.dots:
        found[""] = "dots"
    if not found and ballot.attempt > 1:
        groups = [item.group for item in ballot.items for _ in range(int(given[item.id]))]
        found |= {"": "dots"} if len(groups) != len(set(groups)) else {}
    return found


def _fits(dots: object, most: int) -> bool:
    return isinstance(dots, int) and 0 <= dots <= most


def tally(ballot: Ballot, votes: Mapping[str, Vote]) -> tuple[Line, ...]:
    """Each item with its dots, the most first, kept, out or tied at the cut line of its group."""
    lines = sorted((_counted(item, votes) for item in ballot.items), key=lambda line: -line.figure)
    if ballot.attempt > 1 and not any(line.figure for line in lines):  # what was tied is tied still
        return tuple(replace(line, outcome="tied", undecided=True) for line in lines)
    placed: dict[str, Line] = {}
    for group in {line.item.group for line in lines}:
        placed |= _cut([line for line in lines if line.item.group == group], _places(ballot, group))
    return tuple(placed[line.item.id] for line in lines)


def _counted(item: Item, votes: Mapping[str, Vote]) -> Line:
    dots = whole(item.id, votes)
    given = [one for one in dots if one]
    return Line(
        item=item, n=len(given), counts={"dots": sum(dots), "people": len(given)}, figure=sum(dots),
        why=reasons(item, votes),
    )  # fmt: skip


def _places(ballot: Ballot, group: str) -> int:
    return ballot.keep.get(group, ballot.keep.get("", KEEP))


def _cut(lines: Sequence[Line], places: int) -> dict[str, Line]:
    """An item without a dot is kept only where there is room for all."""
    if len(lines) <= places:
        return {line.item.id: replace(line, outcome="kept") for line in lines}
    found = {line.item.id: _outcome(line, lines, places) for line in lines}
    return {
        line.item.id: replace(line, outcome=found[line.item.id], undecided=found[line.item.id] == "tied")
        for line in lines
    }


def _outcome(line: Line, lines: Sequence[Line], places: int) -> str:
    before = sum(other.figure > line.figure for other in lines)
    level = sum(other.figure == line.figure for other in lines)
    if line.figure and before + level <= places:
        return "kept"
    return "tied" if line.figure and before < places else "out"


def again(ballot: Ballot, lines: Sequence[Line]) -> Ballot:
    """The run-off between those tied, for the places that are left in each group."""
    tied = [line for line in lines if line.undecided]
    kept = [line.item.group for line in lines if line.outcome == "kept"]
    left = {line.item.group: _places(ballot, line.item.group) - kept.count(line.item.group) for line in tied}
    return replace(ballot, attempt=2, items=tuple(line.item for line in tied), keep=left)
