"""The dialogue engine: `advance(flow, dialogue, event) -> Turn`.

Rules for the next author. Where a dialogue stands is derived (`path.py`), never stored. An event
either takes effect as a whole or changes nothing. The same event twice changes nothing more.
Time comes in as an argument. What a person can put right is returned; what only a programmer can
get wrong (somebody else's event) is raised.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flows.cadence import add_working_days
from flows.dialogue import kinds
from flows.dialogue.aftermath import consequences, follow, recast, with_answer
from flows.dialogue.checks import Force, failed
from flows.dialogue.effects import (
    Complete,
    Effect,
    Keep,
    OpenUnknown,
    RemindLater,
    Reopen,
    SettleUnknown,
)  # fmt: skip
from flows.dialogue.events import Event, ExitTaken, ExitTakenBack, Finished, Submitted
from flows.dialogue.fills import complete, identify
from flows.dialogue.model import Answer, Dialogue, Flow, Question, Screen, Value
from flows.dialogue.path import (
    Progress,
    current,
    expected,
    path,
    progress,
    put_off,
    relevant,
    waiting,
)  # fmt: skip
from flows.dialogue.sheet import standing
from flows.dialogue.turn import Conflict, Problem, Turn
from flows.dialogue.who import owner
from flows.register.recordings import TIME_TO_SETTLE
from flows.words import Words

__all__ = ["Progress", "advance", "current", "expected", "path", "preview", "progress"]

CLOSED = Words(
    "This dialogue is closed. Your answers are kept.", "Ce dialogue est clos. Vos réponses sont gardées."
)
NOT_ASKED = Words(
    "This question no longer waits for your answer. Your text is still here.",
    "Cette question n’attend plus votre réponse. Votre texte est toujours là.",
)
WRITE = Words(
    "Write an answer, or use “Can’t answer this one?”.", "Écrivez une réponse, ou « Pas de réponse ? »."
)
NEEDED = Words("Needed to go on.", "Nécessaire pour continuer.")
NO_EXIT = Words("This question has no way round.", "Cette question ne peut pas être passée.")
STILL_OPEN = Words("Still open: {question}", "Encore ouverte : {question}")


def advance(flow: Flow, dialogue: Dialogue, event: Event, *, today: date) -> Turn:
    """What `event` does to `dialogue`. `today` is the date in the project's zone.

    Does not store, send or read anything. Raises ValueError for an event of somebody else.
    """
    if event.by != dialogue.person:
        raise ValueError("a sheet takes only the events of its own person")
    if dialogue.closed or (dialogue.closes_on is not None and today > dialogue.closes_on):
        return Turn(dialogue=dialogue, problems=(Problem(question="", words=CLOSED),))
    match event:
        case Submitted():
            return _submit(flow, dialogue, event, today)
        case ExitTaken():
            return _exit(flow, dialogue, event, today)
        case ExitTakenBack():
            return _take_back(flow, dialogue, event, today)
        case Finished():
            return _finish(flow, dialogue)


def preview(
    flow: Flow, dialogue: Dialogue, screen: str, values: Mapping[str, Value], *, at: datetime
) -> Screen | None:
    """The screen as it looks with what is typed so far, valid or not: follow-up questions and
    options appear at once. None when the screen is not on the path. Nothing is kept."""
    for question in (q for s in flow.screens if s.key == screen for q in s.questions):
        value = _checked(flow, question, values.get(question.id), dialogue)
        if not isinstance(value, kinds.Refused) and value is not None:
            dialogue = with_answer(dialogue, question, Answer(value=value, author=dialogue.person, at=at))
    return next((s for s in path(flow, dialogue) if s.key == screen), None)


@dataclass(slots=True)
class _Reading:
    """A submission while it is being read, question by question."""

    flow: Flow
    before: Dialogue
    after: Dialogue
    read: list[Question] = field(default_factory=list)
    changed: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def _submit(flow: Flow, dialogue: Dialogue, event: Submitted, today: date) -> Turn:
    on_view = {q.id for s in path(flow, dialogue) if s.key == event.screen for q in s.questions}
    reading = _Reading(flow=flow, before=dialogue, after=dialogue)
    for question in _addressed(flow, dialogue, event):
        now = _now(flow, reading.after, question)
        if now is not None and (question.id in event.values or question.id in on_view):
            _read(reading, now, event)
    if not reading.read:
        return Turn(dialogue=dialogue, problems=(Problem(question="", words=NOT_ASKED),))
    for question in reading.read:
        _judge(reading, question, today)
    return _conclude(reading, event, today)


def _addressed(flow: Flow, dialogue: Dialogue, event: Submitted) -> tuple[Question, ...]:
    """The questions a submission may answer: those of its screen, follow-ups included; when content
    has changed so that the screen is gone, those it names that are still asked."""
    screens = [screen for screen in flow.screens if screen.key == event.screen]
    named = {question.id: question for screen in screens for question in screen.questions}
    if not screens:
        named = {question.id: question for question in flow.questions if question.id in event.values}
    return tuple(q for q in named.values() if dialogue.person in dialogue.cast.audience(q.audience))


def _now(flow: Flow, dialogue: Dialogue, question: Question) -> Question | None:
    """The question with the options that apply now and this screen's columns; None if not asked."""
    known = relevant(flow, dialogue).get(question.id)
    return None if known is None else replace(known, columns=question.columns)


