"""What the bot does for every project again and again, from its first day to its last."""

from datetime import datetime

from bot.rhythm.beginning import EVERY_DAY
from bot.upkeep import sweep
from bot.wins import looking, weekly
from storage import recurring
from storage.database import Connection

ALWAYS = (sweep.MORNING, looking.TWICE_A_DAY, weekly.FRIDAY)
#: The same and the rhythm, which begins with the first sending: what is missing at a start is planned.
EVERYTHING = (*ALWAYS, EVERY_DAY)


def planned(conn: Connection, *, workspace: str, project_id: str, zone: str, now: datetime) -> None:
    """Planned for this project. Once more changes nothing: a closing plans it for a project from before."""
    for what in ALWAYS:
        recurring.plan(conn, what, workspace=workspace, project_id=project_id, zone=zone, now=now)


def planned_where_missing(conn: Connection, now: datetime) -> int:
    """At a start, for projects of an earlier version. How many rhythms were missing, in all workspaces."""
    return sum(recurring.plan_missing(conn, what, now) for what in EVERYTHING)
