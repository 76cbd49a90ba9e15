"""The people a lot is for, whom the facilitator names (5.1). Asks them nothing; reads come with the cast."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.tables import lot_user

_OF_LOT = (
    lot_user.c.workspace == bindparam("w"),
    lot_user.c.project_id == bindparam("p"),
    lot_user.c.lot == bindparam("l"),
)
_KNOWN = select(lot_user.c.user).where(*_OF_LOT)
_REMOVE = delete(lot_user).where(*_OF_LOT, lot_user.c.user == bindparam("u"))
_LEAVE = delete(lot_user).where(
    lot_user.c.workspace == bindparam("w"),
    lot_user.c.project_id == bindparam("p"),
    lot_user.c.user == bindparam("u"),
)
_ADD = insert(lot_user)


def put(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    lot: str,
    users: Collection[str],
    by: str,
    now: datetime,
) -> tuple[set[str], set[str]]:
    """These are the people of the lot from now on. Gives who is new, and who is not of them any more."""
    key = {"w": workspace, "p": project_id, "l": lot}
    known, wanted = set(conn.execute(_KNOWN, key).scalars()), set(users)
    for user in sorted(known - wanted):
        conn.execute(_REMOVE, {**key, "u": user})
    rows = [
        {"workspace": workspace, "project_id": project_id, "lot": lot, "user": user, "by": by, "at": now}
        for user in sorted(wanted - known)
    ]
    if rows:
        conn.execute(_ADD, rows)
    return wanted - known, known - wanted


def leave(conn: Connection, *, workspace: str, project_id: str, user: str) -> bool:
    """They are of no lot of the project any more. False: they were of none."""
    return conn.execute(_LEAVE, {"w": workspace, "p": project_id, "u": user}).rowcount > 0
