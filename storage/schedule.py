"""What is due when: planned, planned anew, called off, forgotten. Taking it is in `firing.py`.

A handler queues outbox rows in the transaction that takes the occurrence (reliability 6.5). Does not know
what the kinds mean.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select

from storage.recurrence import Missed
from storage.statement import Both
from storage.tables import ACROSS, occurrence, schedule

#: After how long a missed occurrence is worth nothing (journeys 6, "Too late"). By kind.
LATE: dict[str, timedelta] = {
    "invitation": timedelta(hours=24),
    "reminder": timedelta(hours=4),
    "later": timedelta(hours=4),
    "close": timedelta(days=3650),  # a dialogue closes even if the bot was off on the day
    "digest": timedelta(hours=24),
    "checkin": timedelta(hours=4),
}
DEFAULT_LATE = timedelta(hours=24)
_LAST = "\U0010ffff"  # comes after whatever an id may hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One occurrence, for its handler."""

    workspace: str
    id: str  # of the schedule
    kind: str
    zone: str
    data: dict[str, Any]
    period: str  # local date, week, hour …
    covers: Missed  # the due times it stands for; more than one when the bot was off
    look_up: bool  # the database was restored since: it may have been said (outbox.queue)

    @property
    def key(self) -> str:
        """For the outbox: `occ:{schedule}:{period}`; add the target."""
        return f"occ:{self.id}:{self.period}"


Fire = Callable[[Connection, Due, datetime], None]


@dataclass(slots=True, kw_only=True)
class Fired:
    """What a tick did."""

    fired: list[Due] = field(default_factory=list)
    skipped: list[Due] = field(default_factory=list)  # too late to be useful
    failed: list[tuple[str, Exception]] = field(default_factory=list)  # schedule id, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Something that is planned, for "what is due next?"."""

    workspace: str
    id: str
    kind: str
    data: dict[str, Any]
    next_due: datetime


_PUT = Both(
    lambda insert: (new := insert(schedule)).on_conflict_do_update(
        index_elements=["workspace", "id"],
        set_={
            "kind": new.excluded.kind,
            "zone": new.excluded.zone,
            "rule": new.excluded.rule,
            "data": new.excluded.data,
            "next_due": new.excluded.next_due,
            "late_limit_s": new.excluded.late_limit_s,
            "held_until": None,
            "version": schedule.c.version + 1,
        },
    )
)
_CANCEL = delete(schedule).where(
    schedule.c.workspace == bindparam("w"),
    schedule.c.id >= bindparam("first"),
    schedule.c.id < bindparam("end"),
)
_NEXT = (
    select(schedule.c.workspace, schedule.c.id, schedule.c.kind, schedule.c.data, schedule.c.next_due)
    .where(schedule.c.next_due.is_not(None))
    .order_by(schedule.c.next_due, schedule.c.id)
    .limit(bindparam("limit"))
    .execution_options(**ACROSS)
)
_PLANNED = select(schedule.c.next_due, schedule.c.zone).where(
    schedule.c.workspace == bindparam("w"), schedule.c.id == bindparam("i"), schedule.c.next_due.is_not(None)
)
_SKIPPED = select(func.coalesce(func.sum(schedule.c.skipped), 0)).execution_options(**ACROSS)
_PURGE_PAST = (
    delete(occurrence).where(occurrence.c.fired_at < bindparam("before")).execution_options(**ACROSS)
)
_PURGE_OVER = (
    delete(schedule)
    .where(schedule.c.next_due.is_(None), schedule.c.fired_at < bindparam("before"))
    .execution_options(**ACROSS)
)


def put(
    conn: Connection,
    *,
    workspace: str,
    id: str,
    kind: str,
    next_due: datetime,
    zone: str = "UTC",
    rule: dict[str, str] | None = None,
    data: dict[str, Any] | None = None,
    late_limit: timedelta | None = None,
) -> None:
    """Plan it, or plan it anew. `id` is deterministic. `rule`: see storage.recurrence; None: once.
    `late_limit`: after which a missed occurrence is skipped (by default, as its kind says)."""
    limit = late_limit if late_limit is not None else LATE.get(kind, DEFAULT_LATE)
    row = {
        "workspace": workspace,
        "id": id,
        "kind": kind,
        "zone": zone,
        "rule": rule,
        "data": data or {},
        "next_due": next_due,
        "version": 1,
        "late_limit_s": int(limit.total_seconds()),
        "skipped": 0,
    }
    conn.execute(_PUT.on(conn), row)


def planned(conn: Connection, *, workspace: str, id: str) -> tuple[datetime, str] | None:
    """When this is due next (UTC), and in which zone it is meant; None when it is not planned, or no more."""
    row = conn.execute(_PLANNED, {"w": workspace, "i": id}).first()
    return None if row is None else (row.next_due, row.zone)


def cancel(conn: Connection, *, workspace: str, id_prefix: str) -> int:
    """Plan nothing any more under these ids. Returns how many there were."""
    between = {"first": id_prefix, "end": id_prefix + _LAST}  # ids are compared byte by byte: an index serves
    return conn.execute(_CANCEL, {"w": workspace, **between}).rowcount


def coming(conn: Connection, *, limit: int = 10) -> list[Coming]:
    """What is planned next, in all workspaces."""
    return [Coming(**row._mapping) for row in conn.execute(_NEXT, {"limit": limit})]


def skipped(conn: Connection) -> int:
    """How many occurrences were too late, ever."""
    return int(conn.execute(_SKIPPED).scalar_one())


def purge(conn: Connection, *, before: datetime) -> int:
    """Forget occurrences and finished schedules from before this moment."""
    conn.execute(_PURGE_OVER, {"before": before})
    return conn.execute(_PURGE_PAST, {"before": before}).rowcount
