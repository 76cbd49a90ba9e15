"""What people do to records by hand: record one, change one, take a step; and what happened to each.

What is changed by hand stands beside what an answer gives, as one more question would add it (HAND), so that
answering again writes over none of it. Nothing is deleted. Decides nothing: flows/register/moves.py does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from flows.dialogue.effects import Draft, Record, Source
from flows.dialogue.model import Value
from flows.register.model import Change, Kept
from flows.words import Words
from storage import recording, trail
from storage.register import HAND, kept, place_of
from storage.tables import record, record_change

_THIS = (
    record.c.workspace == bindparam("w"),
    record.c.project_id == bindparam("p"),
    record.c.prefix == bindparam("x"),
    record.c.number == bindparam("n"),
)
_HOLD = select(record).where(*_THIS).with_for_update()
_CHANGE = (
    update(record)
    .where(*_THIS)
    .values({name: bindparam(f"new_{name}") for name in (
        "title_en", "title_fr", "owner", "due", "status", "amended", "changed_at",
    )})
)  # fmt: skip
_PAST = (
    record_change.c.workspace == bindparam("w"),
    record_change.c.project_id == bindparam("p"),
    record_change.c.prefix == bindparam("x"),
    record_change.c.number == bindparam("n"),
)
_LAST = select(func.max(record_change.c.n)).where(*_PAST)
_HISTORY = select(record_change).where(*_PAST).order_by(record_change.c.n)
_NOTE = insert(record_change)
NOTHING: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record held to the end of the transaction, with the moment of its last change."""

    record: Kept
    changed_at: datetime
    row: Any


def make(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    draft: Draft,
    by: str,
    now: datetime,
    reason: str | None = None,
) -> Kept:
    """A new record, made by hand; its `item` is the nonce of the form it comes from."""
    source = Source(dialogue="", question="", respondent="")
    task = recording.Task(
        conn=conn, workspace=workspace, project_id=project_id, dialogue_id="", now=now, by=by
    )
    recording.record(task, Record(source=source, drafts=(draft,)))
    made = task.changes.created[0]
    note(
        conn, workspace=workspace, project_id=project_id, ref=made.ref, by=by, move="recorded", before="",
        after=made.status, reason=reason, now=now,
    )  # fmt: skip
    return made


def hold(conn: Connection, *, workspace: str, project_id: str, ref: str) -> Held | None:
    """The record, held: whoever would change it too waits until this transaction has ended."""
    place = place_of(ref)
    if place is None:
        return None
    row = conn.execute(_HOLD, {"w": workspace, "p": project_id, "x": place[0], "n": place[1]}).first()
    return None if row is None else Held(record=kept(row), changed_at=row.changed_at, row=row)


def change(
    conn: Connection,
    held: Held,
    *,
    by: str,
    move: str,
    now: datetime,
    status: str | None = None,
    title: Words | None = None,
    fields: Mapping[str, Value] = NOTHING,
    reason: str | None = None,
) -> Kept:
    """Change a record that is held. Among `fields`, `owner` (Slack id) and `due` (date or None) are the
    record's own. A value of None empties a field. What is the same as before leaves no trace."""
    row = held.row
    new = _new(row, status, title, fields)
    changed = _changed(held.record, kept(SimpleNamespace(**{**row._mapping, **new})))
    if not changed and new["status"] == row.status:
        return held.record
    key = {"w": row.workspace, "p": row.project_id, "x": row.prefix, "n": row.number}
    conn.execute(_CHANGE, {**key, **{f"new_{k}": v for k, v in new.items()}, "new_changed_at": now})
    after = SimpleNamespace(**{**row._mapping, **new, "changed_at": now})
    here = {"workspace": row.workspace, "project_id": row.project_id}
    trail.follow(conn, **here, written=[(row, after)], by=by, now=now)
    note(
        conn, **here, ref=held.record.ref, by=by, move=move, before=row.status, after=new["status"],
        reason=reason, changed=changed, now=now,
    )  # fmt: skip
    return kept(after)


def note(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    ref: str,
    by: str,
    move: str,
    before: str,
    after: str,
    now: datetime,
    reason: str | None = None,
    changed: Mapping[str, tuple[Value, Value]] = NOTHING,
) -> None:
    """Add to what happened to a record. The caller holds it, so that its changes are counted in order."""
    prefix, number = place_of(ref) or ("", 0)
    key = {"w": workspace, "p": project_id, "x": prefix, "n": number}
    last = conn.execute(_LAST, key).scalar() or 0
    conn.execute(
        _NOTE,
        {
            "workspace": workspace, "project_id": project_id, "prefix": prefix, "number": number,
            "n": last + 1, "at": now, "by": by, "move": move, "before": before, "after": after,
            "reason": reason, "changed": {name: list(both) for name, both in changed.items()} or None,
        },
    )  # fmt: skip


def history(conn: Connection, *, workspace: str, project_id: str, ref: str) -> list[Change]:
    """What happened to a record by hand, oldest first; nothing for one that only answers have made."""
    place = place_of(ref)
    if place is None:
        return []
    rows = conn.execute(_HISTORY, {"w": workspace, "p": project_id, "x": place[0], "n": place[1]})
    return [
        Change(
            n=row.n, at=row.at, by=row.by, move=row.move, before=row.before, after=row.after,
            reason=row.reason,
            changed={name: (both[0], both[1]) for name, both in (row.changed or {}).items()},
        )
        for row in rows
    ]  # fmt: skip


def _new(row: Any, status: str | None, title: Words | None, fields: Mapping[str, Value]) -> dict[str, Any]:
    """The columns of a record once these things have been changed by hand."""
    before = dict(row.amended or {})
    mine = {**before.get(HAND, {}), **{key: _plain(value) for key, value in fields.items()}}
    if title is not None:
        mine["title"] = title.en
    amended = {**before, HAND: mine} if mine else before
    return {
        "title_en": title.en if title else row.title_en,
        "title_fr": title.fr if title else row.title_fr,
        "owner": fields.get("owner", row.owner),
        "due": fields.get("due", row.due),
        "status": status or row.status,
        "amended": amended or None,
    }


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


def _changed(before: Kept, after: Kept) -> dict[str, tuple[Value, Value]]:
    """Every field that reads differently, by name."""
    was = {**before.fields, "title": before.title.en, "owner": before.owner, "due": _plain(before.due)}
    is_ = {**after.fields, "title": after.title.en, "owner": after.owner, "due": _plain(after.due)}
    keys = dict.fromkeys((*was, *is_))
    return {key: (was.get(key), is_.get(key)) for key in keys if was.get(key) != is_.get(key)}
