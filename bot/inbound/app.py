"""The routing table at work: a clean payload goes to its handler, and its reply becomes the
acknowledgement. Decides nothing about scoping.

Nothing is acknowledged before the handler's transaction is committed: Bolt runs the one listener
of a kind before it answers (`process_before_response`), and a handler has 2.3 s in all, below
Slack's 3 s. Signatures are checked by `bot/inbound/gate.py`, before Bolt.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.inbound import refusal
from bot.inbound.background import Background
from bot.inbound.bolt import bolt
from bot.inbound.identity import Identity
from bot.inbound.pace import Pace
from bot.inbound.shape import is_from_bot, request_of
from bot.operations.health import Health
from bot.request import Handler, Json, Reply, Request
from bot.words.tongue import Tongues
from flows.words import Words
from storage.failpoint import fp
from storage.job import watched

if TYPE_CHECKING:
    from bot.parts import Parts

log = structlog.get_logger()

PACED = ("command", "action", "view", "shortcut")  # what somebody does, each time they do it
DEADLINE = 2.3  # seconds from taking a payload to its acknowledgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Every handler by what calls it."""

    commands: Mapping[str, Handler]  # verb key; "" bare; "?" unknown word
    actions: Mapping[str, Handler]  # action_id up to its first ":"
    views: Mapping[str, Handler]  # callback_id up to its first ":"
    closed: Mapping[str, Handler]
    shortcuts: Mapping[str, Handler]
    options: Mapping[str, Handler]
    events: Mapping[str, Handler]

    def handler(self, request: Request) -> Handler | None:
        """Who answers, or `None` for a name nobody knows (any more)."""
        by_kind = {
            "command": self.commands,
            "action": self.actions,
            "view": self.views,
            "closed": self.closed,
            "shortcut": self.shortcuts,
            "options": self.options,
            "event": self.events,
        }
        return by_kind[request.kind].get(request.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back to Slack. 200 acknowledges; anything else asks for a redelivery. `after` must
    be started once the answer is on its way."""

    status: int = 200
    body: Json = field(default_factory=dict)
    after: Callable[[], Awaitable[None]] | None = None


class Receiver:
    """Takes clean payloads, at most `in_flight` at once. Never raises, and never answers 404 or 500."""

    def __init__(
        self, *, parts: "Parts", routes: Routes, identity: Identity, health: Health, tongues: Tongues
    ) -> None:
        self._parts, self._routes, self._tongues = parts, routes, tongues
        self._identity = identity
        self.health = health
        self.background = Background()
        self._pace = Pace(0 if parts.settings.demo else parts.settings.gestures)
        self._slots = asyncio.Semaphore(parts.settings.in_flight)
        self._app = bolt(identity, self._listen)
        self._taken = 0  # payloads being worked on
        self._idle = asyncio.Event()
        self._idle.set()

    def use(self, parts: "Parts") -> None:
        """Other parts for the payloads that come from now on."""
        self._parts = parts

    def finish(self, answer: Answer) -> None:
        """Start what follows an answer. Call it once the answer is on its way to Slack."""
        if answer.after is not None:
            self.background.spawn(answer.after, "after")

    async def drain(self, seconds: float) -> None:
        """Wait until nothing is being answered and nothing follows an answer."""
        end = asyncio.get_running_loop().time() + seconds
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        await self.background.drain(max(0.1, end - asyncio.get_running_loop().time()))

    async def receive(self, body: Json) -> Answer:
        """Route one payload and wait for its answer, 2.3 s at most."""
        if body.get("type") == "url_verification":
            return Answer(body={"challenge": str(body.get("challenge", ""))})
        request = request_of(body)
        if request is not None and is_from_bot(request):
            return Answer()
        if request is None or not self._identity.owns(request.workspace):
            self.health.rejected("malformed" if request is None else "another_workspace")
            return Answer()
        self._taken += 1
        self._idle.clear()
        try:
            with contextlib.nullcontext() if request.silent else self.health.answering(request.kind):
                return await self._dispatched(request)
        finally:
            self._taken -= 1
            if not self._taken:
                self._idle.set()

    async def _dispatched(self, request: Request) -> Answer:
        box: dict[str, Any] = {"request": request}
        try:
            through = AsyncBoltRequest(mode="socket_mode", body=request.payload, context={"cadrage": box})
            response = await self._app.async_dispatch(through)
        except Exception as error:  # Bolt itself, on a payload of an odd shape
            log.warning("bolt_raised", error=type(error).__name__)
            response = BoltResponse(status=500)
        answer: Answer | None = box.get("answer")
        if answer is not None:
            return answer
        if response.status != 200:
            self.health.rejected("malformed")
        return Answer()

    async def _listen(self, context: Any) -> BoltResponse:
        box = context["cadrage"]
        with structlog.contextvars.bound_contextvars(request_id=secrets.token_hex(4)):
            box["answer"] = answer = await self._answer(box["request"])
        return BoltResponse(status=answer.status, body=answer.body)

    async def _answer(self, request: Request) -> Answer:
        handler = self._routes.handler(request)
        if handler is None:
            return self._unknown(request)
        if request.kind in PACED and not self._pace.takes(request.workspace, request.user):
            self.health.rejected("too_fast")
            return self._said(request, refusal.ONE_MOMENT)
        with watched() as maybe_saved:
            try:
                async with asyncio.timeout(DEADLINE), self._slots:
                    fp("before_turn")
                    reply = await handler(request, self._parts)
                    fp("before_ack")
            except Exception as error:
                return self._not_saved(request, error, certain=not maybe_saved())
        self._parts.wake()
        return Answer(body=reply.ack, after=self._finished(request, reply))

    def _finished(self, request: Request, reply: Reply) -> Callable[[], Awaitable[None]] | None:
        if self._tongues.knows(request.workspace, request.user) or not request.user:
            return reply.after

        async def finish() -> None:
            if reply.after is not None:
                await reply.after()
            await self._tongues.learn(request.workspace, request.user)

        return finish

    def _unknown(self, request: Request) -> Answer:
        """A card or form of another version of the bot: a hint instead of an error."""
        if request.kind in ("event", "closed"):
            return Answer()
        self.health.rejected(f"unknown_{request.kind}")
        log.info("unknown_name", kind=request.kind, name=request.name[:80])
        return self._said(request, refusal.OLD_FORM if request.kind == "view" else refusal.OLD_CARD)

    def _not_saved(self, request: Request, error: Exception, *, certain: bool) -> Answer:
        """The handler failed, or took too long; nothing is promised, and "not saved" is said only when that
        is `certain`. Events come again."""
        expected = type(error).__name__ in ("Busy", "Unavailable", "TimeoutError")
        if request.silent:  # says that something is wrong, and nothing of whose form it was
            log.error("not_saved", error=type(error).__name__, exc_info=not expected)
            return self._said(request, refusal.NOT_RECORDED if certain else refusal.UNCONFIRMED)
        self.health.failed(request.kind, type(error).__name__)
        log.error(
            "not_saved", kind=request.kind, name=request.name[:80], error=type(error).__name__,
            exc_info=not expected,
        )  # fmt: skip
        if request.kind == "event":
            return Answer(status=503)
        unsaved = refusal.UNSAVED.get(request.kind, refusal.NOT_DONE)
        return self._said(request, unsaved if certain else refusal.UNCONFIRMED)

    def _said(self, request: Request, words: Words) -> Answer:
        language = self._tongues.of(request.workspace, request.user)
        if request.kind == "view":
            return Answer(body=refusal.in_form(request.payload, words, language))
        if request.kind == "command":
            return Answer(body=refusal.ephemeral(words, language))
        if request.kind == "options":
            return Answer(body={"options": []})
        if request.kind == "closed":
            return Answer()
        return Answer(after=lambda: self._tell(request, words))

    async def _tell(self, request: Request, words: Words) -> None:
        """Say it privately: under the card, on top of the modal, or in a modal over App Home."""
        language, slack = self._tongues.of(request.workspace, request.user), self._parts.slack
        if request.response_url:
            await slack.respond(request.response_url, refusal.ephemeral(words, language))
        elif refusal.in_modal(request):
            await slack.push_view(request.workspace, request.trigger_id, refusal.page(words, language))
        elif request.trigger_id:
            await slack.open_view(request.workspace, request.trigger_id, refusal.page(words, language))
