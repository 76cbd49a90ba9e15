"""Saying, commanding, reacting, editing, shortcuts, opening Home: gestures without a form or button.

Each changes the world, sends the app what Slack would send, and returns `{ok, shown?}`: `shown` is the code
of what Slack would show (see hands.SHOWN).
"""

from __future__ import annotations

import re

from sandbox import answering, directory, events, payloads
from sandbox.delivery import Ack
from sandbox.hands import Hands, told
from sandbox.refusal import Impossible, Json
from sandbox.world import World


async def say(hands: Hands, who: str, where: str, text: str, *, thread: str = "") -> Json:
    """Post a message; a text starting with "/" is a command, which Slack refuses in threads."""
    person, channel = hands.someone(who), hands.place(who, where)
    if text.startswith("/"):
        if thread:
            return hands.slackbot(
                channel, person, "not_in_threads", name=text.split(maxsplit=1)[0], thread=thread
            )
        return await command(hands, who, where, text)
    if channel.archived:
        return told("is_archived")
    if person.id not in channel.members:
        raise Impossible(f"{person.name} is not in #{channel.name}; they would have to join first.")
    message: Json = {
        "type": "message",
        "user": person.id,
        "team": person.team,
        "text": typed_text(hands.world, text),
        "client_msg_id": hands.world.new_id("m"),
        "blocks": [rich(text)],
    }
    if thread:
        message["thread_ts"] = hands.message(channel, thread).get("thread_ts", thread)
    kept = hands.world.post(channel, message)
    channel.read[person.id] = kept["ts"]
    events.posted(hands.world, hands.tell, channel, kept)
    return {"ok": True, "ts": kept["ts"]}


def typed_text(world: World, text: str) -> str:
    """What Slack makes of typed words: entities, then @names and #channels that exist become tokens.

    A text that has been through this already comes out unchanged.
    """
    pieces = re.split(r"(<[@#][UWC]\w+(?:\|[^<>]*)?>)", text)
    text = "".join(piece if index % 2 else escaped(piece) for index, piece in enumerate(pieces))
    if "@" in text:
        for person in sorted(world.people.values(), key=lambda p: -len(p.name)):
            for name in (person.name, person.key):
                text = re.sub(rf"(?<![\w<])@{re.escape(name)}(?!\w)", f"<@{person.id}>", text)
        text = re.sub(r"(?<![\w<])@(channel|here|everyone)\b", r"<!\1>", text)
    if "#" in text:
        for channel in world.channels.values():
            if channel.name:
                name = re.escape(channel.name)
                text = re.sub(rf"(?<![\w&<])#{name}(?![\w-])", f"<#{channel.id}|{channel.name}>", text)
    return text


def escaped(text: str) -> str:
    """`&`, `<`, `>` as entities; entities already there stay."""
    text = re.sub(r"&(?!(?:amp|lt|gt);)", "&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")


