"""What a workshop under way is made of: where it stands, who is in it, the cards. Holds no vote."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from flows.workshop.ballot import Ballot

Mode = Literal["live", "async"]
State = Literal["planned", "open", "paused", "ended", "cancelled"]
#: Of a step. preparing: items are gathered and merged, voting is not open; open: input or ballot; between:
#: the first vote has not carried it, amend; shown: results are read, the facilitator goes on.
Phase = Literal["", "preparing", "open", "between", "shown"]
Seat = Literal["invited", "coming", "cannot", "here", "left"]
#: idea: from a writing step; note: privately written at any other; row: a line filled together; to_three:
#: what would bring somebody to 3; decision: by arbiter or sponsor; pleased: proposed as a win.
CardKind = Literal["idea", "note", "row", "to_three", "decision", "parked", "pleased"]
What = Literal[
    "opened", "step", "voting", "many", "revealed", "empty", "time_up", "extended", "paused", "resumed",
    "mode", "handed_over", "vacant", "reopened", "skipped", "amended", "ended", "cancelled", "stopped",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One person of a workshop. Whoever facilitates has no vote, whatever stands here."""

    user: str  # Slack user id
    function: str = ""
    vote: bool = True  # team and sponsor; never vendors, visitors, coach, expert
    counted: bool = False  # belongs to those of whom 60 % must be there (4.1)
    arbiter: bool = False  # arbiter, or somebody who stands in for them
    sponsor: bool = False
    guest: bool = False  # a vendor or a visitor: sees no ballot, reads no card
    steps: tuple[int, ...] = ()  # takes part in these only; none named: all
    seat: Seat = "invited"
    answered: int = 0  # the move of the step or ballot they have answered; never what


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Something somebody has put on the table. `author` goes when the step closes, unless it is signed."""

    id: str  # random: the order of cards tells nothing
    step: int
    kind: CardKind
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)  # of a row: by column
    author: str = ""  # Slack user id; "": not kept
    signed: bool = False
    into: str = ""  # id of the card it was merged into
    ref: str = ""  # the record it has become


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that happened, for people to see: who steered what when. No contribution, no vote."""

    what: What
    at: datetime
    step: int = 0
    by: str = ""  # Slack user id; "": the clock, or everybody had answered
    to: str = ""  # whoever facilitates now; minutes or hours added


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """One workshop. `move` counts what has happened to its course: who presses says which one they saw."""

    id: str
    workspace: str
    project_id: str
    number: int  # 1, 2, 3 … per project
    script: str  # "W06"
    mode: Mode
    state: State = "planned"
    facilitator: str  # Slack user id
    channel: str
    planned_by: str
    planned_for: datetime | None = None  # UTC
    about: str = ""  # the record it is about: "VND-2"
    plays: tuple[int, ...] = ()  # only these steps, of a replay; none named: all
    step: int = 0  # 0: not begun
    phase: Phase = ""
    move: int = 0
    began: datetime | None = None  # this phase, UTC
    due: datetime | None = None  # end of this phase, UTC; None: nobody waits for the clock
    left: int = 0  # seconds to go (async: working seconds), while it is paused
    ballot: Ballot | None = None
    speaker: str = ""  # whose turn it is, in a live round
    pairs: tuple[tuple[str, ...], ...] = ()  # who writes with whom, in this step
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    people: tuple[Participant, ...] = ()
    trail: tuple[Deed, ...] = ()
    version: int = 0

    @property
    def running(self) -> bool:
        """Open or paused: the channel has its card."""
        return self.state in ("open", "paused")

    @property
    def voting(self) -> bool:
        """A hidden ballot is open."""
        return self.phase == "open" and self.ballot is not None

    def person(self, user: str) -> Participant | None:
        """Their place in it; None for a stranger."""
        return next((one for one in self.people if one.user == user), None)

    def seated(self, person: Participant) -> "Workshop":
        """The same with this person as they are now; somebody new comes last."""
        if self.person(person.user) is None:
            return replace(self, people=(*self.people, person))
        return replace(self, people=tuple(person if p.user == person.user else p for p in self.people))

    def inside(self, user: str, step: int) -> bool:
        """Whether they were in this step, where only those may read it who were (W04): not whoever has said
        that they cannot come."""
        one = self.person(user)
        return one is not None and one.seat != "cannot" and _takes_part(one, step)

    def takes_part(self, user: str, step: int | None = None) -> bool:
        """Whether they are in this step (by default the one of now), and have not left."""
        one = self.person(user)
        return one is not None and _takes_part(one, self.step if step is None else step)

    @property
    def voters(self) -> tuple[Participant, ...]:
        """Who is expected to answer this step: live those who are here or have said that they come, async
        everybody who has not said that they cannot. Never whoever facilitates, nor guests."""
        seats = ("coming", "here") if self.mode == "live" else ("invited", "coming", "here")
        return tuple(
            one for one in self.people
            if one.vote and not one.guest and one.user != self.facilitator and one.seat in seats
            and _takes_part(one, self.step)
        )  # fmt: skip

    @property
    def present(self) -> tuple[Participant, ...]:
        """Those of them who can be given the floor, or a partner to write with: live only who is here."""
        return tuple(one for one in self.voters if self.mode == "async" or one.seat == "here")

    def has_answered(self, user: str) -> bool:
        """Whether they have answered what is open now; says nothing of what they answered."""
        one = self.person(user)
        return one is not None and self.answered_by(one)

    def answered_by(self, one: Participant) -> bool:
        """The same, of somebody whose place is at hand."""
        return bool(self.move) and one.answered == self.asked

    @property
    def asked(self) -> int:
        """What an answer belongs to now: the open ballot, else the move that opened the phase."""
        return self.ballot.number if self.ballot is not None and self.voting else self.move

    @property
    def answers(self) -> int:
        """How many of those expected have answered."""
        asked = self.asked
        return sum(one.answered == asked for one in self.voters)

    @property
    def complete(self) -> bool:
        """Everybody who is expected has answered, and somebody is."""
        voters, asked = self.voters, self.asked
        return bool(voters) and all(one.answered == asked for one in voters)


def _takes_part(one: Participant, step: int) -> bool:
    return one.seat != "left" and (not one.steps or step in one.steps)
