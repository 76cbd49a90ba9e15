"""What follows every write to the register, in its transaction: the line of the log, the link of the audit.

Whoever writes rows of `record` collects them here as (before, after) and calls `follow` once. Decides
nothing, and changes no record.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from storage import audit, finding
from storage.audit import Deed
from storage.register import kept

#: A row of `record` as it was (None: it is new) and as it is now.
Written = tuple[Any | None, Any]
MADE, CHANGED = "record.made", "record.changed"


def follow(
    conn: Connection, *, workspace: str, project_id: str, written: Iterable[Written], by: str, now: datetime
) -> None:
    """`by` is who did it; "" for the bot, and wherever it would tell who did not know something (0.5)."""
    rows = list(written)
    if not rows:
        return
    finding.put(conn, [after for _, after in rows])
    deeds = [_deed(conn, before, after, by) for before, after in rows]
    told = [deed for deed in deeds if deed.action == MADE or deed.data]
    audit.append(conn, workspace=workspace, project_id=project_id, deeds=told, now=now)


def _deed(conn: Connection, before: Any | None, after: Any, by: str) -> Deed:
    new, object = kept(after), f"{after.prefix}-{after.number}"
    project_id = after.project_id
    was = None if before is None else kept(before)
    data: dict[str, Any] = {}
    if was is None or was.status != new.status:
        data["status"] = [was.status if was else None, new.status]
    if was is None or was.due != new.due:
        data["due"] = [_day(was.due) if was else None, _day(new.due)]
    if was is None or was.owner != new.owner:
        data["owner"] = [
            audit.stands_for(conn, project_id, (was.owner or "") if was else ""),
            audit.stands_for(conn, project_id, new.owner or ""),
        ]
    if was is None or was.title != new.title:
        data["title"] = audit.stands_for(conn, project_id, f"{new.title.en}\n{new.title.fr}")
    old = was.fields if was else {}
    names = sorted(
        name for name in {*old, *new.fields} if was is None or old.get(name) != new.fields.get(name)
    )
    if names:
        data["fields"] = {
            name: audit.stands_for(conn, project_id, _said(new.fields.get(name))) for name in names
        }
    return Deed(action=MADE if was is None else CHANGED, object=object, data=data, actor=by)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(value: Any) -> str:
    return "" if value is None else repr(value)
