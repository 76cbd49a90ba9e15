"""What Slack tells about who is where: a channel is back, the bot or somebody was let in, somebody has left a
channel, the app was removed."""

from bot.once import once
from bot.parts import Parts
from bot.request import Handler, Reply, Request
from bot.workshops import leaving as workshops
from storage import outbox, pauses
from storage.database import Connection


async def back(request: Request, parts: Parts) -> Reply:
    """The channel takes messages again: what was given up there is tried again, in order. Whoever is back in
    it is invited to its workshops again."""
    event = request.payload["event"]
    channel = event.get("channel")
    if isinstance(channel, str) and channel:
        await parts.db.run(_unpark, request, channel, parts)
        parts.wake()
    return Reply()


async def left(request: Request, parts: Parts) -> Reply:
    """Somebody has left a channel: its workshops do not wait for them."""
    event = request.payload["event"]
    channel, user = event.get("channel"), event.get("user")
    if isinstance(channel, str) and channel and isinstance(user, str) and user:
        await parts.db.run(_left, request, channel, user, parts)
        parts.wake()
    return Reply()


async def removed(request: Request, parts: Parts) -> Reply:
    """The app was removed, or its token revoked: nothing is said there until the token works again."""
    await parts.db.run(pauses.pause, workspace=request.workspace, reason=request.name)
    return Reply()


def _unpark(conn: Connection, request: Request, channel: str, parts: Parts) -> None:
    now = parts.clock.now()
    if once(conn, request, now):
        outbox.unpark(conn, workspace=request.workspace, lane=f"channel:{channel}", now=now)
        who, user = {"workspace": request.workspace, "channel": channel}, request.payload["event"].get("user")
        if request.name == "member_joined_channel" and isinstance(user, str) and user:
            workshops.came_back(conn, parts=parts, **who, user=user, now=now)


def _left(conn: Connection, request: Request, channel: str, user: str, parts: Parts) -> None:
    now = parts.clock.now()
    if once(conn, request, now):
        workshops.left(conn, parts=parts, workspace=request.workspace, user=user, channel=channel, now=now)


EVENTS: dict[str, Handler] = {
    "channel_unarchive": back,
    "group_unarchive": back,
    "member_joined_channel": back,
    "member_left_channel": left,
    "app_uninstalled": removed,
    "tokens_revoked": removed,
}
