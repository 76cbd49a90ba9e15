"""The support vote from 0 to 5 (4.1): passes if nobody is at 0 or 1 and at least 80 % are at 3 or more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flows.workshop.ballot import Ballot, Item, Line, Vote, reasons, spread, whole

POINTS = (0, 1, 2, 3, 4, 5)
BLOCKS, SUPPORTS, SHARE = 1, 3, 80


def passes(points: Sequence[int]) -> bool:
    """Whether these votes carry it; without a vote they do not."""
    supporting = sum(point >= SUPPORTS for point in points)
    return bool(points) and min(points) > BLOCKS and supporting * 100 >= SHARE * len(points)


def problems(ballot: Ballot, vote: Vote) -> dict[str, str]:
    """Each point is one of 0 to 5."""
    ids = {item.id for item in ballot.items}
    return {id: "point" for id, point in vote.choices.items() if id in ids and point not in POINTS}


def tally(ballot: Ballot, votes: Mapping[str, Vote]) -> tuple[Line, ...]:
    """Each text with its distribution, carried or not."""
    lines = []
    for item in ballot.items:
        points = whole(item.id, votes)
        carried = passes(points)
        lines.append(
            Line(
                item=item,
                n=len(points),
                counts=spread(points, POINTS),
                figure=share(points),
                outcome="passed" if carried else "objected",
                undecided=not carried,
                why=reasons(item, votes),
                against=reasons(item, _below(item, votes)),
            )
        )
    return tuple(lines)


def _below(item: Item, votes: Mapping[str, Vote]) -> dict[str, Vote]:
    """Those who could not follow: at 2 or below."""
    return {user: vote for user, vote in votes.items() if int(vote.choices.get(item.id, SUPPORTS)) < SUPPORTS}


def share(points: Sequence[int]) -> float:
    """Per cent at 3 or more; 0 without a vote."""
    return 100 * sum(point >= SUPPORTS for point in points) / len(points) if points else 0


def again(ballot: Ballot, lines: Sequence[Line]) -> Ballot:
    """The second vote, on the text as it has been amended meanwhile."""
    open_ = {line.item.id for line in lines if line.undecided}
    items = tuple(item for item in ballot.items if item.id in open_)
    return replace(ballot, attempt=2, items=items)
