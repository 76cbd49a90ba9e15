"""The first look: what the set-up alone already shows, each advice with the answers it comes from.

Gives no score. The verdict is "not enough answers" (3.6 step 2), unless "nobody yet" to the sponsor
question already fails the gate of sponsorship (3.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.diagnosis.rules import CONDITIONS, Facts, fired
from flows.dialogue.model import NOBODY, Answer, Card, Flow, Question
from flows.dialogue.show import in_words
from flows.playbook.model import Playbook, Severity
from flows.project import Cast
from flows.words import Words

SETUP = "D01"
#: Advice cards shown at once (3.8); the rest is one tap away.
SHOWN_AT_ONCE = 5
RULES = ("R47", "R50", "R56", "R05", "R48", "R49", "R51", "R57", "R58", "R59")  # severe ones first

INSUFFICIENT = Words("Not enough answers to conclude", "Réponses insuffisantes pour conclure")
NORMAL = Words("That is normal on day one.", "C’est normal le premier jour.")
NO_GO = Words("No go for now", "Feu rouge pour l’instant")
FOUNDATION = Words(
    "A foundation is missing: {gates}. Scoping can continue; the choice phase cannot start until it is laid.",
    "Il manque une fondation : {gates}. Le cadrage peut continuer ; "
    "la phase de choix ne peut pas commencer avant.",
)
SPONSORSHIP = Words("Sponsorship", "Portage")
NOT_ANSWERED = Words("no answer yet", "pas encore de réponse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One answer an advice comes from."""

    question: str  # id
    asked: Words  # the question
    answer: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One rule that fires, with what it was seen in and a next step."""

    rule: str
    severity: Severity
    words: Words
    quotes: tuple[Quote, ...]
    next: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """What is shown right after the set-up. `steers` is the choice the card belongs to."""

    answers: int  # how many answers it is made from
    verdict: Words
    why: Words
    card: Card | None = None
    steers: Words | None = None
    advice: tuple[Advice, ...] = ()


def first_look(
    playbook: Playbook, answers: Mapping[str, Answer], cast: Cast, names: Mapping[str, str]
) -> FirstLook:
    """The first look on the answers of the set-up (D01) by question id. Restricted answers are
    neither quoted nor counted."""
    flow = playbook.flows[SETUP]
    open_ = {q.id: answers[q.id] for q in flow.questions if q.id in answers and q.visibility == "open"}
    facts = Facts(answers=open_, cast=cast)
    sponsorless = facts.value("SET11") == NOBODY
    steering = flow.question("SET08")
    return FirstLook(
        answers=sum(answer.given for answer in open_.values()),
        verdict=NO_GO if sponsorless else INSUFFICIENT,
        why=FOUNDATION.fill(gates=SPONSORSHIP) if sponsorless else NORMAL,
        card=next((c for c in steering.cards if c.value == facts.value("SET08")), None) if steering else None,
        steers=in_words(steering, facts.value("SET08"), names) if steering and facts.value("SET08") else None,
        advice=tuple(_advice(playbook, flow, id, facts, names) for id in fired(facts, RULES)),
    )


def _advice(playbook: Playbook, flow: Flow, id: str, facts: Facts, names: Mapping[str, str]) -> Advice:
    rule = playbook.rules[id]
    asked = (flow.question(question) for question in CONDITIONS[id].reads)
    return Advice(
        rule=id,
        severity=rule.severity,
        words=rule.words,
        quotes=tuple(_quote(question, facts, names) for question in asked if question is not None),
        next=rule.next,
    )


def _quote(question: Question, facts: Facts, names: Mapping[str, str]) -> Quote:
    value = facts.value(question.id)
    words = NOT_ANSWERED if value is None else in_words(question, value, names)
    return Quote(question=question.id, asked=question.words, answer=words)
