"""Who wants copies by e-mail, and where to. Sends nothing; an address is readable with the key only."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from storage import audit
from storage.sealing import Unreadable
from storage.statement import Both
from storage.tables import mail_choice

SIZE = 320  # bytes of an address at most (RFC 5321: 64 + 1 + 255)
TOLD = 300  # characters kept of what a mail server said


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody chose. `address` "": none was given, or it was sealed with another key."""

    wanted: bool = False
    address: str = field(default="", repr=False)
    trouble: str = ""


_ONE = select(mail_choice).where(
    mail_choice.c.workspace == bindparam("w"), mail_choice.c.user == bindparam("u")
)
_PUT = Both(
    lambda insert: (new := insert(mail_choice)).on_conflict_do_update(
        index_elements=["workspace", "user"],
        set_={name: new.excluded[name] for name in ("wanted", "sealed", "trouble", "changed_at")},
    )
)
_STOP = (
    update(mail_choice)
    .where(mail_choice.c.workspace == bindparam("w"), mail_choice.c.user == bindparam("u"))
    .values(wanted=False, trouble=bindparam("why"), changed_at=bindparam("now"))
)


def choice(conn: Connection, *, workspace: str, user: str) -> Choice:
    """What this person chose; nothing is sent to whoever chose nothing."""
    row = conn.execute(_ONE, {"w": workspace, "u": user}).first()
    if row is None:
        return Choice()
    address = _opened(conn, workspace, user, row.sealed) if row.sealed else ""
    return Choice(wanted=row.wanted, address=address, trouble=row.trouble or "")


def choose(conn: Connection, *, workspace: str, user: str, wanted: bool, address: str, now: datetime) -> None:
    """From now on. Raises ValueError for an address of more than 320 bytes."""
    sealed = None
    if address:
        about = f"{workspace}:{user}"
        sealed = audit.sealer(conn).seal("mail", about, address.encode(), size=SIZE, bound=user)
    row = {
        "workspace": workspace, "user": user, "wanted": wanted, "sealed": sealed, "trouble": None,
        "changed_at": now,
    }  # fmt: skip
    conn.execute(_PUT.on(conn), row)


def stop(conn: Connection, *, workspace: str, user: str, why: str, now: datetime) -> bool:
    """Send no more copies to this person: they said so (`why` ""), or their server refuses them for good.
    False when they had chosen nothing."""
    values = {"w": workspace, "u": user, "why": why[:TOLD] or None, "now": now}
    return conn.execute(_STOP, values).rowcount == 1


def _opened(conn: Connection, workspace: str, user: str, sealed: bytes) -> str:
    try:
        about = f"{workspace}:{user}"
        return audit.sealer(conn).unseal("mail", about, sealed, bound=user).decode()
    except Unreadable:
        return ""
