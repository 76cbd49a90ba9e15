"""Reads content files, the only reading of files in `flows/`, and says in sentences what is wrong.

A sentence names the file, the line and what stands there: "D02.yaml, line 34, question OBJ05: …".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from flows.dialogue.model import Flow
from flows.playbook import (
    build,
    checkins,
    diagnosis,
    diagnosis_review,
    plan_review,
    review,
    sending,
    statements,
    words_review,
    workshops,
)
from flows.playbook import wins as small_wins
from flows.playbook.checkins import CalendarText, CheckInsText
from flows.playbook.diagnosis import DiagnosisText, RulesText
from flows.playbook.expand import expanded
from flows.playbook.model import Playbook, Term
from flows.playbook.schema import FlowText, WordsText
from flows.playbook.sending import PlanText, WavesText
from flows.playbook.statements import StatementsText
from flows.playbook.wins import WinsText
from flows.playbook.workshops import WorkshopsText
from flows.words import Words
from flows.written import Unreadable, Written, parse

#: The content that comes with the product.
CRM = Path(__file__).parent / "content" / "crm"
WORDS, RULES, PLAN, WAVES = "words.yaml", "rules.yaml", "plan.yaml", "waves.yaml"
DIAGNOSIS, STATEMENTS, WINS = "diagnosis.yaml", "statements.yaml", "wins.yaml"
CHECKINS, CALENDAR, WORKSHOPS = "checkins.yaml", "calendar.yaml", "workshops.yaml"
#: What the rows of a list are called, by the key of the list.
KINDS: Mapping[str | int, str] = {
    "questions": "question", "leader_cards": "card", "items": "question", "waves": "wave", "guards": "guard",
    "rules": "rule", "indicators": "indicator", "tasks": "task", "gates": "gate", "statements": "statement",
    "wins_auto": "win", "wins_manual": "win", "checkins": "check-in", "workshops": "workshop",
}  # fmt: skip
SHARED = (WORDS, RULES, DIAGNOSIS, PLAN, WAVES, STATEMENTS, WINS, CHECKINS, CALENDAR, WORKSHOPS)

Shape = TypeVar("Shape", bound=BaseModel)


class ContentErrors(Exception):
    """Content that cannot be used. `sentences` says everything that is wrong, in file order."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


def load(path: Path | None = None) -> Playbook:
    """The playbook in folder `path`; by default the one that comes with the product.

    Raises ContentErrors with all that is wrong at once.
    """
    folder = path or CRM
    if not folder.is_dir():
        raise ContentErrors([f"{folder.name}: this folder of content does not exist."])
    sentences: list[str] = []
    shared = _read(folder / WORDS, WordsText, sentences)
    rules = _read(folder / RULES, RulesText, sentences)
    figures = _read(folder / DIAGNOSIS, DiagnosisText, sentences)
    plan = _read(folder / PLAN, PlanText, sentences)
    waves = _read(folder / WAVES, WavesText, sentences)
    files = sorted(file for file in folder.glob("*.yaml") if file.name not in SHARED)
    flows = [read for file in files if (read := _read(file, FlowText, sentences)) is not None]
    if shared is not None:
        known = {question.id for read in flows for question in expanded(read.text)}
        for read in flows:
            sentences += _reviewed(read, review.flow(read.text, shared.text, known))
    if rules is not None:
        sentences += _reviewed(rules, diagnosis_review.rules(rules.text))
    sentences += _twice(flows)
    if sentences or not (shared and rules and figures and plan and waves):
        raise ContentErrors(sentences)
    built = {read.text.dialogue: build.flow(read.text, shared.text) for read in flows}
    sentences += _sent(plan, waves, built, shared.text)
    sentences += _reviewed(figures, diagnosis_review.diagnosis(figures.text, built))
    if sentences:
        raise ContentErrors(sentences)
    criteria = {k: checks for read in flows for k, checks in read.text.criteria_checks.items()}
    playbook = Playbook(
        flows=built,
        plan=sending.plan(plan.text),
        waves={text.id: sending.wave(text, built, shared.text) for text in waves.text.waves},
        criteria={k: tuple(Words(en, fr) for en, fr in checks) for k, checks in criteria.items()},
        diagnosis=diagnosis.model(figures.text, rules.text, built),
        **_words(shared.text),
    )
    small = _read(folder / WINS, WinsText, sentences) if (folder / WINS).exists() else None
    if small is not None:
        sentences += _reviewed(small, small_wins.findings(small.text))
        playbook = replace(playbook, wins=small_wins.wins(small.text))
    playbook, rhythm = _rhythm(playbook, folder, shared.text, sentences)
    sentences += _reviewed(plan, plan_review.findings(playbook))
    sentences += _reviewed(shared, words_review.shared(shared.text, [f.text for f in flows], waves.text))
    known = {*statements.places(playbook)}
    every: tuple[_Read[Any], ...] = (
        shared,
        rules,
        figures,
        plan,
        waves,
        *flows,
        *((small,) if small else ()),
    )
    playbook, gathered = _workshops(playbook, folder, sentences)
    every += (*rhythm, *gathered)
    for one in every:
        sentences += _reviewed(one, words_review.findings(one.written.values, known))
    return _traced(playbook, folder / STATEMENTS, sentences)


