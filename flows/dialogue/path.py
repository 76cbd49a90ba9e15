"""Where a dialogue stands: derived from its answers, never stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import TypeVar

from flows.dialogue import cases, kinds
from flows.dialogue.checks import failed
from flows.dialogue.lending import colleague, handed
from flows.dialogue.minutes import minutes
from flows.dialogue.model import Answer, Condition, Dialogue, Flow, Question, Screen, Value
from flows.dialogue.phrases import PHRASES
from flows.dialogue.predicates import ON_THE_CARDS, PREDICATES
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
    return answer is not None and answer.given and _passes(condition, answer.value)


def asked_still(question: Question, before: Callable[[str], Answer | None]) -> bool:
    """Whether the answers that a follow-up hangs on still ask for it: not the nature of a tie that was taken
    back, nor the reason of a criterion that is required now. `before`: by question; None says nothing."""
    given = ((condition, before(condition.question)) for condition in question.show_if)
    return all(holds(condition, said) for condition, said in given if said is not None)


def _passes(condition: Condition, value: Value) -> bool:
    match condition.test:
        case "is":
            return bool(value == condition.value)
        case "is_not":
            return bool(value != condition.value)
        case "in":
            return value in condition.value
        case "at_least":
            return isinstance(value, int) and value >= condition.value
    return True  # "given"; and "named", whose predicate `relevant` asks


@_once
def relevant(flow: Flow, dialogue: Dialogue) -> Mapping[str, Question]:
    """The questions whose part is sent and whose conditions hold, whoever they are for, each with
    only the options that its own conditions leave and with its words filled in. A condition on a
    question that is itself not relevant does not hold."""
    asked: dict[str, Question] = {}

    def true(condition: Condition, asker: Question) -> bool:
        known = flow.by_id.get(condition.question)
        if known is None:
            value = dialogue.elsewhere.get(condition.question)
            return value is not None and _passes(condition, value)
        id = cases.same(condition.question, asker) if known.per else condition.question
        if id not in asked or not holds(condition, dialogue.answers.get(id)):
            return False
        return condition.test != "named" or PREDICATES[condition.value](flow, dialogue)

    for question in cases.every(flow, dialogue):
        if question.part is not None and question.part not in dialogue.parts:
            continue
        if question.id in ON_THE_CARDS and dialogue.facts.get("review"):
            continue
        if question.cases is not None and not cases.let_by(question, dialogue):
            continue
        if not question.show_if or all(true(condition, question) for condition in question.show_if):
            asked[question.id] = _as_now(flow, dialogue, question, true)
    return asked


def _as_now(
    flow: Flow, dialogue: Dialogue, question: Question, true: Callable[[Condition, Question], bool]
) -> Question:
    """The question with the choices and the words that apply now."""
    options = tuple(o for o in question.options if o.show_if is None or true(o.show_if, question))
    if len(options) < len(question.options):
        question = replace(question, options=options)
    return worded(flow, dialogue, question)


def worded(flow: Flow, dialogue: Dialogue, question: Question) -> Question:
    """The question with what its words quote filled in, wherever it is read."""
    return question if question.phrase is None else PHRASES[question.phrase](question, flow, dialogue)


@_once
def path(flow: Flow, dialogue: Dialogue) -> tuple[Screen, ...]:
    """The screens this person goes through, given what is answered: only questions asked of them,
    each with the options that apply now."""
    asked = relevant(flow, dialogue)
    people = {q.audience: dialogue.cast.audience(q.audience) for q in asked.values()}

    def shown(question: Question) -> Question | None:
        now = asked.get(question.id)
        if now is None or dialogue.person not in people[now.audience] or not handed(now, dialogue):
            return None
        return now if len(now.columns) == len(question.columns) else replace(now, columns=question.columns)

    screens = (
        replace(screen, questions=tuple(q for q in map(shown, screen.questions) if q is not None))
        for screen in cases.laid_out(flow, dialogue)
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
    """The question waits for this person: nothing said, kept for later, or no longer valid. One that a
    colleague was asked waits for the colleague.

    An optional question is open until its screen has been passed once.
    """
    answer = standing(dialogue, question)
    if dialogue.stand_in is None and colleague(question, dialogue, answer) is not None:
        return False
    if answer is None:
        return True
    if answer.exit is not None:
        return answer.exit in ("later", "asked") or question.requirement == "hard"
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
