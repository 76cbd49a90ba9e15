"""What the form of each kind of record asks: its fields as data. A new record is asked only what is needed;
the form that changes one shows everything it can hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from flows.dialogue.effects import RecordKind
from flows.register.shown import FAMILIES
from flows.words import Words

Input = Literal["line", "text", "person", "day", "one", "record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. `key`: what it is kept under; "title", "owner" and "due" are the record's own."""

    key: str
    label: Words
    input: Input
    required: bool = False
    choices: Mapping[str, Words] | None = None
    hint: Words | None = None
    later: bool = False  # only in the form that changes a record


YES_NO = {"yes": Words("Yes", "Oui"), "no": Words("No", "Non")}
LEVELS = {
    "1": Words("1 Very low", "1 Très faible"),
    "2": Words("2 Low", "2 Faible"),
    "3": Words("3 Medium", "3 Moyen"),
    "4": Words("4 High", "4 Élevé"),
    "5": Words("5 Very high", "5 Très élevé"),
}
STANDS = {
    "accepted": Words("It is decided", "C’est décidé"),
    "proposed": Words("It is proposed, and waits for that person", "C’est proposé, et attend cette personne"),
}
#: How a decision was taken (0.7, D13), in the words of whoever notes it.
HOW = {
    "facilitator form": Words("By the person entitled to, noted here", "Par la personne habilitée, noté ici"),
    "consensus": Words("By consent: nobody objected", "Par consentement : sans objection"),
    "vote": Words("By a vote", "Par un vote"),
    "arbitration": Words(
        "By arbitration: something was given up", "Par arbitrage : on a renoncé à quelque chose"
    ),
}
OWNER = Field(key="owner", label=Words("Who sees to it?", "Qui s’en charge ?"), input="person")
DUE = Field(key="due", label=Words("By when?", "Pour quand ?"), input="day")
FAMILY = Field(
    key="family", label=Words("Family", "Famille"), input="one", choices=FAMILIES,
)  # fmt: skip


METHOD = Field(
    key="method", label=Words("How was it decided?", "Comment l’a-t-on décidé ?"), input="one", required=True,
    choices=HOW,
)  # fmt: skip
USUAL = "facilitator form"  # how most decisions are noted
RESTS = Field(
    key="serves", label=Words("Which decision does it rest on?", "Sur quelle décision repose-t-on ?"),
    input="record", later=True,
    hint=Words("The number of a record, such as DEC-12. Once that no longer stands, this says so.",
               "Le numéro d’un élément, par exemple DEC-12. S’il n’est plus en vigueur, cela se verra ici."),
)  # fmt: skip


def _line(en: str, fr: str) -> Field:
    return Field(key="title", label=Words(en, fr), input="line", required=True)


def _text(key: str, en: str, fr: str, *, required: bool = False, later: bool = False) -> Field:
    return Field(key=key, label=Words(en, fr), input="text", required=required, later=later)


def _must(field: Field) -> Field:
    return Field(key=field.key, label=field.label, input=field.input, required=True, choices=field.choices)


FIELDS: Mapping[RecordKind, tuple[Field, ...]] = {
    "decision": (
        _line("What is decided, in one line?", "Que décide-t-on, en une ligne ?"),
        _text("reason", "Why?", "Pourquoi ?", required=True),
        Field(
            key="decided_by", label=Words("Who decides?", "Qui décide ?"), input="person", required=True,
        ),
        Field(key="stands", label=Words("Where does it stand?", "Où en est-on ?"), input="one",
              required=True, choices=STANDS),
        METHOD,
        _text("loss", "What do we accept to lose?", "Qu’accepte-t-on de perdre ?"),
        _text("question", "Which question does it answer?", "À quelle question répond-elle ?", later=True),
        _text("context", "Context", "Contexte"),
        _text("options", "Options considered", "Options envisagées"),
        Field(key="reversible", label=Words("Can it be undone?", "Peut-on revenir en arrière ?"),
              input="one", choices=YES_NO),
        Field(key="review_date", label=Words("Review on", "À revoir le"), input="day"),
        _text("minority", "Minority view, in its own words", "Avis minoritaire, dans ses propres mots",
              later=True),
        RESTS,
    ),
    "issue": (
        _line("What is to be settled, in one line?", "Que faut-il régler, en une ligne ?"),
        _must(OWNER),
        _must(DUE),
        _text("if_nobody", "What happens if nobody decides?", "Que se passe-t-il si personne ne décide ?"),
        Field(key="blocking", label=Words("Does it block the project?", "Bloque-t-elle le projet ?"),
              input="one", required=True, choices=YES_NO),
        FAMILY,
        _text("detail", "In full", "En entier", later=True),
        RESTS,
    ),
    "risk": (
        _line("What could happen, in one line?", "Que pourrait-il arriver, en une ligne ?"),
        _must(FAMILY),
        Field(key="likelihood", label=Words("How likely?", "Quelle probabilité ?"), input="one",
              required=True, choices=LEVELS),
        Field(key="impact", label=Words("How bad?", "Quel impact ?"), input="one", required=True,
              choices=LEVELS),
        _text("sign", "How would we see it coming?", "À quoi le verrait-on venir ?"),
        _text("response", "What do we do about it?", "Que fait-on ?"),
        OWNER,
        DUE,
        _text("cause", "Why could it happen?", "Pourquoi cela pourrait-il arriver ?", later=True),
        RESTS,
    ),
    "assumption": (
        _line("What do we take for granted?", "Que tient-on pour acquis ?"),
        Field(key="importance", label=Words("How much hangs on it?", "Qu’est-ce qui en dépend ?"),
              input="one", required=True, choices=LEVELS),
        Field(key="evidence", label=Words("How much evidence is there?", "De quelles preuves dispose-t-on ?"),
              input="one", required=True, choices=LEVELS),
        _text("test", "Cheapest way to test it", "Façon la moins chère de la vérifier"),
        OWNER,
        DUE,
        RESTS,
    ),
    "action": (
        _line("What is to be done, in one line?", "Que faut-il faire, en une ligne ?"),
        _must(OWNER),
        _must(DUE),
        Field(key="serves", label=Words("What does it serve?", "À quoi sert-elle ?"), input="record",
              hint=Words("The number of a record, such as DEC-12",
                         "Le numéro d’un élément, par exemple DEC-12")),
    ),
}  # fmt: skip
#: Fields that are kept as whole numbers.
FIGURES = frozenset({"family", "likelihood", "impact", "importance", "evidence"})
#: Decided upon when a decision is made; afterwards only a step changes them.
AT_FIRST = frozenset({"stands"})
#: What a decision is made with; it changes by being decided again or replaced, never by editing.
DECIDED = frozenset({"decided_by", "method"})
QUOTE = Field(
    key="quote", label=Words("In the words of the message", "Dans les mots du message"), input="text"
)


def new(kind: RecordKind) -> tuple[Field, ...]:
    """What is asked of a new record."""
    return tuple(field for field in FIELDS[kind] if not field.later)


def all_(kind: RecordKind, status: str) -> tuple[Field, ...]:
    """What can be changed of a record. A decision that was taken keeps what it was taken with."""
    fixed = AT_FIRST | (DECIDED if status != "proposed" else frozenset())
    return tuple(field for field in FIELDS[kind] if field.key not in fixed)
