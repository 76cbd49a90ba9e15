"""One WebSocket of Socket Mode: JSON frames as they come, pings, and silence noticed.

Does not know what the frames mean.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from bot.inbound.gate import read

PING = 5.0  # seconds between pings
SILENCE = 4 * PING  # seconds without a pong after which a connection counts as dead
OVERLAP = 30.0  # seconds a connection is still read after its end was announced

Json = dict[str, Any]
_END = (
    aiohttp.WSMsgType.CLOSE,
    aiohttp.WSMsgType.CLOSING,
    aiohttp.WSMsgType.CLOSED,
    aiohttp.WSMsgType.ERROR,
)


class NotConnected(Exception):
    """No connection, or none any more. `after`: how long Slack asks us to wait, in seconds."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


class Wire:
    """An open WebSocket. Set `leaving` once its end has been announced."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._loop = asyncio.get_running_loop()
        self._pong = self._loop.time()
        self.leaving = asyncio.Event()

    async def frames(self) -> AsyncIterator[Json]:
        """Every frame with words in it. Ends at an announced end; raises `NotConnected` when the
        connection broke or fell silent."""
        pings = asyncio.create_task(self._ping(), name="ping")
        try:
            while (message := await self._next()) is not None:
                frame = _decoded(message)
                if frame is not None:
                    yield frame
        finally:
            pings.cancel()
            with contextlib.suppress(Exception):
                await self._socket.close()

    async def send(self, frame: Json) -> None:
        """Send one frame. Raises `ConnectionError` when the connection is gone."""
        await self._socket.send_str(json.dumps(frame))

    async def _next(self) -> str | None:
        while True:
            try:
                message = await self._socket.receive(timeout=OVERLAP if self.leaving.is_set() else PING)
            except TimeoutError:
                if self.leaving.is_set():
                    return None
                if self._loop.time() - self._pong > SILENCE:
                    raise NotConnected("no_pong") from None
                continue
            if message.type is aiohttp.WSMsgType.TEXT:
                return str(message.data)
            if message.type is aiohttp.WSMsgType.PONG:
                self._pong = self._loop.time()
            elif message.type is aiohttp.WSMsgType.PING:
                await self._socket.pong(message.data)
            elif message.type in _END:
                if self.leaving.is_set():
                    return None
                raise NotConnected("closed")

    async def _ping(self) -> None:
        """Ping for ever, so that a quiet connection is told from a dead one."""
        while True:
            await asyncio.sleep(PING)
            with contextlib.suppress(Exception):  # reading notices a broken connection
                await self._socket.ping()


def _decoded(text: str) -> Json | None:
    """A frame, bounded and clean; `None` for what is not one."""
    try:
        frame = read(text.encode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    return frame if isinstance(frame, dict) else None
