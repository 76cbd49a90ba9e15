"""What the detectors of small wins read: records and a few facts of one project, on one day. Decides nothing.

Filled by storage/win_facts.py. What the product does not hold yet stays empty there, and its detector finds
nothing. Nothing here says what a person did, how often or how fast (6.4 rules 1 and 2); what is restricted
is left out by whoever fills it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from flows.words import Words

NONE_TITLE = Words("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A strategic goal (OBJ02)."""

    indicator: bool
    target: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A dialogue or a wave. `complete`: every expected answer is in; of a wave: it closed with enough."""

    id: str
    title: Words
    complete: bool
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """GAP. `agreed`: the team has said in W03 that this is a gap."""

    ref: str
    function: str
    owned: bool
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Supporting:
    """SID."""

    ref: str
    title: Words
    owned: bool
    dated: bool
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """ISS. `settled`: the day it was resolved; None while it is open, or when it was dropped."""

    ref: str
    title: Words
    opened: date
    due: date | None = None
    live: bool = True
    settled: date | None = None
    reopened: str = ""  # its owner opened it again and said why: which time; "": nobody has


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A point an arbiter has decided. `days`: working days since it was put to them."""

    decision: str  # "DEC-4"
    title: Words
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """TRD: a contested pair, decided."""

    ref: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Let:
    """A need moved out of Must by the department that asked for it."""

    ref: str
    function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """RSK. `answered`: its response has been carried out."""

    ref: str
    title: Words
    score: int
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """LOT."""

    ref: str
    title: Words
    exit: bool = False  # says when it is done
    trained: bool = False  # it is the next one, and every group of it has a training date
    confirmed: bool = False  # a user has said that its exit condition is met


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """ASM."""

    ref: str
    title: Words
    status: str  # untested, confirmed, refuted


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """VND. `whole_front`: marketing, sales and service were there; `changed`: it changed a need or a lot."""

    ref: str
    whole_front: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A rule of the diagnosis that no longer fires, high or blocking when it did."""

    rule: str
    on: date
    short: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """INI. `by`: its author if they wished it, else a team."""

    ref: str
    statement: str
    by: Words
    function: str = ""
    first: bool = False  # of its department
    tried: bool = False
    taken_up: tuple[str, ...] = ()  # departments that do it too


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Something people asked for that has been done: a condition of W04 granted, "you said, we did"."""

    key: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The scoping note. `alignment`: percent of the readings that agree (RTE12); None: not rated."""

    version: int
    signed: bool = False
    alignment: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All of it. `noted`: what an earlier look has noted (flows/wins/detectors.notes)."""

    today: date
    goals: tuple[Goal, ...] = ()
    committed: bool = False  # OBJ09
    rounds: tuple[Round, ...] = ()
    counterweights: bool = False  # SET09: all of them
    roles_carried: bool = False  # W01: who steers and who settles, carried by the team
    gaps: tuple[Gap, ...] = ()
    confronted: Mapping[str, int] = field(default_factory=dict)  # steps compared, by department
    supporting: tuple[Supporting, ...] = ()
    supporting_decided: bool = False  # ANX01 to ANX06
    issues: tuple[Issue, ...] = ()
    settled: tuple[Settled, ...] = ()
    pairs: tuple[Pair, ...] = ()
    must_share: float | None = None  # percent of the effort placed in Must; None: not known
    let_go: tuple[Let, ...] = ()
    causes: int | None = None  # of failing, once the premortem has closed
    risks: tuple[Risk, ...] = ()
    path_owned: bool = False  # the critical path is known, and each of its tasks has an owner
    lots: tuple[Lot, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    sessions: tuple[Session, ...] = ()
    closed_rules: tuple[Closed, ...] = ()
    tries: tuple[Try, ...] = ()
    answered: tuple[Answered, ...] = ()
    note: Note | None = None
    charter: bool = False  # CHG05: signed
    climbs: tuple[str, ...] = ()  # waves of C01 after which the barrier is a later one, or gone
    kept_months: tuple[str, ...] = ()  # months whose commitments the sponsor has kept: "2026-02"
    noted: frozenset[str] = frozenset()
