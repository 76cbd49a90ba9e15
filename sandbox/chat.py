"""chat.*: posting, updating, deleting, whispering. Answers as Slack does; sends the events Slack would."""

from __future__ import annotations

import re

from sandbox import events, forms, limits
from sandbox.call import Call, Method
from sandbox.people import Channel
from sandbox.refusal import Json, Refused

TRUNCATED = 40_000
UPDATE_TEXT = 4_000


def post_message(call: Call) -> Json:
    """chat.postMessage. A text over 40,000 characters is cut; `client_msg_id` promises nothing."""
    channel = postable(call)
    content = _content(call)
    if not any(content.get(part) for part in ("text", "blocks", "attachments")):
        raise Refused("no_text", "a message needs text, blocks or attachments")
    message = {**_by_app(call), **content, **_thread(call, channel)}
    message["text"] = message.get("text", "")[:TRUNCATED]
    kept = call.world.post(channel, message)
    events.posted(call.world, call.tell, channel, kept)
    return {"channel": channel.id, "ts": kept["ts"], "message": kept}


def update(call: Call) -> Json:
    """chat.update. Text without blocks removes the blocks; metadata left out stays."""
    call.need("ts")
    channel, ts = call.channel(), call.text("ts")
    old = _own(call, channel, ts, "cant_update_message")
    content = _content(call)
    if len(content.get("text", "")) > UPDATE_TEXT:
        raise Refused(
            "msg_too_long", f"text: {len(content['text'])} characters, {UPDATE_TEXT} allowed in an update"
        )
    if not any(content.get(part) for part in ("text", "blocks", "attachments")):
        raise Refused("no_text", "an update needs text, blocks or attachments")
    if _rich(old) and content.get("blocks") and not _rich(content):
        raise Refused("block_mismatch", "rich text cannot be replaced by blocks that are not rich text")
    kept = {
        **{key: value for key, value in old.items() if key not in {"text", "blocks", "attachments"}},
        "text": old.get("text", ""),
        **content,
        "edited": {"user": call.install.bot_user, "ts": call.world.next_ts()},
    }
    call.world.edit(channel, ts, kept)
    events.edited(call.world, call.tell, channel, old, kept)
    return {"channel": channel.id, "ts": ts, "text": kept["text"], "message": kept}


def delete(call: Call) -> Json:
    """chat.delete, of the app's own messages only."""
    call.need("ts")
    channel, ts = call.channel(), call.text("ts")
    old = _own(call, channel, ts, "cant_delete_message")
    call.world.delete(channel, ts)
    events.deleted(call.world, call.tell, channel, old)
    return {"channel": channel.id, "ts": ts}


def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral. Only somebody in the conversation can see it."""
    call.need("channel", "user")
    channel, user = postable(call), call.text("user")
    if user not in channel.members:
        raise Refused("user_not_in_channel", f"{user} is not in {channel.name or channel.id}")
    content = _content(call)
    if not any(content.get(part) for part in ("text", "blocks", "attachments")):
        raise Refused("no_text", "a message needs text, blocks or attachments")
    kept = call.world.whisper(channel, user, {**_by_app(call), **content, **_thread(call, channel)})
    return {"message_ts": kept["ts"]}


def permalink(call: Call) -> Json:
    """chat.getPermalink."""
    call.need("channel", "message_ts")
    channel, ts = call.channel(), call.text("message_ts")
    if ts not in channel.messages:
        raise Refused("message_not_found", f"no message {ts} in {channel.id}")
    return {
        "channel": channel.id,
        "permalink": f"{call.address}/archives/{channel.id}/p{ts.replace('.', '')}",
    }


def postable(call: Call) -> Channel:
    """The conversation, if the app may post there now."""
    channel = call.channel()
    inside = call.install.bot_user in channel.members
    public = call.install.scopes is not None and "chat:write.public" in call.install.scopes
    if not inside and not public:
        raise Refused("not_in_channel", f"the app is not a member of #{channel.name}")
    if channel.archived:
        raise Refused("is_archived", f"#{channel.name} is archived")
    if channel.kind == "im":
        for user in channel.members - {call.install.bot_user}:
            call.dm_with(call.world.people[user])
    return channel


def mutated(text: str) -> str:
    """The text as Slack keeps it: bare `&`, `<`, `>` become entities. So texts sent and read may differ."""
    text = re.sub(r"&(?!(amp|lt|gt);)", "&amp;", text)
    return re.sub(r"<(?![@#!a-zA-Z/][^<>]*>)", "&lt;", text)


def _content(call: Call) -> Json:
    content: Json = {}
    if call.args.get("text") is not None:
        content["text"] = mutated(call.text("text"))
    if markdown := call.text("markdown_text"):
        limits.check_markdown(markdown)
        content["text"] = markdown
    blocks = call.structure("blocks", "invalid_blocks_format")
    if blocks is not None:
        limits.check_message_blocks(blocks)
        content["blocks"] = forms.with_ids(blocks)
    attachments = call.structure("attachments", "invalid_attachments")
    if attachments is not None:
        limits.check_attachments(attachments)
        content["attachments"] = attachments
    metadata = call.structure("metadata", "invalid_metadata_format")
    if metadata is not None:
        limits.check_metadata(metadata)
        content["metadata"] = metadata
    return content


def _by_app(call: Call) -> Json:
    install = call.install
    return {
        "type": "message",
        "user": install.bot_user,
        "bot_id": install.bot,
        "app_id": install.app,
        "team": install.team,
        "bot_profile": {
            "id": install.bot,
            "app_id": install.app,
            "name": install.name,
            "team_id": install.team,
            "deleted": False,
        },
    }


def _thread(call: Call, channel: Channel) -> Json:
    thread = call.text("thread_ts")
    if not thread:
        return {}
    parent = channel.messages.get(thread)
    if parent is None:
        raise Refused("thread_not_found", f"no message {thread} in {channel.id}")
    root = parent.get("thread_ts", thread)
    extra: Json = {"thread_ts": root}
    if call.flag("reply_broadcast"):
        extra["subtype"] = "thread_broadcast"
    return extra


def _own(call: Call, channel: Channel, ts: str, refusal: str) -> Json:
    message = channel.messages.get(ts)
    if message is None:
        raise Refused("message_not_found", f"no message {ts} in {channel.name or channel.id}")
    if message.get("bot_id") != call.install.bot:
        raise Refused(refusal, "the message is somebody else's")
    if channel.archived:
        raise Refused("is_archived", f"#{channel.name} is archived")
    return message


def _rich(message: Json) -> bool:
    return any(block.get("type") == "rich_text" for block in message.get("blocks") or [])


CHAT: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": permalink,
}
