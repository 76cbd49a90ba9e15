"""What is done for every project again and again, by one rule in the project's zone: planned once, and for
projects from before there was it, at a start. Does not know what the kinds mean."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import Connection, bindparam, exists, select

from flows import cadence
from storage import recurrence, schedule
from storage.tables import ACROSS, project
from storage.tables import schedule as table

_PLANNED = exists().where(
    table.c.workspace == project.c.workspace, table.c.id == bindparam("prefix") + project.c.id
)
_UNPLANNED = (
    select(project.c.workspace, project.c.id, project.c.zone)
    .where(~_PLANNED)
    .order_by(project.c.created_at, project.c.id)
    .execution_options(**ACROSS)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """One of them. `kind`: of its schedule, as handlers know it; `rrule`: when (RFC 5545), with `{minute}`
    where each project has a minute of its own below `spread`; `at`: its hour where the project is."""

    kind: str
    rrule: str
    at: time = time()
    spread: int = 0


def plan(
    conn: Connection, what: Recurring, *, workspace: str, project_id: str, zone: str, now: datetime
) -> None:
    """From its next time after `now` (UTC) on. Planning it again changes nothing. A zone nobody knows counts
    as the usual one."""
    known = cadence.zone(zone)
    start = datetime.combine(now.astimezone(known).date(), what.at).isoformat(timespec="minutes")
    minute = int(project_id[:8], 16) % what.spread if what.spread else 0
    rule = {"rrule": what.rrule.format(minute=minute), "start": start}
    following = recurrence.first_after(rule, known.key, now)
    if following is not None:
        schedule.put(
            conn, workspace=workspace, id=f"{what.kind}:{project_id}", kind=what.kind, next_due=following,
            zone=known.key, rule=rule, data={"project": project_id},
        )  # fmt: skip


def plan_missing(conn: Connection, what: Recurring, now: datetime) -> int:
    """For the projects, in all workspaces, of which it is not planned; where it is, nothing changes. How many
    there were."""
    without = conn.execute(_UNPLANNED, {"prefix": f"{what.kind}:"}).all()
    for row in without:
        plan(conn, what, workspace=row.workspace, project_id=row.id, zone=row.zone, now=now)
    return len(without)
