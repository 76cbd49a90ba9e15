"""Questions answered line by line: the list inside a screen, and the form of one line pushed over it.

A table of people chosen at once (SET13) is in bot/dialogue/team.py.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.dialogue.labels import label
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
Row = Mapping[str, Value]
#: What a gesture makes of the lines there are at the moment it is carried out.
Change = Callable[[list[dict[str, Value]]], list[dict[str, Value]] | None]


def lines(scene: Scene, question: Question) -> list[Row]:
    """The lines there are."""
    answer = scene.dialogue.answers.get(question.id)
    value = answer.value if answer is not None and answer.exit is None else None
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def listed(scene: Scene, question: Question, hint: str) -> list[Json]:
    """The question, its lines with their menu, the button for one more, and the counter."""
    w, rows = scene.w, lines(scene, question)
    blocks = [section(scene.asked(question))]
    if hint:
        blocks.append(context(hint))
    for n, row in enumerate(rows, start=1):
        text = Mrkdwn(f"{n}. ") + in_line(scene, question.columns, row)
        blocks.append(
            section(
                text, accessory=_menu(scene, question, row), block_id=f"l:{question.id}:{row.get('id', n)}"
            )
        )
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


def _menu(scene: Scene, question: Question, row: Row) -> Json:
    w = scene.w
    options = [
        option(w("Change"), "change"),
        option(w("Duplicate"), "duplicate"),
        option(w("Remove"), "remove"),
    ]
    return overflow(f"dialogue.line.menu:{question.id}:{row.get('id', '')}", options)


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


def put(line: str, row: Row, *, shown: str) -> Change:
    """The line replaced by `row`, or added when it is new. None when the line is not any more what
    the person was shown: two people changed it."""

    def change(now: list[dict[str, Value]]) -> list[dict[str, Value]] | None:
        known = next((one for one in now if line and one.get("id") == line), None)
        if line and (known is None or digest(known) != shown):
            return None
        if known is None:
            return [*now, dict(row)]
        return [{**row, "id": line} if one is known else one for one in now]

    return change


def doubled(line: str) -> Change:
    """A copy of the line after it."""

    def change(now: list[dict[str, Value]]) -> list[dict[str, Value]]:
        copies = [
            {key: value for key, value in one.items() if key != "id"} for one in now if one.get("id") == line
        ]
        at = next((n for n, one in enumerate(now, start=1) if one.get("id") == line), len(now))
        return [*now[:at], *copies, *now[at:]]

    return change


def removed(line: str) -> Change:
    """Without the line. Pressing twice removes nothing more."""
    return lambda now: [one for one in now if one.get("id") != line]


def field_of(key: str) -> str:
    """The block id under which a problem of this column is shown."""
    return f"c:{key}"


def digest(row: Row) -> str:
    """A short mark of a line's content, to notice that somebody else has changed it."""
    kept = {key: value for key, value in row.items() if key != "id"}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:12]
