"""Sliders between two poles (W08): where people stand, side by side; settles nothing, the arbiter does."""

from collections.abc import Mapping
from statistics import median

from flows.wave.closing import polar
from flows.workshop.ballot import Ballot, Item, Line, Vote, reasons, spread, whole

POINTS = (1, 2, 3, 4, 5)


def problems(ballot: Ballot, vote: Vote) -> dict[str, str]:
    """Each position is one of 1 to 5."""
    ids = {item.id for item in ballot.items}
    return {id: "point" for id, point in vote.choices.items() if id in ids and point not in POINTS}


def tally(ballot: Ballot, votes: Mapping[str, Vote]) -> tuple[Line, ...]:
    """Each slider with its distribution; "differ" where opinions are split by the rule of 3.1."""
    return tuple(_line(item, votes) for item in ballot.items)


def _line(item: Item, votes: Mapping[str, Vote]) -> Line:
    points = whole(item.id, votes)
    counts = spread(points, POINTS)
    apart = bool(points) and polar(tuple(counts.values()))
    return Line(
        item=item, n=len(points), counts=counts, figure=median(points) if points else 0,
        outcome="differ" if apart else "agree", why=reasons(item, votes),
    )  # fmt: skip
