"""Who may ask which colleague for what, until when (journeys B4): the sentence that says no, or nothing.

Changes no sheet and sends nothing; what asking does stands in delegation.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.cadence import add_working_days
from flows.dialogue.delegation import Delegation, Wish
from flows.dialogue.lending import WHOLE, all_asked, lendable, may_answer
from flows.dialogue.model import Dialogue, Flow, Question
from flows.dialogue.path import path, relevant
from flows.dialogue.sheet import standing
from flows.dialogue.submission import NOT_ASKED
from flows.project import Person
from flows.words import Words

TIME_TO_ANSWER = 5  # working days, preset
#: From this many questions on, a person is offered to ask a colleague for all of them.
SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why it cannot be, and the field of the form it stands under ("" for none)."""

    field: Literal["who", "until", ""]
    words: Words


YOURS_ALONE = Words(
    "This one is yours alone: an opinion, a vote or a signature is asked of nobody else.",
    "Celle-ci n’appartient qu’à vous : un avis, un vote ou une signature ne se demande à personne d’autre.",
)
NOTHING_TO_ASK = Words(
    "Nothing here can be asked of a colleague now.", "Rien ici ne peut être demandé à un collègue maintenant."
)
NO_CHAINS = Words(
    "A question you were asked cannot be passed on. Say “Not me” instead.",
    "Une question qu’on vous a confiée ne se transmet pas. Dites plutôt « Pas moi ».",
)
ANSWERED = Words(
    "There is an answer already. Change it instead.", "Il y a déjà une réponse. Modifiez-la plutôt."
)
WITH_ANOTHER = Words(
    "A colleague has been asked already. Take it back first.",
    "Un collègue a déjà la question. Reprenez-la d’abord.",
)
YOURSELF = Words("This is you. Choose a colleague.", "C’est vous. Choisissez un ou une collègue.")
A_BOT = Words(
    "A bot cannot answer. Choose a person.", "Un robot ne peut pas répondre. Choisissez une personne."
)
GONE = Words(
    "This account is closed. Choose somebody else.", "Ce compte est fermé. Choisissez une autre personne."
)
ELSEWHERE = Words(
    "Only members of this workspace can be asked.",
    "Seuls les membres de cet espace de travail peuvent être sollicités.",
)
NOT_THEIRS = Words(
    "{name} runs the project or stands beside it, and answers no question meant for the team.",
    "{name} anime ou accompagne le projet, et ne répond à aucune question destinée à l’équipe.",
)
CONFIDENTIAL = Words(
    "This is confidential: it is asked of you, and of nobody in your place.",
    "C’est confidentiel : cette question s’adresse à vous, et à personne d’autre à votre place.",
)
ANONYMOUS = Words(
    "This is anonymous: nobody can answer in your place.",
    "C’est anonyme : personne ne peut répondre à votre place.",
)
OUTSIDE = Words(
    "{name} is not in the project, and can be asked one question, not all of them.",
    "{name} n’est pas dans le projet : on peut lui confier une question, pas toutes.",
)
ASKED_TOO = Words("{name} is asked this too.", "{name} a déjà cette question.")
PAST = Words(
    "This date is past. Choose today or later.", "Cette date est passée. Choisissez aujourd’hui ou plus tard."
)
TOO_LATE = Words(
    "The dialogue closes before that. Choose an earlier day.",
    "Le dialogue sera clos avant. Choisissez un jour plus tôt.",
)


def proposed(today: date, closes_on: date | None) -> date:
    """The date the form proposes: 5 working days, or the last day to answer."""
    day = add_working_days(today, TIME_TO_ANSWER)
    return min(day, closes_on) if closes_on is not None else day


def askable(flow: Flow, dialogue: Dialogue, id: str) -> tuple[Question, ...]:
    """The questions that would go to the colleague: the one with this id, or with "" every one, of those
    that wait for this person now and may be asked of somebody else."""
    if dialogue.stand_in is not None:
        return ()
    asked = (question for screen in path(flow, dialogue) for question in screen.questions)
    found = {q.id: q for q in asked if lendable(q, dialogue.flow) and _unanswered(q, dialogue)}
    if id != WHOLE:
        return tuple(question for question in found.values() if question.id == id)
    return tuple(found.values()) if not all_asked(dialogue) else ()


