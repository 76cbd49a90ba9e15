"""The leader card shown at once under the question who steers (LP0 to LP4, acceptance point 6)."""

from typing import Any

from bot.dialogue.scene import Scene
from bot.dialogue.values import label_of
from bot.words.blocks import section
from bot.words.mrkdwn import Mrkdwn, bold
from flows.dialogue.model import Question, Value

Json = dict[str, Any]


def shown(scene: Scene, question: Question, value: Value) -> list[Json]:
    """The card that goes with the choice, or nothing while none is made."""
    card = next((card for card in question.cards if card.value == value), None)
    if card is None:
        return []
    w = scene.w
    name = bold(label_of(scene, question, card.value))
    lines = [
        w.md("{profile} · Strengths: {what}", profile=name, what=card.strength),
        w.md("Blind spots: {what}", what=card.blind),
        w.md("Counterweights: {what}", what=card.guard),
    ]
    return [section(Mrkdwn("\n").join(lines), block_id=f"card:{card.id}")]
