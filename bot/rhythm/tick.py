# ruff: noqa: PLR0913, PLR0917 - of which project, what is due, with which calendar, when
"""Every day of one project: its phase is brought up to date, and what the calendar has for today leaves.

Waves open through the one way there is (bot/waves/opening.py); named check-ins through bot/checkins.
"""

from datetime import datetime

from bot.checkins import asking, calling
from bot.parts import Parts
from bot.rhythm import replying
from bot.rhythm.beginning import EVERY_DAY
from bot.rhythm.book import Book, book
from bot.rounds import announce, plan
from bot.waves import opening
from bot.waves.opening import NotOpened, Order
from flows import cadence
from flows.project import Project
from flows.rhythm.calendar import Occasion, asked_of
from storage import casting, rhythm
from storage import project as projects
from storage.casting import Change
from storage.database import Connection
from storage.schedule import Due


def due(conn: Connection, due: Due, now: datetime, parts: Parts) -> None:
    """One day. What was missed on days when nobody ticked comes today, once, while it is of use."""
    project = projects.get(conn, workspace=due.workspace, id=str(due.data.get("project", "")))
    if project is None:
        return
    projects.lock(conn, workspace=project.workspace, id=project.id)
    today = now.astimezone(cadence.zone(project.zone)).date()
    found = book(conn, parts=parts, project=project, today=today)
    turned(conn, project=project, found=found, now=now)
    replying.due(conn, project=project, found=found, now=now)
    if plan.missing_names(project) or project.phase == "P0":
        return
    named = [one for one in found.due if not one.wave]
    for one in found.due:
        if one.wave:
            _opened(conn, parts, project, found, one, now)
    asked = parts.playbook.checkins
    asking.ask(conn, parts=parts, project=project, occasions=named, now=now)
    for one in named:
        if one.what in asked and asked[one.what].channel:
            calling.call(conn, project=project, one=one, now=now)
        _noted(conn, project, one, "sent", found, now)


def turned(conn: Connection, *, project: Project, found: Book, now: datetime) -> None:
    """The project has come into another phase: everything that shows it is drawn again."""
    if project.phase in ("P0", found.phase):
        return
    change = Change(workspace=project.workspace, project_id=project.id, by="", now=now)
    casting.settle(conn, change, phase=found.phase)
    announce.project_card(conn, project=project, now=now)
    everybody = (*project.cast.everybody(), *project.cast.people("users"))
    announce.homes(conn, project=project, users=everybody, now=now)


def _opened(
    conn: Connection, parts: Parts, project: Project, found: Book, one: Occasion, now: datetime
) -> None:
    """A wave opens; where the group is too small, the facilitator reads so, once."""
    by = project.cast.holder("facilitator") or ""
    lots = asked_of(one, found.dates, found.today)
    if not one.users and not project.cast.of_lots(lots):
        lots = ()  # nobody is named as a user yet: the team is asked
    order = Order(
        project=project, what=one.what, by=by, now=now, added=one.added, lots=lots, midweek=True
    )  # fmt: skip
    result = opening.open_wave(conn, parts=parts, order=order)
    if isinstance(result, NotOpened) and result.reason != "nobody":
        announce.private(
            conn, workspace=project.workspace, user=by, what="wave_not_opened", key=one.key,
            ref={"project": project.id, "about": one.what, "reason": result.reason}, now=now,
        )  # fmt: skip
    _noted(conn, project, one, "skipped" if isinstance(result, NotOpened) else "sent", found, now)


def _noted(conn: Connection, project: Project, one: Occasion, state: str, found: Book, now: datetime) -> None:
    rhythm.note(
        conn, workspace=project.workspace, project_id=project.id, key=one.key, state=state, day=found.today,
        by="", now=now,
    )  # fmt: skip


DUE_WITH_PARTS = {EVERY_DAY.kind: due}
