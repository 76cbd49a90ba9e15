"""What one person sees: places, messages, their Home, their modals, and nothing of others.

The JSON is described in docs/sandbox-fidelity.md; it is what the page and `Person` look at.
"""

from __future__ import annotations

from typing import Any

from sandbox import canvases, forms, payloads
from sandbox.hands import Hands
from sandbox.people import Channel, Person
from sandbox.refusal import Json
from sandbox.surfaces import View
from sandbox.world import World, broadcasts

SHOWN = 200  # messages of a channel, the newest
MOST_UNREAD = 99


def state(hands: Hands, person: Person) -> Json:
    """Everything this person sees."""
    world, install = hands.world, hands.world.install_of(person.id)
    places = [channel_json(hands, person, c) for c in world.channels.values() if _listed(world, person, c)]
    stack = world.surfaces.stacks.get(person.id, [])
    home = world.surfaces.homes.get((person.id, install.app)) if install else None
    return {
        **common(world),
        "me": person_json(world, person),
        "team": {"id": person.team, "name": world.teams[person.team].name},
        "app": {"id": install.app, "bot_user": install.bot_user, "name": install.name} if install else None,
        "channels": places,
        "messages_tab": next((place["id"] for place in places if place["app"]), ""),
        "home": view_json(hands, home) if home else None,
        "modals": [view_json(hands, view) for view in stack],
    }


def common(world: World) -> Json:
    """What everybody sees: the time, the people, the app's commands and shortcuts (from its manifest)."""
    features = (world.manifest or {}).get("features", {})
    shortcuts = features.get("shortcuts", [])
    return {
        "version": world.version,
        "now": world.now(),
        "people": [person_json(world, person) for person in world.people.values()],
        "commands": features.get("slash_commands", []),
        "shortcuts": [one for one in shortcuts if one.get("type") == "message"],
        "global_shortcuts": [one for one in shortcuts if one.get("type") != "message"],
    }


def person_json(world: World, person: Person) -> Json:
    """A person, with the figure of what they have not read."""
    unread = sum(_unread(c, person) for c in world.channels.values() if person.id in c.members)
    return {
        "id": person.id,
        "key": person.key,
        "name": person.name,
        "title": person.title,
        "tz": person.tz,
        "locale": person.locale,
        "is_bot": person.is_bot,
        "deleted": person.deleted,
        "team": person.team,
        "restricted": person.restricted,
        "ultra_restricted": person.ultra_restricted,
        "is_admin": person.is_admin,
        "unread": unread,
        "modals": len(world.surfaces.stacks.get(person.id, [])),
    }


def channel_json(hands: Hands, person: Person, channel: Channel) -> Json:
    """A conversation with its newest messages, this person's ephemeral ones among them, oldest first."""
    world = hands.world
    others = [
        world.people[user].name for user in sorted(channel.members - {person.id}) if user in world.people
    ]
    bots = {install.bot_user for install in world.installs.values()}
    messages = list(channel.messages.values())[-SHOWN:]
    whispers = list(channel.ephemerals.get(person.id, {}).values())[-50:]
    shown = sorted([*messages, *whispers], key=lambda m: float(m["ts"]))
    return {
        "id": channel.id,
        "name": channel.name or ", ".join(others),
        "kind": channel.kind,
        "app": channel.kind == "im" and bool(bots & channel.members),
        "archived": channel.archived,
        "shared": sorted(channel.shared),
        "topic": channel.topic,
        "purpose": channel.purpose,
        "member": person.id in channel.members,
        "members": sorted(channel.members),
        "unread": _unread(channel, person),
        "last_read": channel.read.get(person.id, ""),
        "canvases": canvases.shown(world, channel),
        "messages": [message_json(hands, person, m) for m in shown],
    }


def message_json(hands: Hands, person: Person, message: Json) -> Json:
    """A message as shown: author's name, this person's choices in it, a warning triangle if any."""
    author = hands.world.people.get(message.get("user", ""))
    ts = message["ts"]
    body = {
        **message,
        "author": author.name if author else "Slackbot",
        "warning": hands.warnings.get(person.id, {}).get(ts),
        "broadcasts": broadcasts(message.get("text", "")) or _blocks_broadcast(message),
    }
    if message.get("blocks") and message.get("bot_id"):
        body["state"] = {
            "values": forms.state_values(message["blocks"], hands.typed.get((person.id, ts), {}))
        }
    return body


def view_json(hands: Hands, view: View) -> Json:
    """A modal or Home as shown: with typed values, errors under inputs, and any notice."""
    return {
        **payloads.view(view),
        "typed": view.typed,
        "errors": view.errors,
        "notice": view.notice,
        "warning": hands.warnings.get(view.user, {}).get(view.id),
    }


def _listed(world: World, person: Person, channel: Channel) -> bool:
    if channel.kind in {"im", "mpim"}:
        return person.id in channel.members
    return world.can_see(person.id, channel)


def _unread(channel: Channel, person: Person) -> int:
    """How many messages of others are newer than what this person has seen; counted up to 99."""
    last, unread = channel.read.get(person.id, "0"), 0
    for ts, message in reversed(channel.messages.items()):
        if ts <= last or unread >= MOST_UNREAD:
            break
        unread += message.get("user") != person.id
    return unread


def _blocks_broadcast(body: Any) -> bool:
    if isinstance(body, dict):
        if body.get("type") == "mrkdwn" and broadcasts(str(body.get("text", ""))):
            return True
        if body.get("type") == "broadcast":
            return True
        return any(_blocks_broadcast(value) for value in body.values())
    return isinstance(body, list) and any(_blocks_broadcast(item) for item in body)
