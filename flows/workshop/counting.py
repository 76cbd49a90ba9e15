"""Every kind of ballot by its name: what makes a vote valid, how votes are counted, a second vote or none.

Counts only what it is given, once: at the reveal.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.workshop import choice, dots, fist, grid, points, ranking, sliders
from flows.workshop.ballot import LONGEST, Ballot, Line, Result, Verdict, Vote
from flows.workshop.script import BallotKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind. `again`: the second ballot, from the first and its lines; None: there is one vote only."""

    problems: Callable[[Ballot, Vote], dict[str, str]]
    tally: Callable[[Ballot, Mapping[str, Vote]], tuple[Line, ...]]
    again: Callable[[Ballot, Sequence[Line]], Ballot] | None = None


RULES: Mapping[BallotKind, Rule] = {
    "dots": Rule(problems=dots.problems, tally=dots.tally, again=dots.again),
    "fist": Rule(problems=fist.problems, tally=fist.tally, again=fist.again),
    "grid": Rule(problems=grid.problems, tally=grid.tally),
    "sizes": Rule(problems=choice.problems, tally=choice.sizes),
    "points": Rule(problems=points.problems, tally=points.tally),
    "moscow": Rule(problems=choice.problems, tally=choice.tally),
    "choice": Rule(problems=choice.problems, tally=choice.tally, again=choice.again),
    "sliders": Rule(problems=sliders.problems, tally=sliders.tally),
    "levels": Rule(problems=choice.problems, tally=choice.tally),
    "ranking": Rule(problems=ranking.problems, tally=ranking.tally),
}


def problems(ballot: Ballot, vote: Vote) -> dict[str, str]:
    """What is wrong with a vote, by item ("": with all of it), in codes; empty: it can be taken. What names
    no item of the ballot, and a reason that is too long, is refused too."""
    known = {item.id for item in ballot.items}
    found = {id: "unknown" for id in vote.choices if id.partition(".")[0] not in known}
    found |= {id: "long" for id, text in vote.why.items() if len(text) > LONGEST or id not in known}
    return found or RULES[ballot.kind].problems(ballot, vote)


def count(ballot: Ballot, votes: Mapping[str, Vote], *, voters: int, indicative: bool) -> Result:
    """The ballot revealed. `voters`: how many could vote, whoever has voted included."""
    cast = {user: vote for user, vote in votes.items() if vote.choices}
    lines = RULES[ballot.kind].tally(ballot, votes)
    return Result(
        number=ballot.number, step=ballot.step, kind=ballot.kind, attempt=ballot.attempt,
        voters=max(voters, len(votes)), n=len(cast), abstained=len(votes) - len(cast), indicative=indicative,
        verdict=_verdict(ballot, lines, len(cast)), lines=lines,
        signed={user: dict(vote.choices) for user, vote in cast.items() if vote.signed},
    )  # fmt: skip


def _verdict(ballot: Ballot, lines: Sequence[Line], n: int) -> Verdict:
    if not n:  # nobody has carried it the second time either
        return "empty" if ballot.attempt == 1 else "failed"
    if not any(line.undecided for line in lines):
        return "settled"
    return "again" if ballot.attempt == 1 else "failed"


def second(ballot: Ballot, result: Result, number: int) -> Ballot:
    """The ballot of the second attempt, as yet without its new number's votes. Only after "again"."""
    rule = RULES[ballot.kind].again
    if rule is None or result.verdict != "again":
        raise ValueError(f"a ballot of {ballot.kind} that is {result.verdict} has no second attempt")
    return _numbered(rule(ballot, result.lines), number)


def opened(ballot: Ballot) -> Ballot:
    """The ballot as people get it: with the dots each of them has."""
    return dots.prepared(ballot) if ballot.kind == "dots" else ballot


def _numbered(ballot: Ballot, number: int) -> Ballot:
    return opened(replace(ballot, number=number))
