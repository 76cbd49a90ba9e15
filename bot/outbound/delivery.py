"""Takes one claimed outbox row to Slack: renders it late, calls, looks before repeating.

Writes nothing: the decision it returns is carried out by `bot/outbound/outbox.py`.
"""

import asyncio
import hashlib
import uuid
from collections import OrderedDict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot.operations.health import Health
from bot.outbound import canvas
from bot.outbound.decision import BLIND, Again, Decision, Done, Drop, Give, decide
from bot.outbound.outcome import (
    Ambiguous,
    DestinationGone,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Throttled,
    WorkspaceGone,
)
from bot.outbound.render import Defer, Message, Renderer, Renderers
from bot.outbound.upload import publish
from storage import card
from storage.database import Connection
from storage.failpoint import fp
from storage.outbox import Row

if TYPE_CHECKING:
    from bot.parts import Parts

log = structlog.get_logger()

PLAIN_CUT = 3900  # characters of the plain text Slack gets when it refused the blocks
WINDOW = timedelta(minutes=5)  # before the first try: clocks differ
PAGES = 20  # of 200 messages, in a look-up
DIRECT = 10_000  # people whose direct channel is remembered
LATER = timedelta(minutes=5)  # after which a mail server that asks to come back is asked again
REPOSTS = 2  # posts in all when we may not read history, and so cannot look
#: The calls people see the result of. The rest may be made at any time.
SHOWING = frozenset({
    "chat.postMessage", "chat.update", "views.publish", "files.completeUploadExternal", "canvases.create",
    "canvases.edit",
})  # fmt: skip
_NAMES = uuid.UUID("6f1c9c7a-58a5-4c53-9f0e-0d9b4a2f6f11")

Json = dict[str, Any]


def mark_of(row: Row) -> str:
    """What a message of ours carries in its metadata, which everybody in the workspace can read:
    the same for each try of a row, and it tells nothing."""
    return hashlib.sha256(f"{row.workspace}:{row.key}".encode()).hexdigest()[:32]


