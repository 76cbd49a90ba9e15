"""What people fill in for documents that go out (7.3 to 7.6): texts, dates, a prototype, a direct choice.

Plain values in, types out, and back: nothing here raises on what was kept by an older version. Says what is
wrong with a form in sentences; knows neither who may fill it in nor where it is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flows.dates import possible, short_date
from flows.document.names import Names, people
from flows.words import LANGUAGES, Words

#: The forms there are. Each is kept on its own.
TEXTS, DATES, PROTOTYPE, CHOICE = "texts", "dates", "prototype", "choice"
#: What sponsor and HR let into the note of the confidential answers about pay (N14): by question.
REWARDS = "rewards"
PUBLISHABLE = ("INC03", "INC05", "INC06", "INC04")
#: Under which a section says that a form fills it, where another names a question.
FORM = "form:"
#: Where goals and risks are ticked as fit for vendors.
SHARED = "form:shared"
#: Success criteria below which a prototype is a demo (PT05), and how many weeks it may last (PT06).
ENOUGH, SHORTEST, LONGEST = 3, 2, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """About the company, and what it asks of vendors' security. One of two languages is enough."""

    company: Words | None = None
    security: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When a consultation goes through its steps, and where questions go. `budget`: "vendors" where the
    five-year budget (RTE06) may stand in what they read, and only with the yes of RTE06a."""

    questions: date | None = None
    answers: date | None = None
    demonstrations: date | None = None
    decision: date | None = None
    channel: str = ""
    budget: frozenset[str] = frozenset()

    @property
    def complete(self) -> bool:
        """Everything without which nothing can be sent is there."""
        return bool(self.questions and self.answers and self.decision and self.channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prototype:
    """What the request for a prototype says that no question asks. `assumptions`: what it puts to the test,
    such as "ASM-1"."""

    question: str = ""
    assumptions: tuple[str, ...] = ()
    data: str = ""
    criteria: tuple[str, ...] = ()
    weeks: int | None = None
    price: str = ""
    ownership: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the memo on a direct choice says that no question asks. `chosen`: a session with a vendor, such as
    "VND-2"; `aside`: why each other one is not. `budget`: the five-year budget (RTE06) stands in the memo."""

    chosen: str = ""
    integrator: str = ""
    aside: Mapping[str, str] = field(default_factory=dict)
    references: str = ""
    cost: str = ""
    exit: str = ""
    budget: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """All of it, for one project."""

    texts: Texts = Texts()
    dates: Dates = Dates()
    prototype: Prototype = Prototype()
    choice: Choice = Choice()
    published: tuple[str, ...] = ()  # of PUBLISHABLE, in its order


def read(kept: Mapping[str, Mapping[str, Any]]) -> Outgoing:
    """What was kept, by form."""
    texts, dates = kept.get(TEXTS, {}), kept.get(DATES, {})
    made, chosen = kept.get(PROTOTYPE, {}), kept.get(CHOICE, {})
    ticked = kept.get(REWARDS, {}).get("publish") or ()
    return Outgoing(
        texts=Texts(company=_both(texts, "company"), security=_both(texts, "security")),
        dates=Dates(
            questions=_day(dates, "questions"), answers=_day(dates, "answers"),
            demonstrations=_day(dates, "demonstrations"), decision=_day(dates, "decision"),
            channel=_text(dates, "channel"), budget=frozenset(map(str, dates.get("budget") or ())),
        ),
        prototype=Prototype(
            question=_text(made, "question"), data=_text(made, "data"),
            assumptions=tuple(map(str, made.get("assumptions") or ())),
            criteria=lines(_text(made, "criteria")), weeks=_whole(made, "weeks"),
            price=_text(made, "price"), ownership=_text(made, "ownership"),
        ),
        choice=Choice(
            chosen=_text(chosen, "chosen"), integrator=_text(chosen, "integrator"),
            aside={str(ref): str(why) for ref, why in (chosen.get("aside") or {}).items() if why},
            references=_text(chosen, "references"), cost=_text(chosen, "cost"), exit=_text(chosen, "exit"),
            budget="memo" in (chosen.get("budget") or ()),
        ),
        published=tuple(id for id in PUBLISHABLE if id in ticked),
    )  # fmt: skip


