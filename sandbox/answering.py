"""What an app answers in an acknowledgement or to a response_url: a message, ephemeral by default."""

from __future__ import annotations

from typing import Any

from sandbox import events, forms, limits
from sandbox.hands import Hands
from sandbox.people import Channel, Install, Person
from sandbox.refusal import Json, Refused
from sandbox.surfaces import ResponseUrl

USES = 5


def respond(hands: Hands, channel: Channel, person: Person, install: Install, body: Any) -> None:
    """An answer to a command, or a new message through a response_url. A text or a message body."""
    if isinstance(body, str):
        body = {"text": body}
    if not isinstance(body, dict) or not (body.get("text") or body.get("blocks")):
        return
    message: Json = {
        "type": "message",
        "user": install.bot_user,
        "bot_id": install.bot,
        "app_id": install.app,
        "team": install.team,
        **content(body),
    }
    if body.get("thread_ts"):
        message["thread_ts"] = body["thread_ts"]
    if body.get("response_type") == "in_channel":
        kept = hands.world.post(channel, message)
        events.posted(hands.world, hands.tell, channel, kept)
    else:
        hands.world.whisper(channel, person.id, message)


def through_url(hands: Hands, name: str, body: Any) -> None:
    """A post to a response_url: five in thirty minutes; may replace or delete the message it came from."""
    kept = hands.world.surfaces.response_urls.get(name)
    if kept is None or hands.world.now() > kept.expires:
        raise Refused("expired_url", "a response_url lives 30 minutes")
    if kept.uses >= USES:
        raise Refused("used_url", f"a response_url takes {USES} posts; this is number {kept.uses + 1}")
    if not isinstance(body, dict):
        raise Refused("invalid_payload", "the body is not an object")
    kept.uses += 1
    channel, person = hands.world.channels[kept.channel], hands.world.people[kept.user]
    if kept.ts and (body.get("delete_original") or body.get("replace_original")):
        _change_original(hands, channel, kept, body)
        return
    if kept.thread and "thread_ts" not in body:
        body = {**body, "thread_ts": kept.thread}
    respond(hands, channel, person, kept.install, body)


def _change_original(hands: Hands, channel: Channel, kept: ResponseUrl, body: Json) -> None:
    where = channel.ephemerals.get(kept.user, {}) if kept.ephemeral else channel.messages
    ts = str(kept.ts)
    if ts not in where:
        return
    if body.get("delete_original"):
        if kept.ephemeral:
            del where[ts]
        else:
            hands.world.delete(channel, ts)
    else:
        untouched = {key: value for key, value in where[ts].items() if key not in {"blocks", "text"}}
        where[ts] = {**untouched, **content(body)}
    hands.world.changed("channel", channel.id)


def content(body: Json) -> Json:
    """Text and blocks of an answer, after the same checks as a message."""
    shown: Json = {"text": str(body.get("text") or "")}
    if body.get("blocks") is not None:
        limits.check_message_blocks(body["blocks"])
        shown["blocks"] = forms.with_ids(body["blocks"])
    return shown
