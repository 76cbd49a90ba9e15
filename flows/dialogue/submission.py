"""One screen sent by a person: every value read and judged, then all of it taken in, or nothing."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flows.dialogue import cases, kinds
from flows.dialogue.aftermath import accepted, consequences, with_answer
from flows.dialogue.checks import failed
from flows.dialogue.effects import Effect, Keep, SettleUnknown
from flows.dialogue.events import Submitted
from flows.dialogue.fills import complete, identify
from flows.dialogue.lending import handed
from flows.dialogue.model import Answer, Dialogue, Flow, Question, Value
from flows.dialogue.path import path, relevant, widened
from flows.dialogue.sheet import standing
from flows.dialogue.turn import Conflict, Problem, Turn
from flows.words import Words

NOT_ASKED = Words(
    "This question no longer waits for your answer. Your text is still here.",
    "Cette question n’attend plus votre réponse. Votre texte est toujours là.",
)
WRITE = Words(
    "Write an answer, or use “Can’t answer this one?”.", "Écrivez une réponse, ou « Pas de réponse ? »."
)
NEEDED = Words("Needed to go on.", "Nécessaire pour continuer.")


@dataclass(slots=True)
class _Reading:
    """A submission while it is being read, question by question. Lives for one call only."""

    flow: Flow
    before: Dialogue
    after: Dialogue
    read: list[Question] = field(default_factory=list)
    changed: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def submit(flow: Flow, dialogue: Dialogue, event: Submitted, today: date) -> Turn:
    """What sending one screen does: problems and conflicts first, then warnings and consequences until
    they are confirmed, then the effects. Values of questions that are not asked are left aside."""
    on_view = {q.id for s in path(flow, dialogue) if s.key == event.screen for q in s.questions}
    reading = _Reading(flow=flow, before=dialogue, after=dialogue)
    at_first = relevant(flow, dialogue)
    for question in _addressed(flow, dialogue, event):
        asked = relevant(flow, reading.after) if question.conditional else at_first
        now = _as_here(asked.get(question.id), question)
        if now is not None and (question.id in event.values or question.id in on_view):
            _read(reading, now, event)
    if not reading.read:
        return Turn(dialogue=dialogue, problems=(Problem(question="", words=NOT_ASKED),))
    for question in reading.read:
        _judge(reading, question, today)
    return _conclude(reading, event, today)


def _addressed(flow: Flow, dialogue: Dialogue, event: Submitted) -> tuple[Question, ...]:
    """The questions a submission may answer: those of its screen, follow-ups included; when content
    or register have changed so that the screen is gone, those it names that are still asked, and
    where records share a screen, also those that have moved to another one."""
    screens = [screen for screen in cases.laid_out(flow, dialogue) if screen.key == event.screen]
    named = {question.id: question for screen in screens for question in screen.questions}
    if not screens or "@" in event.screen:
        everything = cases.every(flow, dialogue)
        named |= {q.id: q for q in everything if q.id in event.values and q.id not in named}
    people = {q.audience: dialogue.cast.audience(q.audience) for q in named.values()}
    return tuple(q for q in named.values() if dialogue.person in people[q.audience] and handed(q, dialogue))


def _as_here(known: Question | None, question: Question) -> Question | None:
    """The question with the options that apply now and this screen's columns; None if not asked."""
    if known is None or len(known.columns) == len(question.columns):
        return known
    return replace(known, columns=question.columns)


def checked(flow: Flow, question: Question, raw: Any, dialogue: Dialogue) -> Value | kinds.Refused:
    """The value of one question as this screen asks it, None when left empty. Rows keep the columns
    that are asked elsewhere, and their ids."""
    nothing = kinds.empty(raw) and not (question.kind == "rows" and raw == [] and not question.minimum)
    if nothing or question.kind != "rows":
        return None if nothing else kinds.check(question, raw)
    known = dialogue.answers.get(question.id)
    before = known.value if known is not None and isinstance(known.value, list) else []
    rows = kinds.check(widened(flow, question), complete(question, raw, before, dialogue))
    if isinstance(rows, kinds.Refused):
        return rows
    return identify(rows, before, known.version + 1 if known else 1)


