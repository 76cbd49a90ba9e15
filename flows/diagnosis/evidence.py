"""What a diagnosis reads: answers, closed tallies, records and a few facts of one project. Computes nothing.

Named and anonymous evidence are types that share nothing, so that one cannot stand in for the other:
`Named` knows who answered what, a tally knows neither who nor which. Whoever fills these types (storage
from the database, `fixture` from a file) leaves a key out while a question has not been sent.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

#: Answers from which anything of an anonymous question is kept (5.3 rule 1).
ENOUGH = 5

Value = Any  # as flows.dialogue.model.Value
Place = Literal["M", "S", "C", "W"]  # on the board: must, should, could, not this time
TaskId = str | int  # "TSK-4"; a file may number its tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """Somebody of `team_all`. The team is everybody but the sponsor; facilitator, expert and coach
    are not here. A sponsor who also leads is the sponsor."""

    user: str
    role: Literal["sponsor", "lead", "member"]
    function: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form question that has been sent. No value: silence, or "I don't know" (`unknown`).

    SET18 is a `date`; SET11 may be "nobody"; CHG01 is how far training covers the groups of the lots:
    "all", "some" or "none"; CHG06 is its list of rows.
    """

    value: Value = None
    unknown: bool = False

    @property
    def given(self) -> bool:
        """A real answer. "None" and "not settled" are answers; an empty text or list is not."""
        return not self.unknown and self.value not in (None, "", [], {}, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """One of ANX01 to ANX06 that has been sent, with what its choice asks for."""

    choice: str | None = None  # needed, later, not_needed, unknown; None: no answer
    owner: str | None = None
    due: date | None = None
    reason: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An open or restricted question put to several people: scales 1 to 5, or an option's value.

    `expected`: whom it was sent to when it opened, minus those who said "outside my scope".
    `answers`: real answers only, by user; neither silence nor "I don't know" is here.
    """

    expected: tuple[str, ...]
    answers: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleTally:
    """What is kept of an anonymous scale once its wave has closed with enough answers (5.3 rule 6).
    Of several waves, the latest that reached five answers.

    Raises ValueError for figures that no such wave can have left.
    """

    invited: int  # to whom it was shown
    n: int
    total: int  # sum of the answers
    polar: bool = False  # opinions are split, worked out at closing
    apart: tuple[str, ...] = ()  # functions whose means are far apart (3.4); only their names
    closed_on: date | None = None
    banded: bool = False  # its mean is shown to nobody: it would tell of a few people (5.3 rule 4)
    rose: bool = False  # by half a point or more since the wave before it of the same people (5.1, C02)

    def __post_init__(self) -> None:
        """Refuse what must not exist."""
        _enough(self.n, self.invited)
        if not self.n <= self.total <= 5 * self.n:
            raise ValueError("the sum of answers from 1 to 5 does not fit their number")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceTally:
    """What is kept of an anonymous choice: COL10 needs `named`, BEL09 needs `counts`.

    Raises ValueError for figures that no such wave can have left.
    """

    invited: int
    n: int  # how many answered
    named: tuple[str, ...] = ()  # functions chosen by at least 40 %, "nobody" left out
    counts: Mapping[str, int] | None = None  # by option; kept from 10 answers only
    closed_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse what must not exist."""
        _enough(self.n, self.invited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """An anonymous question of which nothing can be read: its wave is open, or closed below five."""

    invited: int
    open: bool = False


Anonymous = ScaleTally | ChoiceTally | Withheld


def _enough(n: int, invited: int) -> None:
    if not ENOUGH <= n <= invited:
        raise ValueError(f"a tally needs at least {ENOUGH} answers, and no more than were invited")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The steps described for one area (rows of PRO02)."""

    rows: int
    outside: int  # of these, how many say what is changing outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """GAP: a distance between planned and lived."""

    area: str
    severity: int  # 1 to 5
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """DOM: a data domain (DAT01)."""

    domain: str
    quality: int | None  # 1 to 5
    move: str | None  # clean, as_is, archive, no
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """REQ: a need on the board."""

    place: Place | None = None  # None: not placed yet
    effort: float = 0  # 1, 3, 5, 8; 0: not sized yet
    reason: bool = False  # says why it is a must


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """RSK."""

    likelihood: int  # 1 to 5
    impact: int  # 1 to 5
    owner: str | None = None
    response: bool = False
    status: str = "open"  # open, reduced, closed, happened (0.7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """LOT."""

    name: str
    exit: bool = False  # says when it is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """TSK: a key task (PLA05)."""

    id: TaskId
    weeks: float
    after: tuple[TaskId, ...] = ()  # one that no longer exists is ignored
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """VND: a session with a vendor. Held once its attendance is noted."""

    whole_team: bool = False
    date: datetime.date | None = None
    present: int | None = None  # members of the team who were there; None: planned, not held
    functions: tuple[str, ...] | None = None  # of those present; None: not noted

    @property
    def held(self) -> bool:
        """Its attendance is recorded."""
        return self.present is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How the note was read (RTE12): the facilitator's three counts, without authors."""

    aligned: int = 0
    partly: int = 0
    different: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is neither an answer nor a record."""

    required_rate: float | None = None  # percent of required answers that are in; None: nothing sent
    goals_shared_on: date | None = None  # day OBJ09 first reached "shared"; None: never
    phase: str = "P0"
    arbitration_days: float | None = None  # working days the oldest one has been pending; None: none is


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything a diagnosis reads, on one day.

    Mappings have a key for each question that has been sent. A kind of record is None while the
    dialogue that asks for it has not been sent, and () when it has and nothing is recorded.
    """

    today: date
    people: tuple[Respondent, ...] = ()
    forms: Mapping[str, Form] = field(default_factory=dict)
    annexes: Mapping[str, Annex] = field(default_factory=dict)  # ANX01 to ANX06
    named: Mapping[str, Named] = field(default_factory=dict)  # SPO05 too: sponsor and lead answer it
    anonymous: Mapping[str, Anonymous] = field(default_factory=dict)
    steps: Mapping[str, Steps] | None = None  # by area: marketing, sales, service
    gaps: tuple[Gap, ...] | None = None
    domains: tuple[Domain, ...] | None = None
    needs: tuple[Need, ...] | None = None
    risks: tuple[Risk, ...] | None = None
    lots: tuple[Lot, ...] | None = None
    tasks: tuple[Task, ...] | None = None
    sessions: tuple[Session, ...] | None = None
    decided: tuple[str, ...] | None = None  # pairs with a decision: "ARB01" …
    alignment: Alignment | None = None
    #: Questions sent whose answers wait for the closing of their dialogue, as if they had not been sent;
    #: with that dialogue: {"PRO05": "D04"}.
    withheld: Mapping[str, str] = field(default_factory=dict)
    #: Families that explain the distance between hope and result, as those asked after a go-live say (C09c).
    distances: tuple[int, ...] = ()
    facts: Facts = field(default_factory=Facts)

    @property
    def team(self) -> tuple[Respondent, ...]:
        """Everybody but the sponsor."""
        return tuple(person for person in self.people if person.role != "sponsor")

    @property
    def sponsor(self) -> Respondent | None:
        """Whoever sponsors, if somebody does."""
        return next((person for person in self.people if person.role == "sponsor"), None)
