"""What has been said of items that are due, and handing them over. Reminds nobody, judges nothing."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.upkeep import Upkeep
from storage.register import place_of
from storage.statement import Both
from storage.tables import handover, record
from storage.tables import upkeep as table

State = Literal["asked", "accepted", "declined", "withdrawn"]
_FIELDS = ("due", "owner", "said", "said_on", "quiet_until", "stopped", "level", "level_on")

_IN_PROJECT = (table.c.workspace == bindparam("w"), table.c.project_id == bindparam("p"))
_ALL = select(table).where(*_IN_PROJECT)
_PUT = Both(
    lambda insert: (new := insert(table)).on_conflict_do_update(
        index_elements=["workspace", "project_id", "prefix", "number"],
        set_={name: new.excluded[name] for name in _FIELDS},
    )
)
_MINE = handover.c.workspace == bindparam("w")
_ONE = select(handover).where(_MINE, handover.c.id == bindparam("i"))
_TO = (
    select(handover)
    .where(_MINE, handover.c.to_user == bindparam("u"), handover.c.state == "asked")
    .order_by(handover.c.asked_at, handover.c.id)
)
_OPEN = (
    select(handover)
    .where(_MINE, handover.c.project_id == bindparam("p"), handover.c.state == "asked")
    .order_by(handover.c.asked_at, handover.c.id)
)
_ASK = insert(handover)
_SETTLE = (
    update(handover)
    .where(_MINE, handover.c.id == bindparam("i"), handover.c.state == "asked")
    .values(state=bindparam("becomes"), settled_at=bindparam("now"))
)
_HOLD = (
    select(record.c.number)
    .where(
        record.c.workspace == bindparam("w"),
        record.c.project_id == bindparam("p"),
        record.c.prefix == bindparam("x"),
        record.c.number == bindparam("n"),
    )
    .with_for_update()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Somebody is asked to see to an item from now on, and may say no."""

    id: str
    project_id: str
    ref: str
    from_user: str
    to_user: str
    note: str
    state: State
    asked_at: datetime


def of_project(conn: Connection, *, workspace: str, project_id: str) -> dict[str, Upkeep]:
    """What has been said of each item, by its number as people quote it."""
    rows = conn.execute(_ALL, {"w": workspace, "p": project_id})
    return {kept.ref: kept for kept in map(_upkeep, rows)}


def put(conn: Connection, *, workspace: str, project_id: str, kept: Collection[Upkeep]) -> None:
    """This is what has been said of these items from now on."""
    rows = []
    for one in kept:
        prefix, number = _place(one.ref)
        place = {"workspace": workspace, "project_id": project_id, "prefix": prefix, "number": number}
        rows.append({**place, **{name: getattr(one, name) for name in _FIELDS}})
    if rows:
        conn.execute(_PUT.on(conn), rows)


def ask(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    ref: str,
    from_user: str,
    to_user: str,
    note: str,
    now: datetime,
) -> str:
    """Somebody is asked to see to it; returns the id. Whoever else was asked before no longer is."""
    prefix, number = _place(ref)
    conn.execute(_HOLD, {"w": workspace, "p": project_id, "x": prefix, "n": number})
    for before in open_of(conn, workspace=workspace, project_id=project_id):
        if before.ref == ref:
            settle(conn, workspace=workspace, id=before.id, state="withdrawn", now=now)
    row = {
        "workspace": workspace, "id": secrets.token_hex(16), "project_id": project_id, "prefix": prefix,
        "number": number, "from_user": from_user, "to_user": to_user, "note": note, "state": "asked",
        "asked_at": now, "settled_at": None,
    }  # fmt: skip
    conn.execute(_ASK, row)
    return str(row["id"])


def get(conn: Connection, *, workspace: str, id: str) -> Handover | None:
    """The handover, or None when there is none of this id in this workspace."""
    row = conn.execute(_ONE, {"w": workspace, "i": id}).first()
    return None if row is None else _handover(row)


def asked_of(conn: Connection, *, workspace: str, user: str) -> list[Handover]:
    """What this person is asked to see to and has not answered, in all projects, oldest first."""
    return [_handover(row) for row in conn.execute(_TO, {"w": workspace, "u": user})]


def open_of(conn: Connection, *, workspace: str, project_id: str) -> list[Handover]:
    """What is being handed over in a project, oldest first."""
    return [_handover(row) for row in conn.execute(_OPEN, {"w": workspace, "p": project_id})]


def settle(conn: Connection, *, workspace: str, id: str, state: State, now: datetime) -> bool:
    """Its state from now on. False when it was settled before: somebody was faster."""
    return conn.execute(_SETTLE, {"w": workspace, "i": id, "becomes": state, "now": now}).rowcount == 1


def _place(ref: str) -> tuple[str, int]:
    place = place_of(ref)
    if place is None:
        raise ValueError(f"{ref!r} is no number of a record")
    return place


def _upkeep(row: Any) -> Upkeep:
    return Upkeep(ref=f"{row.prefix}-{row.number}", **{name: getattr(row, name) for name in _FIELDS})


def _handover(row: Any) -> Handover:
    return Handover(
        id=row.id,
        project_id=row.project_id,
        ref=f"{row.prefix}-{row.number}",
        from_user=row.from_user,
        to_user=row.to_user,
        note=row.note or "",
        state=row.state,
        asked_at=row.asked_at,
    )
