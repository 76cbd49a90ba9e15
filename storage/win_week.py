"""What the round-up (DOC8) says beside the wins: what people asked and got, what is owed. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from flows.dialogue.effects import RecordKind
from flows.register.model import Kept
from storage import dialogue, initiative, register
from storage.tables import record, record_change

ISSUES: tuple[RecordKind, ...] = ("issue",)
LOTS: tuple[RecordKind, ...] = ("lot",)
OPEN = ("open", "acknowledged", "in_progress")

_RESOLVED = (
    select(record_change.c.number)
    .join(
        record,
        (record.c.workspace == record_change.c.workspace)
        & (record.c.project_id == record_change.c.project_id)
        & (record.c.prefix == record_change.c.prefix)
        & (record.c.number == record_change.c.number),
    )
    .where(
        record_change.c.workspace == bindparam("w"),
        record_change.c.project_id == bindparam("p"),
        record.c.workspace == bindparam("w"),
        record_change.c.prefix == "ISS",
        record_change.c.after == "resolved",
        record_change.c.at > bindparam("since"),
        record_change.c.at <= bindparam("until"),
        record.c.status == "resolved",
        record.c.source_dialogue == "",
        ~record.c.restricted,
    )
    .distinct()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """`settled`: open points that people had raised by hand, resolved since. `owed`: replies that are due in
    the week to come. `lots`, `closing`: what has its day then."""

    settled: tuple[Kept, ...]
    owed: int
    lots: tuple[Kept, ...]
    closing: tuple[dialogue.Run, ...]


def week(
    conn: Connection,
    *,
    workspace: str,
    project_id: str,
    since: datetime,
    until: datetime,
    days: tuple[date, date],
) -> Week:
    """Between two moments (UTC), and in the days to come, first and last included."""
    here = {"workspace": workspace, "project_id": project_id}
    key = {"w": workspace, "p": project_id, "since": since, "until": until}
    numbers = {row.number for row in conn.execute(_RESOLVED, key)}
    issues = register.records(conn, **here, kinds=ISSUES)
    first, last = days
    coming = [one for one in issues if one.status in OPEN and not one.dialogue and one.due is not None]
    tries = initiative.of_project(conn, **here)
    runs = dialogue.runs(conn, **here)
    return Week(
        settled=tuple(one for one in issues if one.number in numbers),
        owed=sum(one.waits for one in tries)
        + sum(one.due is not None and first <= one.due <= last for one in coming),
        lots=tuple(
            one for one in register.records(conn, **here, kinds=LOTS)
            if one.due is not None and first <= one.due <= last
        ),
        closing=tuple(
            run for run in runs
            if run.status == "open" and run.closes_on is not None and first <= run.closes_on <= last
        ),
    )  # fmt: skip
