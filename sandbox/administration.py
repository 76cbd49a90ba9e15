"""What an administrator or fate does: people come and go, channels are made, archived, joined, left."""

from __future__ import annotations

import secrets
from dataclasses import replace

from sandbox import events, roster, scenario
from sandbox.payloads import TOKEN
from sandbox.people import Channel
from sandbox.refusal import Impossible, Json
from sandbox.workspace import Workspace


def people(space: Workspace, body: Json) -> Json:
    """Add a person (key, name, …), or change one: {"as": key, "tz": …}, which sends `user_change`."""
    world = space.world
    if "as" not in body:
        return {"ok": True, "id": scenario.add_person(world, body).id}
    person = world.person(body["as"])
    changed = world.change_person(person.id, **{key: value for key, value in body.items() if key != "as"})
    events.user_changed(
        world, space.hands.tell, roster.user_json(world, changed, locale=True, team=person.team)
    )
    return {"ok": True, "id": person.id}


def channels(space: Workspace, body: Json) -> Json:
    """Make a channel, or do one of DEEDS to it: {"channel": …, "do": "archive"}."""
    world = space.world
    if "do" not in body:
        channel = scenario.add_channel(world, body)
        return {"ok": True, "id": channel.id}
    channel = world.channel(body["channel"])
    deed = DEEDS.get(body["do"])
    if deed is None:
        raise Impossible(f"A channel cannot be told {body['do']!r}; there is {', '.join(DEEDS)}.")
    deed(space, channel, body)
    world.changed("channel", channel.id)
    return {"ok": True, "id": channel.id}


def _invite(space: Workspace, channel: Channel, body: Json) -> None:
    user = space.world.person(body["user"]).id
    channel.members.add(user)
    inviter = space.world.person(body["as"]).id if body.get("as") else ""
    events.joined(space.world, space.hands.tell, channel, user, inviter)


def _kick(space: Workspace, channel: Channel, body: Json) -> None:
    user = space.world.person(body["user"]).id
    channel.members.discard(user)
    events.left(space.world, space.hands.tell, channel, user)


def _archive(space: Workspace, channel: Channel, body: Json) -> None:
    channel.archived = True
    events.channel_state(space.world, space.hands.tell, channel, "archive", body.get("as", ""))


def _unarchive(space: Workspace, channel: Channel, body: Json) -> None:
    channel.archived = False
    events.channel_state(space.world, space.hands.tell, channel, "unarchive", body.get("as", ""))


def _rename(space: Workspace, channel: Channel, body: Json) -> None:
    channel.name = body["name"]
    events.channel_state(space.world, space.hands.tell, channel, "rename", body.get("as", ""))


def _make_private(_: Workspace, channel: Channel, __: Json) -> None:
    channel.kind = "private"


def _share(space: Workspace, channel: Channel, body: Json) -> None:
    channel.shared.add(body["team"])


DEEDS = {
    "invite": _invite,
    "kick": _kick,
    "archive": _archive,
    "unarchive": _unarchive,
    "rename": _rename,
    "private": _make_private,
    "share": _share,
}


def mark_read(space: Workspace, body: Json) -> Json:
    """A person has seen a channel up to now."""
    person, channel = space.world.person(body["as"]), space.world.channel(body["channel"])
    last = next(reversed(channel.messages), "")
    if last and channel.read.get(person.id) != last:
        channel.read[person.id] = last
        space.world.changed("channel", channel.id)
    return {"ok": True}


def manifest(space: Workspace, body: Json) -> Json:
    """Take the app's manifest: commands, shortcuts, subscriptions and scopes are then held to it."""
    world = space.world
    world.manifest = body or None
    scopes = body.get("oauth_config", {}).get("scopes", {}).get("bot")
    for team, install in world.installs.items():
        world.installs[team] = replace(install, scopes=frozenset(scopes) if scopes else None)
    world.changed("world", "")
    return {"ok": True}


def app(space: Workspace, body: Json) -> Json:
    """Something happens to the installation: "revoke" invalidates the token, "restore" undoes it."""
    world = space.world
    team, install = next(iter(world.installs.items()))
    match body.get("do"):
        case "revoke":
            world.installs[team] = replace(install, bot_token="")
            for inner in (
                {"type": "tokens_revoked", "tokens": {"bot": [install.bot_user]}},
                {"type": "app_uninstalled"},
            ):
                space.hands.tell(install, inner, None)
        case "restore":
            world.installs[team] = replace(install, bot_token=body.get("token") or space.options.tokens.bot)
        case other:
            raise Impossible(f"The app cannot be told {other!r}; there is revoke, restore and verify.")
    return {"ok": True}


async def verify(space: Workspace) -> Json:
    """What Slack does when an address for events is saved: a challenge the app must echo."""
    challenge = secrets.token_hex(16)
    payload = {"type": "url_verification", "token": TOKEN, "challenge": challenge}
    ack = await space.delivery.ask("events_api", payload)
    answer = ack.body.get("challenge") if isinstance(ack.body, dict) else ack.body
    return {"ok": ack.ok and answer == challenge, "answer": ack.body, "problem": ack.problem}
