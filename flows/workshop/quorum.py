"""Quorum (4.1), as a head count: enough of the team, every front-office function it has, and the arbiter.

An arbiter whom the script has in other steps only (W11: the sponsor comes for the last two) is not missed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.project import FRONT_OFFICE
from flows.workshop.model import Participant, Workshop
from flows.workshop.script import Script

SHARE = 60  # per cent


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """Who is there, in counts and functions; names nobody."""

    here: int
    team: int
    functions: Mapping[str, bool]  # front-office functions of the team: somebody is there
    arbiter: bool | None  # None: this workshop decides nothing

    @property
    def needed(self) -> int:
        """How many of the team it takes."""
        return -(-SHARE * self.team // 100)

    @property
    def enough(self) -> bool:
        """Whether there are enough of them, whoever they are."""
        return bool(self.team) and self.here >= self.needed

    @property
    def reached(self) -> bool:
        """Whether votes count; without it they are indicative."""
        return self.enough and all(self.functions.values()) and self.arbiter is not False


def quorum(script: Script, workshop: Workshop) -> Quorum:
    """As it stands now: those who are here, and those who have answered what is open. In the channel, where
    nobody is there, whoever has a vote counts at a vote once they have cast this one, be it an abstention."""
    return _of(script, workshop, [one for one in workshop.people if _there(workshop, one)])


def _there(workshop: Workshop, one: Participant) -> bool:
    if workshop.answered_by(one):
        return True
    votes = one.vote and not one.guest and one.user != workshop.facilitator
    waited_for = workshop.mode == "async" and workshop.voting and votes
    return one.seat == "here" and not waited_for


def expected(script: Script, workshop: Workshop) -> Quorum:
    """As it would be if everybody came who has said so: before it begins."""
    return _of(script, workshop, [one for one in workshop.people if one.seat in ("coming", "here")])


def _of(script: Script, workshop: Workshop, there: list[Participant]) -> Quorum:
    base = [one for one in workshop.people if one.counted]
    arbiters = [one for one in workshop.people if one.arbiter]
    elsewhere = bool(arbiters) and all(one.steps and workshop.step not in one.steps for one in arbiters)
    return Quorum(
        here=sum(one.counted for one in there),
        team=len(base),
        functions={
            function: any(one.counted and one.function == function for one in there)
            for function in FRONT_OFFICE
            if any(one.function == function for one in base)
        },
        arbiter=elsewhere or any(one.arbiter for one in there) if script.decides else None,
    )
