"""The audit: an append-only chain of who changed what and when, one for each project (reliability 6.9).

Each link is the keyed hash of the link before it and of its own row, so that a row that is altered, left
out, put in or moved is found by `verify`. People and texts stand in it as keyed hashes: erasing a person
elsewhere leaves the chain as it is, and nobody can be had back from it. It says that nothing was changed
afterwards, not that what was written was true. Holds nothing about ballots, nor about who did not know.
"""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from storage.columns import microseconds
from storage.sealing import Sealer
from storage.statement import Both
from storage.tables import audit, audit_head

#: The execution option of every connection that holds the Sealer of the application key.
SEALER = "cadrage_sealer"
START = "0" * 64  # what the first link hangs on
CHECK = 10  # hex digits of the last link, as people compare them
READ_AT_ONCE = 2000  # links

_HERE = (audit.c.workspace == bindparam("w"), audit.c.project_id == bindparam("p"))
_HEAD = select(audit_head.c.n, audit_head.c.mac).where(
    audit_head.c.workspace == bindparam("w"), audit_head.c.project_id == bindparam("p")
)
_HOLD = _HEAD.with_for_update()
_BEGIN = Both(lambda insert: insert(audit_head).on_conflict_do_nothing())
_MOVE = (
    audit_head.update()
    .where(audit_head.c.workspace == bindparam("w"), audit_head.c.project_id == bindparam("p"))
    .values(n=bindparam("new_n"), mac=bindparam("new_mac"))
)
_ADD = insert(audit)
_AFTER = select(audit).where(*_HERE, audit.c.n > bindparam("n")).order_by(audit.c.n).limit(READ_AT_ONCE)
_ABOUT = (
    select(audit)
    .where(*_HERE, audit.c.object == bindparam("o"))
    .order_by(audit.c.n.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something done, to be added to the chain. `data`: JSON without a person or a text in clear."""

    action: str
    object: str
    data: Mapping[str, Any] = field(default_factory=dict)
    actor: str = ""  # Slack user id; "": the bot, or nobody may know


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link as it is kept. `actor` is what stands for a person: see `stands_for`."""

    n: int
    at: datetime  # UTC
    actor: str
    action: str
    object: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What verifying a chain found. `broken`: the first link that does not hold; None: all hold."""

    links: int
    check: str  # the first digits of the last link: "" when there is none
    broken: int | None = None


def sealer(conn: Connection) -> Sealer:
    """The Sealer this connection carries."""
    found = conn.get_execution_options().get(SEALER)
    return found if isinstance(found, Sealer) else Sealer("")


def stands_for(conn: Connection, project_id: str, said: str) -> str:
    """What stands for a person or a text in the chain of this project; "" for ""."""
    return sealer(conn).stand_in(project_id, said) if said else ""


def append(
    conn: Connection, *, workspace: str, project_id: str, deeds: Iterable[Deed], now: datetime
) -> None:
    """Add these deeds to the chain, in the transaction of what they tell. The end of the chain is held
    until that transaction ends: two who add at once come one after the other."""
    listed = list(deeds)
    if not listed:
        return
    key, by = {"w": workspace, "p": project_id}, sealer(conn)
    head = _held(conn, key)
    n, mac, rows = head.n, head.mac, []
    for deed in listed:
        n += 1
        row = {
            "workspace": workspace,
            "project_id": project_id,
            "n": n,
            "at": now,
            "actor": by.stand_in(project_id, deed.actor) if deed.actor else "",
            "action": deed.action,
            "object": deed.object,
            "data": dict(deed.data),
        }
        mac = by.link(project_id, _linked(mac, row))
        rows.append({**row, "mac": mac})
    conn.execute(_ADD, rows)
    conn.execute(_MOVE, {**key, "new_n": n, "new_mac": mac})


def about(conn: Connection, *, workspace: str, project_id: str, object: str, most: int = 20) -> list[Link]:
    """What was done to one thing, the latest first."""
    key = {"w": workspace, "p": project_id, "o": object, "most": most}
    return [_link(row) for row in conn.execute(_ABOUT, key)]


def check(conn: Connection, *, workspace: str, project_id: str) -> str:
    """The first digits of the last link, which people can note elsewhere; "" when there is none yet."""
    head = conn.execute(_HEAD, {"w": workspace, "p": project_id}).first()
    return head.mac[:CHECK] if head and head.n else ""


def verify(conn: Connection, *, workspace: str, project_id: str) -> Verified:
    """Walk the chain from its first link to its last, a few at a time. Changes nothing."""
    by, mac, n = sealer(conn), START, 0
    for row in _links(conn, {"w": workspace, "p": project_id}):
        expected = by.link(project_id, _linked(mac, row._mapping))
        if row.n != n + 1 or not hmac.compare_digest(expected, row.mac):
            return Verified(links=n, check=mac[:CHECK] if n else "", broken=n + 1)
        n, mac = row.n, row.mac
    head = conn.execute(_HEAD, {"w": workspace, "p": project_id}).first()
    end = (head.n, head.mac) if head else (0, START)
    return Verified(links=n, check=mac[:CHECK] if n else "", broken=None if end == (n, mac) else n + 1)


def _links(conn: Connection, key: Mapping[str, Any]) -> Iterator[Any]:
    n = 0
    while rows := conn.execute(_AFTER, {**key, "n": n}).all():
        yield from rows
        n = max(n + 1, rows[-1].n)


def _held(conn: Connection, key: Mapping[str, str]) -> Any:
    """The end of the chain, held; a chain that has none yet begins."""
    head = conn.execute(_HOLD, key).first()
    if head is None:
        begins = {"workspace": key["w"], "project_id": key["p"], "n": 0, "mac": START}
        conn.execute(_BEGIN.on(conn), begins)
        head = conn.execute(_HOLD, key).one()
    return head


def _linked(before: str, row: Mapping[str, Any]) -> bytes:
    """The bytes a link is made of: the link before, then the row as JSON in one way of writing it."""
    said = [
        row["workspace"], row["project_id"], row["n"], microseconds(row["at"]), row["actor"], row["action"],
        row["object"], row["data"],
    ]  # fmt: skip
    plain = json.dumps(said, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return f"{before}\n{plain}".encode()


def _link(row: Any) -> Link:
    return Link(
        n=row.n, at=row.at, actor=row.actor, action=row.action, object=row.object, data=row.data or {}
    )
