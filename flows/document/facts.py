"""What the scoping note is made from: plain facts that `storage/` gathers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flows.diagnosis.evidence import Alignment
from flows.diagnosis.result import Diagnosis, Verdict
from flows.dialogue.model import Answer
from flows.document.outgoing import Outgoing
from flows.project import Cast, Project
from flows.register.model import Kept
from flows.vendor_grid import Claimed
from flows.wave.model import Kept as Tally
from flows.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A dialogue that has been sent: since when, and whether it is over."""

    days: int  # calendar days since it was opened
    closed: bool = False
    closes_on: date | None = None
    run: str = ""  # the latest run of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What the anonymous dialogue D06 or D07 gives: what its latest closed wave has left, never an answer."""

    kept: Mapping[str, Tally] = field(default_factory=dict)  # question id -> what is kept of it
    open_until: date | None = None  # while a wave of it is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the team gave one thing together, from 1 to 5: medians of a vote that was revealed."""

    ref: str  # the record or the question it is about: "SID-2", "ANX02"
    name: Words
    impact: float
    effort: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The diagnosis as the whole team may read it. A change of verdict is told to those who lead first:
    until the team may read it, `found` is None and `waits` is true."""

    found: Diagnosis | None = None
    waits: bool = False
    red: bool = False  # no go, as those who lead know it: for documents that they alone make
    history: tuple[tuple[date, Verdict], ...] = ()  # each change of verdict, oldest first


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFacts:
    """Everything the note says, gathered at one instant. Anonymous answers are never in it."""

    project: Project
    names: Mapping[str, str]  # Slack user id -> display name
    #: question id -> (respondent, latest answer), of all runs of its dialogue (flows/document/heard.py); the
    #: respondent of a shared answer is "". Exits are included: they tell "I don't know" from silence.
    answers: Mapping[str, tuple[tuple[str, Answer], ...]] = field(default_factory=dict)
    #: question id -> respondent -> the run that the answer was given in
    runs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    stands: frozenset[str] = frozenset()  # questions asked again now, of which the answers before may be read
    records: tuple[Kept, ...] = ()
    withdrawn: tuple[Kept, ...] = ()  # decisions that were withdrawn: nothing but the decision log reads them
    #: decision -> those it replaces, by number
    replaces: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: question id -> how many people are expected to answer, those who are out of scope left out
    expected: Mapping[str, int] = field(default_factory=dict)
    dialogues: Mapping[str, Asked] = field(default_factory=dict)  # flow id -> when it was asked
    today: date
    version: int = 1
    changes: tuple[str, ...] = ()  # what has changed since the previous version, as ids or titles
    judged: Judged = field(default_factory=Judged)
    groups: Mapping[str, Group] = field(default_factory=dict)  # D06, D07: no key where it was never asked
    weighed: tuple[Weighed, ...] = ()  # effect and effort of the supporting projects (W05)
    held: frozenset[str] = frozenset()  # workshops that were held, by script: "W07"
    grids: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)  # by session, unsigned
    claims: tuple[Claimed, ...] = ()  # of vendors, in the files they filled in; never for another vendor
    alignment: Alignment | None = None  # how the note is read (RTE12); None: not rated
    review: int | None = None  # the latest version that went round; None: none did
    signed: int | None = None  # the latest version that the sponsor has signed
    outgoing: Outgoing = field(default_factory=Outgoing)  # what was filled in for documents that go out
    author: str = ""  # Slack user who has this version made

    @property
    def cast(self) -> Cast:
        """The project's people."""
        return self.project.cast
