"""Queues a reminder: one a person, project and day, whatever asks for it; those of one day leave together.

What it will say, and whether there is anything to say, is found out when it leaves (reminders.py).
"""

from datetime import datetime

from bot import people
from bot.rounds import announce, budget, sending
from flows.project import Person, Project
from storage import ask as asks
from storage import project as projects
from storage.ask import Ask
from storage.database import Connection
from storage.outbox import Row

START = "reminder:"  # how the keys of reminders begin


def queue(conn: Connection, *, project: Project, user: str, at: datetime, now: datetime) -> None:
    """Remind this person of what is open in the project, in their hours, from `at` on (UTC). One that
    could leave as early already says it too."""
    person = people.several(conn, workspace=project.workspace, users=(user,))[user]
    moment = sending.in_hours(person, project, at)
    day = sending.local_day(person, project, moment)
    start = f"{START}{project.id}:"
    at_once = day <= budget.first_day(person, project, now)
    known = asks.of(conn, workspace=project.workspace, user=user, now=now)
    waiting = {each.earliest for each in known if each.key.startswith(start) and each.left_at is None}
    if day in waiting or (at_once and any(earliest < day for earliest in waiting)):
        return
    key = f"{project.id}:{day.isoformat()}"
    budget.put(
        conn,
        project=project,
        ask=Ask(
            key=f"{START}{key}:{user}",
            user=user,
            project_id=project.id,
            kind="reminder",
            earliest=day,
            since=now,
        ),
    )
    announce.private(
        conn,
        workspace=project.workspace,
        user=user,
        what="reminder",
        key=key,
        ref={"project": project.id, "asks": True},
        now=now,
        at=moment,
    )


def due_by_now(conn: Connection, *, person: Person, project: Project, now: datetime) -> list[Project]:
    """The projects of which this person has a reminder whose day has come, where they are; `project`, whose
    reminder is about to leave, first."""
    today = sending.local_day(person, project, now)
    known = asks.of(conn, workspace=person.workspace, user=person.user, now=now)
    waiting = [each for each in known if each.key.startswith(START) and each.left_at is None]
    ids = [each.project_id for each in waiting if each.earliest <= today and each.project_id != project.id]
    others = (projects.get(conn, workspace=person.workspace, id=id) for id in dict.fromkeys(ids))
    return [project, *(one for one in others if one is not None)]


def said_with_another(conn: Connection, row: Row, *, person: Person, project: Project, now: datetime) -> bool:
    """Whether the reminder of another project has left since this one had its turn, and said it too."""
    known = asks.of(conn, workspace=person.workspace, user=person.user, now=now)
    mine = next((each for each in known if each.key == row.key), None)
    left = [each.left_at for each in known if each.key.startswith(START) and each.key != row.key]
    return mine is not None and any(
        at is not None and at >= mine.since and sending.local_day(person, project, at) >= mine.earliest
        for at in left
    )
