"""The two ways an interaction reaches the measured process: signed HTTP, and Socket Mode."""

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any, Protocol
from urllib.parse import quote_plus

from benchmarks.sink import Sink

Json = dict[str, Any]
SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105  of the benchmark's own Slack


class Wire(Protocol):
    """Delivers interactions. An answer outside 2xx raises `Refused`: a lost turn fails the run."""

    name: str

    async def interact(self, payload: Json) -> Json:
        """Deliver one interactive payload and return what the acknowledgement carried."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Refused(Exception):
    """The measured process did not acknowledge."""


class SocketMode:
    """One websocket for everybody, as in Slack."""

    name = "Socket Mode"

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    async def interact(self, payload: Json) -> Json:
        """Deliver one envelope of kind `interactive`."""
        return await asyncio.wait_for(self._sink.deliver("interactive", payload), 30)

    async def close(self) -> None:
        """Nothing of its own to close."""


class Http:
    """Signed POSTs over kept-alive connections. Plain streams: a client library would cost more
    processor time than the turn that is measured."""

    name = "HTTP"

    def __init__(self, port: int, path: str = "/slack/events") -> None:
        self._port, self._path = port, path
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def interact(self, payload: Json) -> Json:
        """Deliver one form `payload=…` with a fresh signature."""
        body = b"payload=" + quote_plus(json.dumps(payload)).encode()
        reader, writer = await self._connection()
        writer.write(self._head(body) + body)
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:"), 0
        )
        answer = await reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 2"):
            raise Refused(f"{head.split(chr(13).encode())[0]!r} {answer[:200]!r}")
        self._idle.append((reader, writer))
        return json.loads(answer) if answer[:1] == b"{" else {}

    async def close(self) -> None:
        """Close the kept connections."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
        return await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)

    def _head(self, body: bytes) -> bytes:
        now = str(int(time.time())).encode()
        mac = hmac.new(SECRET.encode(), b"v0:" + now + b":" + body, hashlib.sha256).hexdigest().encode()
        return b"\r\n".join((
            b"POST " + self._path.encode() + b" HTTP/1.1", b"Host: 127.0.0.1",
            b"Content-Type: application/x-www-form-urlencoded", b"Content-Length: %d" % len(body),
            b"X-Slack-Request-Timestamp: " + now, b"X-Slack-Signature: v0=" + mac, b"\r\n",
        ))  # fmt: skip
