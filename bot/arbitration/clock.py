"""What a case does by the clock: the end of gathering, the one reminder, and the day it is past (4.1)."""

from dataclasses import replace
from datetime import datetime

from bot.arbitration import deeds, queueing
from bot.diagnosis import runs
from bot.parts import Parts
from bot.rounds import announce, reminding
from flows.arbitration.model import Case
from flows.project import Project
from storage import arbitration
from storage import project as projects
from storage.database import Connection
from storage.schedule import Due

NOTED, LATE = 1, 2  # `reminded` of a case


def due(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """One occurrence. Nothing happens to a case that is over."""
    case = arbitration.get(conn, workspace=due.workspace, id=str(due.data.get("case", "")))
    project = projects.get(conn, workspace=due.workspace, id=case.project_id) if case else None
    if case is None or project is None or not case.live:
        return
    step = due.data.get("step")
    if step == queueing.SAY:
        deeds.forward(conn, parts=parts, workspace=due.workspace, id=case.id, now=now)
    elif step == queueing.BEFORE:
        _remind(conn, project, case, now, level=NOTED)
    else:
        _remind(conn, project, case, now, level=LATE)
        _past(conn, project, case, now)


def _remind(conn: Connection, project: Project, case: Case, now: datetime, *, level: int) -> None:
    """One line of the arbiter's grouped reminder, once a level."""
    if case.reminded >= level:
        return
    arbitration.move(conn, case=replace(case, reminded=level))
    for user in case.deciders:
        reminding.queue(conn, project=project, user=user, at=now, now=now)


def _past(conn: Connection, project: Project, case: Case, now: datetime) -> None:
    """Past five working days: the sponsor hears of it, the digest has it from now on, and the diagnosis is
    worked out again, so that R55 says so."""
    sponsor = project.cast.holder("sponsor")
    if sponsor and sponsor not in case.deciders:
        reminding.queue(conn, project=project, user=sponsor, at=now, now=now)
    announce.homes(conn, project=project, users=(*case.deciders, *((sponsor,) if sponsor else ())), now=now)
    runs.soon(conn, project=project, cause="weekly", id=case.id, now=now)


DUE_WITH_PARTS = {queueing.KIND: due}
