"""Small things the surfaces keep: a person's choices, when a dialogue was last nudged.

Never an answer, and nothing about who has answered.
"""

from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from storage.statement import Both
from storage.tables import memo

_PUT = Both(
    lambda insert: (new := insert(memo)).on_conflict_do_update(
        index_elements=["workspace", "user", "name"], set_={"value": new.excluded.value}
    )
)
_AT = (memo.c.workspace == bindparam("w"), memo.c.user == bindparam("u"), memo.c.name == bindparam("n"))
_GET = select(memo.c.value).where(*_AT)
_FORGET = delete(memo).where(*_AT)


def get(conn: Connection, *, workspace: str, name: str, user: str = "") -> Any:
    """What is kept under this name for this person, or None."""
    return conn.execute(_GET, {"w": workspace, "u": user, "n": name}).scalar()


def put(conn: Connection, *, workspace: str, name: str, value: Any, user: str = "") -> None:
    """Keep `value` (a JSON value other than None) in place of what was there."""
    row = {"workspace": workspace, "user": user, "name": name, "value": value}
    conn.execute(_PUT.on(conn), row)


def forget(conn: Connection, *, workspace: str, name: str, user: str = "") -> None:
    """Keep nothing under this name any more."""
    conn.execute(_FORGET, {"w": workspace, "u": user, "n": name})
