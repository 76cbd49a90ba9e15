"""Publishes a canvas in a channel, then replaces it in place (journeys G5). Reads none back.

Slack has no key that makes creating one repeatable: after a doubtful try the tabs of the channel are looked
through by title. Whatever Slack refuses for good is given up at once, with the text as a file instead.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.outbound.decision import Again, Decision, Done, Give, Hold, Look, Pause
from bot.outbound.outcome import (
    Ambiguous,
    Conflict,
    DestinationGone,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Throttled,
    WorkspaceGone,
)
from bot.outbound.render import Canvas, Message
from storage.card import Place
from storage.failpoint import fp
from storage.outbox import Row

if TYPE_CHECKING:
    from bot.outbound.delivery import Delivery

LONGEST = 1_000_000  # characters; Slack takes 1,048,576
#: An installation from before canvases has not granted the permission: no reason to say nothing else there.
OURS_ONLY = frozenset({"missing_scope"})


async def publish(delivery: "Delivery", row: Row, message: Message, place: Place | None) -> Decision:
    """Make it, or bring it up to date where it stands."""
    made, channel = message.canvas, str(row.ref.get("channel") or "")
    if made is None or not channel:
        return Give(code="a canvas row without a canvas")
    if len(made.markdown) > LONGEST:
        return Give(code="canvas_too_long")
    if place is not None and place.channel == channel:
        return await _replaced(delivery, row, made, channel, place.ts)
    if row.look_up:
        found = await _found(delivery, row, made, channel)
        if not isinstance(found, str):
            return found
        if found:
            return await _replaced(delivery, row, made, channel, found)
    return await _created(delivery, row, made, channel)


async def _created(delivery: "Delivery", row: Row, made: Canvas, channel: str) -> Decision:
    fp("before_post")
    outcome = await delivery.call(
        row, "canvases.create", title=made.title, channel_id=channel, document_content=_content(made)
    )
    fp("after_post")
    if outcome == DestinationGone(code="not_in_channel") and await delivery.joined(row, channel):
        return Again(code="joined", after=timedelta(0))
    if not isinstance(outcome, Sent):
        return _after(outcome, "canvases.create", repeatable=False)
    id = outcome.data.get("canvas_id")
    if not isinstance(id, str) or not id:
        return Look(code="no canvas in the answer")
    return Done(channel=channel, ts=id[:32], remote_id=id)


async def _replaced(delivery: "Delivery", row: Row, made: Canvas, channel: str, id: str) -> Decision:
    changes = [{"operation": "replace", "document_content": _content(made)}]
    fp("before_post")
    outcome = await delivery.call(row, "canvases.edit", canvas_id=id, changes=changes)
    fp("after_post")
    if isinstance(outcome, Sent):
        return Done(channel=channel, ts=id, remote_id=id)
    return _after(outcome, "canvases.edit", repeatable=True)


async def _found(delivery: "Delivery", row: Row, made: Canvas, channel: str) -> str | Decision:
    """The id of an earlier try that arrived; "" when there is none."""
    outcome = await delivery.call(row, "conversations.info", channel=channel)
    if not isinstance(outcome, Sent):
        return _after(outcome, "conversations.info", repeatable=True)
    known = outcome.data.get("channel")
    properties = known.get("properties") if isinstance(known, dict) else None
    tabs = properties.get("tabs") if isinstance(properties, dict) else None
    for tab in tabs if isinstance(tabs, list) else ():
        data = tab.get("data") if isinstance(tab, dict) else None
        if isinstance(data, dict) and tab.get("type") == "canvas" and tab.get("label") == made.title:
            return str(data.get("file_id") or "")
    return ""


def _content(made: Canvas) -> dict[str, str]:
    return {"type": "markdown", "markdown": made.markdown}


def _after(outcome: Outcome, method: str, *, repeatable: bool) -> Decision:
    """What becomes of the row. A refusal is the end of it, whatever its name: nobody is worse off, because
    the text goes to the channel as a file."""
    match outcome:
        case Throttled(after=after):
            return Hold(method=method, after=timedelta(seconds=after))
        case NotSent(code=code):
            return Again(code=code)
        case Ambiguous(code=code):
            return Again(code=code) if repeatable else Look(code=code)
        case WorkspaceGone(code=code) if code not in OURS_ONLY:
            return Pause(code=code)
        case WorkspaceGone(code=code) | DestinationGone(code=code) | Conflict(code=code) | Refused(code=code):
            return Give(code=code)
        case Sent():
            return Done()