def kept_back(flow: Flow, dialogue: Dialogue) -> int:
    """How many questions that wait for this person stay with them whoever is asked for all the rest."""
    asked = {q.id: q for screen in path(flow, dialogue) for q in screen.questions}
    open_ = (q for q in asked.values() if _unanswered(q, dialogue))
    return sum(not lendable(question, dialogue.flow) for question in open_)


def _unanswered(question: Question, dialogue: Dialogue) -> bool:
    stands = standing(dialogue, question)
    return (
        question.requirement == "required"
        and (stands is None or not stands.given)
        and (stands is None or stands.exit != "asked")
    )


def refusal(
    flow: Flow, dialogue: Dialogue, wish: Wish, others: Iterable[Delegation], today: date
) -> Refused | None:
    """Why this wish cannot be granted, or None. `others`: all that was asked of colleagues in this
    dialogue."""
    return (
        _not_this(flow, dialogue, wish.question)
        or _not_them(flow, dialogue, wish, others)
        or _not_then(dialogue, wish, today)
    )


def _not_this(flow: Flow, dialogue: Dialogue, id: str) -> Refused | None:
    if dialogue.stand_in is not None:
        return Refused(field="", words=NO_CHAINS)
    if askable(flow, dialogue, id):
        return None
    if id == WHOLE:
        return Refused(field="", words=WITH_ANOTHER if all_asked(dialogue) else NOTHING_TO_ASK)
    question = relevant(flow, dialogue).get(id)
    if question is None or dialogue.person not in dialogue.cast.audience(question.audience):
        anonymous = any(question.id == id for question in flow.anonymous)
        return Refused(field="", words=ANONYMOUS if anonymous else NOT_ASKED)
    if not lendable(question, dialogue.flow) or question.requirement != "required":
        return Refused(field="", words=CONFIDENTIAL if question.visibility == "restricted" else YOURS_ALONE)
    stands = standing(dialogue, question)
    return Refused(field="", words=ANSWERED if stands is not None and stands.given else WITH_ANOTHER)


def _not_them(flow: Flow, dialogue: Dialogue, wish: Wish, others: Iterable[Delegation]) -> Refused | None:
    """Why not this person."""
    cast, user = dialogue.cast, wish.to.user
    wrong = _nobody_to_ask(dialogue, wish.to)
    if wrong is not None:
        return Refused(field="who", words=wrong)
    inside = user in cast.everybody()
    if not inside and (wish.question == WHOLE or wish.to.guest):
        words = OUTSIDE.fill(name=wish.to.name) if wish.question == WHOLE else ELSEWHERE
        return Refused(field="who", words=words)
    questions = askable(flow, dialogue, wish.question)
    if not any(may_answer(question, cast, user) for question in questions):
        return Refused(field="who", words=NOT_THEIRS.fill(name=wish.to.name))
    already = any(one.live and (one.question, one.to_user) == (wish.question, user) for one in others)
    if already or all(_has_it(question, dialogue, user) for question in questions):
        return Refused(field="who", words=ASKED_TOO.fill(name=wish.to.name))
    return None


def _nobody_to_ask(dialogue: Dialogue, to: Person) -> Words | None:
    if to.user == dialogue.person:
        return YOURSELF
    if to.is_bot or to.user in dialogue.facts.get("bots", ()):
        return A_BOT
    if to.deleted:
        return GONE
    return ELSEWHERE if to.stranger else None


def _has_it(question: Question, dialogue: Dialogue, user: str) -> bool:
    """Each answers for himself, and this person is asked it too: their own answer counts."""
    return not question.shared and user in dialogue.cast.audience(question.audience)


def _not_then(dialogue: Dialogue, wish: Wish, today: date) -> Refused | None:
    if wish.until < today:
        return Refused(field="until", words=PAST)
    if dialogue.closes_on is not None and wish.until > dialogue.closes_on:
        return Refused(field="until", words=TOO_LATE)
    return None
