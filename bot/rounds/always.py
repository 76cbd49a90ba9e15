"""What the bot does for every project again and again, from its first day to its last."""

from datetime import datetime

from bot.upkeep import sweep
from bot.wins import looking, weekly
from storage import recurring
from storage.database import Connection

ALWAYS = (sweep.MORNING, looking.TWICE_A_DAY, weekly.FRIDAY)


def planned(conn: Connection, *, workspace: str, project_id: str, zone: str, now: datetime) -> None:
    """Planned for this project. Once more changes nothing: a closing plans it for a project from before."""
    for what in ALWAYS:
        recurring.plan(conn, what, workspace=workspace, project_id=project_id, zone=zone, now=now)
