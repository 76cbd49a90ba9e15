"""Whether a blocking setback was announced in a span of time: then no win is posted (6.3). Reads only."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage import diagnosis
from storage.tables import record, record_change

_BLOCKING = select(record.c.fields).where(
    record.c.workspace == bindparam("w"),
    record.c.project_id == bindparam("p"),
    record.c.kind == "issue",
    ~record.c.restricted,
    record.c.created_at >= bindparam("since"),
    record.c.created_at <= bindparam("until"),
)
_HAPPENED = (
    select(record_change.c.number)
    .where(
        record_change.c.workspace == bindparam("w"),
        record_change.c.project_id == bindparam("p"),
        record_change.c.after == "happened",
        record_change.c.at >= bindparam("since"),
        record_change.c.at <= bindparam("until"),
    )
    .limit(1)
)


def announced(conn: Connection, *, workspace: str, project_id: str, since: datetime, until: datetime) -> bool:
    """A blocking issue was opened, a risk has happened, or a run of the diagnosis has found a blocking rule
    that the one before had not; between these moments (UTC)."""
    key = {"w": workspace, "p": project_id, "since": since, "until": until}
    if any((row.fields or {}).get("blocking") in (True, "yes") for row in conn.execute(_BLOCKING, key)):
        return True
    if conn.execute(_HAPPENED, key).first() is not None:
        return True
    runs = diagnosis.history(conn, workspace=workspace, project_id=project_id, most=2)
    if not runs or not since <= runs[0].at <= until:
        return False
    before = _blocking(runs[1]) if len(runs) > 1 else frozenset()
    return bool(_blocking(runs[0]) - before)


def _blocking(run: diagnosis.Run) -> frozenset[str]:
    return frozenset(rule.id for rule in run.rules if rule.severity == "blocking")
