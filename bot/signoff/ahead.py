"""Before W10 the whole note goes round by itself (W10, step 1), unless a version of it is in review already.

Planned with the workshop (bot/workshops/queueing.py), and called off with it. Without a sponsor nobody could
sign: whoever facilitates reads what to do.
"""

from datetime import datetime, timedelta

from bot import people
from bot.outbound.render import Message
from bot.parts import Parts
from bot.rounds import announce
from bot.rounds.cards import message
from bot.signoff import opening, standing
from bot.words import blocks, elements
from bot.words.text import words
from bot.workshops.queueing import NOTE
from flows import cadence
from flows.project import Project
from storage import project as projects
from storage import rhythm, schedule
from storage import workshop as workshops
from storage.database import Connection
from storage.outbox import Row
from storage.schedule import Due

WHAT = "note_round"
LATE = timedelta(days=30)


def goes_round(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """The day has come: once, and not where a version is in review. A pause of the project comes first."""
    workshop = workshops.get(conn, workspace=due.workspace, id=str(due.data.get("workshop", "")))
    project = projects.get(conn, workspace=due.workspace, id=workshop.project_id) if workshop else None
    if workshop is None or project is None or workshop.state != "planned":
        return
    if (after := _after_pause(conn, project, now)) is not None:
        schedule.put(
            conn, workspace=due.workspace, id=due.id, kind=NOTE, next_due=after, zone=project.zone,
            data=due.data, late_limit=LATE,
        )  # fmt: skip
        return
    before = standing.latest(conn, project)
    if before is not None and before.state == "review":
        return
    found = opening.open_round(conn, parts=parts, project=project, by=workshop.facilitator)
    if found is None:
        unsigned(conn, project=project, user=workshop.facilitator, key=f"{workshop.id}:{due.period}", now=now)
    elif found != before:
        _told(conn, project, workshop.facilitator, f"{workshop.id}:{due.period}", found.version, now)


def _after_pause(conn: Connection, project: Project, now: datetime) -> datetime | None:
    """The morning on which the project goes on; None where it is not paused."""
    pause = rhythm.paused(conn, workspace=project.workspace, project_id=project.id)
    zone = cadence.zone(project.zone)
    if pause is None or pause.until <= now.astimezone(zone).date():
        return None
    return cadence.at(pause.until, cadence.OPENS, zone)


def unsigned(conn: Connection, *, project: Project, user: str, key: str, now: datetime) -> None:
    """The note could not go round, since nobody could sign it: `user` reads what to do."""
    _told(conn, project, user, key, 0, now)


def _told(  # noqa: PLR0913, PLR0917 - who reads of which project that which version has gone, when
    conn: Connection, project: Project, user: str, key: str, version: int, now: datetime
) -> None:
    announce.private(
        conn, workspace=project.workspace, user=user, what=WHAT, key=key, now=now,
        ref={"project": project.id, "version": version},
    )  # fmt: skip


def told(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """That it has gone round, or why it has not and what to do about it."""
    project = projects.get(conn, workspace=row.workspace, id=str(row.ref.get("project", "")))
    user, version = str(row.ref.get("user", "")), int(row.ref.get("version") or 0)
    if project is None:
        return None
    me = people.several(conn, workspace=row.workspace, users=(user,))[user]
    w = words(people.language(me, project))
    if version:
        said = w.md(
            "*The scoping note of {project} has gone round* as version {n}, ahead of W10. Each gets it in "
            "their working hours; Home shows you their remarks.",
            project=project.name, n=version,
        )  # fmt: skip
        ways = [elements.button(w("Read"), "review.read", value=f"{project.id}:{version}")]
    else:
        said = w.md(
            "*The scoping note of {project} could not go round:* nobody could sign it. Name a sponsor, then "
            "send it for review from its card, or with `/cadrage note`.",
            project=project.name,
        )  # fmt: skip
        ways = [elements.button(w("Change the team"), "team.change", value=project.id)]
    return message(blocks.section(said), blocks.actions(*ways))


DUE_WITH_PARTS = {NOTE: goes_round}
MESSAGES = {WHAT: told}
