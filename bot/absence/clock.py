"""The first day away and the day after the last: what goes to whoever stands in, and what comes back."""

from datetime import datetime, time, timedelta
from typing import Any

from bot import people
from bot.arbitration import deeds
from bot.parts import Parts
from bot.rounds import announce
from bot.upkeep import tracing
from flows import cadence
from flows.absence import Absence
from storage import absence as absences
from storage import person as persons
from storage import project as projects
from storage import schedule
from storage.database import Connection
from storage.schedule import Due

KIND = "absence"
FIRST, BACK = "first", "back"
AT = time(0, 5)  # before anything is looked at or sent on that day
ANY_TIME = timedelta(days=3650)  # what comes back comes back, even if the bot was off


def said(conn: Connection, *, parts: Parts, workspace: str, absence: Absence, now: datetime) -> None:
    """Somebody has said when they are away. From today on: it counts at once."""
    before = absences.of(conn, workspace=workspace, user=absence.user)
    absences.put(conn, workspace=workspace, absence=absence)
    zone = _zone(conn, workspace, absence.user)
    today = now.astimezone(cadence.zone(zone)).date()
    schedule.cancel(conn, workspace=workspace, id_prefix=f"{KIND}:{absence.user}:")
    for step, day in ((FIRST, absence.first), (BACK, absence.last + timedelta(days=1))):
        if day <= today:
            continue
        schedule.put(
            conn, workspace=workspace, id=f"{KIND}:{absence.user}:{step}", kind=KIND,
            next_due=cadence.at(day, AT, cadence.zone(zone)), zone=zone,
            data={"user": absence.user, "first": absence.first.isoformat(), "step": step},
            late_limit=ANY_TIME,
        )  # fmt: skip
    if absence.on(today) or before is not None:
        until = absence.last if absence.on(today) else None
        persons.set_away(conn, workspace=workspace, user=absence.user, until=until)
        follow(conn, parts=parts, workspace=workspace, user=absence.user, now=now)


def ended(conn: Connection, *, parts: Parts, workspace: str, user: str, now: datetime) -> None:
    """They are back, or do not go: everything is theirs again."""
    schedule.cancel(conn, workspace=workspace, id_prefix=f"{KIND}:{user}:")
    if absences.end(conn, workspace=workspace, user=user) is not None:
        persons.set_away(conn, workspace=workspace, user=user, until=None)
        follow(conn, parts=parts, workspace=workspace, user=user, now=now)


def follow(conn: Connection, *, parts: Parts, workspace: str, user: str, now: datetime) -> None:
    """What this person sees to and settles goes to whoever looks after it now, in each of their projects."""
    for project in projects.for_user(conn, workspace=workspace, user=user):
        projects.lock(conn, workspace=workspace, id=project.id)
        deeds.reseat(conn, parts=parts, project=project, now=now)
        tracing.follow(conn, project=project, user=user, now=now)
        announce.homes(conn, project=project, users=project.cast.everybody(), now=now)


def due(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """One of the two days. What has been said otherwise meanwhile does nothing."""
    workspace, user = due.workspace, str(due.data.get("user", ""))
    absence = absences.of(conn, workspace=workspace, user=user)
    if absence is None or absence.first.isoformat() != due.data.get("first"):
        return
    if due.data.get("step") == FIRST:
        persons.set_away(conn, workspace=workspace, user=user, until=absence.last)
    else:
        absences.end(conn, workspace=workspace, user=user)
    follow(conn, parts=parts, workspace=workspace, user=user, now=now)


def _zone(conn: Connection, workspace: str, user: str) -> str:
    """Where the person is."""
    return people.several(conn, workspace=workspace, users=(user,))[user].zone or "Europe/Paris"


DUE_WITH_PARTS: dict[str, Any] = {KIND: due}
