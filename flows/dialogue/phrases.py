"""What fills in the words of a question that quotes what is known: named by content's `phrase`."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flows import currency, route
from flows.dialogue.model import Dialogue, Flow, Question
from flows.words import Words


def _route(question: Question, flow: Flow, dialogue: Dialogue) -> Question:
    """{route}: what the facts of D15, D14 and D11 propose."""
    proposed = route.propose(flow.routes, route.facts(dialogue)).words
    shown = Words(proposed.en.rstrip("."), proposed.fr.rstrip("."))
    return replace(question, words=question.words.fill(route=shown))


def _currency(question: Question, flow: Flow, dialogue: Dialogue) -> Question:
    """{currency}: the project's, which the answer is an amount in."""
    code = str(dialogue.facts.get("currency") or currency.DEFAULT)
    return replace(question, words=question.words.fill(currency=currency.called(code)), currency=code)


PHRASES: Mapping[str, Callable[[Question, Flow, Dialogue], Question]] = {
    "route": _route,
    "currency": _currency,
}
