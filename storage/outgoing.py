"""What is filled in for documents that go out: kept by form, read, put back. Judges nothing, tells the audit.

The audit says which fields changed, as keyed hashes: what was typed for vendors stays out of it (6.9).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from storage import audit, project
from storage.audit import Deed
from storage.tables import outgoing

_OF = (outgoing.c.workspace == bindparam("w"), outgoing.c.project_id == bindparam("p"))
_ALL = select(outgoing).where(*_OF)
_ONE = select(outgoing).where(*_OF, outgoing.c.part == bindparam("q"))
_ADD = insert(outgoing)
_SET = (
    update(outgoing)
    .where(*_OF, outgoing.c.part == bindparam("q"))
    .values({name: bindparam(f"new_{name}") for name in ("content", "before", "by", "at")})
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One form as it stands. `before`: what it said before; None: it was empty."""

    content: Mapping[str, Any]
    before: Mapping[str, Any] | None
    by: str  # Slack user
    at: datetime  # UTC


def all_of(conn: Connection, *, workspace: str, project_id: str) -> dict[str, Mapping[str, Any]]:
    """What every form says, by its name; those nobody has filled in are not there."""
    rows = conn.execute(_ALL, {"w": workspace, "p": project_id})
    return {row.part: row.content or {} for row in rows}


def get(conn: Connection, *, workspace: str, project_id: str, part: str) -> Filled | None:
    """One form, or None while nobody has filled it in."""
    row = conn.execute(_ONE, {"w": workspace, "p": project_id, "q": part}).first()
    if row is None:
        return None
    return Filled(content=row.content or {}, before=row.before, by=row.by, at=row.at)


def put(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    part: str,
    content: Mapping[str, Any],
    by: str,
    now: datetime,
) -> bool:
    """Keep what a form says, beside what it said before. False when that is the same."""
    here = {"workspace": workspace, "project_id": project_id}
    project.lock(conn, workspace=workspace, id=project_id)
    was = get(conn, **here, part=part)
    if was is not None and dict(was.content) == dict(content):
        return False
    before = None if was is None else dict(was.content)
    if was is None:
        row = {**here, "part": part, "content": dict(content), "before": None, "by": by, "at": now}
        conn.execute(_ADD, row)
    else:
        key = {"w": workspace, "p": project_id, "q": part}
        new = {"new_content": dict(content), "new_before": before, "new_by": by, "new_at": now}
        conn.execute(_SET, {**key, **new})
    changed = {name: (before or {}).get(name) for name in {*(before or {}), *content}}
    told = {
        name: [_mark(conn, project_id, old), _mark(conn, project_id, content.get(name))]
        for name, old in sorted(changed.items())
        if old != content.get(name)
    }
    deed = Deed(action="outgoing.filled", object=part, data=told, actor=by)
    audit.append(conn, **here, deeds=[deed], now=now)
    return True


def _mark(conn: Connection, project_id: str, value: Any) -> str:
    return audit.stands_for(conn, project_id, str(value)) if value else ""
