"""conversations.*, users.*, reactions.*, team.info, bots.info: what an app may know of people and places."""

from __future__ import annotations

import datetime
import zoneinfo
from base64 import b64decode, b64encode
from typing import Any

from sandbox import events
from sandbox.call import Call, Method
from sandbox.people import Channel, Person
from sandbox.refusal import Json, Refused
from sandbox.world import World

PAGE = 999


def user_json(world: World, person: Person, *, locale: bool, team: str) -> Json:
    """The user object. `is_stranger` for somebody of another team; no tz fields when the zone is empty."""
    body: Json = {
        "id": person.id,
        "team_id": person.team,
        "name": person.key,
        "deleted": person.deleted,
        "real_name": person.name,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 0,
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.restricted or person.ultra_restricted,
        "is_ultra_restricted": person.ultra_restricted,
        "profile": {
            "real_name": person.name,
            "display_name": person.name,
            "title": person.title,
            "real_name_normalized": person.name,
            "display_name_normalized": person.name,
            "first_name": person.name.split(" ")[0],
            "last_name": person.name.split(" ")[-1],
            "team": person.team,
            "image_72": "",
            "status_text": "",
            "status_emoji": "",
            **({"email": person.email} if person.email else {}),
        },
    }
    if person.tz and not person.deleted:
        body |= {"tz": person.tz, "tz_label": person.tz, "tz_offset": _offset(person.tz, world.now())}
    if locale:
        body["locale"] = person.locale
    if person.team != team:
        body["is_stranger"] = not any(
            person.id in c.members and team in {c.team, *c.shared} for c in world.channels.values()
        )
    return body


def _offset(tz: str, now: float) -> int:
    try:
        zone = zoneinfo.ZoneInfo(tz)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return 0
    offset = datetime.datetime.fromtimestamp(now, zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


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
    }


def paged(items: list[Any], call: Call, default: int = 100) -> tuple[list[Any], str]:
    """One page of a list, and the cursor of the next ("" at the end)."""
    limit = max(1, min(call.number("limit", default), PAGE))
    start = 0
    if cursor := call.text("cursor"):
        try:
            start = int(b64decode(cursor.encode()).decode().removeprefix("next:"))
        except ValueError:
            raise Refused("invalid_cursor", "cursor: not one of ours") from None
    more = start + limit < len(items)
    return items[start : start + limit], b64encode(f"next:{start + limit}".encode()).decode() if more else ""


def history(call: Call) -> Json:
    """conversations.history, newest first; replies are not in it. Metadata only when asked."""
    channel = call.channel(member=True)
    shown = [m for m in reversed(channel.messages.values()) if _in_main(m) and _between(call, m)]
    page, cursor = paged(shown, call)
    return {
        "messages": [_shown(call, m) for m in page],
        "has_more": bool(cursor),
        "pin_count": 0,
        "response_metadata": {"next_cursor": cursor},
    }


def replies(call: Call) -> Json:
    """conversations.replies: the parent and its thread, oldest first."""
    call.need("ts")
    channel = call.channel(member=True)
    parent = channel.messages.get(call.text("ts"))
    if parent is None:
        raise Refused("thread_not_found", f"no message {call.text('ts')} in {channel.id}")
    root = str(parent.get("thread_ts", parent["ts"]))
    thread = [channel.messages[root], *(channel.messages[ts] for ts in channel.replies.get(root, []))]
    page, cursor = paged([m for m in thread if m["ts"] == root or _between(call, m)], call, 1000)
    return {
        "messages": [_shown(call, m) for m in page],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


def _in_main(message: Json) -> bool:
    return message.get("thread_ts") in (None, message["ts"]) or message.get("subtype") == "thread_broadcast"


def _between(call: Call, message: Json) -> bool:
    oldest, latest = call.text("oldest", "0"), call.text("latest")
    ts = _number(message["ts"])
    if call.flag("inclusive"):
        return _number(oldest) <= ts and (not latest or ts <= _number(latest))
    return _number(oldest) < ts and (not latest or ts < _number(latest))


def _number(ts: str) -> float:
    try:
        return float(ts)
    except ValueError:
        raise Refused("invalid_ts_oldest", f"{ts!r} is not a time stamp") from None


def _shown(call: Call, message: Json) -> Json:
    if call.flag("include_all_metadata") or "metadata" not in message:
        return message
    return {**message, "metadata": {"event_type": message["metadata"].get("event_type", "")}}


def info(call: Call) -> Json:
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


def user_info(call: Call) -> Json:
    call.need("user")
    person = call.person(call.text("user"))
    return {"user": user_json(call.world, person, locale=call.flag("include_locale"), team=call.install.team)}


def users(call: Call) -> Json:
    """users.list of the app's own team."""
    known = [p for p in call.world.people.values() if p.team == call.install.team]
    page, cursor = paged(known, call, 200)
    listed = [
        user_json(call.world, p, locale=call.flag("include_locale"), team=call.install.team) for p in page
    ]
    return {
        "members": listed,
        "cache_ts": int(call.world.now()),
        "response_metadata": {"next_cursor": cursor},
    }


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


def team_info(call: Call) -> Json:
    team = call.world.teams[call.install.team]
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}


def bot_info(call: Call) -> Json:
    install = call.install
    if call.text("bot", install.bot) != install.bot:
        raise Refused("bot_not_found", f"there is no bot {call.text('bot')!r}")
    return {
        "bot": {
            "id": install.bot,
            "deleted": False,
            "name": install.name,
            "updated": 0,
            "app_id": install.app,
            "user_id": install.bot_user,
            "icons": {},
        }
    }


DIRECTORY: dict[str, Method] = {
    "conversations.history": history,
    "conversations.info": info,
    "conversations.join": join,
    "conversations.list": conversations,
    "conversations.members": members,
    "conversations.open": open_dm,
    "conversations.replies": replies,
    "reactions.add": react,
    "team.info": team_info,
    "bots.info": bot_info,
    "users.conversations": user_conversations,
    "users.info": user_info,
    "users.list": users,
}
