"""Erases a person: what is theirs goes, what the company keeps is renamed, the audit stays as it is (T15).

Every text of every table of the workspace is looked through for the id, so that a table made tomorrow is
looked through too. The audit holds nobody's id (6.9): it is left alone, and gets more links. What is sealed
(anonymous answers, wishes to see the coach) cannot be searched. Tells nobody.
"""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    String,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    insert,
    or_,
    select,
    update,
)

from flows.register.life import OVER
from flows.register.model import Kept
from storage import audit, life, trail
from storage.audit import Deed
from storage.columns import Json, Plain
from storage.person import FORMER
from storage.register import kept
from storage.tables import metadata, person, record

#: Rows that go with the person, by table: the column that says whose they are.
THEIRS: Mapping[str, str] = {
    "answer": "respondent", "answer_past": "respondent", "ask": "user", "card": "audience", "checkin": "user",
    "lot_user": "user", "mail_choice": "user", "member": "user", "memo": "user", "participation": "user",
    "person": "user", "review_vote": "user", "role": "user", "upkeep": "owner", "vendor_grid": "user",
    "workshop_person": "user", "workshop_vote": "user",
}  # fmt: skip
#: Rows that go when they are on their way to the person: the texts that say so, and what they may carry.
ON_THE_WAY: Mapping[str, tuple[str, ...]] = {
    "inbox": ("key", "result"), "lane": ("lane",), "occurrence": ("schedule_id",), "outbox": ("key", "lane"),
    "schedule": ("id",),
}  # fmt: skip
CARRIED: Mapping[str, str] = {"outbox": "ref", "schedule": "data"}
#: Only keyed hashes stand there.
ALONE = frozenset({"audit", "audit_head"})
_OWNED = (
    update(record)
    .where(
        record.c.workspace == bindparam("w"), record.c.project_id == bindparam("p"),
        record.c.prefix == bindparam("x"), record.c.number == bindparam("n"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who is to be erased where. `heirs`: by project, who sees from now on to what they saw to; a project
    that is not there leaves it without an owner. `label`: what stands where their name stood."""

    workspace: str
    user: str
    label: str
    heirs: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Found:
    """What is, or was, theirs: rows that go by table, records that are renamed by project, and among those
    the numbers of what somebody else has to see to."""

    gone: dict[str, int] = field(default_factory=dict)
    renamed: dict[str, list[str]] = field(default_factory=dict)
    left: dict[str, list[str]] = field(default_factory=dict)
    elsewhere: int = 0  # other rows that name them
    former: str = ""  # what stands for them from now on


def look(conn: Connection, *, workspace: str, user: str) -> Found:
    """What there is of somebody. Changes nothing."""
    found = Found()
    for table in _tables():
        for row in _naming(conn, table, workspace, user):
            if _goes(table, row, user):
                found.gone[table.name] = found.gone.get(table.name, 0) + 1
            elif table is record:
                _counted(found, kept(row), row.project_id, user)
            elif table.name != "log_entry":
                found.elsewhere += _renamed(table, row, user, FORMER) != {}
    return found


def erase(conn: Connection, wish: Wish, *, now: datetime) -> Found:
    """Do it, in this transaction. Whoever meets the bot again afterwards is somebody new."""
    found = Found(former=f"{FORMER}{secrets.token_hex(4)}")
    for table in _tables():
        if table is not record:
            for row in _naming(conn, table, wish.workspace, wish.user):
                _one(conn, table, row, wish, found)
    conn.execute(insert(person), _nobody(wish, found.former))
    _records(conn, wish, found, now)
    return found


def named(conn: Connection, *, workspace: str, name: str, most: int = 20) -> list[tuple[str, str]]:
    """Records in whose words this name stands, as (project id, number): people wrote them, so they are for
    people to change."""
    if not name.strip():
        return []
    texts = [record.c.title_en, record.c.title_fr, cast(record.c.fields, Text), cast(record.c.amended, Text)]
    said = or_(*(text.icontains(name, autoescape=True) for text in texts))
    query = select(record.c.project_id, record.c.prefix, record.c.number).where(
        record.c.workspace == workspace, said
    )
    rows = conn.execute(query.order_by(record.c.project_id, record.c.prefix, record.c.number).limit(most))
    return [(row.project_id, f"{row.prefix}-{row.number}") for row in rows]


def _tables() -> Iterator[Table]:
    """Parents last: what goes with a row of theirs has been seen by then."""
    for table in reversed(metadata.sorted_tables):
        if "workspace" in table.c and table.name not in ALONE:
            yield table


def _texts(table: Table) -> list[Column[Any]]:
    typed = (String, Plain, Json)
    return [column for column in table.c if isinstance(column.type, typed) and column.name != "workspace"]


def _naming(conn: Connection, table: Table, workspace: str, user: str) -> list[Any]:
    """The rows in which the id stands somewhere, in the order of their keys: the same on every database, so
    that records are listed, and audited, as they are numbered."""
    said = [cast(column, Text).contains(user, autoescape=True) for column in _texts(table)]
    if not said:
        return []
    query = (
        select(table).where(table.c.workspace == workspace, or_(*said)).order_by(*table.primary_key.columns)
    )
    return list(conn.execute(query).all())


def _one(conn: Connection, table: Table, row: Any, wish: Wish, found: Found) -> None:
    keys = [column for column in table.primary_key.columns if column.name != "workspace"]
    this = [table.c.workspace == wish.workspace, *(column == row._mapping[column.name] for column in keys)]
    if _goes(table, row, wish.user):
        conn.execute(delete(table).where(*this))
        found.gone[table.name] = found.gone.get(table.name, 0) + 1
    elif new := _renamed(table, row, wish.user, found.former):
        conn.execute(update(table).where(*this).values(**new))
        found.elsewhere += table.name != "log_entry"


def _goes(table: Table, row: Any, user: str) -> bool:
    whose = THEIRS.get(table.name)
    if whose and row._mapping[whose] == user:
        return True
    carried = row._mapping[CARRIED[table.name]] if table.name in CARRIED else None
    if isinstance(carried, dict) and carried.get("user") == user:
        return True
    return any(
        _replaced(row._mapping[name], user, FORMER) != row._mapping[name]
        for name in ON_THE_WAY.get(table.name, ())
    )


def _renamed(table: Table, row: Any, user: str, former: str) -> dict[str, Any]:
    """The columns of this row that change, and what they become."""
    new = {column.name: _replaced(row._mapping[column.name], user, former) for column in _texts(table)}
    return {name: value for name, value in new.items() if value != row._mapping[name]}


def _replaced(value: Any, user: str, former: str) -> Any:
    """The same with another id, however deep; a mention (<@U1>) becomes what stands for the person."""
    match value:
        case str():
            return re.sub(rf"<@{user}(\|[^>]*)?>|(?<![A-Za-z0-9]){user}(?![A-Za-z0-9])", former, value)
        case list():
            return [_replaced(inner, user, former) for inner in value]
        case dict():
            return {_replaced(k, user, former): _replaced(v, user, former) for k, v in value.items()}
        case _:
            return value


def _records(conn: Connection, wish: Wish, found: Found, now: datetime) -> None:
    """Each record that names them, with its line of the log and its link of the audit."""
    written: dict[str, list[trail.Written]] = {}
    for row in _naming(conn, record, wish.workspace, wish.user):
        new = _renamed(record, row, wish.user, found.former)
        if not new:
            continue
        one = kept(row)
        _counted(found, one, row.project_id, wish.user)
        if _left(one, wish.user):
            new["owner"] = wish.heirs.get(row.project_id)
        key = {"w": wish.workspace, "p": row.project_id, "x": row.prefix, "n": row.number}
        conn.execute(_OWNED.values(**new), key)
        if _left(one, wish.user):
            life.note(
                conn, workspace=wish.workspace, project_id=row.project_id, ref=one.ref, by="", move="edited",
                before=one.status, after=one.status, now=now, changed={"owner": (found.former, new["owner"])},
            )  # fmt: skip
        written.setdefault(row.project_id, []).append((row, SimpleNamespace(**{**row._mapping, **new})))
    for project_id, rows in written.items():
        here = {"workspace": wish.workspace, "project_id": project_id}
        trail.follow(conn, **here, written=rows, by="", now=now)
        deed = Deed(action="person.erased", object=found.former, data={"records": len(rows)})
        audit.append(conn, **here, deeds=[deed], now=now)


def _counted(found: Found, one: Kept, project_id: str, user: str) -> None:
    found.renamed.setdefault(project_id, []).append(one.ref)
    if _left(one, user):
        found.left.setdefault(project_id, []).append(one.ref)


def _left(one: Kept, user: str) -> bool:
    """Something that is still to be done, of which they were the owner. A decision has been taken."""
    return one.owner == user and one.kind != "decision" and one.status not in OVER


def _nobody(wish: Wish, former: str) -> dict[str, Any]:
    """A profile without a person: nobody is written to, and pages show `label`."""
    return {
        "workspace": wish.workspace, "user": former, "name": wish.label, "zone": "", "locale": "",
        "language": None, "is_bot": False, "deleted": True, "stranger": False, "guest": False,
        "away_until": None, "fetched_at": datetime(1970, 1, 2, tzinfo=UTC),
    }  # fmt: skip
