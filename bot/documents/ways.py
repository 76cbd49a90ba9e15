"""How a gap of a document can be filled: answered oneself, or sent to whoever is asked. Changes nothing."""

from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Allow
from bot.request import Json
from bot.words import elements
from flows.dialogue.model import Question
from flows.document.model import Missing


def way(parts: Parts, who: Asker, gaps: list[Missing], open_: dict[str, str]) -> Json | None:
    """Answer it oneself, where it is open and one is asked; else send the questions, where one may and they
    are not open."""
    w, cast = who.w, who.here.cast
    known = [found for gap in gaps if (found := asked(parts, gap.question)) is not None]
    for flow, question in known:
        if flow in open_ and who.actor.user in cast.audience(question.audience):
            return elements.button(w("Answer now"), "dialogue.open", value=open_[flow])
    unsent = next((flow for flow, _ in known if flow not in open_), "")
    if unsent and who.may("dialogue.send") == Allow():
        return elements.button(w("Send questions"), "send.open", value=f"{who.here.id}:{unsent}")
    return None


def asked(parts: Parts, id: str) -> tuple[str, Question] | None:
    """The question, and the dialogue that asks it; None for what no dialogue asks."""
    for flow in parts.playbook.flows.values():
        if (question := flow.question(id)) is not None:
            return flow.id, question
    return None
