"""What has been taken already: a delivery, a click, a form. Holds no payload."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from storage.statement import Both
from storage.tables import ACROSS, inbox

_FIRST = Both(lambda insert: insert(inbox).on_conflict_do_nothing().returning(inbox.c.key))
_REMEMBER = Both(
    lambda insert: (new := insert(inbox)).on_conflict_do_update(
        index_elements=["workspace", "key"], set_={"result": new.excluded.result}
    )
)
#: Writes nothing new where the form is known, but holds its row to the end of the transaction.
_HOLD = Both(
    lambda insert: (
        (new := insert(inbox))
        .on_conflict_do_update(index_elements=["workspace", "key"], set_={"kind": new.excluded.kind})
        .returning(inbox.c.result)
    )
)
_RESULT = select(inbox.c.result).where(inbox.c.workspace == bindparam("w"), inbox.c.key == bindparam("k"))
_PURGE = delete(inbox).where(inbox.c.at < bindparam("before")).execution_options(**ACROSS)


def first_time(conn: Connection, *, key: str, workspace: str, kind: str, now: datetime) -> bool:
    """Remember this delivery; False when it has been taken before. Belongs in the transaction of
    its effect: on PostgreSQL a second delivery waits for the first to commit, then gets False."""
    row = {"workspace": workspace, "key": key, "kind": kind, "at": now, "result": None}
    return conn.execute(_FIRST.on(conn), row).first() is not None


def hold_form(conn: Connection, *, workspace: str, nonce: str, now: datetime) -> Any | None:
    """The answer the form got, or None when it is to be taken now: whoever sends it again meanwhile
    waits for the end of this transaction, whether the form was new or had been sent back before."""
    row = {"workspace": workspace, "key": f"form:{nonce}", "kind": "form", "at": now, "result": None}
    return conn.execute(_HOLD.on(conn), row).scalar()


def remember_form(conn: Connection, *, workspace: str, nonce: str, result: Any, now: datetime) -> None:
    """Keep the answer to a form, for a second submission of the same one."""
    row = {"workspace": workspace, "key": f"form:{nonce}", "kind": "form", "at": now, "result": result}
    conn.execute(_REMEMBER.on(conn), row)


def form_result(conn: Connection, *, workspace: str, nonce: str) -> Any | None:
    """The answer a form got, or None when it has not been taken yet."""
    return conn.execute(_RESULT, {"w": workspace, "k": f"form:{nonce}"}).scalar()


def purge(conn: Connection, *, before: datetime) -> int:
    """Forget what was taken before this moment (kept 7 days). Returns how many."""
    return conn.execute(_PURGE, {"before": before}).rowcount
