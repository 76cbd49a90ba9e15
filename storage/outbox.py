"""What is to be said to Slack: queued with the change that caused it, claimed by workers in order.

Rows hold ids to render from, never text. Delivery is `bot/outbound/outbox.py`'s; this file decides nothing
about Slack's answers. Rules 1 to 8 of the reliability text, 6.4.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection

from storage import outbox_statements as sql

Op = Literal["card", "post", "dm", "home", "file", "mail", "canvas"]
State = Literal["ready", "ambiguous", "sent", "parked", "superseded"]

LEASE = timedelta(seconds=60)
#: Slack takes about one message a second in one place. A Home it takes as often as one likes, but
#: nobody reads it more often, and drawing it costs more than the turn that asks for it.
PACE = timedelta(seconds=1.1)
SETTLE = timedelta(seconds=60)  # after which Slack's history tells whether a message arrived
LONGEST = timedelta(seconds=60)  # between two tries: what waits is said soon after Slack is back
TRIES = 8
PATIENCE = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row a worker holds, until `lease` after it was claimed."""

    id: int
    workspace: str
    key: str
    lane: str
    op: Op
    ref: dict[str, Any]
    look_up: bool  # an earlier try may have reached Slack: look before repeating
    attempts: int  # this one included
    first_try: datetime  # UTC
    remote_id: str | None  # what Slack gave at an earlier delivery (a refreshed row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Where something that is said again and again stands."""

    at: datetime | None  # UTC: delivered, or given up; None while it waits
    waits_for: datetime  # UTC: not before


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A row that was given up, with the reason."""

    id: int
    workspace: str
    key: str
    lane: str
    op: Op
    ref: dict[str, Any]
    error: str
    done_at: datetime


def queue(
    conn: Connection,
    *,
    workspace: str,
    key: str,
    lane: str,
    op: Op,
    ref: dict[str, Any],
    now: datetime,
    not_before: datetime | None = None,
    coalesce: bool = False,
    look_up: bool = False,
) -> None:
    """Have something said, once for each `key`. With `coalesce`, what has been said is said again
    from the data of then: many refreshes become one, and one that is asked for during a delivery
    follows it. `look_up`: a restored database may have forgotten that it was said already."""
    row = {
        "workspace": workspace,
        "key": key,
        "lane": lane,
        "op": op,
        "ref": ref,
        "state": "ambiguous" if look_up else "ready",
        "queued_at": now,
        "not_before": not_before or now,
    }
    conn.execute((sql.REFRESH if coalesce else sql.QUEUE).on(conn), row)


def said(conn: Connection, *, workspace: str, key: str) -> Said | None:
    """When the row with this key was delivered last, and when it may leave if it waits; None when there
    is no such row."""
    row = conn.execute(sql.SAID, {"w": workspace, "k": key}).first()
    return Said(at=row.done_at, waits_for=row.not_before) if row else None


def claim(
    conn: Connection, *, worker: str, now: datetime, limit: int = 1, lease: timedelta = LEASE
) -> list[Row]:
    """Up to `limit` rows that may be delivered now, each the head of its lane, for this worker
    alone until `lease` has passed (by the real clock: PostgreSQL's, or this machine's)."""
    real = {"real": datetime.now(UTC)}  # a demo clock that jumps must not end a lease
    if conn.dialect.name == "postgresql":
        real = {}  # replicas' clocks differ: the server's counts
    heads = conn.execute(sql.HEADS.on(conn), {"now": now, "limit": limit, **real}).scalars().all()
    if not heads:
        return []
    taken = {"ids": heads, "worker": worker, "now": now, "lease": lease, **real}
    if conn.dialect.name != "postgresql":
        taken = {**taken, "until": real["real"] + lease}
        del taken["lease"], taken["real"]
    rows = conn.execute(sql.TAKE.on(conn), taken).all()
    return [_row(row) for row in sorted(rows, key=lambda row: row.place)]


def sent(conn: Connection, *, row_id: int, worker: str, now: datetime, remote_id: str | None = None) -> bool:
    """It is in Slack. Made ready again at once if a refresh was asked for meanwhile. False: the
    lease was lost, and another worker answers for the row."""
    row = _finish(conn, row_id, worker, now, state="sent", remote_id=remote_id)
    if row is not None:
        pace = {"workspace": row.workspace, "lane": row.lane, "free_at": now + PACE}
        conn.execute(sql.PACE.on(conn), pace)
    return row is not None


def note_remote(conn: Connection, *, row_id: int, worker: str, remote_id: str) -> bool:
    """Keep what Slack gave before the step that shows (the id of a file), so that a doubtful try
    can be looked up. False: the lease was lost."""
    return conn.execute(sql.NOTE_REMOTE, {"i": row_id, "me": worker, "remote": remote_id}).rowcount == 1


def supersede(conn: Connection, *, row_id: int, worker: str, now: datetime, reason: str = "") -> bool:
    """There is nothing to say any more. False: the lease was lost."""
    return _finish(conn, row_id, worker, now, state="superseded", error=reason) is not None


def park(conn: Connection, *, row_id: int, worker: str, now: datetime, error: str) -> bool:
    """Give it up; its lane goes on with the next row. False: the lease was lost."""
    return _finish(conn, row_id, worker, now, state="parked", error=error) is not None


def retry(
    conn: Connection,
    *,
    row_id: int,
    worker: str,
    now: datetime,
    after: timedelta | None = None,
    error: str = "",
    counts: bool = True,
    poison: bool = False,
) -> State | None:
    """Not sent: try again `after` a while (by default 1, 2, 4 … 60 s). Parked instead after 8
    tries over 24 h, or after 8 tries if it is `poison`: our own rendering failed. `counts=False`
    for a throttled call, which was no try. None: the lease was lost."""
    return _again(conn, row_id, worker, now, after=after, error=error, counts=counts, poison=poison)


def ambiguous(
    conn: Connection,
    *,
    row_id: int,
    worker: str,
    now: datetime,
    error: str = "",
    settle: timedelta = SETTLE,
) -> State | None:
    """It may have arrived: look it up after `settle`, before repeating. None: the lease was lost."""
    return _again(conn, row_id, worker, now, after=settle, error=error, look_up=True)


def release(conn: Connection, *, worker: str, now: datetime, begun: Collection[int] | None = None) -> int:
    """This worker stops: others may have its rows. Those of `begun` (None: all) may have reached
    Slack, and are looked up first. Returns how many."""
    rows = conn.execute(sql.HELD, {"worker": worker}).scalars().all()
    for id in rows:
        if begun is None or id in begun:
            ambiguous(conn, row_id=id, worker=worker, now=now, error="worker stopped")
        else:
            retry(conn, row_id=id, worker=worker, now=now, after=timedelta(0), counts=False)
    return len(rows)


def unpark(conn: Connection, *, workspace: str, lane: str, now: datetime) -> int:
    """The destination is back: try again what was parked in this lane, in order."""
    rows = conn.execute(sql.PARKED_IN_LANE, {"w": workspace, "l": lane}).scalars().all()
    for id in rows:
        conn.execute(sql.UNPARK.on(conn), {"i": id, "w": workspace, "now": now})
    return len(rows)


def depth(conn: Connection) -> int:
    """How many rows wait, in all workspaces."""
    return int(conn.execute(sql.DEPTH).scalar_one())


def parked(conn: Connection, *, workspace: str | None = None, limit: int = 50) -> list[Parked]:
    """The rows that were given up, newest first; of all workspaces for the operator (None)."""
    statement = sql.PARKED if workspace is None else sql.PARKED_IN_WORKSPACE
    found = conn.execute(
        statement, {"limit": limit} if workspace is None else {"limit": limit, "w": workspace}
    )
    return [Parked(**row._mapping) for row in found]


def oldest_due(conn: Connection, *, now: datetime) -> datetime | None:
    """Since when the longest overdue row has been waiting; None when nothing is overdue."""
    found: datetime | None = conn.execute(sql.OLDEST_DUE, {"now": now}).scalar()
    return found


def next_free(conn: Connection, *, now: datetime) -> datetime | None:
    """When the first lane may go on that has something overdue and waits for nothing but its pace; None when
    no lane does."""
    found: datetime | None = conn.execute(sql.NEXT_FREE, {"now": now}).scalar()
    return found


def next_at(conn: Connection) -> datetime | None:
    """The earliest moment the head of any lane may go, throttling and pacing aside; None when none
    waits. It may be past: then claim."""
    found: datetime | None = conn.execute(sql.NEXT_AT).scalar()
    return found


def recover(conn: Connection, *, now: datetime, settle: timedelta = SETTLE) -> int:
    """At the start of the only process (SQLite): leases left over are of a dead process, and what
    it held may have reached Slack. On PostgreSQL other replicas live: does nothing, leases end."""
    if conn.dialect.name == "postgresql":
        return 0
    return conn.execute(sql.RECOVER, {"at": now + settle}).rowcount


def after_restore(conn: Connection, *, now: datetime) -> int:
    """The database is a restored backup: whatever waits may have been said since. Each row is
    looked up first, and so is what schedules queue for moments before `now`."""
    conn.execute(sql.MARK.on(conn), {"name": "restored_at", "at": now})
    return conn.execute(sql.LOOK_UP_ALL, {"now": now}).rowcount


def purge(conn: Connection, *, before: datetime) -> int:
    """Forget what was done before this moment (kept 30 days). Returns how many."""
    return conn.execute(sql.PURGE, {"before": before}).rowcount


def _finish(
    conn: Connection,
    row_id: int,
    worker: str,
    now: datetime,
    *,
    state: State,
    remote_id: str | None = None,
    error: str | None = None,
) -> Any:
    values = {"i": row_id, "me": worker, "now": now, "state": state, "remote": remote_id, "why": error}
    return conn.execute(sql.FINISH.on(conn), values).first()


def _again(
    conn: Connection,
    row_id: int,
    worker: str,
    now: datetime,
    *,
    after: timedelta | None,
    error: str,
    counts: bool = True,
    poison: bool = False,
    look_up: bool = False,
) -> State | None:
    row = conn.execute(sql.MINE, {"i": row_id, "me": worker}).first()
    if row is None:
        return None
    tired = counts and row.attempts >= TRIES
    if tired and (poison or now - row.first_try >= PATIENCE):
        park(conn, row_id=row_id, worker=worker, now=now, error=error)
        return "parked"
    wait = after if after is not None else min(LONGEST, timedelta(seconds=2 ** min(row.attempts - 1, 9)))
    state: State = "ambiguous" if look_up else row.state
    attempts = row.attempts if counts else row.attempts - 1
    values = {
        "i": row_id,
        "me": worker,
        "state": state,
        "at": now + wait,
        "attempts": attempts,
        # What was put off before its first call has not been tried: its 24 hours begin later.
        "first": None if attempts == 0 and state == "ready" else row.first_try,
        "why": error,
    }
    conn.execute(sql.AGAIN, values)
    return state


def _row(row: Any) -> Row:
    return Row(
        id=row.id,
        workspace=row.workspace,
        key=row.key,
        lane=row.lane,
        op=row.op,
        ref=row.ref,
        look_up=row.state == "ambiguous",
        attempts=row.attempts,
        first_try=row.first_try,
        remote_id=row.remote_id,
    )
