"""Ask a colleague (journeys B4): what it does to the sheet of the one who asks, and what comes of it.

The sheet of the person who asks says that a colleague has the question, and the colleague answers on
that sheet (`stand_in`); a delegation is the trace: who asked whom, when, and the outcome. Whom
one may ask stands in asking.py. Sends nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from flows.dialogue.aftermath import accepted, with_answer
from flows.dialogue.effects import Effect, Keep, SettleUnknown
from flows.dialogue.lending import WHOLE, said
from flows.dialogue.model import Answer, Dialogue, Flow, Question, StandIn
from flows.dialogue.path import is_open, path, relevant
from flows.dialogue.sheet import standing
from flows.dialogue.turn import Turn
from flows.project import Person

State = Literal["asked", "accepted", "declined", "expired", "withdrawn", "answered"]
#: States in which something is still awaited from the one who was asked.
LIVE: tuple[State, ...] = ("asked", "accepted")
#: States in which the question has gone back to the one who asked.
RETURNED: tuple[State, ...] = ("declined", "expired")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """Somebody asked a colleague to answer in their place, and what came of it."""

    id: str
    dialogue_id: str
    question: str  # "" for all of the dialogue
    from_user: str
    to_user: str
    state: State
    note: str | None  # from the one who asks
    reason: str | None  # why it was declined, where the colleague said so
    asked_at: datetime  # UTC
    until: date | None  # last day to answer, in the project's zone
    settled_at: datetime | None  # UTC; when its state last changed

    @property
    def live(self) -> bool:
        """The colleague is still expected to answer."""
        return self.state in LIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Whom somebody wants to ask, for what, until when."""

    question: str  # "": all of the dialogue
    to: Person
    until: date


def ask(flow: Flow, dialogue: Dialogue, wish: Wish, at: datetime, today: date) -> Turn:
    """The question is with the colleague from now on. For a wish that `asking.refusal` lets by; an "I
    don't know" that stood there is given up."""
    id, effects = wish.question, list[Effect]()
    known = relevant(flow, dialogue).get(id)
    stands = dialogue.answers.get(WHOLE) if known is None else standing(dialogue, known)
    kept = dialogue.exits.get(id) if known is not None and known.shared else stands
    version = kept.version + 1 if kept is not None else 1
    asked = Answer(value=wish.to.user, exit="asked", author=dialogue.person, version=version, at=at)
    effects.append(Keep(question=id, respondent=dialogue.person, answer=asked))
    if stands is not None and stands.exit == "unknown":
        effects.append(SettleUnknown(question=id, answered=False))
    return accepted(flow, dialogue, _with(dialogue, id, known, asked), effects, today)


def back(flow: Flow, dialogue: Dialogue, asked: Delegation, at: datetime, today: date) -> Turn:
    """The question waits for the one who asked again: taken back, refused, too late, or the colleague
    is gone. Nothing happens where somebody has answered meanwhile, or somebody else was asked."""
    known = flow.question(asked.question) if asked.question != WHOLE else None
    kept = dialogue.exits if known is not None and known.shared else dialogue.answers
    stands = kept.get(asked.question)
    if stands is None or stands.exit != "asked" or stands.value != asked.to_user:
        return Turn(dialogue=dialogue)
    cleared = Answer(author=dialogue.person, version=stands.version + 1, at=at)
    keep = Keep(question=asked.question, respondent=dialogue.person, answer=cleared)
    return accepted(flow, dialogue, _with(dialogue, asked.question, known, cleared), [keep], today)


def _with(dialogue: Dialogue, id: str, known: Question | None, answer: Answer) -> Dialogue:
    if known is None:
        return replace(dialogue, answers={**dialogue.answers, id: answer})
    if known.shared:
        return replace(dialogue, exits={**dialogue.exits, id: answer})
    return with_answer(dialogue, known, answer)


def in_hands(dialogue: Dialogue, asked: Delegation) -> Dialogue:
    """The sheet of the one who asked, as the colleague has it in hands."""
    return replace(dialogue, stand_in=StandIn(user=asked.to_user, question=asked.question))


def open_for(flow: Flow, dialogue: Dialogue, asked: Delegation) -> bool:
    """Whether the colleague has something to answer: the question is still asked of the one who passed
    it on, and nobody else has answered it."""
    questions = [q for s in path(flow, in_hands(dialogue, asked)) for q in s.questions]
    return asked.live and not dialogue.closed and any(_unsaid(q, dialogue, asked) for q in questions)


def may_change(flow: Flow, dialogue: Dialogue, asked: Delegation) -> bool:
    """Whether the colleague may still change what they answered: it stands, and nothing is closed."""
    questions = [q for s in path(flow, in_hands(dialogue, asked)) for q in s.questions]
    given = [dialogue.answers.get(question.id) for question in questions]
    stands = any(a is not None and said(a) and a.author == asked.to_user for a in given)
    return asked.state == "answered" and not dialogue.closed and stands


def _unsaid(question: Question, dialogue: Dialogue, asked: Delegation) -> bool:
    answer = dialogue.answers.get(question.id)
    return not (answer is not None and said(answer) and answer.author != asked.to_user)


def answered(flow: Flow, dialogue: Dialogue, asked: Delegation) -> bool:
    """The colleague has answered all that they were asked."""
    hands = in_hands(dialogue, asked)
    questions = {q.id: q for s in path(flow, hands) for q in s.questions if q.requirement != "optional"}
    some = any(said(dialogue.answers.get(id)) for id in questions)
    return some and not any(is_open(question, hands) for question in questions.values())


def blocks(flow: Flow, dialogue: Dialogue) -> bool:
    """Whether what has gone back is all that this person still has to answer: then they are told by
    message, else in Home (section 6, row 7)."""
    open_ = {
        q.id
        for s in path(flow, dialogue)
        for q in s.questions
        if q.requirement != "optional" and is_open(q, dialogue)
    }
    return len(open_) == 1


def on_behalf(
    delegations: Iterable[Delegation], *, question: str, respondent: str, author: str
) -> tuple[str, ...]:
    """At whose request `author` has answered, everybody once: the answer shows all their names.
    `respondent`: "" for a shared answer. Nobody for an answer of one's own."""
    if respondent == author:
        return ()
    if respondent:
        return (respondent,)
    answered = (
        one.from_user
        for one in delegations
        if one.to_user == author and one.question in (question, WHOLE) and one.state == "answered"
    )
    return tuple(dict.fromkeys(answered))
