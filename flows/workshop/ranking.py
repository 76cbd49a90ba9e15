"""A ranking by Borda's rule: last place counts 0, each place before it one more. Equal sums share a place."""

from collections.abc import Mapping
from dataclasses import replace

from flows.workshop.ballot import Ballot, Item, Line, Vote, reasons, spread, whole


def problems(ballot: Ballot, vote: Vote) -> dict[str, str]:
    """Every item has a place of its own, from 1; or nothing is ranked."""
    places = [vote.choices.get(item.id) for item in ballot.items]
    if not vote.choices or sorted(map(str, places)) == sorted(str(n) for n in _scale(ballot)):
        return {}
    return {"": "places"}


def _scale(ballot: Ballot) -> tuple[int, ...]:
    return tuple(range(1, len(ballot.items) + 1))


def tally(ballot: Ballot, votes: Mapping[str, Vote]) -> tuple[Line, ...]:
    """The items by points, the most first."""
    lines = sorted((_line(ballot, item, votes) for item in ballot.items), key=lambda line: -line.figure)
    return tuple(replace(line, outcome=str(1 + sum(o.figure > line.figure for o in lines))) for line in lines)


def _line(ballot: Ballot, item: Item, votes: Mapping[str, Vote]) -> Line:
    places, scale = whole(item.id, votes), _scale(ballot)
    points = sum(len(scale) - place for place in places)
    return Line(
        item=item, n=len(places), counts=spread(places, scale), figure=points, why=reasons(item, votes)
    )  # fmt: skip
