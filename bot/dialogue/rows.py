"""Questions answered line by line: the list inside a screen, and the form of one line pushed over it.

A table of people chosen at once (SET13) is in bot/dialogue/team.py.
"""

from collections.abc import Mapping
from typing import Any

from bot.dialogue.labels import label, position
from bot.dialogue.line_changes import Row
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.dialogue.typed import under
from bot.dialogue.values import in_line
from bot.dialogue.widgets import WIDGETS, Ask
from bot.words.blocks import actions, context, modal, section
from bot.words.elements import button, option, overflow
from bot.words.mrkdwn import Mrkdwn
from flows.dialogue.model import Question, Value

Json = dict[str, Any]
PER_PAGE = 20
CELL, CELLS = 80, 4  # characters of one cell in the list, and how many; the form of the line shows all


def lines(scene: Scene, question: Question) -> list[Row]:
    """The lines there are."""
    answer = scene.dialogue.answers.get(question.id)
    value = answer.value if answer is not None and answer.exit is None else None
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def listed(scene: Scene, question: Question, hint: str, *, page: int = 0) -> list[Json]:
    """The question, its lines with their menu, the button for one more, and the counter."""
    w, rows = scene.w, lines(scene, question)
    start = min(page, max(len(rows) - 1, 0) // PER_PAGE) * PER_PAGE
    blocks = [section(scene.asked(question))]
    if hint:
        blocks.append(context(hint))
    for n, row in enumerate(rows[start : start + PER_PAGE], start=start + 1):
        text = Mrkdwn(f"{n}. ") + in_line(scene, question.columns, row, most=CELL, cells=CELLS)
        menu = _menu(scene, question, row, n, len(rows))
        blocks.append(section(text, accessory=menu, block_id=f"l:{question.id}:{row.get('id', n)}"))
    blocks += _pages(scene, start, len(rows))
    full = question.maximum is not None and len(rows) >= question.maximum
    if not full:
        add = button(
            w("Add a line"),
            f"dialogue.line.add:{question.id}",
            value=question.id,
            style=None if rows else "primary",
            label=w("Add a line: {question}", question=w.of(question.short)),
        )
        blocks.append(actions(add, block_id=f"a:{question.id}"))
    return [*blocks, context(counter(scene, question, len(rows)))]


def counter(scene: Scene, question: Question, n: int) -> Mrkdwn:
    """ "4 lines, 3 needed"."""
    w = scene.w
    said = w.plural_md("{n} line", "{n} lines", n)
    if question.minimum:
        return w.md("{lines}, {least} needed", lines=said, least=question.minimum)
    return said


def gone(scene: Scene, question: Question, line: str) -> Json:
    """A line was removed, and how to have it back."""
    w = scene.w
    undo = button(
        w("Undo"), f"dialogue.line.undo:{question.id}:{line}", value=line, label=w("Undo: put the line back")
    )
    return section(w.md("Line removed."), accessory=undo, block_id=f"u:{question.id}")


def page_of(scene: Scene, question: Question, line: str) -> int:
    """The page on which the line stands; the last one for a line that is new."""
    ids = [row.get("id") for row in lines(scene, question)]
    at = ids.index(line) if line in ids else max(len(ids) - 1, 0)
    return at // PER_PAGE


def _menu(scene: Scene, question: Question, row: Row, n: int, of: int) -> Json:
    """What can be done with the n-th of so many lines: five choices at most."""
    w = scene.w
    offered = {
        "change": w("Change"), "duplicate": w("Duplicate"), "up": w("Move up") if n > 1 else "",
        "down": w("Move down") if n < of else "", "remove": w("Remove"),
    }  # fmt: skip
    options = [option(words, choice) for choice, words in offered.items() if words]
    return overflow(f"dialogue.line.menu:{question.id}:{row.get('id', '')}", options)


def _pages(scene: Scene, start: int, total: int) -> list[Json]:
    """Where in a long list one is, and the way on."""
    if total <= PER_PAGE:
        return []
    w, number, buttons = scene.w, start // PER_PAGE, []
    if start:
        buttons.append(button(w("Previous page"), "dialogue.turn:back", value=f"{number - 1}"))
    if start + PER_PAGE < total:
        buttons.append(button(w("Next page"), "dialogue.turn:on", value=f"{number + 1}"))
    return [context(position(scene, start, PER_PAGE, total)), actions(*buttons, block_id="turn")]


def form(  # noqa: PLR0913 - a line, where it stands, and what is asked of it
    scene: Scene,
    question: Question,
    place: Place,
    row: Row,
    *,
    alerts: list[Json] | None = None,
    submit: str = "",
) -> Json:
    """The form of one line. `row` is what it starts from; `place.line` is "" for a new one. `submit`:
    the words of the button where `alerts` ask for another decision than to keep the line."""
    w = scene.w
    blocks = [context(label(scene, question)), section(scene.asked(question)), *(alerts or [])]
    for column in question.columns:
        ask = Ask(
            scene=scene,
            asked=column,
            block=f"c:{column.key}",
            label=w.of(column.label),
            optional=not column.required,
            now=row.get(column.key),
        )
        blocks += WIDGETS[column.kind].ask(ask)
    return modal(
        w.of(scene.flow.modal),
        blocks,
        callback_id="dialogue.line",
        submit=submit or w("Keep this line"),
        close=w("Back"),
        metadata=place.packed(),
    )


def read(question: Question, fields: Mapping[str, Any]) -> dict[str, Value]:
    """One line as typed, by column; empty cells are left out."""
    found = {c.key: WIDGETS[c.kind].read(c, under(fields, f"c:{c.key}")) for c in question.columns}
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def find(scene: Scene, question: Question, line: str) -> Row | None:
    """The line with this id."""
    return next((row for row in lines(scene, question) if line and row.get("id") == line), None)


def field_of(key: str) -> str:
    """The block id under which a problem of this column is shown."""
    return f"c:{key}"
