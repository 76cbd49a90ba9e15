"""Opens an anonymous wave: who is invited is fixed, the box is sealed, invitations are queued.

Checks no right and no guard of the plan, and reads no form: its callers have. Sends nothing itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bot.parts import Parts
from flows.project import Project
from flows.words import Words
from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One wave to open now. What is left out is as 5.3 says."""

    project: Project
    what: str  # "D06", "D07", "D12", "steering_support", "C01", "C02", "C08"
    by: str  # Slack user who sends it
    now: datetime
    added: tuple[str, ...] = ()  # questions asked with it: CHG12, SPO06, SPO07
    closes_on: date | None = None  # last day to answer; None: five working days from today
    threshold: int = 5  # may be raised, never lowered
    split: bool = True  # by function, where rule 2 allows it
    #: When each invitation may leave (UTC), if a cap moves it; without: the person's next hours.
    leaves: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The wave is open."""

    id: str
    invited: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOpened:
    """Nothing has happened; `words` say why and what to do instead."""

    reason: Literal["unknown", "open_already", "too_small"]
    words: Words


def invited(conn: Connection, *, parts: Parts, project: Project, what: str) -> tuple[str, ...]:
    """Who would be invited now: for the plan and its cap. Leaves out who asked for no more of these."""
    raise NotImplementedError


def open_wave(conn: Connection, *, parts: Parts, order: Order) -> Opened | NotOpened:
    """Open the wave and queue everybody's invitation, in this transaction."""
    raise NotImplementedError
