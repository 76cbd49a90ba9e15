# ruff: noqa: PLR0913 - which project, what happened, to what, when: a run says all of it
"""Runs of the diagnosis: at each closing of a dialogue or wave, and every week, exactly once.

Planned as occurrences of the clock, so that of several replicas one runs it (storage/schedule). A run
keeps a line of history, opens and settles points, puts contested sliders before the arbiter, and tells of a
change of verdict; all in one transaction.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Literal

from bot import people
from bot.arbitration import opening
from bot.diagnosis import issues, timing
from bot.diagnosis.picture import Picture, draw
from bot.parts import Parts
from bot.rounds import agenda, announce
from flows import cadence
from flows.project import Project
from storage import diagnosis, outbox, recurrence, schedule
from storage import project as projects
from storage.database import Connection
from storage.diagnosis import Cause
from storage.schedule import Due

#: Every Monday at seven, before anybody starts; a missed one is worth running days later.
WEEKLY = "FREQ=WEEKLY;BYDAY=MO"
AT = time(7, 0)
LATE = timedelta(days=3650)
Closed = Literal["dialogue", "wave"]
CAUSES: Mapping[str, Cause] = {"dialogue": "dialogue", "wave": "wave", "weekly": "weekly"}


def closed(conn: Connection, *, project: Project, cause: Closed, id: str, about: str, now: datetime) -> None:
    """A dialogue or a wave has closed: run at the next beat, and every week from now on. Belongs in the
    transaction of the closing. `id`: of the dialogue or wave; `about`: which one (D04)."""
    soon(conn, project=project, cause=cause, id=id, about=about, now=now)
    weekly(conn, project=project, now=now)


def soon(
    conn: Connection, *, project: Project, cause: Cause, id: str, now: datetime, about: str = ""
) -> None:
    """Run at the next beat, once for each `id`. Belongs in the transaction of what makes it worth while."""
    schedule.put(
        conn, workspace=project.workspace, id=f"diagnosis:{id}", kind="diagnosis", next_due=now,
        zone=project.zone, data={"project": project.id, "cause": cause, "about": about}, late_limit=LATE,
    )  # fmt: skip


def weekly(conn: Connection, *, project: Project, now: datetime) -> None:
    """Run every week. Planning it again changes nothing."""
    zone = cadence.zone(project.zone)
    today = now.astimezone(zone).date()
    start = datetime.combine(today, AT).isoformat(timespec="minutes")
    rule = {"rrule": WEEKLY, "start": start}
    following = recurrence.first_after(rule, project.zone, now)
    if following is not None:
        schedule.put(
            conn, workspace=project.workspace, id=f"diagnosis:{project.id}", kind="diagnosis",
            next_due=following, zone=project.zone, rule=rule,
            data={"project": project.id, "cause": "weekly", "about": ""}, late_limit=LATE,
        )  # fmt: skip


def due(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """One occurrence."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    cause = CAUSES.get(str(due.data.get("cause", "")))
    if project is not None and cause is not None:
        run(conn, parts=parts, project=project, cause=cause, about=str(due.data.get("about", "")), now=now)


def run(
    conn: Connection, *, parts: Parts, project: Project, cause: Cause, about: str = "", now: datetime
) -> int:
    """Work it out, keep the line, follow up. Returns the run's number."""
    workspace, id = project.workspace, project.id
    projects.lock(conn, workspace=workspace, id=id)
    before = diagnosis.latest(conn, workspace=workspace, project_id=id)
    picture = draw(conn, parts=parts, project=project, now=now)
    number = diagnosis.record(
        conn, workspace=workspace, project_id=id, found=picture.found, cause=cause, about=about, now=now
    )
    changed = timing.changed(before, picture.found.verdict)
    known = people.several(conn, workspace=project.workspace, users=timing.leaders(project))
    history = diagnosis.history(conn, workspace=workspace, project_id=id)
    early = timing.still_early(project, tuple(known.values()), history, now)
    to_agree_on = agenda.points(conn, project)
    issues.follow(conn, picture, now, early=early is not None)
    opening.follow(conn, parts=parts, picture=picture, now=now)
    agenda.tell(conn, project=project, before=to_agree_on, key=f"{id}:{number}", now=now)
    if changed:
        _tell(conn, picture, number, now)
    announce.homes(conn, project=project, users=timing.leaders(project), now=now)
    return number


def _tell(conn: Connection, picture: Picture, number: int, now: datetime) -> None:
    """Queue the change for the leaders in their hours, and for the channel a working day later."""
    project = picture.project
    first = timing.leaders(project)
    known = people.several(conn, workspace=project.workspace, users=first)
    free = timing.team_at(project, known.values(), now)
    for user, person in known.items():
        announce.private(
            conn,
            workspace=project.workspace,
            user=user,
            what="verdict_changed",
            key=f"{project.id}:{number}",
            ref={"project": project.id, "run": number},
            now=now,
            at=timing.told_at(project, (person,), now),
        )
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=f"verdict_team:{project.id}:{number}",
        lane=f"verdict:{project.id}",
        op="post",
        ref={"what": "verdict_team", "project": project.id, "channel": project.channel, "run": number},
        now=now,
        not_before=free,
    )
    schedule.put(
        conn, workspace=project.workspace, id=f"diagnosis:{project.id}:told", kind="diagnosis_told",
        next_due=free, zone=project.zone, data={"project": project.id}, late_limit=LATE,
    )  # fmt: skip


def told(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """The team may read the verdict from now on: its conditions become open points."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    if project is not None:
        issues.follow(conn, draw(conn, parts=parts, project=project, now=now), now)


DUE_WITH_PARTS = {"diagnosis": due, "diagnosis_told": told}
