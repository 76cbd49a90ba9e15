"""Slack by Socket Mode: a connection kept open, renewed before it ends, reopened with patience.

Ours rather than the SDK's client, which reconnects at once for every reason, measures silence by
the wall clock, queues without bound and prints payloads when asked for details. An envelope is
acknowledged after its handler, so what was not stored comes again.
"""

import asyncio
import random
from typing import Any

import aiohttp
import structlog
from pydantic import SecretStr

from bot.inbound.app import Answer, Receiver
from bot.inbound.background import cancelled
from bot.inbound.gate import MAX_BYTES, Rejected, admit_payload
from bot.inbound.wire import NotConnected, Wire
from bot.outbound.outcome import Sent, Throttled, WorkspaceGone
from bot.outbound.slack import Slack, is_loopback

log = structlog.get_logger()

LONGEST_WAIT = 60.0  # seconds between two tries
STEADY = 30.0  # a connection that lasted this many seconds starts the waiting times afresh
MAX_WAITING = 256  # envelopes taken and not answered; beyond it, reading pauses

Json = dict[str, Any]


class Link:
    """One Socket Mode connection and its successors. `run` until cancelled, then `close`."""

    def __init__(self, *, slack: Slack, token: SecretStr, receiver: Receiver, app_id: str = "") -> None:
        self._slack, self._token, self._receiver, self._app_id = slack, token, receiver, app_id
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(MAX_WAITING)

    async def run(self) -> None:
        """Stay connected. Waits longer after each failure, unless the last connection was steady."""
        loop, failures = asyncio.get_running_loop(), 0
        while True:
            started = loop.time()
            try:
                await self._until_it_ends()
                failures = 0
                continue  # its end was announced: the successor opens at once
            except NotConnected as error:
                reason, asked = error.reason, error.after
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                reason, asked = type(error).__name__, 0.0
            failures = 0 if loop.time() - started > STEADY else failures + 1
            pause = max(asked, back_off(failures))
            self._receiver.health.socket = reason
            log.warning("socket_lost", reason=reason, retry_in=round(pause, 1))
            await asyncio.sleep(pause)

    async def close(self) -> None:
        """End all connections. Does not wait for handlers: drain the receiver first."""
        await cancelled(*self._tasks)
        if self._session is not None:
            await self._session.close()

    async def _until_it_ends(self) -> None:
        """Open a connection and read it. Returns when Slack announced its end, raises when it broke."""
        wire = Wire(await self._open(await self._address()))
        reader = self._started(self._read(wire))
        announced = asyncio.create_task(wire.leaving.wait())
        try:
            await asyncio.wait({reader, announced}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            announced.cancel()
        if not wire.leaving.is_set():
            reader.result()

    async def _address(self) -> str:
        outcome = await self._slack.call_with(self._token, "apps.connections.open", {})
        if isinstance(outcome, Sent) and isinstance(outcome.data.get("url"), str):
            return str(outcome.data["url"])
        if isinstance(outcome, Throttled):
            raise NotConnected("throttled", outcome.after)
        reason = getattr(outcome, "code", "no_url")
        if isinstance(outcome, WorkspaceGone):
            log.error("app_token_refused", reason=reason)
        raise NotConnected(reason)

    async def _open(self, url: str) -> aiohttp.ClientWebSocketResponse:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(trust_env=not is_loopback(url))
        async with asyncio.timeout(10):
            return await self._session.ws_connect(url, autoping=False, max_msg_size=4 * MAX_BYTES)

    async def _read(self, wire: Wire) -> None:
        async for frame in wire.frames():
            if frame.get("type") == "hello":
                log.info("socket_connected")
                self._receiver.health.connected()
            elif frame.get("type") == "disconnect":
                self._leave(str(frame.get("reason", "")), wire)
            elif isinstance(frame.get("envelope_id"), str):
                await self._room.acquire()
                self._started(self._answer(wire, frame))

    def _leave(self, reason: str, wire: Wire) -> None:
        if reason == "link_disabled":
            log.error("socket_mode_switched_off", remedy="Switch Socket Mode on in the app's settings.")
            raise NotConnected(reason, LONGEST_WAIT)
        if reason == "too_many_websockets":
            raise NotConnected(reason, 10.0)
        wire.leaving.set()

    async def _answer(self, wire: Wire, frame: Json) -> None:
        try:
            admitted = admit_payload(frame.get("payload"), app_id=self._app_id)
            if isinstance(admitted, Rejected):
                self._receiver.health.rejected(admitted.reason)
                answer = Answer()
            else:
                answer = await self._receiver.receive(admitted.body)
            if answer.status == 200:
                await _acknowledge(wire, frame["envelope_id"], answer.body)
            self._receiver.finish(answer)
        finally:
            self._room.release()

    def _started(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work, name="socket")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not isinstance(error, NotConnected):
            log.error("socket_task_failed", exc_info=error)


async def _acknowledge(wire: Wire, envelope: str, body: Json) -> None:
    try:
        await wire.send({"envelope_id": envelope, "payload": body} if body else {"envelope_id": envelope})
    except (aiohttp.ClientError, ConnectionError, RuntimeError) as error:
        log.warning("ack_not_sent", error=type(error).__name__)  # an event comes again


def back_off(failures: int) -> float:
    """0 after a steady connection, then 1, 2, 4 … 60 seconds, with jitter so that replicas do not
    come back together."""
    longest = min(2 ** min(failures - 1, 6), LONGEST_WAIT) if failures else 0
    return float(longest * random.uniform(0.5, 1.0))  # noqa: S311 - not a secret
