"""The dialogue engine: `advance(flow, dialogue, event) -> Turn`.

Rules for the next author. Where a dialogue stands is derived (`path.py`), never stored. An event
either takes effect as a whole or changes nothing. The same event twice changes nothing more.
Time comes in as an argument. What a person can put right is returned; what only a programmer can
get wrong (somebody else's event) is raised.
"""

from collections.abc import Mapping
from datetime import date, datetime

from flows.dialogue import cases, exits, kinds
from flows.dialogue.aftermath import with_answer
from flows.dialogue.effects import Complete, RemindLater
from flows.dialogue.events import Event, ExitTaken, ExitTakenBack, Submitted
from flows.dialogue.model import Answer, Dialogue, Flow, Screen, Value
from flows.dialogue.path import Progress, current, expected, path, progress, put_off, waiting
from flows.dialogue.submission import checked, submit
from flows.dialogue.turn import Problem, Turn
from flows.words import Words

__all__ = ["Progress", "advance", "current", "expected", "path", "preview", "progress"]

CLOSED = Words(
    "This dialogue is closed. Your answers are kept.", "Ce dialogue est clos. Vos réponses sont gardées."
)
STILL_OPEN = Words("Still open: {question}", "Encore ouverte : {question}")


def advance(flow: Flow, dialogue: Dialogue, event: Event, *, today: date) -> Turn:
    """What `event` does to `dialogue`. `today` is the date in the project's zone.

    Does not store, send or read anything. Raises ValueError for an event of somebody else.
    """
    if event.by != dialogue.writer:
        raise ValueError("a sheet takes only the events of its own person, or of who stands in for them")
    if dialogue.closed or (dialogue.closes_on is not None and today > dialogue.closes_on):
        return Turn(dialogue=dialogue, problems=(Problem(question="", words=CLOSED),))
    match event:
        case Submitted():
            return submit(flow, dialogue, event, today)
        case ExitTaken():
            return exits.take(flow, dialogue, event, today)
        case ExitTakenBack():
            return exits.take_back(flow, dialogue, event, today)
    return _finish(flow, dialogue)


def preview(
    flow: Flow, dialogue: Dialogue, screen: str, values: Mapping[str, Value], *, at: datetime
) -> Screen | None:
    """The screen as it looks with what is typed so far, valid or not: follow-up questions and
    options appear at once. None when the screen is not on the path. Nothing is kept."""
    laid_out = cases.laid_out(flow, dialogue)
    for question in (q for s in laid_out if s.key == screen for q in s.questions):
        value = checked(flow, question, values.get(question.id), dialogue)
        if not isinstance(value, kinds.Refused) and value is not None:
            dialogue = with_answer(dialogue, question, Answer(value=value, author=dialogue.writer, at=at))
    return next((s for s in path(flow, dialogue) if s.key == screen), None)


def _finish(flow: Flow, dialogue: Dialogue) -> Turn:
    """Nothing left: complete. Only questions kept for later left: a reminder, and not complete."""
    open_ = [question for screen in path(flow, dialogue) for question in waiting(screen, dialogue)]
    blocking = next((question for question in open_ if not put_off(question, dialogue)), None)
    if blocking is not None:
        words = STILL_OPEN.fill(question=blocking.short)
        return Turn(dialogue=dialogue, problems=(Problem(question=blocking.id, words=words),))
    if dialogue.stand_in is not None:  # done with what they were asked; the person's sheet is their own
        return Turn(dialogue=dialogue)
    effect = RemindLater(person=dialogue.person) if open_ else Complete(person=dialogue.person)
    return Turn(dialogue=dialogue, effects=(effect,))