def _checked(flow: Flow, question: Question, raw: Any, dialogue: Dialogue) -> Value | kinds.Refused:
    """The value of one question as this screen asks it, None when left empty. Rows keep the columns
    that are asked elsewhere, and their ids."""
    nothing = kinds.empty(raw) and not (question.kind == "rows" and raw == [] and not question.minimum)
    if nothing or question.kind != "rows":
        return None if nothing else kinds.check(question, raw)
    known = dialogue.answers.get(question.id)
    before = known.value if known else None
    rows = kinds.check(_whole(flow, question), complete(question, raw, before, dialogue))
    return (
        rows if isinstance(rows, kinds.Refused) else identify(rows, before, known.version + 1 if known else 1)
    )


def _whole(flow: Flow, question: Question) -> Question:
    """The `rows` question with all its columns; those of other screens may be empty here."""
    known = flow.question(question.id) or question
    asked = {column.key for column in question.columns}
    columns = (c if c.key in asked else replace(c, required=False) for c in known.columns)
    return replace(question, columns=tuple(columns))


def _read(reading: _Reading, question: Question, event: Submitted) -> None:
    """Take one value in, or say why it cannot be."""
    reading.read.append(question)
    value = _checked(reading.flow, question, event.values.get(question.id), reading.after)
    known, stands = reading.before.answers.get(question.id), standing(reading.before, question)
    if isinstance(value, kinds.Refused):
        reading.problems.append(Problem(question=question.id, words=value.words))
    elif value is None and question.requirement != "optional":
        if stands is None or stands.exit is None or question.requirement == "hard":
            reading.problems.append(Problem(question=question.id, words=_left_empty(question)))
    elif known is not None and known.exit is None and known.value == value and stands is known:
        return
    elif known is not None and known.given and known.version != event.seen.get(question.id, known.version):
        reading.conflicts.append(Conflict(question=question.id, theirs=known, mine=value))
    else:
        version = known.version + 1 if known else 1
        answer = Answer(value=value, author=event.by, version=version, at=event.at)
        reading.after = with_answer(reading.after, question, answer)
        reading.changed.append(question)


def _left_empty(question: Question) -> Words:
    if question.requirement == "hard":
        return NEEDED
    return WRITE if question.kind in ("text", "long_text", "number", "rows") else kinds.CHOOSE


def _judge(reading: _Reading, question: Question, today: date) -> None:
    """Apply the named checks. A warning is given when it is new."""
    answer = reading.after.answers.get(question.id)
    if answer is None or not answer.given or any(p.question == question.id for p in reading.problems):
        return
    changed = question in reading.changed
    force: tuple[Force, ...] = ("lasting", "entry") if changed else ("lasting",)
    wrong = failed(question, answer.value, reading.after, force=force, today=today)
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
        effects.append(Keep(question=question.id, respondent=_respondent(before, question), answer=answer))
        own = before.exits.get(question.id)
        if own is not None and own.exit is not None:
            cleared = Answer(author=event.by, version=own.version + 1, at=event.at)
            after = replace(after, exits={**after.exits, question.id: cleared})
            effects.append(Keep(question=question.id, respondent=event.by, answer=cleared))
        if answer.given:
            effects.append(SettleUnknown(question=question.id, answered=True))
    return _turn(flow, before, after, effects, [q.id for q in reading.changed], today)


def _respondent(dialogue: Dialogue, question: Question) -> str:
    return "" if question.shared else dialogue.person


def _turn(
    flow: Flow, before: Dialogue, after: Dialogue, effects: list[Effect], changed: list[str], today: date
) -> Turn:
    """An accepted turn: what the change records, who holds which role, whether a finished sheet is
    open again."""
    effects = [*effects, *follow(flow, before, after, changed, today)]
    after = replace(after, cast=recast(after.cast, effects))
    if progress(flow, before).finished and not progress(flow, after).finished:
        effects.append(Reopen(person=after.person))
    return Turn(dialogue=after, effects=tuple(effects))