def _read(reading: _Reading, question: Question, event: Submitted) -> None:
    """Take one value in, or say why it cannot be."""
    reading.read.append(question)
    value = checked(reading.flow, question, event.values.get(question.id), reading.after)
    known, stands = reading.before.answers.get(question.id), standing(reading.before, question)
    if isinstance(value, kinds.Refused):
        reading.problems.append(Problem(question=question.id, words=value.words))
    elif value is None and question.requirement != "optional":
        if not _excused(stands, reading.before) or question.requirement == "hard":
            reading.problems.append(Problem(question=question.id, words=_left_empty(question)))
    elif known is not None and known.exit is None and known.value == value and stands is known:
        if event.anew and known.author != event.by:
            _keep(
                reading,
                question,
                Answer(value=value, author=event.by, version=known.version + 1, at=event.at),
            )
    elif known is not None and known.given and known.version != event.seen.get(question.id, known.version):
        reading.conflicts.append(Conflict(question=question.id, theirs=known, mine=value))
    else:
        version = known.version + 1 if known else 1
        _keep(reading, question, Answer(value=value, author=event.by, version=version, at=event.at))


def _keep(reading: _Reading, question: Question, answer: Answer) -> None:
    reading.after = with_answer(reading.after, question, answer)
    reading.changed.append(question)


def _excused(stands: Answer | None, dialogue: Dialogue) -> bool:
    """Something was said in place of an answer. That a colleague was asked excuses nobody but the one
    who asked."""
    if stands is None or stands.exit is None:
        return False
    return stands.exit != "asked" or dialogue.stand_in is None


def _left_empty(question: Question) -> Words:
    if question.requirement == "hard":
        return NEEDED
    return WRITE if question.kind in ("text", "long_text", "number", "rows") else kinds.CHOOSE


def _judge(reading: _Reading, question: Question, today: date) -> None:
    """Apply the named checks. A warning is given when it is new."""
    answer = reading.after.answers.get(question.id)
    refused = {p.question for p in reading.problems} | {c.question for c in reading.conflicts}
    if answer is None or not answer.given or question.id in refused:
        return
    changed = question in reading.changed
    wrong = failed(question, answer.value, reading.after, force=("lasting",), today=today)
    if wrong is None and changed:
        wrong = failed(question, answer.value, reading.before, force=("entry",), today=today)
    if wrong is not None:
        reading.problems.append(Problem(question=question.id, words=wrong))
    warned = failed(question, answer.value, reading.after, force=("warning",), today=today)
    if warned is not None:
        old = failed(question, answer.value, reading.before, force=("warning",), today=today)
        if changed or old is None:
            reading.warnings.append(Problem(question=question.id, words=warned))


def _conclude(reading: _Reading, event: Submitted, today: date) -> Turn:
    flow, before, after = reading.flow, reading.before, reading.after
    if reading.problems or reading.conflicts:
        return Turn(dialogue=before, problems=tuple(reading.problems), conflicts=tuple(reading.conflicts))
    found = [consequences(flow, before, after, question, today) for question in reading.changed]
    brought = tuple(consequence for consequence in found if consequence is not None)
    if not event.confirmed and (reading.warnings or brought):
        return Turn(dialogue=before, warnings=tuple(reading.warnings), consequences=brought)
    effects: list[Effect] = []
    for question in reading.changed:
        answer = after.answers[question.id]
        effects.append(
            Keep(question=question.id, respondent="" if question.shared else before.person, answer=answer)
        )
        own = before.exits.get(question.id)
        if own is not None and own.exit is not None:
            cleared = Answer(author=event.by, version=own.version + 1, at=event.at)
            after = replace(after, exits={**after.exits, question.id: cleared})
            effects.append(Keep(question=question.id, respondent=before.person, answer=cleared))
        if answer.given:
            effects.append(SettleUnknown(question=question.id, answered=True))
    return accepted(flow, before, after, effects, today)
