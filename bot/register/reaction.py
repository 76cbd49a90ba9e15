"""A reaction offers to record a message: off until the facilitator has chosen one in the project's settings.

Whoever reacts is asked, in words only they see; nothing is recorded, and nothing read, before they press.
"""

from typing import Any

from bot import answer
from bot.asker import Asker
from bot.once import once
from bot.parts import Parts
from bot.policy import Allow, Deny
from bot.register import capture, form, making
from bot.register.capture import SHORTCUT_OF
from bot.register.message import LONG
from bot.request import Json, Reply, Request
from bot.words import blocks, elements
from bot.words.mrkdwn import line
from flows.dialogue.effects import RecordKind


async def added(request: Request, parts: Parts) -> Reply:
    """Somebody put a reaction on a message of a channel."""
    event = request.payload.get("event") or {}
    item = event.get("item") or {}
    channel, ts = str(item.get("channel") or ""), str(item.get("ts") or "")
    name = str(event.get("reaction") or "").partition("::")[0]  # whatever the tone of the skin
    if not request.user or not channel or not ts or not name:
        return Reply()
    who = await capture.of_channel(request, parts, channel)
    here = who.project
    if here is None or here.channel != channel or here.emoji != name or who.may("record.make") != Allow():
        return Reply()
    if not await parts.db.run(once, request, parts.clock.now()):
        return Reply()
    rows = offer(who, channel, ts)

    async def ask() -> None:
        await parts.slack.ephemeral(request.workspace, channel, request.user, blocks.said(rows), rows)

    return Reply(after=ask)


def offer(who: Asker, channel: str, ts: str) -> list[Json]:
    """The question, with one button for each kind."""
    buttons = [
        elements.button(who.w(form.TITLES[kind]), f"record.from:{kind}", value=f"{kind}:{channel}:{ts}")
        for kind in SHORTCUT_OF.values()
    ]
    asked = who.w("Record this message? Nothing is recorded unless you choose.")
    return [blocks.section(asked), blocks.actions(*buttons)]


async def pressed(request: Request, parts: Parts) -> Reply:
    """One of the buttons: the message is read now, and the form opens with its words."""
    name, channel, ts = [*answer.chosen(request).split(":"), "", "", ""][:3]
    kind: RecordKind = next((one for one in SHORTCUT_OF.values() if one == name), "decision")
    who = await capture.of_channel(request, parts, channel)
    w = who.w
    if isinstance(verdict := who.may("record.make"), Deny) or who.here.channel != channel:
        deny = verdict if isinstance(verdict, Deny) else None
        return answer.tell(request, parts, w, who.refusal(deny) if deny else w("Nothing was recorded."))

    async def build() -> Json:
        found = await capture.reread(request, parts, who.here.channel, channel, ts)
        linked = await capture.linked(request, parts, found) if found else None
        if linked is None:
            gone = w("This message is no longer there; nothing was recorded.")
            return answer.page(w, w("Cadrage"), [blocks.section(gone)])
        words = await capture.said(request, parts, linked.text)
        first = {"title": line(words)[: capture.TITLE], "quote": words[:LONG]}
        return making.view(who, kind, first, nonce=request.trigger_id, source=linked)

    return answer.show(request, parts, w, w(form.TITLES[kind])[:24], build)


ACTIONS: dict[str, Any] = {"record.from": pressed}
EVENTS: dict[str, Any] = {"reaction_added": added}
