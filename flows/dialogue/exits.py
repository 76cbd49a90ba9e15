"""The three exits (0.5): "I don't know", "Outside my scope", "Remind me later", and the way back."""

from dataclasses import replace
from datetime import date

from flows.cadence import add_working_days
from flows.dialogue.aftermath import accepted, consequences, with_answer
from flows.dialogue.effects import Effect, Keep, OpenUnknown, RemindLater, SettleUnknown
from flows.dialogue.events import ExitTaken, ExitTakenBack
from flows.dialogue.model import Answer, Dialogue, Flow, Question
from flows.dialogue.path import path
from flows.dialogue.sheet import standing
from flows.dialogue.submission import NOT_ASKED
from flows.dialogue.turn import Problem, Turn
from flows.dialogue.who import owner
from flows.register.said import TIME_TO_SETTLE
from flows.words import Words

NO_EXIT = Words("This question has no way round.", "Cette question ne peut pas être passée.")


def _mine(flow: Flow, dialogue: Dialogue, id: str) -> Question | None:
    """The question when it is on this person's path now."""
    asked = (question for screen in path(flow, dialogue) for question in screen.questions)
    return next((question for question in asked if question.id == id), None)


def take(flow: Flow, dialogue: Dialogue, event: ExitTaken, today: date) -> Turn:
    """The exit in place of an answer. An answer that others depend on is given up once confirmed."""
    question = _mine(flow, dialogue, event.question)
    if question is None or question.requirement != "required":
        words = NOT_ASKED if question is None else NO_EXIT
        return Turn(dialogue=dialogue, problems=(Problem(question=event.question, words=words),))
    stands, own = standing(dialogue, question), dialogue.exits.get(question.id)
    again = own is not None and own.exit == event.exit == "outside"
    if again or (stands is not None and stands.exit == event.exit):
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
    return accepted(flow, dialogue, after, effects, today)


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
    opened = OpenUnknown(
        question=question.id,
        title=title,
        owner=owner(dialogue, role),
        due=due,
        restricted=question.visibility == "restricted",
        seen_by=question.seen_by,
        family=flow.family,
    )
    return (opened,)


def take_back(flow: Flow, dialogue: Dialogue, event: ExitTakenBack, today: date) -> Turn:
    """The question is open again; nothing happens when no exit stands."""
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
    return accepted(flow, dialogue, after, effects, today)
