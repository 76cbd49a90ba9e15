"""Somebody is asked nothing more in a project: they refused, or are no longer in it. What they said stays."""

from datetime import datetime

from bot.rounds import announce
from flows.project import Project
from storage import ask as asks
from storage import dialogue as dialogues
from storage import schedule
from storage.database import Connection


def everything(conn: Connection, *, project: Project, user: str, now: datetime) -> None:
    """No invitation, no reminder, nothing that waits takes up their time; the cards they have say so, and
    counts no longer expect them."""
    here = {"workspace": project.workspace}
    for run in dialogues.runs(conn, **here, project_id=project.id):
        announce.after_turn(conn, project=project, run=run, user=user, now=now)
        dialogues.withdraw_invitations(conn, **here, dialogue_id=run.id, users=(user,))
        schedule.cancel(conn, **here, id_prefix=f"later:{run.id}:{user}")
    schedule.cancel(conn, **here, id_prefix=f"snooze:{project.id}:{user}")
    asks.forget_of(conn, **here, user=user, project_id=project.id)
