"""Twice each working day: the project's records are looked at, and what may be said is said. One mechanism:
the schedule; of two replicas that look at once one does it, and a win is one once for its key, for ever.
"""

from datetime import datetime, timedelta

from bot.parts import Parts
from bot.rounds import announce
from bot.wins.queueing import consent_over, posted, silent, to_sponsor
from flows import cadence
from flows.project import Project
from flows.wins.detectors import detect, notes, revoked, said
from flows.wins.facts import Facts
from flows.wins.initiative import remind_on
from storage import initiative, win, win_facts
from storage import project as projects
from storage.database import Connection
from storage.recurring import Recurring
from storage.schedule import Due

#: Over half an hour: not all projects in one transaction.
TWICE_A_DAY = Recurring(
    kind="wins", rrule="FREQ=HOURLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=10,15;BYMINUTE={minute}", spread=30
)
BACK = timedelta(days=8)  # a resolution that is taken back within seven days takes its win back


def due(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """One look at one project."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    if project is None:
        return
    projects.lock(conn, workspace=project.workspace, id=project.id)
    look(conn, parts=parts, project=project, now=now)
    consent_over(conn, project=project, now=now)
    if silent(conn, project=project, now=now):
        return
    _replies_owed(conn, project, now)
    posted(conn, project=project, now=now)


def look(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> None:
    """Notice what holds now and was no win before; take back what no longer holds."""
    read = win_facts.facts(conn, project=project, playbook=parts.playbook, now=now)
    here = {"workspace": project.workspace, "project_id": project.id}
    _take_back(conn, project, read, now)
    words = parts.playbook.wins
    for found in detect(read, words):
        to = words.auto[found.detector].to
        kept = win.notice(conn, **here, found=found, said=said(found, words), to=to, now=now)
        if kept is not None and to == "sponsor":
            to_sponsor(conn, project=project, win_=kept, now=now)
    win.remember(conn, **here, notes=notes(read), now=now)


def _take_back(conn: Connection, project: Project, read: Facts, now: datetime) -> None:
    """Silently: what was posted stays where it is, and no document says it (6.4 rule 5)."""
    here, zone = {"workspace": project.workspace, "project_id": project.id}, cadence.zone(project.zone)
    recent = win.since(conn, **here, moment=now - BACK)
    for number in revoked(read, recent, lambda one: one.found_at.astimezone(zone).date()):
        win.revoke(conn, **here, number=number)


def _replies_owed(conn: Connection, project: Project, now: datetime) -> None:
    """An initiative that nobody has answered for two working days: said once, to those who answer."""
    zone = cadence.zone(project.zone)
    today = now.astimezone(zone).date()
    here = {"workspace": project.workspace, "project_id": project.id}
    for one in initiative.of_project(conn, **here):
        if not one.waits or remind_on(one.made_at.astimezone(zone).date()) > today:
            continue
        for user in answering(project):
            ref = {"project": project.id, "initiative": one.number}
            announce.private(
                conn, workspace=project.workspace, user=user, what="initiative_owed",
                key=f"{project.id}:{one.number}", ref=ref, now=now, at=now,
            )  # fmt: skip


def answering(project: Project) -> tuple[str, ...]:
    """Who replies to initiatives: facilitator and lead."""
    both = (project.cast.holder("facilitator"), project.cast.holder("lead"))
    return tuple(dict.fromkeys(user for user in both if user))


DUE_WITH_PARTS = {TWICE_A_DAY.kind: due}