class Delivery:
    """Delivers rows one at a time or many at once. Remembers only the channels of direct messages."""

    def __init__(self, *, parts: "Parts", renderers: Renderers, health: Health, worker: str) -> None:
        self.parts, self.worker, self._renderers, self._health = parts, worker, renderers, health
        self._fences: dict[int, float] = {}
        self._direct: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def take(self, row: Row, fence: float) -> Decision:
        """Everything from rendering to the answer of Slack. Raises only what storage raises. What
        people would see is not begun after `fence` (loop time): it could end after the lease, when
        another worker has the row."""
        self._fences[row.id] = fence
        try:
            return await self._taken(row)
        finally:
            del self._fences[row.id]

    async def _taken(self, row: Row) -> Decision:
        message, place = await self._rendered(row)
        if not isinstance(message, Message):
            return message
        if row.op in ("home", "mail"):
            return await (self._home if row.op == "home" else self._mailed)(row, message)
        channel = await self.channel(row)
        if not isinstance(channel, str):
            return channel
        return await self._into(row, message, channel, place)

    async def _into(self, row: Row, message: Message, channel: str, place: card.Place | None) -> Decision:
        """What goes into a channel, by its kind."""
        match row.op:
            case "file":
                return await publish(self, row, message, channel)
            case "canvas":
                return await canvas.publish(self, row, message, place)
            case "card":
                return await self._card(row, message, channel, place)
        return await self.post(row, message, channel)

    async def call(self, row: Row, method: str, **params: Any) -> Outcome:
        """One call, counted; not made when it would show something after the fence."""
        if method in SHOWING and asyncio.get_running_loop().time() > self._fences[row.id]:
            return NotSent(code="lease too short")
        outcome = await self.parts.slack.call(row.workspace, method, **params)
        self._health.called(method, type(outcome).__name__)
        return outcome

    async def channel(self, row: Row) -> str | Decision:
        """Where the row goes: a channel, or the direct channel of a person."""
        if row.ref.get("channel") and row.op != "dm":
            return str(row.ref["channel"])
        user = str(row.ref.get("user") or "")
        if not user:
            return Give(code="no destination")
        known = self._direct.get((row.workspace, user))
        if known is not None:
            return known
        outcome = await self.call(row, "conversations.open", users=user)
        if not isinstance(outcome, Sent):
            return decide(outcome, method="conversations.open", repeatable=True)
        found = outcome.data.get("channel")
        opened = str(found.get("id") or "") if isinstance(found, dict) else ""
        if not opened:
            return Again(code="no channel in the answer")
        self._direct[row.workspace, user] = opened
        while len(self._direct) > DIRECT:
            self._direct.popitem(last=False)
        return opened

    async def post(self, row: Row, message: Message, channel: str) -> Decision:
        """A new message, unless an earlier try is found in the channel."""
        if row.look_up:
            found = await self._found(row, message, channel)
            if not isinstance(found, Drop):
                return found
        return await self._posted(row, message, channel)

    async def _posted(self, row: Row, message: Message, channel: str) -> Decision:
        params: Json = {
            "channel": channel,
            "thread_ts": message.thread_ts or None,
            "reply_broadcast": True if message.broadcast else None,
            "unfurl_links": False,
            "unfurl_media": False,
            "client_msg_id": str(uuid.uuid5(_NAMES, f"{row.workspace}:{row.key}")),
            "metadata": {"event_type": "cadrage", "event_payload": {"k": mark_of(row)}},
        }
        return await self._said(row, "chat.postMessage", message, params, repeatable=False)

    async def _rendered(self, row: Row) -> tuple[Message | Decision, card.Place | None]:
        """The message, or what to do instead; and where the card stands, read at the same moment."""
        renderer = self._renderers.get(str(row.ref.get("what")))
        if renderer is None:
            return Give(code="no renderer of this name"), None
        try:
            message, place = await self.parts.db.background.read(_shown, renderer, row, self.parts)
        except (KeyError, ValueError, TypeError, AttributeError, LookupError) as error:
            log.error("render_failed", what=row.ref.get("what"), exc_info=error)
            return Again(code=f"render: {type(error).__name__}", poison=True), None
        if isinstance(message, Message) and message.finish is not None:
            message = await asyncio.to_thread(message.finish)
        if isinstance(message, Defer):
            wait = max(message.until - self.parts.clock.now(), timedelta(0))
            return Again(code="deferred", after=wait, counts=False), place
        return (Drop(reason="nothing to say any more") if message is None else message), place

    async def _home(self, row: Row, message: Message) -> Decision:
        if message.view is None:
            return Give(code="a home without a view")
        fp("before_post")
        outcome = await self.call(row, "views.publish", user_id=row.ref.get("user"), view=message.view)
        fp("after_post")
        return decide(outcome, method="views.publish", repeatable=True)

    async def _mailed(self, row: Row, message: Message) -> Decision:
        """Sent again as often as needed: its Message-ID stays the same. A server that asks to come back
        later (greylisting) is given the time to mean it."""
        post = self.parts.post
        if message.mail is None or post is None:
            return Give(code="no mail server")
        if asyncio.get_running_loop().time() > self._fences[row.id]:
            return Again(code="lease too short")
        fp("before_post")
        outcome = await post.send(message.mail, id=mark_of(row), now=self.parts.clock.now())
        fp("after_post")
        self._health.called("mail", type(outcome).__name__)
        if isinstance(outcome, NotSent) and outcome.code[:1].isdigit():
            return Again(code=outcome.code, after=LATER)
        return decide(outcome, method="mail", repeatable=True)

    async def _card(self, row: Row, message: Message, channel: str, place: card.Place | None) -> Decision:
        """Posted once, then updated. One found by its look-up is updated too: what it says may not be
        true any more, and whatever asked for it meanwhile is this very row."""
        if place is None or ("channel" in row.ref and place.channel != channel):
            found = await self._found(row, message, channel) if row.look_up else Drop(reason="new")
            if isinstance(found, Drop):
                return await self._posted(row, message, channel)
            if not isinstance(found, Done):
                return found
            place = card.Place(channel=found.channel, ts=found.ts)
        params = {"channel": place.channel, "ts": place.ts}
        return await self._said(row, "chat.update", message, params, repeatable=True)

    async def _said(
        self, row: Row, method: str, message: Message, params: Json, *, repeatable: bool
    ) -> Decision:
        """Say it with blocks; if Slack refuses them, once more in plain words."""
        fp("before_post")
        outcome = await self.call(
            row, method, **params, text=message.text, blocks=list(message.blocks) or None
        )
        if isinstance(outcome, Refused) and message.text and message.blocks:
            log.error("blocks_refused", what=row.ref.get("what"), code=outcome.code, detail=outcome.detail)
            plain = message.text[:PLAIN_CUT]
            outcome = await self.call(row, method, **params, text=plain, blocks=[] if repeatable else None)
        fp("after_post")
        if outcome == DestinationGone(code="not_in_channel") and await self.joined(row, params["channel"]):
            return Again(code="joined", after=timedelta(0))
        return decide(outcome, method=method, repeatable=repeatable)

    async def joined(self, row: Row, channel: str) -> bool:
        """Enter a public channel. A private one needs an invitation, and stays closed."""
        return isinstance(await self.call(row, "conversations.join", channel=channel), Sent)

    async def _found(self, row: Row, message: Message, channel: str) -> Decision:
        """The earlier try if it arrived; `Drop` if it certainly did not; otherwise what to do first."""
        method = "conversations.replies" if message.thread_ts else "conversations.history"
        cursor = None
        for _ in range(PAGES):
            outcome = await self.call(
                row, method, channel=channel, ts=message.thread_ts or None, limit=200, cursor=cursor,
                oldest=f"{(row.first_try - WINDOW).timestamp():.6f}", include_all_metadata=True,
            )  # fmt: skip
            if not isinstance(outcome, Sent):
                return _unseen(outcome, row, method)
            for said in outcome.data.get("messages") or ():
                if _mark_in(said) == mark_of(row):
                    return Done(channel=channel, ts=str(said["ts"]), remote_id=str(said["ts"]))
            cursor = (outcome.data.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return Drop(reason="absent")
        return Again(code="too many messages to look through")


def _shown(
    conn: Connection, renderer: Renderer, row: Row, parts: "Parts"
) -> tuple[Message | Defer | None, card.Place | None]:
    stays = row.op in ("card", "canvas")
    place = card.place(conn, workspace=row.workspace, **identity(row)) if stays else None
    return renderer(conn, row, parts), place


def identity(row: Row) -> dict[str, str]:
    """Which card a row shows: the same for every refresh."""
    object_id = row.ref.get("object") or row.key
    return {
        "kind": str(row.ref.get("what")),
        "object_id": str(object_id),
        "audience": str(row.ref.get("user") or ""),
    }


def _unseen(outcome: Outcome, row: Row, method: str) -> Decision:
    """What to do when the look-up itself fails. `Drop` means: post without having looked."""
    match outcome:
        case Throttled(after=after):
            return Again(code="throttled", after=timedelta(seconds=after), counts=False)
        case NotSent(code=code) | Ambiguous(code=code):
            return Again(code=f"{method}: {code}")
        case WorkspaceGone(code=code) | Refused(code=code) if code in BLIND:
            return Drop(reason=code) if row.attempts <= REPOSTS else Give(code=f"sent twice, unseen: {code}")
        case _:
            return decide(outcome, method=method, repeatable=True)


def _mark_in(message: Any) -> str | None:
    metadata = message.get("metadata") if isinstance(message, dict) else None
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    return payload.get("k") if isinstance(payload, dict) else None
