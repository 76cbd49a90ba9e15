"""A case put to the arbiter: what is contested, each position in its author's own words, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from flows.words import Words

#: gathering: those named give their words; waiting: it is the arbiter's; then decided, or taken back.
State = Literal["gathering", "waiting", "decided", "withdrawn"]
#: In what capacity somebody settles it. A delegate does so for whoever passed it on, a deputy for whoever is
#: away.
Seat = Literal["arbiter", "sponsor", "committee", "delegate", "deputy"]
Said = Literal["asked", "said", "declined"]

PREFIX = "TRD"  # a case is quoted as the trade-off it is: "TRD-2"
LONGEST = 400  # characters of a position: the same for every side
LEAST = 20  # characters of a reason, and of what is given up
OTHER = "other"  # the arbiter's own way, in their own words
PAIR = tuple(f"ARB0{n}" for n in range(1, 9))  # the sliders of D13


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One side. `option`: what it wants, as one of the options of the case; "": nothing said yet."""

    author: str  # Slack user id
    state: Said
    proposal: str = ""  # in a few words: what the arbiter can choose
    words: str = ""  # why, in the author's own words; never rewritten
    option: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing the arbiter can choose."""

    key: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happened on the way, told to everybody concerned."""

    what: Literal[
        "passed", "need", "delegated", "returned", "replaced", "away", "back", "withdrawn", "settled"
    ]
    by: str  # Slack user id; "": nobody, it was settled elsewhere
    at: datetime
    to: str = ""  # Slack user id; "": the management committee, or nobody
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided. `words`: the choice in words, as it stood when it was made."""

    option: str
    words: Words
    reason: str
    loss: str
    reversible: bool
    review: date | None
    by: str
    at: datetime
    decision: int = 0  # number of the DEC


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. Holds no count of who wants what beyond the sides themselves."""

    id: str
    workspace: str
    project_id: str
    number: int  # of its TRD
    subject: str = ""  # "ISS-4", "DEC-3", "ARB05", "OBJ08"; "": a point that stands nowhere else
    title: Words
    why: str = ""
    consequence: str  # what happens if nobody decides; "": nobody has said
    functions: tuple[str, ...] = ()  # the departments it concerns
    people: tuple[str, ...] = ()  # whose pay or post it touches
    extra: tuple[str, ...] = ()  # options that nobody defends in words
    positions: tuple[Position, ...] = ()
    state: State
    seat: Seat
    arbiter: str  # who is to settle it; for the committee: who records what it decides
    delegated_by: str = ""  # who may still settle it beside the delegate or deputy
    out: tuple[str, ...] = ()  # those who have said they are a party
    asked_by: str  # "": it opened by itself
    asked_at: datetime
    sent_on: date | None = None  # the day it went to the arbiter, in the project's zone
    due: date | None = None
    reminded: int = 0  # 0: not yet; 1: before the day; 2: past it, with the sponsor told
    restricted: bool = False
    seen_by: tuple[str, ...] = ()
    trail: tuple[Step, ...] = ()
    outcome: Outcome | None = None
    scale: Mapping[str, Words] = field(default_factory=dict)  # of a slider: its five points, by key

    @property
    def ref(self) -> str:
        """What people quote: "TRD-2"."""
        return f"{PREFIX}-{self.number}"

    @property
    def said(self) -> tuple[Position, ...]:
        """The positions whose authors have spoken, alternating which comes first from case to case: no
        side is always on the left."""
        spoken = tuple(one for one in self.positions if one.state == "said")
        return spoken if self.number % 2 else spoken[::-1]

    @property
    def pair(self) -> str:
        """The slider of D13 it is about; "": none."""
        return self.subject if self.subject in PAIR else ""

    @property
    def live(self) -> bool:
        """Nothing has been decided, and it has not been taken back."""
        return self.state in ("gathering", "waiting")

    @property
    def deciders(self) -> tuple[str, ...]:
        """Who may settle it now: the arbiter, and whoever passed it on to a delegate."""
        return tuple(user for user in (self.arbiter, self.delegated_by) if user)