def _rhythm(
    playbook: Playbook, folder: Path, shared: WordsText, sentences: list[str]
) -> tuple[Playbook, tuple["_Read[Any]", ...]]:
    """The playbook with its check-ins and its calendar, where there are files of them; and what was read."""
    every: list[_Read[Any]] = []
    asked = _read(folder / CHECKINS, CheckInsText, sentences) if (folder / CHECKINS).exists() else None
    if asked is not None:
        every.append(asked)
        sentences += _reviewed(asked, checkins.checkin_findings(asked.text, playbook.flows, shared))
        built = {text.id: checkins.checkin(text) for text in asked.text.checkins}
        playbook = replace(playbook, checkins=built)
    timed = _read(folder / CALENDAR, CalendarText, sentences) if (folder / CALENDAR).exists() else None
    if timed is not None:
        every.append(timed)
        added = {q.id for wave in playbook.waves.values() if wave.added for q in wave.added.questions}
        sent = {*playbook.waves, *playbook.checkins}
        sentences += _reviewed(timed, checkins.calendar_findings(timed.text, sent, added))
        playbook = replace(playbook, calendar=checkins.rules(timed.text, playbook.waves))
    return playbook, tuple(every)


def _workshops(
    playbook: Playbook, folder: Path, sentences: list[str]
) -> tuple[Playbook, tuple["_Read[Any]", ...]]:
    """The playbook with its workshops, where there is a file of them; and what was read."""
    read = _read(folder / WORKSHOPS, WorkshopsText, sentences) if (folder / WORKSHOPS).exists() else None
    if read is None:
        return playbook, ()
    asked = {q.id for flow in playbook.flows.values() for q in (*flow.questions, *flow.anonymous)}
    sentences += _reviewed(read, workshops.findings(read.text, playbook.flows, asked))
    held = replace(
        playbook, workshops=workshops.scripts(read.text), methods=workshops.guidance(read.text),
        boxes=workshops.boxes(read.text),
    )  # fmt: skip
    return held, (read,)


def _traced(playbook: Playbook, file: Path, sentences: list[str]) -> Playbook:
    """The playbook with the statements it is made from, where there is a file of them. Raises
    ContentErrors with what is wrong there, and with what was found before."""
    read = _read(file, StatementsText, sentences) if file.exists() else None
    if read is not None:
        sentences += _reviewed(read, statements.findings(read.text, playbook))
    if sentences:
        raise ContentErrors(sentences)
    return replace(playbook, statements=statements.statements(read.text)) if read else playbook


