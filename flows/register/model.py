"""A record as it is kept: what a `Draft` has become once it has a number, and what happened to it since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from flows.dialogue.effects import PREFIX, RecordKind
from flows.dialogue.model import Value
from flows.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One record of a project's register. Never says who did not know (0.5)."""

    kind: RecordKind
    number: int  # 1, 2, 3 … per project and kind, never used again
    title: Words
    owner: str | None = None  # Slack user id
    due: date | None = None
    status: str = "open"
    fields: Mapping[str, Value] = field(default_factory=dict)  # 0.7, by kind
    source: str = ""  # id of the question it comes from
    item: str = ""  # which of what that source records: the id of the line in its table
    dialogue: str = ""  # id of the run it comes from; "": by hand
    respondent: str = ""  # whose answer it comes from; "": a shared one, or none
    restricted: bool = False  # never shown to the whole team, nor in what the channel reads
    seen_by: tuple[str, ...] = ()  # roles that read what is restricted; (): the usual ones (0.6)
    asked_by: int = 0  # how many people did not know (issues of 0.5)
    created_at: datetime  # UTC

    @property
    def ref(self) -> str:
        """What people see and quote: "ISS-3"."""
        return f"{PREFIX[self.kind]}-{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened to a record by hand. `before` is "" when it was new."""

    n: int
    at: datetime  # UTC
    by: str  # Slack user id; "": the bot
    move: str
    before: str
    after: str
    reason: str | None = None
    changed: Mapping[str, tuple[Value, Value]] = field(default_factory=dict)  # field: (before, after)
