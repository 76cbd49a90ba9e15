"""Every working morning: what is due is noted, and those who are to hear of it get it in their one grouped
reminder. A blocking issue that nobody settles goes to the arbiter as a case.
"""

from collections.abc import Iterable
from datetime import datetime, time

from bot.arbitration import deeds, opening
from bot.digest import planning as digest
from bot.parts import Parts
from bot.progress import news
from bot.rounds import announce, reminding
from bot.upkeep import tracing
from bot.upkeep.items import Due as Point
from bot.upkeep.items import items
from flows import cadence
from flows.project import Project
from flows.register.model import Kept
from flows.upkeep import Upkeep, Whom, step
from storage import arbitration, upkeep
from storage import project as projects
from storage.database import Connection
from storage.recurring import Recurring
from storage.schedule import Due

#: Before anybody's hours begin.
MORNING = Recurring(kind="upkeep", rrule="FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", at=time(7, 30))


def due(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """One morning of one project."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    if project is None:
        return
    projects.lock(conn, workspace=project.workspace, id=project.id)
    today = now.astimezone(cadence.zone(project.zone)).date()
    digest.ensured(conn, project=project, now=now)
    announce.project_card_again(conn, project=project, now=now)
    news.morning(conn, parts=parts, project=project, now=now)
    deeds.reseat(conn, parts=parts, project=project, now=now)
    opening.settled(conn, parts=parts, project=project, now=now)
    points, told = items(conn, project=project, today=today), set[str]()
    kept: list[Upkeep] = []
    for point in points.values():
        after, said = step(point.item, point.kept, today)
        kept += [after] if after != point.kept else []
        for word in said:
            told |= set(_whom(project, point, word.whom))
            if word.whom == "owner":
                tracing.noted(conn, project=project, point=point, now=now)
            if word.whom == "arbiter" and blocking(point.record):
                _brought(conn, parts, project, point, now)
    upkeep.put(conn, workspace=project.workspace, project_id=project.id, kept=kept)
    for user in sorted(told):
        reminding.queue(conn, project=project, user=user, at=now, now=now)
    announce.homes(conn, project=project, users=sorted(told), now=now)


def blocking(record: Kept) -> bool:
    """An open issue that holds something up: it becomes a case of its own. The rest is a line of the
    arbiter's list, so that nobody is asked to settle twenty small things."""
    return record.kind == "issue" and record.fields.get("blocking") in (True, "yes")


def _whom(project: Project, point: Point, whom: Whom) -> Iterable[str]:
    """Who hears of it. Nobody is told of their own item that it is late with them."""
    cast = project.cast
    lead = cast.holder("lead") or cast.holder("facilitator")
    users = {"owner": point.hears, "lead": lead, "name": lead, "arbiter": cast.holder("arbiter")}
    user = users[whom]
    return [user] if user and (whom in ("owner", "name") or user != point.hears) else []


def _brought(conn: Connection, parts: Parts, project: Project, point: Point, now: datetime) -> None:
    """The issue waits for the arbiter from now on, with what happens if nobody decides."""
    record = point.record
    known = arbitration.about(conn, workspace=project.workspace, project_id=project.id, subject=record.ref)
    if known is not None:
        return
    case = opening.case_about(
        project,
        subject=record.ref,
        title=record.title,
        consequence=str(record.fields.get("if_nobody") or ""),
        now=now,
        restricted=record.restricted,
        seen_by=record.seen_by,
    )
    deeds.bring(conn, parts=parts, project=project, case=case, now=now)


DUE_WITH_PARTS = {MORNING.kind: due}
