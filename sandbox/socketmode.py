"""Socket Mode: WebSocket connections of the app, envelopes, acknowledgements, disconnects on demand."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from sandbox.delivery import Ack, Parcel
from sandbox.refusal import Impossible, Json, Refused

MOST = 10
DISCONNECTS = ("warning", "refresh_requested", "link_disabled", "too_many_websockets")


@dataclass(kw_only=True, eq=False)
class Connection:
    """One open WebSocket. `frozen` makes it half-open: nothing is read, sent or ponged any more."""

    socket: web.WebSocketResponse
    number: int
    transport: asyncio.WriteTransport | None
    frozen: bool = False
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)


class Sockets:
    """All connections of the app; a road for delivery. Each payload goes to one connection, in turn."""

    def __init__(self, app_id: str = "") -> None:
        self.app_id = app_id
        self.connections: list[Connection] = []
        self.tickets: set[str] = set()
        self.disabled = False
        self._numbers = itertools.count(1)
        self._turn = 0

    def ticket(self) -> str:
        """For apps.connections.open: a secret for one connection."""
        if self.disabled:
            raise Refused("not_allowed", "Socket Mode is switched off for this app")
        name = secrets.token_hex(8)
        self.tickets.add(name)
        return name

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """The WebSocket endpoint."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            return web.Response(status=403, text="unknown ticket")
        self.tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, heartbeat=None)
        await socket.prepare(request)
        connection = Connection(socket=socket, number=next(self._numbers), transport=request.transport)
        if len(self.connections) >= MOST:
            await self._disconnect(connection, "too_many_websockets")
            return socket
        self.connections.append(connection)
        try:
            await socket.send_json(self._hello())
            await self._listen(connection)
        finally:
            self._forget(connection)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "connection_info": {"app_id": self.app_id},
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
        }

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if connection.frozen:
                continue
            if message.type is WSMsgType.PING:
                await connection.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                self._acknowledge(connection, message.data)

    def _acknowledge(self, connection: Connection, data: str) -> None:
        try:
            body = json.loads(data)
        except ValueError:
            return
        future = connection.waiting.get(body.get("envelope_id", "")) if isinstance(body, dict) else None
        if future is not None and not future.done():
            future.set_result(body)

    def _forget(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        for future in connection.waiting.values():
            if not future.done():
                future.set_exception(ConnectionResetError())

    async def carry(self, parcel: Parcel, deadline: float) -> Ack:
        """Deliver one envelope over the next connection."""
        connection = self._next()
        if connection is None:
            return Ack(ok=False, problem="no_connection")
        envelope = self._envelope(parcel)
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = future
        try:
            if not connection.frozen:
                await connection.socket.send_json(envelope)
            answer = await asyncio.wait_for(future, deadline)
        except (TimeoutError, ConnectionError):
            return Ack(ok=False, problem="timeout")
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)
        return Ack(ok=True, body=answer.get("payload"))

    def _next(self) -> Connection | None:
        if not self.connections:
            return None
        self._turn += 1
        return self.connections[self._turn % len(self.connections)]

    def _envelope(self, parcel: Parcel) -> Json:
        answers = parcel.kind == "slash_commands" or parcel.payload.get("type") in {
            "view_submission",
            "block_suggestion",
        }
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": parcel.kind,
            "payload": parcel.payload,
            "accepts_response_payload": answers,
        }
        if parcel.kind == "events_api":
            envelope |= {"retry_attempt": parcel.retry, "retry_reason": "timeout" if parcel.retry else ""}
        return envelope

    async def disturb(self, what: str) -> int:
        """Do something to every connection; how many were concerned.

        `warning`, `refresh_requested`, `link_disabled`, `too_many_websockets` send that disconnect (all but
        `warning` then close); `drop` cuts; `freeze` leaves half-open; `enable` undoes `link_disabled`.
        """
        if what == "enable":
            self.disabled = False
            return 0
        if what not in {*DISCONNECTS, "drop", "freeze"}:
            raise Impossible(f"A connection cannot be told {what!r}.")
        concerned = list(self.connections)
        self.disabled = self.disabled or what == "link_disabled"
        for connection in concerned:
            if what == "freeze":
                connection.frozen = True
            elif what == "drop":
                if connection.transport is not None:
                    connection.transport.abort()
            else:
                await self._disconnect(connection, what)
        return len(concerned)

    async def _disconnect(self, connection: Connection, reason: str) -> None:
        """Announce the end; unless it is a warning, send nothing more and close. Acks are still taken."""
        if reason != "warning" and connection in self.connections:
            self.connections.remove(connection)
        await connection.socket.send_json(
            {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        )
        if reason != "warning":
            await connection.socket.close()

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self.connections):
            await connection.socket.close()
