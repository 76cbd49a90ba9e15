"""Writes into the history of an item who looks after it while its owner is away, and that they are back."""

from datetime import date, datetime

from bot.upkeep.items import Due, items
from flows import cadence
from flows.project import Project
from storage import life
from storage.database import Connection

STANDS_IN, BACK = "stand in", "back"


def noted(conn: Connection, *, project: Project, point: Due, now: datetime) -> None:
    """One line when it goes to whoever stands in, one when it is its owner's again; nothing in between."""
    here = {"workspace": project.workspace, "project_id": project.id}
    moves = [one for one in life.history(conn, **here, ref=point.record.ref) if one.move in (STANDS_IN, BACK)]
    last = moves[-1] if moves else None
    deputy = point.hears if point.hears != point.item.owner else ""
    standing = last.by if last is not None and last.move == STANDS_IN else ""
    if deputy == standing or not (deputy or point.item.owner):
        return
    if life.hold(conn, **here, ref=point.record.ref) is not None:
        life.note(
            conn,
            workspace=project.workspace,
            project_id=project.id,
            ref=point.record.ref,
            by=deputy or point.item.owner,
            move=STANDS_IN if deputy else BACK,
            before=point.record.status,
            after=point.record.status,
            now=now,
        )


def follow(conn: Connection, *, project: Project, user: str, now: datetime) -> None:
    """On the first and after the last day away: every dated item of this person says who looks after it."""
    today: date = now.astimezone(cadence.zone(project.zone)).date()
    for point in items(conn, project=project, today=today).values():
        if point.item.owner == user:
            noted(conn, project=project, point=point, now=now)
