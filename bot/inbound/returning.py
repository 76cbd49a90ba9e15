"""What Slack tells about our place in it: a channel is back, the bot was let in, the app was removed."""

from bot.once import once
from bot.parts import Parts
from bot.request import Handler, Reply, Request
from storage import outbox, pauses
from storage.database import Connection


async def back(request: Request, parts: Parts) -> Reply:
    """The channel takes messages again: what was given up there is tried again, in order."""
    event = request.payload["event"]
    channel = event.get("channel")
    if isinstance(channel, str) and channel:
        await parts.db.run(_unpark, request, channel, parts)
    return Reply()


async def removed(request: Request, parts: Parts) -> Reply:
    """The app was removed, or its token revoked: nothing is said there until the token works again."""
    await parts.db.run(pauses.pause, workspace=request.workspace, reason=request.name)
    return Reply()


def _unpark(conn: Connection, request: Request, channel: str, parts: Parts) -> None:
    now = parts.clock.now()
    if once(conn, request, now):
        outbox.unpark(conn, workspace=request.workspace, lane=f"channel:{channel}", now=now)


EVENTS: dict[str, Handler] = {
    "channel_unarchive": back,
    "group_unarchive": back,
    "member_joined_channel": back,
    "app_uninstalled": removed,
    "tokens_revoked": removed,
}
