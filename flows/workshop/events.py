"""What happened in a workshop, in the past tense. `by` is a Slack user id, "" the clock; `at` is UTC.

`seen` is the move of the workshop that somebody had before their eyes: of two who press together, the second
has seen an older one and changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flows.words import Words
from flows.workshop.ballot import Item, Option, Vote
from flows.workshop.model import Card, Mode, Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Anything that happens has somebody and a moment."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(Happened):
    """ "I come", "I can't"."""

    coming: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Happened):
    """The facilitator began it."""

    mode: Mode | None = None  # None: as planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Happened):
    """ "I'm here", or invited late. `person`: the place somebody new gets (flows/workshop/roster.seat)."""

    person: Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Happened):
    """Left the channel, or the company. `user`: who."""

    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputised(Happened):
    """Who settles today was worked out: the arbiter, and whoever stands in while they are away (4.1)."""

    arbiters: frozenset[str]  # Slack user ids
    seats: tuple[Participant, ...] = ()  # of those who are not invited yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(Happened):
    """Is back in the channel. `user`: who."""

    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributed(Happened):
    """A card was put in, at any step."""

    card: Card
    seen: int = 0  # 0: whichever step it is, as for parking
    more: tuple[Card, ...] = ()  # of the same kind, put in with it: all of them are one answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrew(Happened):
    """Took back a card of their own, or the facilitator one of any."""

    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded(Happened):
    """Changed a card of their own, or the facilitator one that all can read."""

    card: str
    text: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Happened):
    """Put alike cards together, into the first; or took one out again (`into` "")."""

    cards: tuple[str, ...]
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Happened):
    """Read it, has nothing to add, passes, "That's right"."""

    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotOpened(Happened):
    """Items were gathered for the step's ballot (effect WantBallot). No item: the step is empty. `left_out`:
    how many more there are than one ballot takes."""

    items: tuple[Item, ...]
    options: tuple[Option, ...] = ()  # of a choice, sizes, levels
    keep: Mapping[str, int] = field(default_factory=dict)  # dots: instead of the script's
    left_out: int = 0
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Voted(Happened):
    """Voted, or voted again: until the reveal one may change. An empty vote is an abstention."""

    vote: Vote
    ballot: int  # Ballot.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended(Happened):
    """The facilitator changed a text between two votes, from what was said."""

    item: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPressed(Happened):
    """ "Next", "Close and reveal", "Open the second vote"."""

    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Happened):
    """Went on without closing: votes that were cast are thrown away unread."""

    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Happened):
    """Went back to a step. What came of it stays readable; a vote is held anew."""

    step: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOver(Happened):
    """The time of this phase is up."""

    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Happened):
    """More time: minutes live, working hours async."""

    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Happened):
    """Stopped for a while; nothing runs out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Happened):
    """Goes on with the time that was left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeChanged(Happened):
    """From live to the channel, or back; the step has the time of its new mode, from now on."""

    mode: Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Happened):
    """Somebody else facilitates from now on: given or taken. Who may is decided before."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Happened):
    """Ended without deciding what is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled(Happened):
    """Will not take place."""


Event = (
    Replied | Opened | Joined | Left | Deputised | Returned | Contributed | Withdrew | Reworded | Merged
    | Done | BallotOpened | Voted | Amended | NextPressed | Skipped | Reopened | TimeOver | Extended | Paused
    | Resumed | ModeChanged | HandedOver | Ended | Cancelled
)  # fmt: skip
