"""What happened in a dialogue, in the past tense."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flows.dialogue.model import Exit, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A person sent one screen. `values` holds raw values by question id (absent or None: left
    empty; a follow-up that appears only because of this very submission is not held against the
    person when it is absent). `seen` holds, for shared questions, the version the person was
    looking at (0: none), so that two people on one form are noticed; absent means "replace whatever
    is there".
    `confirmed`: the person has read what the change re-opens, or the warning, and goes on.
    `anew`: the same answer counts as a new one where somebody else had given it (RTE08: the arbiter confirms
    what was chosen)."""

    by: str
    screen: str
    values: Mapping[str, Value]
    at: datetime
    seen: Mapping[str, int] = field(default_factory=dict)
    confirmed: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitTaken:
    """A person chose one of the three exits instead of answering. `confirmed`: they have read what
    giving up an earlier answer brings about (only when there was one that others depend on)."""

    by: str
    question: str
    exit: Exit
    at: datetime
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitTakenBack:
    """A person pressed "Answer after all": the question is open again."""

    by: str
    question: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A person pressed "I'm done" on the page that checks the answers."""

    by: str
    at: datetime


Event = Submitted | ExitTaken | ExitTakenBack | Finished
