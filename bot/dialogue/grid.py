"""A table with one line for each choice of its first column (VEN07): all of them stand on the screen.

Nobody has to add five lines, nor can one be missing or stand there twice.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue.line_changes import Row
from bot.dialogue.scene import Scene
from bot.dialogue.widgets import WIDGETS, Ask, choices
from bot.words.blocks import context, section
from bot.words.elements import select
from flows.dialogue.model import Question, Value

Json = dict[str, Any]


def fixed(question: Question) -> bool:
    """As many lines as the first column has choices, no more and no fewer."""
    first = question.columns[0]
    return first.kind == "single" and question.minimum == question.maximum == len(first.options)


def drawn(scene: Scene, question: Question, block: str, hint: str, rows: Sequence[Row]) -> list[Json]:
    """The question, then the fields of each line under its name."""
    w, first = scene.w, question.columns[0]
    known = {str(row.get(first.key)): row for row in rows}
    blocks = [section(scene.asked(question)), *([context(hint)] if hint else [])]
    for option in first.options:
        row = known.get(option.value, {})
        for column in question.columns[1:]:
            label = w("{name}: {column}", name=w.of(option.label), column=w.of(column.label))
            ask = Ask(
                scene=scene, asked=column, block=f"{block}:{option.value}:{column.key}", label=label,
                optional=not column.required, now=row.get(column.key),
            )  # fmt: skip
            blocks += _field(ask)
    return blocks


def _field(ask: Ask) -> list[Json]:
    """A list that opens takes one line, radio buttons as many as there are choices."""
    if ask.asked.kind != "single":
        return WIDGETS[ask.asked.kind].ask(ask)
    now = ask.now if isinstance(ask.now, str) else None
    return [ask.input(select(ask.action, choices(ask.scene, ask.asked.options), initial=now))]


def read(question: Question, typed: Mapping[str, Any]) -> Value:
    """The lines as typed, in the order of the choices; a line of which nothing is filled in is left out."""
    rows = []
    for option in question.columns[0].options:
        cells = {
            column.key: WIDGETS[column.kind].read(column, {"": typed.get(f"{option.value}:{column.key}")})
            for column in question.columns[1:]
        }
        filled = {key: value for key, value in cells.items() if value not in (None, "", [])}
        if filled:
            rows.append({question.columns[0].key: option.value, **filled})
    return rows
