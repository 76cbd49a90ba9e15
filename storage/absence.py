"""Absences: from when until when somebody is away, and who stands in. Sends nothing, moves nothing.

Kept twice, so that both questions are one look-up by person: with whoever is away, and with their deputy.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from flows.absence import Absence
from storage import memo
from storage.tables import memo as table

AWAY, FOR = "absence", "absence:"  # names of memos; the second with the id of whoever is away

_AWAY = select(table.c.user, table.c.value).where(
    table.c.workspace == bindparam("w"),
    table.c.user.in_(bindparam("users", expanding=True)),
    table.c.name == AWAY,
)
_FOR = select(table.c.name, table.c.value).where(
    table.c.workspace == bindparam("w"), table.c.user == bindparam("u"), table.c.name.like(f"{FOR}%")
)


def put(conn: Connection, *, workspace: str, absence: Absence) -> None:
    """This is when they are away from now on, in place of what they had said."""
    end(conn, workspace=workspace, user=absence.user)
    value = {
        "first": absence.first.isoformat(), "last": absence.last.isoformat(), "deputy": absence.deputy,
    }  # fmt: skip
    memo.put(conn, workspace=workspace, user=absence.user, name=AWAY, value=value)
    if absence.deputy:
        memo.put(conn, workspace=workspace, user=absence.deputy, name=f"{FOR}{absence.user}", value=value)


def end(conn: Connection, *, workspace: str, user: str) -> Absence | None:
    """They are not away any more, nor later. What they had said."""
    found = of(conn, workspace=workspace, user=user)
    if found is not None:
        memo.forget(conn, workspace=workspace, user=user, name=AWAY)
        if found.deputy:
            memo.forget(conn, workspace=workspace, user=found.deputy, name=f"{FOR}{user}")
    return found


def of(conn: Connection, *, workspace: str, user: str) -> Absence | None:
    """What this person has said, over or not."""
    return next(iter(several(conn, workspace=workspace, users=(user,))), None)


def several(conn: Connection, *, workspace: str, users: Iterable[str]) -> list[Absence]:
    """What these people have said, over or not."""
    wanted = sorted(set(users))
    rows = conn.execute(_AWAY, {"w": workspace, "users": wanted}) if wanted else ()
    return [_absence(row.user, row.value) for row in rows]


def stood_in_for(conn: Connection, *, workspace: str, deputy: str) -> list[Absence]:
    """The absences in which this person stands in, over or not."""
    rows = conn.execute(_FOR, {"w": workspace, "u": deputy})
    return [_absence(row.name.removeprefix(FOR), row.value) for row in rows]


def _absence(user: str, value: dict[str, Any]) -> Absence:
    first, last = date.fromisoformat(value["first"]), date.fromisoformat(value["last"])
    return Absence(user=user, first=first, last=last, deputy=value.get("deputy") or "")
