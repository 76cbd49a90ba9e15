"""What somebody of the worked example says to one question, whichever way it is asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from flows.dialogue.model import Question
from tests.worked_example.sheets import Told, harmless

HARD = "We would not go live without it"
BOARD = ("NEE02", "NEE03", "NEE04")


def value(
    told: Told, flow: str, who: str, question: Question, *, needs: Mapping[str, str], someone: str
) -> Any:
    """What the example says, on whoever's sheet it is; else something harmless. None: nothing.
    `needs`: the title of each need by its ref. `someone`: whom to name where anybody will do."""
    base, _, ref = question.id.partition("@")
    if base in BOARD:
        return _board(told, base, ref, needs)
    said = told.answers.get((flow, who), {}).get(base)
    if said is None and question.shared:
        filled = (given for (id, _), given in told.answers.items() if id == flow and base in given)
        said = next((given[base] for given in filled), None)
    if said is None and question.requirement == "optional":
        return None
    return said if said is not None else harmless(question, today=told.today, someone=someone)


def unknown(told: Told, flow: str, questions: Iterable[Question]) -> list[str]:
    """The forms among these that the example leaves with "I don't know", for whoever comes upon them."""
    left = {q for (id, _), exits in told.exits.items() if id == flow for q in exits}
    return [q.id for q in questions if q.shared and q.id in left]


def _board(told: Told, question: str, ref: str, needs: Mapping[str, str]) -> Any:
    of = {need: told.board[title] for need, title in needs.items()}
    if question == "NEE02":
        return {need: place for need, (place, _) in of.items()}
    return str(of[ref][1]) if question == "NEE03" else told.reasons.get(needs[ref], HARD)
