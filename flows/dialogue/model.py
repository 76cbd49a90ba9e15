"""What a dialogue is made of: flow, screen, question, option, answer, case.

A flow is content (loaded once, never changed); a dialogue is one person's sheet of one run of
it. Where a dialogue stands is derived from its answers, never stored as a step number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from flows.project import Audience, Cast
from flows.words import Words

#: The twelve kinds of question (0.4). `person` and `people` share a row of the table there.
Kind = Literal[
    "text", "long_text", "single", "multi", "scale5", "number", "date", "person", "people",
    "ranking", "points100", "rows", "moscow",
]  # fmt: skip
Requirement = Literal["required", "optional", "hard"]  # hard: no exits at all (0.5)
Visibility = Literal["open", "restricted", "anonymous"]  # 0.6
Mode = Literal["dm", "form", "workshop"]  # dm: each answers for himself; form: one shared answer
Exit = Literal["unknown", "outside", "later"]  # "I don't know", "Outside my scope", "Remind me later"
#: What may stand in place of an answer: an exit, or that a colleague was asked (delegation.py).
Instead = Literal["unknown", "outside", "later", "asked"]

#: A JSON value: str (text, single, date as ISO, person), int (scale5, number), list[str] (multi,
#: people, ranking), dict[str, int] (points100), dict[str, str] (moscow), list[dict] (rows).
Value = Any

#: Who reads what is restricted when the content names nobody (0.6).
RESTRICTED_TO = ("sponsor", "hr", "lead", "facilitator")
NOBODY = "nobody"  # the value of a person question's `none` button


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A test on one earlier answer, of this dialogue or of another one of the project (then it reads
    `Dialogue.elsewhere`). Several conditions of a question must all hold. "named": `value` is a name
    of flows.dialogue.predicates."""

    question: str
    test: Literal["is", "is_not", "in", "at_least", "given", "named"]
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a closed question. `score` is the figure section 3 of the domain uses."""

    value: str
    label: Words
    score: float | None = None
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a `rows` question."""

    key: str
    kind: Kind
    label: Words
    required: bool
    options: tuple[Option, ...] = ()
    labels: str | None = None  # the scale's name in 0.4, for scale5 columns
    maximum: int | None = None  # number: largest
    halves: bool = False  # number: halves are welcome, 0.5 at least
    options_from: str | None = None  # single: live records of this kind are choices too (ARB10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A live record of the project as a dialogue sees it: what a question is asked about."""

    ref: str  # "REQ-4"
    title: Words
    item: str = ""  # of the draft it was made from: a row's id
    source: str = ""  # id of the question it comes from
    fields: Mapping[str, Value] = field(default_factory=dict)  # as register.model.Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One line of the table that proposes what the scoping note leads to (D15)."""

    when: str  # name of a test of flows.route
    then: str  # a choice of RTE08, or "none"
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is shown at once when an answer has a given value (leader cards LP0 to LP4)."""

    id: str
    value: str
    strength: Words
    blind: Words
    guard: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a flow, as content says it. Holds no answer."""

    id: str
    kind: Kind
    words: Words
    why: Words
    short: Words  # for titles of records and lists; falls back on `words`
    requirement: Requirement = "required"
    visibility: Visibility = "open"
    audience: Audience
    mode: Mode
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    labels: str | None = None  # which scale of 0.4
    none: Words | None = None  # the extra button of a person question; its value is NOBODY
    minimum: int | None = None  # number: smallest; rows: fewest rows; texts: fewest characters
    maximum: int | None = None  # number: largest; rows: most rows; texts: most characters
    show_if: tuple[Condition, ...] = ()
    part: str | None = None  # asked only once this part of the dialogue is sent ("after_W02")
    idk_owner: str | None = None  # a role; None: the flow's; "none": opens nothing
    seen_by: tuple[str, ...] = ()  # roles that read a restricted answer
    checks: tuple[str, ...] = ()  # names of flows.dialogue.checks
    records: tuple[str, ...] = ()  # names of flows.register.recordings
    cards: tuple[Card, ...] = ()
    external: bool = False  # person: a name and contact typed as text is welcome too (SET16)
    compared: bool = False  # the core needs everybody's answer: see Dialogue.facts
    likely_rows: int = 1  # rows: how many to expect when counting minutes (2.1)
    fill: str | None = None  # rows: name of flows.dialogue.fills, what is put in by itself
    halves: bool = False  # number: halves are welcome, 0.5 at least
    per: str | None = None  # asked once for each live record of this kind: see flows.dialogue.cases
    cases: str | None = None  # per: only for the records that this test of flows.dialogue.cases lets by
    options_from: str | None = None  # its choices are the live records of this kind (NEE02)
    phrase: str | None = None  # name of flows.dialogue.phrases: what fills in its words
    currency: str = ""  # number: an amount in it (ISO 4217); "": a plain figure

    @property
    def shared(self) -> bool:
        """One answer for the whole dialogue, author kept, instead of one a person."""
        return self.mode != "dm"

    @property
    def conditional(self) -> bool:
        """Whether it is asked, or what it offers, hangs on earlier answers."""
        return bool(self.show_if) or any(option.show_if is not None for option in self.options)


