"""Carry out an Amend: fields that a question adds to records which another question made.

They stand in a column of their own, by question, so that neither the source of the record nor another
amending question writes over them.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from flows.dialogue.effects import Amend
from flows.dialogue.model import Value
from flows.register.model import Kept
from storage import trail
from storage.register import WITHDRAWN, amended, kept, place_of
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
    .values(amended=bindparam("new_amended"), status=bindparam("new_status"), changed_at=bindparam("now"))
)


def amend(
    conn: Connection, *, workspace: str, project_id: str, effect: Amend, now: datetime, by: str = ""
) -> tuple[Kept, ...]:
    """The question's fields on each record, and none of what it gave before where it now says None.
    Returns the live records that read differently. One that does not exist is left out; one that is
    withdrawn keeps the fields for when it is back."""
    places = {place: fields for ref, fields in effect.fields.items() if (place := place_of(ref))}
    here = {"w": workspace, "p": project_id}
    changes, changed, written = [], [], []
    for row in _meant(conn, here, places):
        new = _with(row.amended or {}, effect.question, places[row.prefix, row.number])
        state = _state(row, effect)
        if new != (row.amended or {}) or state != row.status:
            key = {**here, "x": row.prefix, "n": row.number}
            changes.append({**key, "new_amended": new or None, "new_status": state, "now": now})
            written.append(
                (row, SimpleNamespace(**{**row._mapping, "amended": new or None, "status": state}))
            )
            if row.status != WITHDRAWN:
                changed.append(replace(kept(row), fields=amended(row.fields, new), status=state))
    if changes:
        conn.execute(_AMEND, changes)
    trail.follow(conn, workspace=workspace, project_id=project_id, written=written, by=by, now=now)
    return tuple(changed)


def _meant(conn: Connection, here: dict[str, Any], places: Collection[tuple[str, int]]) -> list[Any]:
    if not places:
        return []
    prefixes, numbers = zip(*places, strict=True)
    key = {**here, "prefixes": sorted({*prefixes}), "numbers": sorted({*numbers})}
    return [row for row in conn.execute(_MEANT, key) if (row.prefix, row.number) in places]


def _state(row: Any, effect: Amend) -> str:
    """The state the record is in from now on. One that is withdrawn stays so; one that the question
    says nothing of, or that somebody has moved meanwhile, stays as it is."""
    ref = f"{row.prefix}-{row.number}"
    if row.status == WITHDRAWN or ref not in effect.states:
        return str(row.status)
    wanted = effect.states[ref]
    if wanted is not None:
        return wanted
    return str(row.given_status if effect.question in (row.amended or {}) else row.status)


def _with(
    before: Mapping[str, Mapping[str, Value]], question: str, fields: Mapping[str, Value]
) -> dict[str, Any]:
    """What all questions add, once this one gives `fields`."""
    given = {**before.get(question, {}), **fields}
    mine = {name: value for name, value in given.items() if value is not None}
    others = {id: dict(theirs) for id, theirs in before.items() if id != question}
    return {**others, question: mine} if mine else others
