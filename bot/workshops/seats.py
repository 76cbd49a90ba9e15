"""Who settles in a workshop today: the arbiter, and whoever stands in while they are away (4.1).

Worked out anew when it opens and whenever a phase may close, so that somebody who was invited before the
arbiter went away holds the place they stand in for, and gives it back. Who stands in and was not invited is.
"""

from datetime import datetime

from bot import people
from bot.absence import standing
from bot.arbitration.seating import today_of
from flows.project import Project
from flows.workshop.events import (
    Contributed,
    Deputised,
    Done,
    Event,
    ModeChanged,
    NextPressed,
    Opened,
    Reopened,
    Replied,
    Resumed,
    Skipped,
    TimeOver,
    Voted,
)
from flows.workshop.model import Workshop
from flows.workshop.roster import arbiters, seat
from flows.workshop.script import Script
from storage.database import Connection

MOVES = (Opened, NextPressed, TimeOver, Skipped, Reopened, Resumed, ModeChanged)
ANSWERS = (Voted, Done, Contributed, Replied)  # the last of them closes what is open


def looked_at(workshop: Workshop, event: Event) -> bool:
    """Whether this event may begin or close a phase: sixty votes ask once who is away."""
    last = workshop.phase == "open" and workshop.answers + 1 >= len(workshop.voters)
    return isinstance(event, MOVES) or (isinstance(event, ANSWERS) and last)


def today(
    conn: Connection, *, project: Project, script: Script, workshop: Workshop, now: datetime
) -> Deputised | None:
    """Who settles now, as an event to be taken before any other; None where the workshop decides nothing."""
    if not script.decides:
        return None
    away = standing.deputies(conn, project=project, today=today_of(project, now))
    found = arbiters(project.cast, away)
    new = _there(conn, project, [user for user in sorted(found) if workshop.person(user) is None])
    seats = tuple(seat(script, project.cast, user, deputies=away) for user in new)
    return Deputised(by="", at=now, arbiters=found, seats=seats)


def _there(conn: Connection, project: Project, users: list[str]) -> list[str]:
    """Those of them whose account is open."""
    known = people.several(conn, workspace=project.workspace, users=users) if users else {}
    return [user for user in users if not known[user].deleted]
