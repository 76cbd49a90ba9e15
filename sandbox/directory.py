"""conversations.*, users.conversations, reactions.add: what an app may know and do about places."""

from __future__ import annotations

from sandbox import canvases, events
from sandbox.call import Call, Method
from sandbox.paging import paged
from sandbox.people import Channel
from sandbox.refusal import Json, Refused
from sandbox.world import World


def channel_json(call: Call, channel: Channel) -> Json:
    """The conversation object."""
    body: Json = {
        "id": channel.id,
        "created": channel.created,
        "creator": channel.creator,
        "context_team_id": channel.team,
        "is_archived": channel.archived,
        "updated": channel.created * 1000,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_shared": bool(channel.shared),
        "is_ext_shared": bool(channel.shared),
        "is_org_shared": False,
        "is_member": call.install.bot_user in channel.members,
    }
    if channel.kind == "im":
        others = channel.members - {call.install.bot_user}
        person = call.world.people[next(iter(others))] if others else None
        return {
            **body,
            "user": person.id if person else "",
            "is_user_deleted": bool(person and person.deleted),
            "is_open": True,
        }
    return {
        **body,
        "name": channel.name,
        "name_normalized": channel.name,
        "num_members": len(channel.members),
        "is_general": False,
        "shared_team_ids": [channel.team, *sorted(channel.shared)],
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "properties": {"tabs": canvases.tabs(call, channel)},
    }


def info(call: Call) -> Json:
    """conversations.info."""
    return {"channel": channel_json(call, call.channel())}


def conversations(call: Call) -> Json:
    """conversations.list, by `types`, archived ones left out on demand."""
    kinds = {
        {"public_channel": "channel", "private_channel": "private"}.get(kind.strip(), kind.strip())
        for kind in call.text("types", "public_channel").split(",")
    }
    known = [c for c in call.world.channels.values() if c.kind in kinds and _visible(call, c)]
    if call.flag("exclude_archived"):
        known = [c for c in known if not c.archived]
    page, cursor = paged(known, call)
    return {"channels": [channel_json(call, c) for c in page], "response_metadata": {"next_cursor": cursor}}


def user_conversations(call: Call) -> Json:
    """users.conversations: those a user (default: the bot) is in and the app may know of."""
    user = call.text("user") or call.install.bot_user
    body = conversations(call)
    members = {c.id for c in call.world.channels.values() if user in c.members}
    return {**body, "channels": [c for c in body["channels"] if c["id"] in members]}


def _visible(call: Call, channel: Channel) -> bool:
    ours = call.install.team in {channel.team, *channel.shared}
    return ours and (channel.kind == "channel" or call.install.bot_user in channel.members)


def members(call: Call) -> Json:
    """conversations.members, paged."""
    page, cursor = paged(sorted(call.channel().members), call)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def join(call: Call) -> Json:
    """conversations.join, of public channels."""
    channel = call.channel()
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type", "only a public channel can be joined")
    if channel.archived:
        raise Refused("is_archived", f"#{channel.name} is archived")
    if call.install.bot_user in channel.members:
        return {"channel": channel_json(call, channel), "warning": "already_in_channel"}
    channel.members.add(call.install.bot_user)
    events.joined(call.world, call.tell, channel, call.install.bot_user)
    call.world.changed("channel", channel.id)
    return {"channel": channel_json(call, channel)}


def open_dm(call: Call) -> Json:
    """conversations.open with 1 to 8 users."""
    if call.text("channel"):
        return {"channel": {"id": call.channel().id}}
    call.need("users")
    users = [user.strip() for user in call.text("users").split(",") if user.strip()]
    if len(users) > 8:
        raise Refused("too_many_users", f"users: {len(users)}, 8 allowed")
    people = [call.person(user) for user in users]
    channel = call.dm_with(people[0]) if len(people) == 1 else call.world.dm(call.install.bot_user, *users)
    body = channel_json(call, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": body}


def react(call: Call) -> Json:
    """reactions.add."""
    call.need("channel", "timestamp", "name")
    channel, name = call.channel(member=True), call.text("name").strip(":")
    message = channel.messages.get(call.text("timestamp"))
    if message is None:
        raise Refused("message_not_found", f"no message {call.text('timestamp')} in {channel.id}")
    if not add_reaction(call.world, channel, message, call.install.bot_user, name):
        raise Refused("already_reacted", f"the app already reacted with :{name}:")
    reaction = events.Reaction("reaction_added", message, call.install.bot_user, name)
    events.reacted(call.world, call.tell, channel, reaction)
    return {}


def add_reaction(world: World, channel: Channel, message: Json, user: str, name: str) -> bool:
    """Put a reaction on a message; False when this user already did."""
    reactions = message.setdefault("reactions", [])
    entry = next((r for r in reactions if r["name"] == name), None)
    if entry is None:
        entry = {"name": name, "users": [], "count": 0}
        reactions.append(entry)
    if user in entry["users"]:
        return False
    entry["users"].append(user)
    entry["count"] += 1
    world.changed("channel", channel.id)
    return True


DIRECTORY: dict[str, Method] = {
    "conversations.info": info,
    "conversations.join": join,
    "conversations.list": conversations,
    "conversations.members": members,
    "conversations.open": open_dm,
    "reactions.add": react,
    "users.conversations": user_conversations,
}
