"""Impact and effort (4.1): each gives both from 1 to 5; medians place an item in one of four boxes."""

from collections.abc import Mapping
from statistics import median

from flows.workshop.ballot import Ballot, Item, Line, Vote, reasons, spread, whole

POINTS = (1, 2, 3, 4, 5)
HIGH, LOW = 3.5, 2.5
AXES = ("impact", "effort")


def key(item: str, axis: str) -> str:
    """Under which a vote holds one axis of an item."""
    return f"{item}.{axis}"


def box(impact: float, effort: float) -> str:
    """do_now, plan, if_time or leave."""
    if impact >= HIGH:
        return "do_now" if effort <= LOW else "plan"
    return "if_time" if effort <= LOW else "leave"


def problems(ballot: Ballot, vote: Vote) -> dict[str, str]:
    """Points from 1 to 5, and both axes of an item or none."""
    found = {}
    for item in ballot.items:
        given = [vote.choices[key(item.id, axis)] for axis in AXES if key(item.id, axis) in vote.choices]
        if len(given) == 1:
            found[item.id] = "both"
        elif any(point not in POINTS for point in given):
            found[item.id] = "point"
    return found


def tally(ballot: Ballot, votes: Mapping[str, Vote]) -> tuple[Line, ...]:
    """Each item with both medians and its box; an item on which nobody voted has none."""
    return tuple(_line(item, votes) for item in ballot.items)


def _line(item: Item, votes: Mapping[str, Vote]) -> Line:
    impact, effort = (whole(key(item.id, axis), votes) for axis in AXES)
    counts = {
        key(axis, point): n
        for axis, found in zip(AXES, (impact, effort), strict=True)
        for point, n in spread(found, POINTS).items()
    }
    if not impact:
        return Line(item=item, n=0, counts=counts)
    middles = median(impact), median(effort)
    return Line(
        item=item, n=len(impact), counts=counts, figure=middles[0], second=middles[1],
        outcome=box(*middles), why=reasons(item, votes),
    )  # fmt: skip