@dataclass(frozen=True, slots=True)
class _Read(Generic[Shape]):
    """A file in its shape, and as it is written, which knows its lines."""

    file: Path
    text: Shape
    written: Written


def _reviewed(read: _Read[Any], findings: Iterable[review.Finding]) -> list[str]:
    return [_sentence(read.file, read.written, place, said) for place, said in findings]


def _sent(
    plan: "_Read[PlanText]", waves: "_Read[WavesText]", flows: Mapping[str, Flow], shared: WordsText
) -> list[str]:
    """What is wrong with what is sent, once the dialogues are sound."""
    ids = [wave.id for wave in waves.text.waves]
    wrong = _reviewed(plan, sending.plan_findings(plan.text, flows, ids))
    return wrong + _reviewed(waves, sending.wave_findings(waves.text, flows, shared))


def _words(shared: WordsText) -> dict[str, Any]:
    return {
        "labels": {name: tuple(Words(en, fr) for _, en, fr in five) for name, five in shared.labels.items()},
        "no_answer": Words(*shared.no_answer),
        "glossary": tuple(
            Term(word=Words(term.en, term.fr), means=Words(term.means_en, term.means_fr))
            for term in shared.glossary
        ),
    }


def _read(file: Path, shape: type[Shape], sentences: list[str]) -> _Read[Shape] | None:
    """The file in its shape; None once what is wrong has been said in `sentences`."""
    try:
        written = parse(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        sentences.append(f"{file.name}: this file of content does not exist.")
    except UnicodeDecodeError:
        sentences.append(f"{file.name}: this file is not UTF-8 text.")
    except Unreadable as error:
        where = file.name if error.line is None else f"{file.name}, line {error.line}"
        sentences.append(f"{where}: this is not valid YAML.")
    else:
        try:
            return _Read(file, shape.model_validate(written.values), written)
        except ValidationError as error:
            sentences += (_sentence(file, written, e["loc"], _said(e)) for e in error.errors())
    return None


def _said(error: Mapping[str, Any]) -> str:
    name = str(error["loc"][-1]) if error["loc"] else "the file"
    match error["type"]:
        case "missing":
            return f"“{name}” is missing"
        case "extra_forbidden":
            return f"“{name}” is not a known key"
        case "string_too_long":
            most = error["ctx"]["max_length"]
            return f"“{name}” has {len(error['input'])} characters, {most} allowed"
        case "value_error":
            return str(error["ctx"]["error"])
        case _:
            return f"“{name}”: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _sentence(file: Path, written: Written, place: Iterable[str | int], said: str) -> str:
    """ "D02.yaml, line 34, question OBJ05: said." """
    where, named, kind = file.name, "", ""
    steps = tuple(place)
    for step, (line, value) in zip(steps, written.lines(steps), strict=False):
        where, kind = f"{file.name}, line {line}", KINDS.get(step, kind)
        if isinstance(value, Mapping) and isinstance(value.get("id"), str):
            named = f", {kind} {value['id']}".replace("  ", " ")
    return f"{where}{named}: {said}."


def _twice(flows: Iterable[_Read[FlowText]]) -> list[str]:
    """Ids are unique over the whole playbook."""
    seen: dict[str, str] = {}
    sentences = []
    for read in flows:
        for place, id in _ids(read.text):
            if id in seen:
                said = f"{id} is already used in {seen[id]}"
                sentences.append(_sentence(read.file, read.written, place, said))
            seen.setdefault(id, read.file.name)
    return sentences


def _ids(text: FlowText) -> list[tuple[tuple[str | int, ...], str]]:
    own: list[tuple[tuple[str | int, ...], str]] = [(("dialogue",), text.dialogue)]
    own += ((("questions", n), question.id) for n, question in enumerate(text.questions))
    own += ((("leader_cards", n), card.id) for n, card in enumerate(text.leader_cards))
    return own
