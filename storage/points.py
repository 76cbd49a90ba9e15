"""When each open point of a project was raised and settled, for its burn-up. Names nobody, quotes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from flows.register.life import OVER
from storage.register import WITHDRAWN
from storage.tables import record, record_change

_ENDED = (
    select(func.max(record_change.c.at))
    .where(
        record_change.c.workspace == bindparam("w"),
        record_change.c.project_id == bindparam("p"),
        record_change.c.prefix == record.c.prefix,
        record_change.c.number == record.c.number,
        record_change.c.after.in_(sorted(OVER)),
    )
    .scalar_subquery()
)
_POINTS = (
    select(
        record.c.number, record.c.created_at, record.c.changed_at, record.c.status, _ENDED.label("ended_at")
    )
    .where(
        record.c.workspace == bindparam("w"),
        record.c.project_id == bindparam("p"),
        record.c.prefix == "ISS",
        record.c.status != WITHDRAWN,
        ~record.c.restricted,
    )
    .order_by(record.c.number)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One open point. `settled_at` None: it is open."""

    ref: str
    raised_at: datetime  # UTC
    settled_at: datetime | None  # UTC


def points(conn: Connection, *, workspace: str, project_id: str) -> list[Point]:
    """Every open point that is not restricted, settled or not. One that an answer has settled, without
    anybody's hand, was settled when it last changed."""
    return [
        Point(
            ref=f"ISS-{row.number}",
            raised_at=row.created_at,
            settled_at=(row.ended_at or row.changed_at) if row.status in OVER else None,
        )
        for row in conn.execute(_POINTS, {"w": workspace, "p": project_id})
    ]
