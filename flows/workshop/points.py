"""A hundred points shared between headings (W06): medians, rescaled so that they make 100 again."""

from collections.abc import Mapping, Sequence
from statistics import mean, median

from flows.workshop.ballot import Ballot, Line, Vote, reasons, whole

ALL = 100


def problems(ballot: Ballot, vote: Vote) -> dict[str, str]:
    """Whole numbers, none below nought, that make 100; or no vote at all."""
    given = [vote.choices.get(item.id, 0) for item in ballot.items]
    if any(not isinstance(points, int) or points < 0 for points in given):
        return {"": "number"}
    left = ALL - sum(int(points) for points in given)
    return {"": f"left {left}"} if left and vote.choices else {}


def weights(medians: Sequence[float]) -> tuple[int, ...]:
    """Rescaled to 100 in whole points: what is lost by rounding goes to the largest remainders, of equal
    ones to the first. All nought where nothing is to be shared."""
    total = sum(medians)
    if not total:
        return (0,) * len(medians)
    exact = [ALL * one / total for one in medians]
    whole_ = [int(one) for one in exact]
    by_rest = sorted(range(len(exact)), key=lambda n: (whole_[n] - exact[n], n))
    extra = set(by_rest[: ALL - sum(whole_)])
    return tuple(points + (n in extra) for n, points in enumerate(whole_))


def tally(ballot: Ballot, votes: Mapping[str, Vote]) -> tuple[Line, ...]:
    """Each heading with its weight, and its median before rescaling. Where every median is nought (each has
    put all on something else) means take their place, so that the weights still make 100."""
    cast = {user: vote for user, vote in votes.items() if vote.choices}
    given = [[int(vote.choices.get(item.id, 0)) for vote in cast.values()] for item in ballot.items]
    middles = [float(median(points)) if points else 0.0 for points in given]
    figures = middles if any(middles) or not cast else [float(mean(points)) for points in given]
    return tuple(
        Line(
            item=item, n=len(cast), counts=_range(points), figure=weight, second=middle,
            outcome=str(weight), why=reasons(item, votes),
        )
        for item, points, middle, weight in zip(ballot.items, given, figures, weights(figures), strict=True)
    )  # fmt: skip


def _range(points: Sequence[int]) -> dict[str, int]:
    return {"lowest": min(points), "highest": max(points)} if points else {}


def given(ballot: Ballot, vote: Vote) -> int:
    """How many points a vote holds: for "These add up to 95: 5 left to give."."""
    return sum(whole_ for item in ballot.items for whole_ in whole(item.id, {"": vote}))
