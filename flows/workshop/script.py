"""What a workshop is played from (4.2): its script, and the steps of it. Content, loaded once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from flows.project import Role
from flows.words import Words

Method = Literal[
    "talk", "show", "cards", "write", "dots", "fist", "grid", "rows", "moscow", "vote", "points", "round",
    "read", "decide", "close",
]  # fmt: skip
#: What people are asked in private, all at once, and see together: one hidden ballot each.
BallotKind = Literal[
    "dots", "fist", "grid", "sizes", "points", "moscow", "choice", "sliders", "levels", "ranking"
]
#: The ballot a method takes unless its step names another one.
BALLOTS: Mapping[Method, BallotKind] = {
    "dots": "dots", "fist": "fist", "grid": "grid", "moscow": "moscow", "vote": "choice", "points": "points",
}  # fmt: skip
KEEP = 5  # what dots keep at most, where the script does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. `hours` are working hours, 8 a day; 0: only live, it is a meeting in both modes."""

    number: int  # 1, 2, 3 …
    minutes: int
    hours: int
    method: Method
    words: Words
    ballot: BallotKind | None = None  # None: nothing is voted on
    keep: Mapping[str, int] = field(default_factory=dict)  # dots: most kept, by group; "": of all
    pairs: bool = False  # write: two by two, from different functions
    sealed: bool = False  # write, show: anonymous, in the sealed box of a wave (5.3)
    gather: bool = False  # what is voted on is put in at this step first; dots always do
    private: bool = False  # write: read by whoever facilitates alone (RTE12)
    questions: tuple[str, ...] = ()  # questions of dialogues that it fills in, or shows side by side

    @property
    def way(self) -> str:
        """Under which name there is something to say about it: its ballot's, where that is not the method's
        own; else its method's."""
        if self.ballot is None or self.ballot == BALLOTS.get(self.method):
            return self.method
        return self.ballot

    @property
    def elsewhere(self) -> bool:
        """What is decided in it is decided in the form it belongs to (W08: the case of each pair; W10: route
        and signature), so that it is decided once."""
        return self.method == "decide" and bool(self.questions)

    @property
    def gathers(self) -> bool:
        """Voting opens by hand, once what is voted on has been put in and alike ideas are merged."""
        return self.gather or self.ballot == "dots"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What the facilitator reads about a method: what to say first, and what to do with the result."""

    name: Words
    say: Words
    then: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One of the twelve. `only`: for holders of a role, the steps they take part in; without: all."""

    id: str  # "W06"
    title: Words
    goal: Words
    needs: tuple[str, ...]  # dialogues and workshops that must be closed before
    who: str  # in words, for whoever maintains the content
    roles: tuple[Role, ...]  # who is invited
    only: Mapping[Role, tuple[int, ...]] = field(default_factory=dict)
    guests: tuple[int, ...] = ()  # the steps visitors may be at; none named: all
    quorum: Role = "team"  # of whom 60 % must be there
    decides: bool
    minutes: int  # live, all steps
    rules: Words | None = None
    steps: tuple[Step, ...]
    close: Words  # when it has done what it is for
    outputs: Words

    def step(self, number: int) -> Step:
        """Step `number`, from 1."""
        return self.steps[number - 1]

    @property
    def behind_doors(self) -> bool:
        """People talk openly in it (W04): nobody writes but into sealed boxes, and what was said stays."""
        return any(step.sealed for step in self.steps)

    @property
    def hours(self) -> int:
        """Working hours of all steps: the most it takes in the channel."""
        return sum(step.hours for step in self.steps)
