"""Queues a reminder: one message a person, project and day, whatever asks for it.

What it will say, and whether there is anything to say, is found out when it leaves (reminders.py).
"""

from datetime import datetime

from bot import people
from bot.rounds import announce, budget, sending
from flows.project import Project
from storage import ask as asks
from storage.ask import Ask
from storage.database import Connection


def queue(conn: Connection, *, project: Project, user: str, at: datetime, now: datetime) -> None:
    """Remind this person of what is open in the project, in their hours, from `at` on (UTC). One that
    could leave as early already says it too."""
    person = people.several(conn, workspace=project.workspace, users=(user,))[user]
    moment = sending.in_hours(person, project, at)
    day = sending.local_day(person, project, moment)
    start = f"reminder:{project.id}:"
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
            key=f"reminder:{key}:{user}",
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
