"""What a sponsor's digest is made from (DOC7): plain facts of one project on one day. Computes nothing.

There is no place here for who has answered and who has not, for an answer, or for what somebody does: what
has no place cannot be said (the line "Never in the digest").
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from flows.diagnosis.model import Severity
from flows.diagnosis.result import Verdict
from flows.progress import Progress
from flows.wave.shown import Direction
from flows.words import Words

#: "late": a case that somebody else has not settled in time: the sponsor hears of it, and cannot settle it.
Need = Literal["case", "late", "action", "condition", "signature"]
Threat = Literal["risk", "annex", "task", "rule"]
#: Why a supporting project or a task of the critical path is in the digest.
Why = Literal["high", "overdue", "unowned", "stuck", "fired"]
#: What the latest group check-in of a kind gives: it is open, it closed too thin, or it can be read.
Asked = Literal["open", "few", "read"]
Kind = Literal["steps", "worries"]  # C01; C02, and D07 before it
Weight = Literal["solid", "fragile", "weak", "critical"]  # bands of 3.3; of worries: of 100 - BPI


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A small win (6.): what moved, never who is better than whom."""

    ref: str  # "WIN-7"
    told: Words
    function: str  # of FUNCTIONS; "": none in particular
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits for the sponsor: a case, an action, a condition of W04, the note to sign."""

    kind: Need
    ref: str  # "TRD-2"
    id: str  # what the button that opens it carries
    title: Words
    due: date | None = None
    waited: int = 0  # working days
    without: str = ""  # what happens if nobody decides, as it was typed
    later: date | None = None  # the sponsor has put off its reminders until this day
    confidential: bool = False  # then neither its title nor its consequence is in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """Something that could stop the project."""

    kind: Threat
    ref: str  # "RSK-1", "R07"
    title: Words
    why: Why
    score: int = 0  # of a risk: likelihood times impact
    owner: str = ""  # Slack user; "": nobody, or nobody in particular
    severity: Severity | None = None  # of a rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one kind of group check-in gives, in the coarsest words there are: no figure, no number of
    answers, so that nothing can be subtracted from week to week (5.3)."""

    kind: Kind
    asked: Asked
    until: date | None = None  # while it is open
    step: Words | None = None  # C01: the first step to act on; None: none
    weight: Weight | None = None  # C02
    replied: bool | None = None  # whether "you said, we did" has been posted; None: nothing to answer
    went: Direction | None = None  # against the one before, where both may be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What the latest run of the diagnosis says (3.): exact figures, rounded where they are shown."""

    verdict: Verdict
    readiness: float | None
    provisional: bool = False
    families: Mapping[int, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything a digest of `on`, a day in the sponsor's zone, is made from. Only what the sponsor may
    read, and nothing that is restricted: the digest leaves the workspace by e-mail."""

    on: date
    steps: tuple[Step, ...] = ()  # newest first
    waiting: tuple[Waiting, ...] = ()
    progress: Progress
    dangers: tuple[Danger, ...] = ()
    groups: tuple[Group, ...] = ()
    score: Score | None = None  # None: no run yet
    act: str = ""  # the sponsor's next visible act, in their own words (C03c)
