"""What a workshop does by the clock: a step ends, the minutes left are shown anew, people are reminded.

Every moment stands in the schedule: a bot that was off finds what was due, and goes on from its record.
"""

from collections.abc import Callable
from datetime import datetime

from bot.parts import Parts
from bot.rounds import announce
from bot.workshops import deeds, queueing
from flows.workshop import events as happened
from flows.workshop.model import Workshop
from storage import project as projects
from storage import workshop as workshops
from storage.database import Connection
from storage.schedule import Due


def step_over(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """The time of a phase is up."""
    move = due.data.get("move")

    def make(workshop: Workshop) -> happened.Event:
        return happened.TimeOver(by="", at=now, seen=move if isinstance(move, int) else 0)

    id = str(due.data.get("workshop", ""))
    deeds.happen(conn, parts=parts, workspace=due.workspace, id=id, make=make, now=now)


def count(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """The minutes left are shown anew."""
    workshop = workshops.get(conn, workspace=due.workspace, id=str(due.data.get("workshop", "")))
    project = projects.get(conn, workspace=due.workspace, id=workshop.project_id) if workshop else None
    if workshop is None or project is None or workshop.state != "open":
        return
    queueing.shown(conn, project=project, workshop=workshop, before=workshop, now=now)
    queueing.counted(conn, project=project, workshop=workshop, now=now)


def soon(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """It begins soon: those who come are told, and whoever facilitates, who opens it."""
    workshop = workshops.get(conn, workspace=due.workspace, id=str(due.data.get("workshop", "")))
    if workshop is None or workshop.state != "planned":
        return
    coming = [one.user for one in workshop.people if one.seat != "cannot"]
    for user in dict.fromkeys((*coming, workshop.facilitator)):
        announce.private(
            conn, workspace=due.workspace, user=user, what="workshop_soon", key=due.key,
            ref={"project": workshop.project_id, "workshop": workshop.id}, now=now,
        )  # fmt: skip


def ending(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """A step of the channel ends in a while: those who have not answered are told, privately, once. Of a
    sealed step everybody is told alike: nothing knows who has written."""
    workshop = workshops.get(conn, workspace=due.workspace, id=str(due.data.get("workshop", "")))
    project = projects.get(conn, workspace=due.workspace, id=workshop.project_id) if workshop else None
    script = parts.playbook.workshops.get(workshop.script) if workshop else None
    if workshop is None or project is None or script is None or not deeds.waits(script, workshop):
        return
    if due.data.get("name") != str(workshop.move):
        return
    for one in workshop.voters:
        if not workshop.answered_by(one):
            queueing.wanted(conn, project=project, workshop=workshop, user=one.user, now=now, again=True)


def corrected(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """Corrections have closed: the card does not offer them any more."""
    workshop = workshops.get(conn, workspace=due.workspace, id=str(due.data.get("workshop", "")))
    project = projects.get(conn, workspace=due.workspace, id=workshop.project_id) if workshop else None
    if workshop is not None and project is not None:
        queueing.shown(conn, project=project, workshop=workshop, before=workshop, now=now)


Fire = Callable[[Connection, Due, datetime, Parts], None]
DUE_WITH_PARTS: dict[str, Fire] = {
    workshops.CLOCK: step_over, queueing.COUNT: count, queueing.SOON: soon, queueing.ENDING: ending,
    queueing.CORRECTED: corrected,
}  # fmt: skip
