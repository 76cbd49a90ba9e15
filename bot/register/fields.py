"""What the form of each kind of record asks: its fields as data. A new record is asked only what is needed;
the form that changes one shows everything it can hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.words.text import N_
from flows.dialogue.effects import RecordKind
from flows.register.shown import FAMILIES
from flows.words import Words

Input = Literal["line", "text", "person", "day", "one", "record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `key`: what it is kept under; "title", "owner" and "due" are the record's own."""

    key: str
    label: str  # a phrase of the catalogue, as the hint and the choices of the form itself
    input: Input
    required: bool = False
    choices: Mapping[str, str] | Mapping[str, Words] | None = None
    hint: str | None = None
    later: bool = False  # only in the form that changes a record


YES_NO = {"yes": N_("Yes"), "no": N_("No")}
LEVELS = {
    "1": N_("1 Very low"),
    "2": N_("2 Low"),
    "3": N_("3 Medium"),
    "4": N_("4 High"),
    "5": N_("5 Very high"),
}
STANDS = {
    "accepted": N_("It is decided"),
    "proposed": N_("It is proposed, and waits for that person"),
}
#: How a decision was taken (0.7, D13), in the words of whoever notes it.
HOW = {
    "facilitator form": N_("By the person entitled to, noted here"),
    "consensus": N_("By consent: nobody objected"),
    "vote": N_("By a vote"),
    "arbitration": N_("By arbitration: something was given up"),
}
OWNER = Field(key="owner", label=N_("Who sees to it?"), input="person")
DUE = Field(key="due", label=N_("By when?"), input="day")
FAMILY = Field(
    key="family", label=N_("Family"), input="one", choices=FAMILIES,
)  # fmt: skip


METHOD = Field(
    key="method", label=N_("How was it decided?"), input="one", required=True,
    choices=HOW,
)  # fmt: skip
USUAL = "facilitator form"  # how most decisions are noted
RESTS = Field(
    key="serves", label=N_("Which decision does it rest on?"),
    input="record", later=True,
    hint=N_("The number of a record, such as DEC-12. Once that no longer stands, this says so."),
)  # fmt: skip


def _line(label: str) -> Field:
    return Field(key="title", label=label, input="line", required=True)


def _text(key: str, label: str, *, required: bool = False, later: bool = False) -> Field:
    return Field(key=key, label=label, input="text", required=required, later=later)


def _must(field: Field) -> Field:
    return Field(key=field.key, label=field.label, input=field.input, required=True, choices=field.choices)


FIELDS: Mapping[RecordKind, tuple[Field, ...]] = {
    "decision": (
        _line(N_("What is decided, in one line?")),
        _text("reason", N_("Why?"), required=True),
        Field(
            key="decided_by", label=N_("Who decides?"), input="person", required=True,
        ),
        Field(key="stands", label=N_("Where does it stand?"), input="one",
              required=True, choices=STANDS),
        METHOD,
        _text("loss", N_("What do we accept to lose?")),
        _text("question", N_("Which question does it answer?"), later=True),
        _text("context", N_("Context")),
        _text("options", N_("Options considered")),
        Field(key="reversible", label=N_("Can it be undone?"),
              input="one", choices=YES_NO),
        Field(key="review_date", label=N_("Review on"), input="day"),
        _text("minority", N_("Minority view, in its own words"),
              later=True),
        RESTS,
    ),
    "issue": (
        _line(N_("What is to be settled, in one line?")),
        _must(OWNER),
        _must(DUE),
        _text("if_nobody", N_("What happens if nobody decides?")),
        Field(key="blocking", label=N_("Does it block the project?"),
              input="one", required=True, choices=YES_NO),
        FAMILY,
        _text("detail", N_("In full"), later=True),
        RESTS,
    ),
    "risk": (
        _line(N_("What could happen, in one line?")),
        _must(FAMILY),
        Field(key="likelihood", label=N_("How likely?"), input="one",
              required=True, choices=LEVELS),
        Field(key="impact", label=N_("How bad?"), input="one", required=True,
              choices=LEVELS),
        _text("sign", N_("How would we see it coming?")),
        _text("response", N_("What do we do about it?")),
        OWNER,
        DUE,
        _text("cause", N_("Why could it happen?"), later=True),
        RESTS,
    ),
    "assumption": (
        _line(N_("What do we take for granted?")),
        Field(key="importance", label=N_("How much hangs on it?"),
              input="one", required=True, choices=LEVELS),
        Field(key="evidence", label=N_("How much evidence is there?"),
              input="one", required=True, choices=LEVELS),
        _text("test", N_("Cheapest way to test it")),
        OWNER,
        DUE,
        RESTS,
    ),
    "action": (
        _line(N_("What is to be done, in one line?")),
        _must(OWNER),
        _must(DUE),
        Field(key="serves", label=N_("What does it serve?"), input="record",
              hint=N_("The number of a record, such as DEC-12")),
    ),
}  # fmt: skip
#: Fields that are kept as whole numbers.
FIGURES = frozenset({"family", "likelihood", "impact", "importance", "evidence"})
#: Decided upon when a decision is made; afterwards only a step changes them.
AT_FIRST = frozenset({"stands"})
#: What a decision is made with; it changes by being decided again or replaced, never by editing.
DECIDED = frozenset({"decided_by", "method"})
QUOTE = Field(key="quote", label=N_("In the words of the message"), input="text")


def new(kind: RecordKind) -> tuple[Field, ...]:
    """What is asked of a new record."""
    return tuple(field for field in FIELDS[kind] if not field.later)


def all_(kind: RecordKind, status: str) -> tuple[Field, ...]:
    """What can be changed of a record. A decision that was taken keeps what it was taken with."""
    fixed = AT_FIRST | (DECIDED if status != "proposed" else frozenset())
    return tuple(field for field in FIELDS[kind] if field.key not in fixed)
