"""What should follow from an event of a workshop, in the imperative. `storage/` keeps, `bot/` tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flows.workshop.ballot import Result, Vote
from flows.workshop.model import Card, What


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepVote:
    """Hold this vote until the reveal, in place of an earlier one of the same person."""

    ballot: int
    user: str
    vote: Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class DropVotes:
    """Throw votes away unread; `user` "": all of them."""

    ballot: int
    user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """Keep the counts, and no vote any more."""

    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepCard:
    """A new card. `instead`: of the earlier ones of its author and kind in this step."""

    card: Card
    instead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DropCard:
    """Take a card away. `of`: only if it is this person's; "": anybody's."""

    card: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCard:
    """Other words on a card. `of`: only if it is this person's; "": anybody's."""

    card: str
    of: str
    text: str
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeCards:
    """These cards stand under `into` from now on; "": by themselves again."""

    cards: tuple[str, ...]
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsign:
    """Forget who wrote the unsigned cards of a step; rows and decisions keep their author."""

    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The clock comes back at `due` (UTC) with this move; None: it need not."""

    due: datetime | None
    move: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WantBallot:
    """Gather what is voted on, and say so with BallotOpened."""

    step: int
    move: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBox:
    """Open a wave (5.3): `what` "worth" at the end, or "write" for a sealed step."""

    what: str
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseBox:
    """Close the wave of a sealed step, and put what may be read on cards without author."""

    what: str
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Show people that this happened: the card changes in any case."""

    what: What
    step: int
    by: str = ""
    to: str = ""


Effect = (
    KeepVote | DropVotes | Reveal | KeepCard | DropCard | ChangeCard | MergeCards | Unsign | Plan | WantBallot
    | OpenBox | CloseBox | Tell
)  # fmt: skip
