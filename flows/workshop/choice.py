"""One answer for each item: the criteria (W06), the board (MoSCoW), sizes, what a vendor has shown.

Where it settles something (choice), more than half of the votes on an item decide; else a second vote.
The board and what was shown settle nothing by themselves; sizes are a median.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median_high

from flows.workshop.ballot import Ballot, Item, Line, Vote, reasons, spread, values

SPLIT = "split"
MOSCOW = ("M", "S", "C", "W")


def problems(ballot: Ballot, vote: Vote) -> dict[str, str]:
    """Each answer is one of those offered."""
    chosen = {item.id: vote.choices[item.id] for item in ballot.items if item.id in vote.choices}
    offered = {item.id: _scale(ballot, item) for item in ballot.items}
    return {id: "option" for id, value in chosen.items() if value not in offered[id]}


def _scale(ballot: Ballot, item: Item) -> tuple[str, ...]:
    return MOSCOW if ballot.kind == "moscow" else ballot.offered(item)


def tally(ballot: Ballot, votes: Mapping[str, Vote]) -> tuple[Line, ...]:
    """Each item with its distribution and the answer of more than half; "split" where there is none."""
    return tuple(_line(ballot, item, votes) for item in ballot.items)


def _line(ballot: Ballot, item: Item, votes: Mapping[str, Vote]) -> Line:
    found, scale = values(item.id, votes), _scale(ballot, item)
    counts = spread(found, scale)
    outcome = next((value for value in scale if counts[value] * 2 > len(found)), SPLIT)
    return Line(
        item=item, n=len(found), counts=counts, outcome=outcome,
        undecided=ballot.kind == "choice" and outcome == SPLIT, why=reasons(item, votes),
        against=reasons(item, _others(item, votes, outcome)),
    )  # fmt: skip


def _others(item: Item, votes: Mapping[str, Vote], outcome: str) -> dict[str, Vote]:
    """Those who chose something else than what came of it; nobody where nothing did."""
    if outcome == SPLIT:
        return {}
    return {user: vote for user, vote in votes.items() if vote.choices.get(item.id) != outcome}


def sizes(ballot: Ballot, votes: Mapping[str, Vote]) -> tuple[Line, ...]:
    """Each item with its median size; between two sizes the larger, so that nothing is promised too small.
    "" where nobody has said."""
    return tuple(_sized(ballot, item, votes) for item in ballot.items)


def _sized(ballot: Ballot, item: Item, votes: Mapping[str, Vote]) -> Line:
    scale = ballot.offered(item)
    found = [scale.index(str(value)) for value in values(item.id, votes)]
    outcome = scale[median_high(found)] if found else ""
    return Line(
        item=item, n=len(found), counts=spread(values(item.id, votes), scale), outcome=outcome,
        why=reasons(item, votes),
    )  # fmt: skip


def again(ballot: Ballot, lines: Sequence[Line]) -> Ballot:
    """The second vote, on what is split."""
    return replace(ballot, attempt=2, items=tuple(line.item for line in lines if line.undecided))
