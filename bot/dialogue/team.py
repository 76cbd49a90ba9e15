"""A table whose lines are people (SET13): all of them are chosen at once, then one choice each.

Content spreads such a question over two screens: the first asks for the person column only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.dialogue import grid
from bot.dialogue.labels import label
from bot.dialogue.line_changes import Change, Row
from bot.dialogue.place import Place
from bot.dialogue.rows import lines
from bot.dialogue.scene import Scene
from bot.dialogue.typed import under
from bot.dialogue.widgets import ANSWER, WIDGETS, Ask, choices
from bot.words.blocks import context, field, modal, section
from bot.words.elements import button, select, users
from flows.dialogue.model import Column, Flow, Question, Value

Json = dict[str, Any]
Shape = Literal["list", "choose", "each", "grid"]


def shape(flow: Flow, question: Question) -> Shape:
    """How a `rows` question is shown on its screen: a list of lines, people to choose, one choice for
    each person chosen before, or every line there can be at once."""
    if not question.columns or question.columns[0].kind != "person":
        return "grid" if question.columns and grid.fixed(question) else "list"
    if len(question.columns) == 1:
        return "choose"
    split = any(len(q.columns) == 1 for s in flow.screens for q in s.questions if q.id == question.id)
    return "each" if split else "list"


def lines_of(typed: Value, scene: Scene, question: Question) -> list[Row]:
    """The lines as typed, else as saved."""
    if isinstance(typed, list) and all(isinstance(row, dict) for row in typed):
        return list(typed)
    return lines(scene, question)


def choose(scene: Scene, question: Question, block: str, hint: str, rows: Sequence[Row]) -> list[Json]:
    """Everybody at once."""
    key = question.columns[0].key
    now = [str(row[key]) for row in rows if row.get(key)]
    element = users(ANSWER, initial=now, most=question.maximum)
    optional = question.requirement == "optional"
    label = scene.w.of(question.words)
    return [field(label, element, block_id=block, hint=hint, optional=optional)]


def main(question: Question) -> tuple[Column, ...]:
    """The columns asked on the screen itself: the choices that must be made for each person, save
    those that content fills in by itself."""
    return question.columns[1:2]


def others(question: Question) -> tuple[Column, ...]:
    """The columns with a form of their own, because they have a preset or may stay empty."""
    return question.columns[2:]


def each(scene: Scene, question: Question, block: str, hint: str, rows: Sequence[Row]) -> list[Json]:
    """For each person chosen, one choice; a button for the rest."""
    w = scene.w
    blocks = [section(scene.asked(question)), *([context(hint)] if hint else [])]
    blocks += _inputs(scene, question, _Asked(block=block, columns=main(question), rows=rows))
    if others(question) and rows:
        names = w.listed([w.of(column.label) for column in others(question)])
        more = button(w("More about each person"), f"dialogue.each:{question.id}", value=question.id)
        blocks.append(section(w.md("For each person too: {columns}.", columns=names), accessory=more))
    return blocks


def form(scene: Scene, question: Question, place: Place) -> Json:
    """The other columns, for each person."""
    w = scene.w
    blocks = [context(label(scene, question)), section(scene.asked(question))]
    asked = _Asked(block="p", columns=others(question), rows=lines(scene, question))
    blocks += _inputs(scene, question, asked)
    return modal(
        w.of(scene.flow.modal),
        blocks,
        callback_id="dialogue.each",
        submit=w("Save"),
        close=w("Back"),
        metadata=place.packed(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    block: str  # start of the block ids
    columns: tuple[Column, ...]
    rows: Sequence[Row]


def _inputs(scene: Scene, question: Question, asked: _Asked) -> list[Json]:
    key, w = question.columns[0].key, scene.w
    blocks: list[Json] = []
    for row in asked.rows:
        user = str(row.get(key))
        for column in asked.columns:
            name = w.of(column.label)
            label_ = (
                w("{name} works in", name=scene.name(user))
                if column.key == "function"
                else w("{name}: {column}", name=scene.name(user), column=name)
            )
            ask = Ask(
                scene=scene,
                asked=column,
                block=f"{asked.block}:{user}:{column.key}",
                label=label_,
                optional=not column.required,
                now=row.get(column.key),
            )
            blocks += _compact(ask)
    return blocks


def _compact(ask: Ask) -> list[Json]:
    """A list that opens takes one line, radio buttons ten: there are many people."""
    if ask.asked.kind != "single":
        return WIDGETS[ask.asked.kind].ask(ask)
    now = ask.now if isinstance(ask.now, str) else None
    return [ask.input(select(ask.action, choices(ask.scene, ask.asked.options), initial=now))]


def read(scene: Scene, question: Question, fields: Mapping[str, Any]) -> Value:
    """The lines as typed. `fields` are those of the question, by what follows its block id."""
    key = question.columns[0].key
    if shape(scene.flow, question) == "choose":
        chosen = fields.get("")
        return [{key: user} for user in chosen] if isinstance(chosen, list) else None
    return [_line(question, row, fields, main(question)) for row in lines(scene, question)]


def put_form(question: Question, fields: Mapping[str, Any]) -> Change:
    """The lines there are, with the columns of the form as typed."""
    typed = under(fields, "p")
    return lambda now: [_line(question, row, typed, others(question)) for row in now]


def _line(
    question: Question, row: Mapping[str, Value], fields: Mapping[str, Any], columns: tuple[Column, ...]
) -> dict[str, Value]:
    """One person's line: what the view asked for is replaced, the rest stays."""
    user = str(row.get(question.columns[0].key))
    cells = dict(row)
    for column in columns:
        value = WIDGETS[column.kind].read(column, under(fields, f"{user}:{column.key}"))
        cells.pop(column.key, None)
        if value not in (None, ""):
            cells[column.key] = value
    return cells