def _cased(question: Question) -> bool:
    """Records of the project are what it is asked about, or are among its choices."""
    return bool(question.per or question.options_from or any(c.options_from for c in question.columns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Questions asked together: one view of a modal."""

    key: str
    questions: tuple[Question, ...]
    title: Words | None = None
    note: Words | None = None  # read before the questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A dialogue as content: D01 to D15. `screens` covers every named question, in order."""

    id: str
    title: Words
    modal: Words  # 24 characters at most in each language
    purpose: str
    intro: Words
    audience: Audience
    mode: Mode
    visibility: Visibility
    minutes: int
    idk_owner: str | None
    family: int = 4  # of the diagnosis (0.7): what "I don't know" opens is an issue of this family
    screens: tuple[Screen, ...]
    anonymous: tuple[Question, ...] = ()  # asked in waves only, on no screen of this dialogue
    routes: tuple[Route, ...] = ()  # D15: first match wins
    elsewhere: tuple[str, ...] = ()  # questions of other dialogues that this one reads
    registers: tuple[str, ...] = ()  # kinds of record that this one reads

    #: Every named question, once, in the order of the screens. A `rows` question may be spread over
    #: two screens, each asking for some of its columns (SET13); here it comes complete.
    questions: tuple[Question, ...] = field(init=False, repr=False, compare=False)
    by_id: Mapping[str, Question] = field(init=False, repr=False, compare=False)
    first: Mapping[str, Question] = field(init=False, repr=False, compare=False)  # as first asked
    #: Some of its questions hang on the register: asked per record, or with records as choices.
    cased: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the questions once: every turn looks them up many times."""
        first: dict[str, Question] = {}
        widest: dict[str, Question] = {}
        for question in (question for screen in self.screens for question in screen.questions):
            first.setdefault(question.id, question)
            if question.id not in widest or len(question.columns) > len(widest[question.id].columns):
                widest[question.id] = question
        object.__setattr__(self, "questions", tuple(widest.values()))
        object.__setattr__(self, "by_id", widest)
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "cased", any(_cased(q) for q in first.values()))

    @property
    def compared(self) -> tuple[str, ...]:
        """The questions of which `Dialogue.facts` must hold everybody's answer."""
        return tuple(question.id for question in self.questions if question.compared)

    def question(self, id: str) -> Question | None:
        """The named question with this id, or None when the content no longer has it. A question
        asked per record is found under the id of any case ("NEE03@REQ-4")."""
        base, _, ref = id.partition("@")
        known = self.by_id.get(base)
        if not ref or known is None:
            return known
        return replace(known, id=id) if known.per else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody answered, or the exit they took instead (then `value` is None; where a colleague was
    asked it is who)."""

    value: Value = None
    exit: Instead | None = None
    author: str  # Slack user id
    version: int = 1  # 1, 2, 3 … for one question of one respondent
    at: datetime  # UTC

    @property
    def given(self) -> bool:
        """A real answer: neither an exit nor an empty optional field."""
        return self.exit is None and self.value not in (None, "", [], {})


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """The colleague in whose hands a sheet is, and the question they were asked; "" for all that may
    be passed on."""

    user: str  # Slack user id
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """One person's sheet of one run of a flow: their own answers and the shared ones.

    `answers` holds, by question id, the person's own latest answer, or for a shared question the
    one latest answer of the form (respondent "", any author). `exits` holds, for shared questions
    only, what is kept under the person's own name: the exit they took (respondent = person), since
    one person's "I don't know" must not speak for the others. `storage/sheet.py` makes the
    two from stored rows.

    `facts` is what the core must know about others: for each id of `Flow.compared`, the latest
    given values of everybody as {respondent: value}; "bots", user ids that are not people; and where
    there is one, "verdict", the code of the latest diagnosis (3.6), and "currency", the project's.

    `elsewhere` holds, for each id of `Flow.elsewhere`, the latest given value of the shared answer in
    the project's other runs (no key: none). `register` holds, for each kind of `Flow.registers`, the
    project's live records in the order of their numbers (those withdrawn are left out).

    Answers to questions that are off the path, or no longer in the content, are kept and not used.

    `stand_in`: a colleague was asked by the person and answers here: only what they were asked is on
    the path, and what they say is kept for the person, with the colleague as its author.
    """

    id: str
    flow: str  # the flow's id
    person: str  # Slack user id whose sheet this is
    cast: Cast
    answers: Mapping[str, Answer] = field(default_factory=dict)  # question id -> latest
    exits: Mapping[str, Answer] = field(default_factory=dict)  # shared question id -> own latest exit
    facts: Mapping[str, Any] = field(default_factory=dict)
    elsewhere: Mapping[str, Value] = field(default_factory=dict)  # question id -> value
    register: Mapping[str, tuple[Case, ...]] = field(default_factory=dict)  # kind -> live records
    parts: frozenset[str] = frozenset()  # the later parts that have been sent
    closes_on: date | None = None  # last day to answer, in the project's zone
    closed: bool = False
    stand_in: StandIn | None = None
    #: What `path.py` has worked out of this very sheet, by name, with the flow it is about.
    derived: dict[str, tuple[Flow, Any]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def writer(self) -> str:
        """Who answers on this sheet: the person, or the colleague they have asked."""
        return self.stand_in.user if self.stand_in is not None else self.person
