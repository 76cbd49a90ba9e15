"""What should follow from a turn, in the imperative. `storage/` and `bot/` carry it out.

Recording effects name their source and *replace* what that source recorded before, so that a
second delivery, or a second answer, changes nothing it should not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from flows.dialogue.model import Answer, Value
from flows.project import Member, Role
from flows.words import Words

#: Kinds of record that dialogues create; the prefix is what users see (0.1).
RecordKind = Literal[
    "decision", "issue", "risk", "action", "stake", "exclusion", "promise", "constraint",
    "commitment", "stakeholder", "assumption", "gap", "annex", "need", "lot", "task", "interface",
    "domain", "tradeoff", "vendor", "expectation",
]  # fmt: skip
PREFIX: Mapping[RecordKind, str] = {
    "decision": "DEC", "issue": "ISS", "risk": "RSK", "action": "ACT", "stake": "GOA",
    "exclusion": "EXC", "promise": "PRO", "constraint": "CON", "commitment": "COM",
    "stakeholder": "STK", "assumption": "ASM", "gap": "GAP", "annex": "SID", "need": "REQ",
    "lot": "LOT", "task": "TSK", "interface": "ITF", "domain": "DOM", "tradeoff": "TRD",
    "vendor": "VND", "expectation": "EXP",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a record comes from. `respondent` is "" for a shared question."""

    dialogue: str
    question: str
    respondent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record to keep. `item` tells apart several records of one source and stays the same
    when the answer is edited, so that the record keeps its number."""

    kind: RecordKind
    item: str
    title: Words
    owner: str | None = None  # Slack user id
    due: date | None = None
    status: str = "open"
    restricted: bool = False
    seen_by: tuple[str, ...] = ()  # roles that read what is restricted; (): the usual ones (0.6)
    fields: Mapping[str, Value] = field(default_factory=dict)  # 0.7, by kind
    #: What the same source recorded before under another `item` is superseded by this, not withdrawn.
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Store this answer as the latest of its question (and respondent)."""

    question: str
    respondent: str  # "" for a shared question
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """These records, and no others, come from `source`: create, update, withdraw to match."""

    source: Source
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """These records, made by other questions, carry these fields from now on, beside and over their
    own (the place of a need on the board, the grid of a vendor session). A value of None takes away
    what this question gave. Stays when the question that made the record is answered again."""

    question: str  # id of the question the fields come from
    fields: Mapping[str, Mapping[str, Value]]  # "REQ-4" -> field -> value
    #: "TRD-3" -> the state it is in from now on; None: the one its own source gives.
    states: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenUnknown:
    """Somebody does not know: feed the question's one open issue (0.5). `title` is its title;
    `owner` a Slack id (the facilitator when the role is empty). Never says who did not know."""

    question: str
    title: Words
    owner: str
    due: date
    restricted: bool = False  # the question is; so is its issue
    seen_by: tuple[str, ...] = ()  # as in the question
    family: int = 4  # of the diagnosis (0.7)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleUnknown:
    """Somebody entitled has answered, or took the exit back: close the question's issue with
    resolution "answered" when `answered`, else drop it once nobody is left who does not know."""

    question: str
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """`user` holds this single role from now on; None leaves it empty."""

    role: Role
    user: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The whole project team, replacing what it was (SET13)."""

    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProject:
    """A fact of the project itself: its name, start date (ISO) or language."""

    field: Literal["name", "start", "language"]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindLater:
    """Remind this person of the questions kept for later: after 2, then 5 more working days."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """This person has nothing left to answer and said so."""

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Something this person had finished is open again (an edit asks a new question)."""

    person: str


Effect = (
    Keep | Record | Amend | OpenUnknown | SettleUnknown | Assign | Team | SetProject | RemindLater
    | Complete | Reopen
)  # fmt: skip
