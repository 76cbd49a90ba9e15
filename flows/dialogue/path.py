"""Where a dialogue stands: derived from its answers, never stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import TypeVar

from flows.dialogue import kinds
from flows.dialogue.checks import failed
from flows.dialogue.minutes import minutes
from flows.dialogue.model import Answer, Condition, Dialogue, Flow, Question, Screen, Value
from flows.dialogue.sheet import standing
from flows.project import Cast


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far one person is, in screens. `finished`: nothing is open, nothing kept for later."""

    done: int
    total: int
    minutes_left: int
    finished: bool


T = TypeVar("T")


def _once(work: Callable[[Flow, Dialogue], T]) -> Callable[[Flow, Dialogue], T]:
    """Worked out once for each sheet, which never changes: one turn asks for it a dozen times."""

    @wraps(work)
    def known(flow: Flow, dialogue: Dialogue) -> T:
        about, found = dialogue.derived.get(work.__name__, (None, None))
        if about is not flow:
            found = work(flow, dialogue)
            dialogue.derived[work.__name__] = (flow, found)
        return found  # type: ignore[return-value]  # what `work` gave for this flow

    return known


def holds(condition: Condition, answer: Answer | None) -> bool:
    """An unanswered question makes every condition false, negative ones included (3.7)."""
    if answer is None or not answer.given:
        return False
    if condition.test == "is":
        return bool(answer.value == condition.value)
    if condition.test == "is_not":
        return bool(answer.value != condition.value)
    if condition.test == "in":
        return answer.value in condition.value
    return isinstance(answer.value, int) and answer.value >= condition.value


@_once
def relevant(flow: Flow, dialogue: Dialogue) -> Mapping[str, Question]:
    """The questions whose part is sent and whose conditions hold, whoever they are for, each with
    only the options that its own conditions leave. A condition on a question that is itself not
    relevant does not hold."""
    asked: dict[str, Question] = {}

    def true(condition: Condition) -> bool:
        return condition.question in asked and holds(condition, dialogue.answers.get(condition.question))

    for question in flow.questions:
        if question.part is not None and question.part not in dialogue.parts:
            continue
        if not question.show_if or all(true(condition) for condition in question.show_if):
            options = [o for o in question.options if o.show_if is None or true(o.show_if)]
            asked[question.id] = (
                question
                if len(options) == len(question.options)
                else replace(question, options=tuple(options))
            )
    return asked


@_once
def path(flow: Flow, dialogue: Dialogue) -> tuple[Screen, ...]:
    """The screens this person goes through, given what is answered: only questions asked of them,
    each with the options that apply now."""
    asked = relevant(flow, dialogue)
    people = {q.audience: dialogue.cast.audience(q.audience) for q in asked.values()}

    def shown(question: Question) -> Question | None:
        now = asked.get(question.id)
        if now is None or dialogue.person not in people[now.audience]:
            return None
        return now if len(now.columns) == len(question.columns) else replace(now, columns=question.columns)

    screens = (
        replace(screen, questions=tuple(q for q in map(shown, screen.questions) if q is not None))
        for screen in flow.screens
    )
    return tuple(screen for screen in screens if screen.questions)


def widened(flow: Flow, question: Question) -> Question:
    """The question with all the columns it has on any screen; those that are not in `question`
    may be empty."""
    known = flow.question(question.id) or question
    if len(known.columns) == len(question.columns):
        return question
    asked = {column.key for column in question.columns}
    columns = (c if c.key in asked else replace(c, required=False) for c in known.columns)
    return replace(question, columns=tuple(columns))


def valid(question: Question, value: Value, dialogue: Dialogue) -> bool:
    """A kept value still fits the question as content words it now, and its lasting checks."""
    if isinstance(kinds.check(question, value), kinds.Refused):
        return False
    return failed(question, value, dialogue, force=("lasting",), today=date.min) is None


def is_open(question: Question, dialogue: Dialogue) -> bool:
    """The question waits for this person: nothing said, kept for later, or no longer valid.

    An optional question is open until its screen has been passed once.
    """
    answer = standing(dialogue, question)
    if answer is None:
        return True
    if answer.exit is not None:
        return answer.exit == "later" or question.requirement == "hard"
    if answer.given or (answer.value == [] and question.kind == "rows"):
        return not valid(question, answer.value, dialogue)
    return question.requirement != "optional"


def waiting(screen: Screen, dialogue: Dialogue) -> tuple[Question, ...]:
    """The open questions that keep a screen from being done: the required ones, or the optional
    ones where there are no others."""
    required = tuple(q for q in screen.questions if q.requirement != "optional")
    return tuple(q for q in required or screen.questions if is_open(q, dialogue))


def put_off(question: Question, dialogue: Dialogue) -> bool:
    """The person asked to be reminded of it later."""
    answer = standing(dialogue, question)
    return answer is not None and answer.exit == "later"


@_once
def current(flow: Flow, dialogue: Dialogue) -> Screen | None:
    """The first screen with an open question; those kept for later come once nothing else is open.
    None when nothing is open."""
    open_ = [(screen, waiting(screen, dialogue)) for screen in path(flow, dialogue)]
    for screen, questions in open_:
        if any(not put_off(question, dialogue) for question in questions):
            return screen
    return next((screen for screen, questions in open_ if questions), None)


@_once
def progress(flow: Flow, dialogue: Dialogue) -> Progress:
    """How far this person is. What others do does not count."""
    screens = path(flow, dialogue)
    open_ = [waiting(screen, dialogue) for screen in screens]
    done = sum(not questions for questions in open_)
    left = {question.id: question for questions in open_ for question in questions}
    return Progress(
        done=done,
        total=len(screens),
        minutes_left=minutes(left.values()),
        finished=done == len(screens),
    )


def expected(flow: Flow, cast: Cast, question: Question) -> tuple[str, ...]:
    """Who is expected to answer, before those who say it is outside their scope are taken off."""
    return cast.audience(question.audience)
