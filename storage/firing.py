"""Takes each due time exactly once, whatever replicas and clock, and lets its handler queue what follows.

What is read and written for all of them is one statement for a hundred; each handler is undone alone. Does
not wait, post, or know what the kinds mean (reliability 6.5).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from storage.errors import translate
from storage.recurrence import missed, period
from storage.schedule import Due, Fire, Fired
from storage.statement import Both
from storage.tables import ACROSS, mark, occurrence, schedule

_AGAIN = timedelta(minutes=5)  # after a handler that failed
_BATCH = 100
_free = or_(schedule.c.held_until.is_(None), schedule.c.held_until <= bindparam("now"))
_DUE = (
    select(schedule)
    .where(schedule.c.next_due <= bindparam("now"), _free)
    .order_by(schedule.c.next_due)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
    .execution_options(**ACROSS)
)
_TAKE = Both(
    lambda insert: (
        insert(occurrence)
        .on_conflict_do_nothing()
        .returning(occurrence.c.workspace, occurrence.c.schedule_id, occurrence.c.period)
    )
)
_GIVE_BACK = delete(occurrence).where(
    occurrence.c.workspace == bindparam("w"),
    occurrence.c.schedule_id == bindparam("i"),
    occurrence.c.period == bindparam("period"),
)
_ONE = (
    schedule.c.workspace == bindparam("w"),
    schedule.c.id == bindparam("i"),
    schedule.c.version == bindparam("v"),
)
_ADVANCE = (
    update(schedule)
    .where(*_ONE)
    .values(
        next_due=bindparam("next"),
        version=bindparam("v") + 1,
        skipped=schedule.c.skipped + bindparam("late"),
        held_until=None,
        fired_at=bindparam("now"),
    )
)
_HOLD = update(schedule).where(*_ONE).values(held_until=bindparam("until"))
_RESTORED = select(mark.c.at).where(mark.c.name == "restored_at")


def fire_due(conn: Connection, *, now: datetime, handlers: Mapping[str, Fire], limit: int = _BATCH) -> Fired:
    """Take what is due, each period once, and let its handler queue what follows. What was missed
    while nobody ticked comes as one occurrence that says what it covers; what is too late is
    skipped and counted. A handler that fails undoes its own work only, and is tried again."""
    rows = conn.execute(_DUE, {"now": now, "limit": limit}).all()
    if not rows:
        return Fired()
    restored: datetime | None = conn.execute(_RESTORED).scalar()
    result, read = Fired(), list[_Read]()
    for row in rows:
        try:
            read.append(_Read(row=row, due=_due(row, now, restored), now=now))
        except Exception as problem:  # a rule or a zone that nobody can read holds up nobody else
            _put_off(conn, row, problem, now, result)
    taken = _taken(conn, read, now)
    over = [one for one in read if one.key not in taken or one.late or _fired(conn, one, handlers, result)]
    result.fired += [one.due for one in over if one.key in taken and not one.late]
    result.skipped += [one.due for one in over if one.key in taken and one.late]
    if over:
        conn.execute(_ADVANCE, [one.advanced() for one in over])
    return result


def _due(row: Any, now: datetime, restored: datetime | None) -> Due:
    covers = missed(row.rule, row.zone, since=row.next_due, now=now)
    return Due(
        workspace=row.workspace,
        id=row.id,
        kind=row.kind,
        zone=row.zone,
        data=row.data,
        period=period(row.rule, row.zone, covers.last),
        covers=covers,
        look_up=restored is not None and covers.last < restored,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A row that is due, with what it says."""

    row: Any
    due: Due
    now: datetime

    @property
    def key(self) -> tuple[str, str, str]:
        return self.due.workspace, self.due.id, self.due.period

    @property
    def late(self) -> bool:
        return self.now - self.due.covers.last > timedelta(seconds=self.row.late_limit_s)

    def advanced(self) -> dict[str, Any]:
        after = self.due.covers.following
        return {**_key(self.row), "next": after, "late": int(self.late), "now": self.now}


def _taken(conn: Connection, read: Sequence[_Read], now: datetime) -> set[tuple[str, str, str]]:
    """The occurrences that are this transaction's; those of others, or of an earlier one, are not."""
    rows = [
        {
            **dict(zip(("workspace", "schedule_id", "period"), one.key, strict=True)),
            "fired_at": now,
            "late": one.late,
            "covered": [
                one.due.covers.first.isoformat(), one.due.covers.last.isoformat(), one.due.covers.count
            ],
        }
        for one in read
    ]  # fmt: skip
    return {(row[0], row[1], row[2]) for row in conn.execute(_TAKE.on(conn), rows)} if rows else set()


def _fired(conn: Connection, one: _Read, handlers: Mapping[str, Fire], result: Fired) -> bool:
    """Whether its handler did its work. One that fails undoes its own only, and is tried again."""
    savepoint = conn.begin_nested()
    try:
        handlers[one.row.kind](conn, one.due, one.now)
    except Exception as problem:
        if translate(problem) is not problem:
            raise  # the database's trouble, not the handler's
        savepoint.rollback()
        conn.execute(_GIVE_BACK, {"w": one.due.workspace, "i": one.due.id, "period": one.due.period})
        _put_off(conn, one.row, problem, one.now, result)
        return False
    savepoint.commit()
    return True


def _put_off(conn: Connection, row: Any, problem: Exception, now: datetime, result: Fired) -> None:
    conn.execute(_HOLD, {**_key(row), "until": now + _AGAIN})
    result.failed.append((row.id, problem))


def _key(row: Any) -> dict[str, Any]:
    return {"w": row.workspace, "i": row.id, "v": row.version}
