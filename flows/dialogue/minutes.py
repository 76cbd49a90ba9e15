"""How long answering takes, by the rule of 2.1."""

from collections.abc import Iterable, Mapping
from math import ceil

from flows.dialogue.model import Kind, Question

#: Seconds to open a message, whatever is in it.
OPENING = 30
#: Seconds of a kind, where the number of choices does not matter.
SECONDS: Mapping[Kind, int] = {
    "text": 45, "long_text": 60, "scale5": 15, "number": 15, "date": 15, "person": 15, "people": 30,
    "multi": 30, "ranking": 60,
}  # fmt: skip
FEW_CHOICES = 5
PER_COLUMN, PER_ROW = 15, 60


def seconds(question: Question) -> int:
    """Seconds asked for one question."""
    if question.kind == "single":
        return 15 if len(question.options) <= FEW_CHOICES else 30
    if question.kind in ("points100", "moscow"):
        return 15 * len(question.options)
    if question.kind == "rows":
        return max(PER_COLUMN * len(question.columns), PER_ROW) * max(question.likely_rows, 1)
    return SECONDS[question.kind]


def minutes(questions: Iterable[Question]) -> int:
    """Whole minutes for these questions, the opening included; 0 when there are none."""
    asked = [seconds(question) for question in questions]
    return ceil((OPENING + sum(asked)) / 60) if asked else 0
