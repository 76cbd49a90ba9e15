"""Carry out an Amend: fields that a question adds to records which another question made.

They stand in a column of their own, by question, so that neither the source of the record nor another
amending question writes over them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select, update

from flows.dialogue.effects import Amend
from flows.dialogue.model import Value
from storage.recording import Task
from storage.register import amended, kept, place_of
from storage.tables import record

#: In one order, and held: two dialogues may amend the same records at once.
_MEANT = (
    select(record)
    .where(
        record.c.workspace == bindparam("w"),
        record.c.project_id == bindparam("p"),
        record.c.prefix.in_(bindparam("prefixes", expanding=True)),
        record.c.number.in_(bindparam("numbers", expanding=True)),
    )
    .order_by(record.c.prefix, record.c.number)
    .with_for_update()
)
_AMEND = (
    update(record)
    .where(
        record.c.workspace == bindparam("w"),
        record.c.project_id == bindparam("p"),
        record.c.prefix == bindparam("x"),
        record.c.number == bindparam("n"),
    )
    .values(amended=bindparam("new_amended"), changed_at=bindparam("now"))
)


def amend(task: Task, effect: Amend) -> None:
    """The question's fields on each record, and nothing of what it gave before where it now says None.
    A record that does not exist is left out; one that is withdrawn keeps them for when it is back."""
    places = {place: fields for ref, fields in effect.fields.items() if (place := place_of(ref))}
    if not places:
        return
    changes = []
    for row in _meant(task, places):
        new = _with(row.amended or {}, effect.question, places[row.prefix, row.number])
        if new != (row.amended or {}):
            changes.append({"x": row.prefix, "n": row.number, "new_amended": new or None})
            changed = replace(kept(row), fields=amended(row.fields, new))
            task.changes.note(changed)
    if changes:
        key = {"w": task.workspace, "p": task.project_id, "now": task.now}
        task.conn.execute(_AMEND, [key | change for change in changes])


def _meant(task: Task, places: Iterable[tuple[str, int]]) -> list[Any]:
    prefixes, numbers = zip(*places, strict=True)
    key = {"w": task.workspace, "p": task.project_id}
    rows = task.conn.execute(_MEANT, {**key, "prefixes": sorted({*prefixes}), "numbers": sorted({*numbers})})
    return [row for row in rows if (row.prefix, row.number) in places]


def _with(
    before: Mapping[str, Mapping[str, Value]], question: str, fields: Mapping[str, Value]
) -> dict[str, Any]:
    """What all questions add, once this one gives `fields`."""
    given = {**before.get(question, {}), **fields}
    mine = {name: value for name, value in given.items() if value is not None}
    others = {id: dict(theirs) for id, theirs in before.items() if id != question}
    return {**others, question: mine} if mine else others