def _mine(flow: Flow, dialogue: Dialogue, id: str) -> Question | None:
    """The question when it is on this person's path now."""
    known = flow.question(id)
    asked = {question.id for screen in path(flow, dialogue) for question in screen.questions}
    return known if id in asked else None


def _exit(flow: Flow, dialogue: Dialogue, event: ExitTaken, today: date) -> Turn:
    question = _mine(flow, dialogue, event.question)
    if question is None or question.requirement != "required":
        words = NOT_ASKED if question is None else NO_EXIT
        return Turn(dialogue=dialogue, problems=(Problem(question=event.question, words=words),))
    stands = standing(dialogue, question)
    if stands is not None and stands.exit == event.exit:
        return Turn(dialogue=dialogue)
    if stands is not None and stands.given and event.exit == "later":
        return Turn(dialogue=dialogue, effects=(RemindLater(person=event.by),))
    after, effects = _without(dialogue, question, event)
    answered = dialogue.answers.get(question.id) != after.answers.get(question.id)
    brought = consequences(flow, dialogue, after, question, today) if answered else None
    if brought is not None and not event.confirmed:
        return Turn(dialogue=dialogue, consequences=(brought,))
    if stands is not None and stands.exit == "unknown":
        effects.append(SettleUnknown(question=question.id, answered=False))
    effects.extend(_asked_for(flow, dialogue, question, event, today))
    return _turn(flow, dialogue, after, effects, [question.id], today)


def _without(dialogue: Dialogue, question: Question, event: ExitTaken) -> tuple[Dialogue, list[Effect]]:
    """The exit kept under the person's own name. "I don't know" also empties a shared answer."""
    kept = dialogue.exits if question.shared else dialogue.answers
    exit_ = Answer(exit=event.exit, author=event.by, version=_next(kept.get(question.id)), at=event.at)
    effects: list[Effect] = [Keep(question=question.id, respondent=event.by, answer=exit_)]
    if not question.shared:
        return with_answer(dialogue, question, exit_), effects
    after = replace(dialogue, exits={**dialogue.exits, question.id: exit_})
    shared = dialogue.answers.get(question.id)
    if event.exit == "unknown" and shared is not None and shared.given:
        emptied = Answer(author=event.by, version=shared.version + 1, at=event.at)
        effects.append(Keep(question=question.id, respondent="", answer=emptied))
        after = with_answer(after, question, emptied)
    return after, effects


def _next(answer: Answer | None) -> int:
    return answer.version + 1 if answer is not None else 1


def _asked_for(
    flow: Flow, dialogue: Dialogue, question: Question, event: ExitTaken, today: date
) -> tuple[Effect, ...]:
    """What an exit asks of others: an open point for somebody else, or a reminder (0.5)."""
    role = question.idk_owner or flow.idk_owner
    if event.exit == "later":
        return (RemindLater(person=event.by),)
    if event.exit == "outside" or role == "none":
        return ()
    title = Words("{short} — to be found out", "{short} — à éclaircir").fill(short=question.short)
    due = add_working_days(today, TIME_TO_SETTLE)
    return (OpenUnknown(question=question.id, title=title, owner=owner(dialogue, role), due=due),)


def _take_back(flow: Flow, dialogue: Dialogue, event: ExitTakenBack, today: date) -> Turn:
    question = _mine(flow, dialogue, event.question)
    stands = standing(dialogue, question) if question is not None else None
    if question is None or stands is None or stands.exit is None:
        return Turn(dialogue=dialogue)
    cleared = Answer(author=event.by, version=stands.version + 1, at=event.at)
    if question.shared:
        after = replace(dialogue, exits={**dialogue.exits, question.id: cleared})
    else:
        after = with_answer(dialogue, question, cleared)
    effects: list[Effect] = [Keep(question=question.id, respondent=event.by, answer=cleared)]
    if stands.exit == "unknown":
        effects.append(SettleUnknown(question=question.id, answered=False))
    return _turn(flow, dialogue, after, effects, [question.id], today)


def _finish(flow: Flow, dialogue: Dialogue) -> Turn:
    """Nothing left: complete. Only questions kept for later left: a reminder, and not complete."""
    open_ = [question for screen in path(flow, dialogue) for question in waiting(screen, dialogue)]
    blocking = next((question for question in open_ if not put_off(question, dialogue)), None)
    if blocking is not None:
        words = STILL_OPEN.fill(question=blocking.short)
        return Turn(dialogue=dialogue, problems=(Problem(question=blocking.id, words=words),))
    effect = RemindLater(person=dialogue.person) if open_ else Complete(person=dialogue.person)
    return Turn(dialogue=dialogue, effects=(effect,))