def released(filled: Outgoing, said: bool) -> Outgoing:
    """With the budget kept from vendors unless who knows it has said that they may read it (RTE06a)."""
    if said:
        return filled
    return replace(filled, dates=replace(filled.dates, budget=filled.dates.budget - {"vendors"}))


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text, without the marks people put before them."""
    return tuple(line for each in text.splitlines() if (line := each.strip().lstrip("-•*– ").strip()))


def _text(kept: Mapping[str, Any], name: str) -> str:
    return str(kept.get(name) or "").strip()


def _whole(kept: Mapping[str, Any], name: str) -> int | None:
    value = kept.get(name)
    return value if isinstance(value, int) else None


def _day(kept: Mapping[str, Any], name: str) -> date | None:
    try:
        return date.fromisoformat(_text(kept, name))
    except ValueError:
        return None


def _both(kept: Mapping[str, Any], name: str) -> Words | None:
    """A text in both languages: where it was written in one, that one stands for both."""
    said = {language: _text(kept, f"{name}_{language}") for language in LANGUAGES}
    if not any(said.values()):
        return None
    return Words(said["en"] or said["fr"], said["fr"] or said["en"])


Wrong = dict[str, Words]  # the field, and what is wrong with it

PAST = Words(
    "This date is past. Choose today or later.", "Cette date est passée. Choisissez aujourd’hui ou plus tard."
)
NEEDED = Words("A document cannot leave without this.", "Aucun document ne peut partir sans cela.")
BEFORE_QUESTIONS = Words(
    "Answers cannot be due before questions are closed ({day}).",
    "Les réponses ne peuvent pas être attendues avant la fin des questions ({day}).",
)
BEFORE_ANSWERS = Words(
    "This cannot come before the answers ({day}).", "Cela ne peut pas venir avant les réponses ({day})."
)
BEFORE_DEMONSTRATIONS = Words(
    "The decision cannot come before the demonstrations ({day}).",
    "La décision ne peut pas venir avant les démonstrations ({day}).",
)
NAMES_SOMEBODY = Words(
    "This names {name}. Vendors read roles only: give an address of the team, or say the role.",
    "Ce texte nomme {name}. Les éditeurs ne lisent que des rôles : donnez une adresse d’équipe, ou dites "
    "le rôle.",
)
TOO_FEW = Words(
    "Write at least three criteria, one a line: without them a prototype is a demo.",
    "Écrivez au moins trois critères, un par ligne : sans eux, un prototype n’est qu’une démonstration.",
)
NO_FIGURE = Words(
    "This one cannot be measured, it has no figure: {line}",
    "Celui-ci ne se mesure pas, il n’a aucun chiffre : {line}",
)
NOT_RELEASED = Words(
    "First say yes in D15, where the budget stands: may this figure be printed in documents for vendors?",
    "Dites d’abord oui dans D15, là où figure l’enveloppe : ce chiffre peut-il figurer dans les documents "
    "pour les éditeurs ?",
)
WEEKS = Words("From two to six weeks.", "De deux à six semaines.")


def wrong_dates(dates: Dates, today: date, before: Dates | None = None) -> Wrong:
    """What keeps these dates from being kept: each field with its sentence. A day that was kept `before` may
    have passed meanwhile."""
    found: Wrong = {}
    steps = {name: getattr(dates, name) for name in ("questions", "answers", "demonstrations", "decision")}
    for name, day in steps.items():
        if day is None and name != "demonstrations":
            found[name] = NEEDED
        elif day is not None and day != getattr(before, name, None) and (day < today or not possible(day)):
            found[name] = PAST
    if not dates.channel:
        found["channel"] = NEEDED
    return {**_disorder(dates), **found}


def _disorder(dates: Dates) -> Wrong:
    """Steps that come before what they wait for."""
    asked, answered = dates.questions, dates.answers
    found: Wrong = {}
    if asked and answered and answered < asked:
        found["answers"] = BEFORE_QUESTIONS.fill(day=short_date(asked))
    for name, day in (("demonstrations", dates.demonstrations), ("decision", dates.decision)):
        if answered and day and day < answered:
            found[name] = BEFORE_ANSWERS.fill(day=short_date(answered))
    shown, decided = dates.demonstrations, dates.decision
    if shown and decided and decided < shown:
        found.setdefault("decision", BEFORE_DEMONSTRATIONS.fill(day=short_date(shown)))
    return found


def wrong_prototype(prototype: Prototype) -> Wrong:
    """What keeps a prototype from being asked for in these words. An empty form is a way back."""
    found: Wrong = {}
    if prototype.criteria and len(prototype.criteria) < ENOUGH:
        found["criteria"] = TOO_FEW
    for line in prototype.criteria:
        if not any(letter.isdigit() for letter in line):
            found["criteria"] = NO_FIGURE.fill(line=line[:80])
    if prototype.weeks is not None and not SHORTEST <= prototype.weeks <= LONGEST:
        found["weeks"] = WEEKS
    return found


def named_in(texts: Mapping[str, str], names: Mapping[str, str]) -> Wrong:
    """The fields in which somebody of the project is named, which no document for vendors would print.
    `names`: of people, by their ids."""
    known = Names(people(names))
    first = {key: known.first(text) for key, text in texts.items()}
    return {key: NAMES_SOMEBODY.fill(name=names[who]) for key, who in first.items() if who is not None}
