"""Somebody is asked nothing more: in a project, because they refused or are no longer in it; or of a
dialogue, because a role has changed hands. What they said stays."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.delegation import hands
from bot.rounds import announce
from flows.dialogue.model import Flow
from flows.dialogue.path import path
from flows.project import Project
from storage import ask as asks
from storage import dialogue as dialogues
from storage import project as projects
from storage import schedule
from storage.database import Connection

SETUP = "D01"  # it has its own rules: whoever facilitates fills it in


def everything(
    conn: Connection, *, project: Project, user: str, flows: Mapping[str, Flow], now: datetime
) -> None:
    """No invitation, no reminder, nothing that waits takes up their time; the cards they have say so, and
    counts no longer expect them. What colleagues asked of them goes back."""
    here = {"workspace": project.workspace}
    for run in dialogues.runs(conn, **here, project_id=project.id):
        announce.after_turn(conn, project=project, run=run, user=user, now=now)
        _withdraw(conn, run, user)
    schedule.cancel(conn, **here, id_prefix=f"snooze:{project.id}:{user}")
    asks.forget_of(conn, **here, user=user, project_id=project.id)
    hands.let_go(conn, **here, user=user, flows=flows, now=now, project=project)


def left_empty(
    conn: Connection, *, project: Project, users: Iterable[str], flows: Mapping[str, Flow], now: datetime
) -> None:
    """A role has gone from these people to others: dialogues that ask them nothing any more do not wait for
    them, in Home, in counts or in their messages."""
    workspace = project.workspace
    now_there = projects.get(conn, workspace=workspace, id=project.id) or project
    for run in dialogues.runs(conn, workspace=workspace, project_id=project.id):
        flow = flows.get(run.flow)
        if flow is None or run.flow == SETUP or run.status != "open":
            continue
        asked = {one.user for one in dialogues.participations(conn, workspace=workspace, dialogue_id=run.id)}
        for user in asked.intersection(users):
            sheet = dialogues.sheet(conn, workspace=workspace, id=run.id, person=user, flows=flows)
            if sheet is not None and not path(flow, sheet):
                announce.after_turn(conn, project=now_there, run=run, user=user, now=now)
                _withdraw(conn, run, user)


def _withdraw(conn: Connection, run: dialogues.Run, user: str) -> None:
    here = {"workspace": run.workspace}
    dialogues.withdraw_invitations(conn, **here, dialogue_id=run.id, users=(user,))
    schedule.cancel(conn, **here, id_prefix=f"later:{run.id}:{user}")
    asks.forget(conn, **here, key=f"invitation:{run.id}:{user}")
