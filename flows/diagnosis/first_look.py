"""The first look: what the set-up alone already shows, each advice with the answers it comes from.

Gives no score. The verdict is "not enough answers" (3.6 step 2), unless "nobody yet" to the sponsor
question already fails the gate of sponsorship (3.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.diagnosis.early import early
from flows.diagnosis.findings import Findings, examine
from flows.diagnosis.model import Severity
from flows.diagnosis.result import Fired
from flows.diagnosis.rules import CONDITIONS, fired
from flows.dialogue.model import Answer, Card, Flow, Question
from flows.dialogue.show import in_words
from flows.playbook.model import Playbook
from flows.project import Cast
from flows.words import Words

SETUP = "D01"
#: Advice cards shown at once (3.8); the rest is one tap away.
SHOWN_AT_ONCE = 5
RULES = ("R47", "R50", "R56", "R05", "R48", "R49", "R51", "R57", "R58", "R59")  # severe ones first

NORMAL = Words("That is normal on day one.", "C’est normal le premier jour.")
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
    findings = examine(early(open_, cast), playbook.diagnosis)
    verdict, why = _verdict(playbook, findings)
    steering, steers = flow.question("SET08"), findings.reading.value("SET08")
    rules = fired(findings, (playbook.rules[id] for id in RULES))
    return FirstLook(
        answers=sum(answer.given for answer in open_.values()),
        verdict=verdict,
        why=why,
        card=next((card for card in steering.cards if card.value == steers), None) if steering else None,
        steers=in_words(steering, steers, names) if steering and steers else None,
        advice=tuple(_advice(playbook, flow, rule, findings, names) for rule in rules),
    )


def _verdict(playbook: Playbook, findings: Findings) -> tuple[Words, Words]:
    """What the gates allow to say, and why."""
    model = playbook.diagnosis
    failed = [model.gates[id].words for id, standing in findings.gates.items() if standing == "fail"]
    if not failed:
        return model.labels["INSUFFICIENT"], NORMAL
    return model.labels["NO_GO"], model.texts["no_go_prerequisite"].fill(gates=failed[0])


def _advice(
    playbook: Playbook, flow: Flow, fired: Fired, findings: Findings, names: Mapping[str, str]
) -> Advice:
    rule = playbook.rules[fired.id]
    asked = (flow.question(question) for question in CONDITIONS[fired.id].reads)
    return Advice(
        rule=fired.id,
        severity=fired.severity,
        words=rule.words,
        quotes=tuple(_quote(question, findings, names) for question in asked if question is not None),
        next=rule.next,
    )


def _quote(question: Question, findings: Findings, names: Mapping[str, str]) -> Quote:
    value = findings.reading.value(question.id)
    words = NOT_ANSWERED if value is None else in_words(question, value, names)
    return Quote(question=question.id, asked=question.words, answer=words)
