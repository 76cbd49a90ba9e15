"""Whether an answer may be shown now, and to whom: the one place that says so (0.6).

What each screen promises (journeys): an anonymous answer is shown to nobody; a restricted one to the
roles named on the screen; what people answer for themselves to the others once their dialogue has closed,
and not before. Holds for whatever would give an answer away: a quotation, a mean, a count, a rule that
fires on it, a record made from it. Does not say who may open which page (bot/policy.py).
"""

from collections.abc import Collection, Mapping

from flows.dialogue.model import RESTRICTED_TO, Flow, Question


def readable(question: Question, roles: Collection[str]) -> bool:
    """Whether somebody who holds `roles` may read others' answers to it, once they may be shown."""
    if question.visibility == "anonymous":
        return False
    return question.visibility == "open" or bool(set(question.seen_by or RESTRICTED_TO).intersection(roles))


def withheld(question: Question, *, is_open: bool) -> bool:
    """Whether its answers wait for the closing of their dialogue; `is_open`: it has not closed yet.
    The one answer of a form is shown at once, as its screen says."""
    return is_open and not question.shared


def waiting(flows: Mapping[str, Flow], open_: Collection[str]) -> dict[str, str]:
    """The questions whose answers wait, with the dialogue that closes first: {"PRO05": "D04"}.
    `open_`: the dialogues that have not closed; ids that content no longer has are passed over."""
    return {
        question.id: id
        for id in flows
        if id in open_
        for question in flows[id].questions
        if withheld(question, is_open=True)
    }
