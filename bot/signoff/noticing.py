"""Notes that the people of a project have changed while a version of its note is in review.

Plans the look at it (bot/signoff/joining.py) for the next beat of the clock; changes nothing else.
"""

from datetime import datetime, timedelta

from flows.project import Project
from storage import review as reviews
from storage import schedule
from storage.database import Connection

KIND = "review_people"
NEVER_LATE = timedelta(days=3650)


def noticed(conn: Connection, *, project: Project, now: datetime) -> None:
    """Somebody has joined or left, or a role has changed hands. Nothing while no version is in review."""
    review = reviews.latest(conn, workspace=project.workspace, project_id=project.id)
    if review is not None and review.state == "review":
        schedule.put(
            conn, workspace=project.workspace, id=f"{KIND}:{project.id}:{now.isoformat()}", kind=KIND,
            next_due=now, zone=project.zone, data={"project": project.id}, late_limit=NEVER_LATE,
        )  # fmt: skip
