"""The project whose screens the preview shows: its people, its records, and answers that open follow-ups."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zlib import crc32

from bot.dialogue.scene import Scene
from bot.words.text import words
from flows.dialogue import cases, kinds
from flows.dialogue.model import Answer, Case, Dialogue, Flow, Question, Screen, Value
from flows.dialogue.path import path
from flows.playbook import Playbook
from flows.project import Cast, Member, Project
from flows.words import Language, Words

DAY, NOW = date(2026, 2, 16), datetime(2026, 2, 16, 9, tzinfo=UTC)
NAMES = {
    "UELODIE": "Élodie Martin", "UCLAIRE": "Claire Vasseur", "UMARC": "Marc Delorme",
    "UINES": "Inès Rahmani", "UPAUL": "Paul Kermorgan", "USOFIA": "Sofia Lindqvist", "UTHOMAS": "Thomas Roux",
}  # fmt: skip
TEAM = {"UMARC": "sales", "UINES": "marketing", "UPAUL": "service", "USOFIA": "it", "UTHOMAS": "hr"}
CAST = Cast(
    holders={"facilitator": "UELODIE", "sponsor": "UCLAIRE", "arbiter": "UCLAIRE", "lead": "UMARC"},
    members=tuple(Member(user=user, function=function) for user, function in TEAM.items()),
)
NEEDS = (
    Words(
        "See the last exchange with a customer before calling",
        "Voir le dernier échange avant d’appeler un client",
    ),
    Words("Print a delivery label from the record", "Imprimer une étiquette de livraison depuis la fiche"),
    Words(
        "See who promised what to a customer, and by when, whatever the department that promised it",
        "Voir qui a promis quoi à un client, et pour quand, quel que soit le service qui l’a promis",
    ),
    Words("Be told when a complaint comes back", "Être prévenu quand une réclamation revient"),
    Words("Know which quotes wait for an answer", "Savoir quels devis attendent une réponse"),
)
PARTS = frozenset({"after_W02", "W06", "W07", "W08", "W10"})
TEXTS = (
    Words("Between the quote and the order", "Entre le devis et la commande"),
    Words("Call back within a day", "Rappeler dans la journée"),
    Words("The spreadsheet of the north team", "Le tableur de l’équipe nord"),
    Words("Clean the addresses", "Nettoyer les adresses"),
    Words("Two people ask the same thing", "Deux personnes demandent la même chose"),
    Words("Every Monday, with the service desk", "Chaque lundi, avec le service après-vente"),
    Words("One page a customer", "Une page par client"),
    Words("Paper forms in the van", "Des fiches papier dans la camionnette"),
)
LONG = Words(
    "We ask again what the customer has told somebody else the day before, because nobody writes it down "
    "where the others look.",
    "Nous redemandons ce que le client a dit la veille à quelqu’un d’autre, parce que personne ne le note là "
    "où les autres regardent.",
)
#: The longest texts of the content are seen in lists too.
PLACES = ("M", "S", "M", "C", "W")


def register() -> dict[str, tuple[Case, ...]]:
    """Live records of the kinds that dialogues read."""
    needs = tuple(Case(ref=f"REQ-{n}", title=need) for n, need in enumerate(NEEDS, start=1))
    held = Case(ref="VND-1", title=Words.same("Nordsoft"), fields={"attendees": [*TEAM], "whole_team": "yes"})
    coming = Case(ref="VND-2", title=Words.same("Sudware"))
    return {"need": needs, "vendor": (held, coming)}


def scene(playbook: Playbook, flow: Flow, screen: Screen, language: Language, *, filled: bool) -> Scene:
    """The screen as somebody meets it who is asked it: before the first answer, or with this very
    screen answered so that what hangs on its answers appears."""
    sheets = [_sheet(flow, screen, user, language, filled=filled) for user in NAMES]
    asked = (sheet for sheet in sheets if any(one.key == screen.key for one in path(flow, sheet)))
    sheet = next(asked, sheets[0])
    project = Project(
        id="p", workspace="T1", name="Boréal", channel="C1", language=language, start=DAY, created_at=NOW,
        creator="UELODIE", cast=CAST,
    )  # fmt: skip
    return Scene(
        flow=flow, dialogue=sheet, project=project, w=words(language), today=DAY, names=NAMES,
        refs={id: "ISS-6" for id, answer in sheet.answers.items() if answer.exit == "unknown"},
    )  # fmt: skip


def screens(flow: Flow) -> tuple[Screen, ...]:
    """Every screen, each record on its own, with the board placed: follow-ups of all answers included."""
    found: dict[str, Screen] = {}
    for user in NAMES:  # what is asked of those who were at a session is asked of nobody else
        for screen in cases.laid_out(flow, _placed(flow, user)):
            known = found.setdefault(screen.key, screen)
            there = {question.id for question in known.questions}
            more = tuple(question for question in screen.questions if question.id not in there)
            found[screen.key] = replace(known, questions=(*known.questions, *more))
    order = {screen.key: at for at, screen in enumerate(flow.screens)}
    return tuple(sorted(found.values(), key=lambda one: order[one.key.partition("@")[0]]))


def _blank(flow: Flow, user: str) -> Dialogue:
    held = register()
    return Dialogue(
        id="d", flow=flow.id, person=user, cast=CAST, parts=PARTS, closes_on=date(2026, 2, 27),
        register={kind: held.get(kind, ()) for kind in flow.registers}, facts={"verdict": "NO_GO"},
    )  # fmt: skip


def _placed(flow: Flow, user: str) -> Dialogue:
    """A sheet with the board placed: some questions are about the must-haves."""
    sheet = _blank(flow, user)
    boards = [question for question in cases.every(flow, sheet) if question.kind == "moscow"]
    answers = {q.id: Answer(value=sample(flow, q, "en"), author=user, at=NOW) for q in boards}
    return replace(sheet, answers=answers)


def _sheet(flow: Flow, screen: Screen, user: str, language: Language, *, filled: bool) -> Dialogue:
    """What stands on the other screens lets this one be asked."""
    sheet = _blank(flow, user)
    here = {question.id for question in screen.questions}
    causes = {c.question for q in screen.questions for c in q.show_if} - here
    answers: dict[str, Answer] = {}
    for question in cases.every(flow, sheet):
        mine = filled and question.id in here
        if mine or question.id in causes or (question.kind == "moscow" and question.id not in here):
            answers[question.id] = Answer(value=sample(flow, question, language), author=user, at=NOW)
    return replace(sheet, answers=answers)


def sample(flow: Flow, question: Question, language: Language) -> Value:
    """An answer like those people give; one on which others hang, where there is a choice."""
    options = [option.value for option in question.options]
    base = question.id.partition("@")[0]
    telling = [
        value
        for other in flow.questions
        for condition in other.show_if
        if condition.question == base and condition.test in ("is", "in")
        for value in (condition.value if condition.test == "in" else [condition.value])
    ]
    chosen = next((value for value in telling if value in options), options[0] if options else "")
    if base == "RTE08":
        chosen = options[-1]  # another route than the one proposed, which asks why
    fixed: dict[str, Any] = {
        "text": TEXTS[crc32(question.short.en.encode()) % len(TEXTS)].in_(language),
        "long_text": LONG.in_(language),
        "single": chosen, "multi": options[:2], "ranking": options, "scale5": 4, "number": 3,
        "date": "2026-03-19", "person": "UINES", "people": ["UINES", "UPAUL"],
        "points100": dict(zip(options, _shares(len(options)), strict=True)),
        "moscow": dict(zip(options, PLACES * len(options), strict=False)),
    }  # fmt: skip
    return [*_rows(flow, question, language)] if question.kind == "rows" else fixed[question.kind]


def _shares(n: int) -> Iterator[int]:
    """100 points, given out."""
    for at in range(n):
        yield 100 // n + (1 if at < 100 % n else 0)


def _rows(flow: Flow, question: Question, language: Language) -> Iterator[dict[str, Any]]:
    people = question.columns[0].kind == "person"
    for n, user in enumerate(TEAM if people else ["UINES", "UPAUL", "UMARC"], start=1):
        cells = {c.key: sample(flow, kinds.as_question(question, c), language) for c in question.columns}
        first = question.columns[0]
        if first.options:
            cells[first.key] = first.options[(n - 1) % len(first.options)].value
        own = {c.key: user for c in question.columns if c.kind == "person"}
        halves = {c.key: 2.5 for c in question.columns if c.halves}
        yield {**cells, **own, **halves, "id": f"1.{n}"}


def answered(playbook: Playbook, flow: Flow, language: Language) -> Scene:
    """Everything answered, one question by "I don't know"."""
    first = screens(flow)[0]
    found = scene(playbook, flow, first, language, filled=False)
    answers = {
        q.id: Answer(value=sample(flow, q, language), author=found.dialogue.person, at=NOW)
        for q in cases.every(flow, found.dialogue)
    }
    left = next((q.id for q in flow.questions if q.requirement == "required" and not q.per), "")
    answers = {
        id: Answer(exit="unknown", author="UMARC", at=NOW) if id == left else a for id, a in answers.items()
    }
    sheet = replace(found.dialogue, answers=answers)
    return replace(found, dialogue=sheet, refs={left: "ISS-6"})
