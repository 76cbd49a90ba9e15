"""About which project somebody tells a win or an initiative: one of theirs, or that of the channel.

Users without a part in the project may tell too (6.2). What a form carries gives no right: that somebody was
in the channel is kept on our side for a day.
"""

from datetime import datetime, timedelta

from bot import asker
from bot.asker import Asker
from bot.parts import Parts
from bot.request import Request
from storage import memo
from storage import project as projects
from storage.database import Connection

A_DAY = timedelta(days=1)
SEEN = "tells:"  # memo: until when this person may tell something about that project


async def here(request: Request, parts: Parts, project_id: str = "") -> Asker:
    """Who asks, about the project of the channel they typed in, else their usual one. `who.project` is
    None for somebody who may tell nothing here."""
    channel = _channel(request)
    who = await asker.asker(request, parts, project_id=project_id)
    if channel and (who.project is None or who.project.channel != channel):
        found = await parts.db.run(_entered, request=request, channel=channel, now=parts.clock.now())
        if found and not who.person.stranger:
            who = await asker.asker(request, parts, project_id=found)
    return who


def _channel(request: Request) -> str:
    """Where somebody typed a command, or used a shortcut on a message: Slack lets nobody do so elsewhere than
    where they are."""
    if request.kind == "command":
        return str(request.payload.get("channel_id") or "")
    place = request.payload.get("channel") if request.kind == "shortcut" else None
    return str(place.get("id") or "") if isinstance(place, dict) else ""


async def may_tell(parts: Parts, who: Asker) -> bool:
    """Whether this person has a part in the project, or was in its channel today."""
    if who.project is None:
        return False
    if who.project.cast.roles_of(who.actor.user):
        return True
    until = await parts.db.read(
        memo.get, workspace=who.actor.workspace, user=who.actor.user, name=f"{SEEN}{who.project.id}"
    )
    return isinstance(until, str) and datetime.fromisoformat(until) > parts.clock.now()


def _entered(conn: Connection, *, request: Request, channel: str, now: datetime) -> str:
    """The project of the channel; that they are there is remembered for a day."""
    found = projects.in_channel(conn, workspace=request.workspace, channel=channel)
    if not found:
        return ""
    until = (now + A_DAY).isoformat()
    name = f"{SEEN}{found[0].id}"
    memo.put(conn, workspace=request.workspace, user=request.user, name=name, value=until)
    return found[0].id
