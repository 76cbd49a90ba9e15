"""A record made from a message: the shortcut on any message, also in a thread, opens the form with its words.

Each odd message has its outcome: a private conversation is not copied, a card of ours points to its own
buttons, a message that is gone says so. Keeps nothing itself: bot/register/making.py does, once it is sent.
"""

from dataclasses import replace
from typing import Any

from bot import answer, asker, people
from bot.asker import Asker
from bot.outbound.outcome import Outcome, Sent
from bot.parts import Parts
from bot.policy import Deny
from bot.register import form, making, message
from bot.register.message import LONG, Source
from bot.request import Handler, Json, Reply, Request
from bot.words import blocks
from bot.words.mrkdwn import line
from flows.dialogue.effects import RecordKind

#: callback_id of each message shortcut, and what it records. The manifest declares the same.
SHORTCUT_OF: dict[str, RecordKind] = {
    "record_decision": "decision", "record_issue": "issue", "record_risk": "risk",
}  # fmt: skip
MENTIONS = 20  # people of one message whose names are looked up
TITLE = 150  # characters of the message that become the line


def shortcut(kind: RecordKind) -> Handler:
    """The handler of one message shortcut."""

    async def handle(request: Request, parts: Parts) -> Reply:
        channel = str((request.payload.get("channel") or {}).get("id") or "")
        who = await of_channel(request, parts, channel)
        if isinstance(verdict := who.may("record.make"), Deny):
            return answer.tell(request, parts, who.w, who.refusal(verdict))
        if ours(request.payload):
            return answer.tell(request, parts, who.w, who.w("This is one of my own cards: use its buttons."))
        source = message.of(request.payload, who.here.channel)
        return opened(request, parts, who, kind, source)

    return handle


async def of_channel(request: Request, parts: Parts, channel: str) -> Asker:
    """The person, about the project of this channel where they have a part in one, else their usual one."""
    who = await asker.asker(request, parts)
    here = next((one for one in who.projects if channel and one.channel == channel), None)
    if here is None or (who.project is not None and who.project.id == here.id):
        return who
    return await asker.asker(request, parts, project_id=here.id)


def ours(payload: Json) -> bool:
    """The message is one of this app's own."""
    said, app = payload.get("message") or {}, str(payload.get("api_app_id") or "")
    meta = said.get("metadata") or {}
    return bool(app and said.get("app_id") == app) or meta.get("event_type") == "cadrage"


def opened(request: Request, parts: Parts, who: Asker, kind: RecordKind, source: Source) -> Reply:
    """The form, with the words of the message and the way back to it."""
    w = who.w

    async def build() -> Json:
        found = await linked(request, parts, source)
        if found is None:
            return answer.page(
                w, w("Cadrage"), [blocks.section(w("This message is no longer there; nothing was recorded."))]
            )
        words = await said(request, parts, found.text) if found.copied else ""
        first = {"title": line(words)[:TITLE], "quote": words[:LONG]}
        return making.view(who, kind, first, nonce=request.trigger_id, source=found)

    return answer.show(request, parts, w, w(form.TITLES[kind])[:24], build)


async def said(request: Request, parts: Parts, text: str) -> str:
    """The words of a message with the names of those it mentions."""
    users = message.mentioned(text)[:MENTIONS]
    known = await people.everybody(parts, request.workspace, users) if users else {}
    return message.readable(text, {user: person.name for user, person in known.items()})


async def linked(request: Request, parts: Parts, source: Source) -> Source | None:
    """The message with its address; None when Slack says it is gone. Where the bot is not let in there is
    no address, and the words alone are kept."""
    if not source.copied:
        return source
    outcome: Outcome = await parts.slack.call(
        request.workspace, "chat.getPermalink", channel=source.channel, message_ts=source.ts
    )
    if isinstance(outcome, Sent):
        return replace(source, permalink=str(outcome.data.get("permalink") or ""))
    return None if getattr(outcome, "code", "") == "message_not_found" else source


async def reread(request: Request, parts: Parts, home: str | None, channel: str, ts: str) -> Source | None:
    """A message as it is now, also one in a thread; None when Slack does not show it. `home`: the channel of
    the project."""
    outcome = await parts.slack.call(
        request.workspace, "conversations.replies", channel=channel, ts=ts, oldest=ts, latest=ts,
        inclusive=True, limit=10,
    )  # fmt: skip
    messages = outcome.data.get("messages") if isinstance(outcome, Sent) else None
    known = messages if isinstance(messages, list) else []
    found = next((one for one in known if isinstance(one, dict) and one.get("ts") == ts), None)
    if found is None:
        return None
    return message.of({"channel": {"id": channel}, "message": found, "message_ts": ts}, home)


SHORTCUTS: dict[str, Any] = {id: shortcut(kind) for id, kind in SHORTCUT_OF.items()}
