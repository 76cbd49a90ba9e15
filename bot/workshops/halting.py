"""A workshop under way while its project is paused: it stands still, then goes on with the time it had."""

from collections.abc import Callable
from datetime import datetime

from bot.parts import Parts
from bot.workshops import deeds
from flows.project import Project
from flows.workshop import events as happened
from flows.workshop.model import Workshop
from storage import workshop as workshops
from storage.database import Connection

Make = Callable[[Workshop], happened.Event]


def halt(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> None:
    """The pause begins: nothing runs out, and what people have put in is kept."""
    _each(conn, parts, project, now, "open", lambda _: happened.Paused(by="", at=now))


def go_on(conn: Connection, *, parts: Parts, project: Project, now: datetime) -> None:
    """It is over: what stood still because of it goes on, what its facilitator has paused does not."""
    _each(conn, parts, project, now, "paused", lambda _: happened.Resumed(by="", at=now))


def _each(  # noqa: PLR0913, PLR0917 - what happens to which of them, and when
    conn: Connection, parts: Parts, project: Project, now: datetime, state: str, make: Make
) -> None:
    here = {"workspace": project.workspace}
    for one in workshops.running(conn, **here, project_id=project.id):
        if one.state == state and (state == "open" or _halted(one)):
            deeds.happen(conn, parts=parts, **here, id=one.id, make=make, now=now)


def _halted(workshop: Workshop) -> bool:
    """Nobody has paused it: the pause of the project has."""
    last = next((deed for deed in reversed(workshop.trail) if deed.what in ("paused", "resumed")), None)
    return last is not None and not last.by