def rich(text: str) -> Json:
    """The rich_text block Slack's client sends with typed words."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "block_id": "r", "elements": [section]}


async def command(hands: Hands, who: str, where: str, line: str) -> Json:
    """A slash command."""
    person, channel = hands.someone(who), hands.place(who, where)
    install = hands.install(person)
    name = line.split(maxsplit=1)[0]
    if not declared(hands.world, name):
        return hands.slackbot(channel, person, "not_a_command", name=name)
    if escapes(hands.world, name):
        line = f"{name} {typed_text(hands.world, line.removeprefix(name).strip())}"
    form = payloads.command(hands.world, install, person, channel, line)
    form["trigger_id"] = hands.world.surfaces.trigger(person.id)
    form["response_url"] = hands.response_url(channel, person, install)
    ack, ms = await hands.ask("slash_commands", form)
    if not ack.ok:
        return {**hands.slackbot(channel, person, failure(ack), name=name), "ms": ms}
    if ack.body:
        answering.respond(hands, channel, person, install, ack.body)
    return {"ok": True, "ms": ms}


def declared(world: World, name: str) -> bool:
    """Whether the app's manifest has this command; without a manifest every command is the app's."""
    if world.manifest is None:
        return True
    commands = world.manifest.get("features", {}).get("slash_commands", [])
    return name in [command.get("command") for command in commands]


def escapes(world: World, name: str) -> bool:
    """Whether this command is sent with people, channels and special characters as tokens."""
    commands = (world.manifest or {}).get("features", {}).get("slash_commands", [])
    return any(one.get("command") == name and one.get("should_escape") for one in commands)


def failure(ack: Ack) -> str:
    """What Slack shows for a command that got no answer."""
    match ack.problem:
        case "timeout" | "http_timeout":
            return "operation_timeout"
        case "http_error":
            return "http_service_error"
        case "no_connection":
            return "app_not_connected"
    return "dispatch_failed"


async def shortcut(hands: Hands, who: str, callback_id: str, *, where: str = "", ts: str = "") -> Json:
    """A message shortcut (with a place and ts) or a global one."""
    person = hands.someone(who)
    install = hands.install(person)
    kind = "message_action" if ts else "shortcut"
    body: Json = {
        **payloads.interaction(hands.world, install, person, kind),
        "callback_id": callback_id,
        "trigger_id": hands.world.surfaces.trigger(person.id),
        "action_ts": hands.world.next_ts(),
    }
    if ts:
        channel = hands.place(who, where)
        message = hands.message(channel, ts)
        body |= {
            "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
            "message_ts": ts,
            "message": message,
            "response_url": hands.response_url(channel, person, install, message),
        }
    ack, ms = await hands.ask("interactive", body)
    return (
        {"ok": True, "ms": ms} if ack.ok else {**told("trouble_connecting"), "error": ack.problem, "ms": ms}
    )


async def react(hands: Hands, who: str, where: str, ts: str, name: str) -> Json:
    """Add a reaction, or take it back when it is there already."""
    person, channel = hands.someone(who), hands.place(who, where)
    message = hands.message(channel, ts)
    added = directory.add_reaction(hands.world, channel, message, person.id, name)
    if not added:
        entry = next(r for r in message["reactions"] if r["name"] == name)
        entry["users"].remove(person.id)
        entry["count"] -= 1
        message["reactions"] = [r for r in message["reactions"] if r["count"]]
        hands.world.changed("channel", channel.id)
    kind = "reaction_added" if added else "reaction_removed"
    events.reacted(hands.world, hands.tell, channel, events.Reaction(kind, message, person.id, name))
    return {"ok": True, "added": added}


async def open_home(hands: Hands, who: str, tab: str = "home") -> Json:
    """Open the app's Home or Messages tab."""
    person = hands.someone(who)
    install = hands.install(person)
    kept = hands.world.surfaces.homes.get((person.id, install.app))
    shown = payloads.view(kept) if kept and tab == "home" else None
    channel = events.home_opened(hands.world, hands.tell, install, person.id, events.Tab(tab, shown))
    return {"ok": True, "channel": channel.id}


async def edit(hands: Hands, who: str, where: str, ts: str, text: str) -> Json:
    """Change one's own message."""
    person, channel = hands.someone(who), hands.place(who, where)
    old = hands.message(channel, ts)
    if old.get("user") != person.id:
        raise Impossible("Only one's own message can be edited.")
    stamp = {"user": person.id, "ts": hands.world.next_ts()}
    new = {**old, "text": typed_text(hands.world, text), "blocks": [rich(text)], "edited": stamp}
    hands.world.edit(channel, ts, new)
    events.edited(hands.world, hands.tell, channel, old, new)
    return {"ok": True}


async def erase(hands: Hands, who: str, where: str, ts: str) -> Json:
    """Delete one's own message, or anybody's as an administrator."""
    person, channel = hands.someone(who), hands.place(who, where)
    old = hands.message(channel, ts)
    if old.get("user") != person.id and not person.is_admin:
        raise Impossible("Only one's own message can be deleted.")
    hands.world.delete(channel, ts)
    events.deleted(hands.world, hands.tell, channel, old)
    return {"ok": True}


async def dismiss(hands: Hands, who: str, where: str, ts: str) -> Json:
    """Put away a message only this person sees."""
    person, channel = hands.someone(who), hands.place(who, where)
    channel.ephemerals.get(person.id, {}).pop(ts, None)
    hands.world.changed("channel", channel.id)
    return {"ok": True}
