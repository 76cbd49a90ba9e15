"""The one schedule of a project's rhythm: every day, just after midnight where the project is."""

from datetime import datetime, time

from flows import cadence
from storage import recurrence, schedule, upkeep
from storage.database import Connection

KIND = "rhythm"
EVERY_DAY = "FREQ=DAILY"
AT = time(0, 10)  # before anybody's hours begin, wherever they are


def planned(conn: Connection, *, workspace: str, project_id: str, zone: str, now: datetime) -> None:
    """From tomorrow on. Planning it again changes nothing. A zone nobody knows counts as the usual one."""
    known = cadence.zone(zone)
    today = now.astimezone(known).date()
    rule = {"rrule": EVERY_DAY, "start": datetime.combine(today, AT).isoformat(timespec="minutes")}
    following = recurrence.first_after(rule, known.key, now)
    if following is not None:
        schedule.put(
            conn, workspace=workspace, id=f"{KIND}:{project_id}", kind=KIND, next_due=following,
            zone=known.key, rule=rule, data={"project": project_id},
        )  # fmt: skip


def everywhere(conn: Connection, now: datetime) -> int:
    """At every start: projects from before there was a rhythm get theirs, each once. How many there were."""
    without = upkeep.unplanned(conn, prefix=f"{KIND}:")
    for one in without:
        planned(conn, workspace=one.workspace, project_id=one.project_id, zone=one.zone, now=now)
    return len(without)
