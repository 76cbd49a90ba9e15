"""Which events follow from what happened in the world, and which apps hear them. Sends through `tell`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox import payloads
from sandbox.people import Channel, Install
from sandbox.refusal import Json
from sandbox.world import World

Tell = Callable[[Install, Json, Channel | None], None]


def subscribed(world: World, name: str) -> bool:
    """Whether the app's manifest asks for this event; without a manifest it gets every one."""
    if world.manifest is None:
        return True
    wanted = world.manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
    return name in wanted


def posted(world: World, tell: Tell, channel: Channel, message: Json) -> None:
    """A new message: `message`, and `app_mention` beside it when the text names the bot outside a DM."""
    plural = {"channel": "channels", "private": "groups"}.get(channel.kind, channel.kind)
    for install in world.installs_seeing(channel):
        if subscribed(world, f"message.{plural}"):
            tell(install, payloads.message_event(channel, message), channel)
        mentioned = f"<@{install.bot_user}>" in message.get("text", "") and not message.get("bot_id")
        if mentioned and channel.kind != "im" and subscribed(world, "app_mention"):
            inner: Json = {
                key: message[key]
                for key in ("user", "text", "ts", "team", "blocks", "thread_ts", "client_msg_id")
                if key in message
            }
            tell(
                install,
                {"type": "app_mention", **inner, "channel": channel.id, "event_ts": message["ts"]},
                channel,
            )


def edited(world: World, tell: Tell, channel: Channel, old: Json, new: Json) -> None:
    """`message` with subtype message_changed."""
    _changed(world, tell, channel, {"subtype": "message_changed", "message": new, "previous_message": old})


def deleted(world: World, tell: Tell, channel: Channel, old: Json) -> None:
    """`message` with subtype message_deleted."""
    _changed(
        world, tell, channel, {"subtype": "message_deleted", "deleted_ts": old["ts"], "previous_message": old}
    )


def _changed(world: World, tell: Tell, channel: Channel, what: Json) -> None:
    plural = {"channel": "channels", "private": "groups"}.get(channel.kind, channel.kind)
    if not subscribed(world, f"message.{plural}"):
        return
    ts = world.next_ts()
    for install in world.installs_seeing(channel):
        tell(
            install,
            {
                "type": "message",
                **what,
                "hidden": True,
                "channel": channel.id,
                "ts": ts,
                "event_ts": ts,
                "channel_type": channel.event_kind,
            },
            channel,
        )


def joined(world: World, tell: Tell, channel: Channel, user: str, inviter: str = "") -> None:
    """`member_joined_channel`, also when it is the bot itself that joined."""
    if not subscribed(world, "member_joined_channel"):
        return
    inner = {
        "type": "member_joined_channel",
        "user": user,
        "channel": channel.id,
        "team": channel.team,
        "channel_type": "C" if channel.kind == "channel" else "G",
        "event_ts": world.next_ts(),
        **({"inviter": inviter} if inviter else {}),
    }
    for install in world.installs_seeing(channel):
        tell(install, inner, channel)


def left(world: World, tell: Tell, channel: Channel, user: str) -> None:
    """`member_left_channel`; when it is the bot, `channel_left` (or `group_left`)."""
    for install in world.installs.values():
        if install.bot_user == user:
            name = "group_left" if channel.kind == "private" else "channel_left"
            inner = {"type": name, "channel": channel.id, "actor_id": "", "event_ts": world.next_ts()}
        elif install.bot_user in channel.members:
            name = "member_left_channel"
            inner = {
                "type": name,
                "user": user,
                "channel": channel.id,
                "team": channel.team,
                "channel_type": "C" if channel.kind == "channel" else "G",
                "event_ts": world.next_ts(),
            }
        else:
            continue
        if subscribed(world, name):
            tell(install, inner, channel)


def channel_state(world: World, tell: Tell, channel: Channel, what: str, actor: str) -> None:
    """`channel_archive`, `channel_unarchive`, `channel_rename`… or `group_…` for a private channel."""
    name = f"{'group' if channel.kind == 'private' else 'channel'}_{what}"
    if not subscribed(world, name):
        return
    for install in world.installs_seeing(channel):
        about = (
            {"id": channel.id, "name": channel.name, "created": channel.created}
            if what == "rename"
            else channel.id
        )
        tell(install, {"type": name, "channel": about, "user": actor, "event_ts": world.next_ts()}, channel)


@dataclass(frozen=True, slots=True)
class Reaction:
    """Somebody put a reaction on a message ("reaction_added") or took it back ("reaction_removed")."""

    kind: str
    message: Json
    user: str
    name: str


def reacted(world: World, tell: Tell, channel: Channel, reaction: Reaction) -> None:
    """`reaction_added` or `reaction_removed`."""
    if not subscribed(world, reaction.kind):
        return
    item = {"type": "message", "channel": channel.id, "ts": reaction.message["ts"]}
    inner = {
        "type": reaction.kind,
        "user": reaction.user,
        "reaction": reaction.name,
        "item_user": reaction.message.get("user", ""),
        "item": item,
        "event_ts": world.next_ts(),
    }
    for install in world.installs_seeing(channel):
        tell(install, inner, channel)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the app: "home", with the view it shows if one was published, or "messages"."""

    name: str
    view: Json | None = None


def home_opened(world: World, tell: Tell, install: Install, user: str, shown: Tab) -> Channel:
    """`app_home_opened` for the Home or Messages tab, with the view if there is one. Returns the DM."""
    channel = world.dm(install.bot_user, user)
    if not subscribed(world, "app_home_opened"):
        return channel
    inner: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": channel.id,
        "tab": shown.name,
        "event_ts": world.next_ts(),
    }
    tell(install, {**inner, "view": shown.view} if shown.view else inner, None)
    return channel


def user_changed(world: World, tell: Tell, user: Json) -> None:
    """`user_change`."""
    if subscribed(world, "user_change"):
        for install in world.installs.values():
            tell(install, {"type": "user_change", "user": user, "event_ts": world.next_ts()}, None)
