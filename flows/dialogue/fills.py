"""What is put into a `rows` answer by itself, so that nobody types what is already known."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.dialogue.model import Dialogue, Question
from flows.dialogue.who import holder

Row = dict[str, Any]


def _parts_in_decisions(question: Question, rows: list[Row], dialogue: Dialogue) -> list[Row]:
    """SET13: the lead drives, the arbiter settles, the others contribute (journeys A4). Both are
    listed even when they were not chosen. Where the column is not asked, it follows the roles;
    where it is asked, only gaps are filled."""
    lead, arbiter = holder(dialogue, "lead"), holder(dialogue, "arbiter")
    listed = {row.get("person") for row in rows}
    absent = [user for user in dict.fromkeys((lead, arbiter)) if user and user not in listed]
    asked = any(column.key == "daci" for column in question.columns)
    filled = []
    for row in [*rows, *({"person": user} for user in absent)]:
        part = row.get("daci")
        if not asked or not part:
            part = _part(row.get("person"), part, lead, arbiter)
        filled.append({**row, "daci": part})
    return filled


def _part(person: Any, before: Any, lead: str | None, arbiter: str | None) -> str:
    if person is not None and person == lead:
        return "driver"
    if person is not None and person == arbiter:
        return "approver"
    return before if before in ("contributor", "informed") else "contributor"


FILLS: Mapping[str, Callable[[Question, list[Row], Dialogue], list[Row]]] = {
    "parts_in_decisions": _parts_in_decisions,
}


def complete(question: Question, raw: Any, before: list[Any], dialogue: Dialogue) -> Any:
    """`raw` rows with the columns this screen does not ask for taken from `before`, and with what
    `question.fill` adds. Anything that is not a list of rows is given back as it is."""
    if question.kind != "rows" or not isinstance(raw, list | tuple):
        return raw
    if not all(isinstance(row, dict) for row in raw):
        return raw
    key = question.columns[0].key
    known = {str(row.get(key)): row for row in before if isinstance(row, dict)}
    asked = {column.key for column in question.columns}
    rows = [
        {**{k: v for k, v in known.get(str(row.get(key)), {}).items() if k not in asked and k != "id"}, **row}
        for row in raw
    ]
    return rows if question.fill is None else FILLS[question.fill](question, rows, dialogue)


def identify(rows: list[Row], before: list[Any], version: int) -> list[Row]:
    """`rows` with an `id` each that stays the same when a line is edited, moved, or when others go,
    so that the records made from it keep their number.

    Lines that come with an id keep it, also one that was taken off and is put back; those that have
    not changed keep theirs; the others take, in order, what is left of `before`; new ones get an id
    that no earlier version of the answer can have used.
    """
    contents = [{k: v for k, v in row.items() if k != "id"} for row in rows]
    found = _given(rows)
    old = [row for row in before if isinstance(row, dict) and isinstance(row.get("id"), str)]
    old = [row for row in old if row["id"] not in found.values()]
    for same in (lambda a, b: a == b, _same_start):
        for index, content in enumerate(contents):
            match = next(
                (row for row in old if same({k: v for k, v in row.items() if k != "id"}, content)), None
            )
            if index not in found and match is not None:
                found[index] = match["id"]
                old.remove(match)
    for index in range(len(contents)):
        if index not in found:
            found[index] = old.pop(0)["id"] if old else f"{version}.{index + 1}"
    return [{**content, "id": found[index]} for index, content in enumerate(contents)]


def _given(rows: list[Row]) -> dict[int, str]:
    """The ids that lines come with, by the place of the line; the first one counts of two alike."""
    found: dict[int, str] = {}
    for index, row in enumerate(rows):
        id = row.get("id")
        if isinstance(id, str) and id not in found.values():
            found[index] = id
    return found


def _same_start(one: Row, other: Row) -> bool:
    """Two lines about the same thing: their first cell is equal."""
    return bool(one) and bool(other) and next(iter(one.items())) == next(iter(other.items()))
