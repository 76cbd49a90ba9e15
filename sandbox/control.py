"""The control API under /_/: HTTP around acts, sight, traffic, faults and time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable
from typing import Any

from aiohttp import web

from sandbox import scenario, sight
from sandbox.acts import ACTS, Act
from sandbox.people import Person
from sandbox.refusal import Impossible, Json, Refused
from sandbox.travel import Travel
from sandbox.workspace import GOODBYE, Workspace

PLAYER = "X-Sandbox-Player"  # the header by which a gesture of the player is known


class Control:
    """The routes under /_/."""

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self.travel = Travel(space)

    def routes(self) -> list[web.RouteDef]:
        """Every address of the control API."""
        return [
            web.get("/_/state", self.state),
            web.get("/_/stream", self.stream),
            web.get("/_/traffic", self.traffic),
            web.get("/_/messages", self.messages),
            web.get("/_/scenarios", self.scenarios),
            web.get("/_/health", self.health),
            web.get("/_/files/{file}/{name}", self.file),
            web.get("/_/faults", self.faults),
            web.post("/_/faults", self.add_fault),
            web.delete("/_/faults", self.remove_faults),
            web.delete("/_/faults/{id}", self.remove_faults),
            web.get("/_/time", self.time),
            web.post("/_/time", self.advance),
            web.get("/_/due", self.due),
            web.post("/_/{gesture}", self.gesture),
        ]

    async def gesture(self, request: web.Request) -> web.Response:
        """Do something as somebody. What cannot be done comes back as a sentence, status 400."""
        act = ACTS.get(request.match_info["gesture"])
        if act is None:
            return _answer(
                {"ok": False, "error": f"There is no gesture {request.match_info['gesture']!r}."}, 404
            )
        return await _said(self._do(act, request))

    def _played(self, request: web.Request, body: Json) -> bool:
        """Whether somebody looks on while the player acts as this very person."""
        acting, who = self.space.acting, body.get("as")
        if not acting or not who or PLAYER in request.headers:
            return False
        return self.space.world.person(acting) is self.space.world.person(str(who))

    async def _do(self, act: Act, request: web.Request) -> Json:
        body = await _body(request)
        if self._played(request, body):
            return {"ok": False, "error": "being_played", "shown": "being_played"}
        return await act(self.space, body)

    async def state(self, request: web.Request) -> web.Response:
        """What ?as=somebody sees."""
        try:
            person = self._somebody(request.query.get("as", ""))
        except Impossible as reason:
            return _answer({"ok": False, "error": str(reason)}, 400)
        return _answer(
            {
                **sight.state(self.space.hands, person),
                "guide": self.space.world.guide,
                "scenario": self.space.scenario_name,
            }
        )

    def _somebody(self, who: str) -> Person:
        """The person named; the first human when nobody is, which is where the page starts."""
        world = self.space.world
        return world.person(who) if who else next(p for p in world.people.values() if not p.is_bot)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: {"changed": [...]} whenever something may look different."""
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await response.prepare(request)
        queue: asyncio.Queue[str] = asyncio.Queue()
        self.space.listeners.add(queue)
        try:
            await response.write(b'data: {"changed": []}\n\n')
            while news := await _next_news(queue):
                await response.write(news)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self.space.listeners.discard(queue)
        return response

    async def traffic(self, request: web.Request) -> web.Response:
        """The log after exchange number ?since=n."""
        since = int(request.query.get("since", "0"))
        return _answer(
            {
                "exchanges": self.space.traffic.since(since),
                "n": self.space.traffic.n,
                "waiting": self.space.delivery.waiting,
                "given_up": self.space.delivery.given_up,
            }
        )

    async def messages(self, request: web.Request) -> web.Response:
        """Every message of ?channel=, as kept, oldest first: for tests that count."""
        try:
            channel = self.space.world.channel(request.query.get("channel", ""))
        except Refused as refusal:
            return _answer({"ok": False, "error": refusal.code}, 400)
        return _answer(
            {"ok": True, "messages": list(channel.messages.values()), "ephemerals": channel.ephemerals}
        )

    async def scenarios(self, _: web.Request) -> web.Response:
        """Which scenarios there are, and which is on."""
        return _answer({"scenarios": scenario.names(), "now": self.space.scenario_name})

    async def health(self, _: web.Request) -> web.Response:
        """Whether the app is connected, and what waits for it."""
        return _answer(
            {
                "ok": True,
                "connections": len(self.space.sockets.connections),
                "waiting": self.space.delivery.waiting,
                "given_up": self.space.delivery.given_up,
                "http": bool(self.space.options.deliver),
            }
        )

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file."""
        kept = self.space.world.vault.files.get(request.match_info["file"])
        if kept is None:
            return _answer({"ok": False, "error": "file_not_found"}, 404)
        return web.Response(body=kept.content, content_type="application/octet-stream")

    async def faults(self, _: web.Request) -> web.Response:
        """The faults in force, and how often any has struck."""
        return _answer({"faults": self.space.faults.listed(), "hits": self.space.faults.total_hits})

    async def add_fault(self, request: web.Request) -> web.Response:
        """Put a fault in force."""
        return await _said(self._add_fault(request))

    async def _add_fault(self, request: web.Request) -> Json:
        fault = self.space.faults.add(**await _body(request))
        self.space.world.changed("faults", "")
        return {"ok": True, "id": fault.id}

    async def remove_faults(self, request: web.Request) -> web.Response:
        """End one fault, or all."""
        which = request.match_info.get("id")
        self.space.faults.remove(int(which) if which else None)
        self.space.world.changed("faults", "")
        return _answer({"ok": True})

    async def time(self, _: web.Request) -> web.Response:
        """What time it is in this world, and whether it can be moved."""
        return await _said(self.travel.time())

    async def advance(self, request: web.Request) -> web.Response:
        """Move the time forward, with the bot's clock when there is one."""
        return await _said(self._advance(request))

    async def _advance(self, request: web.Request) -> Json:
        return await self.travel.advance(await _body(request))

    async def due(self, _: web.Request) -> web.Response:
        """What the bot will do next."""
        return await _said(self.travel.due())


async def _next_news(queue: asyncio.Queue[str]) -> bytes:
    """The next event: all that changed within 30 ms, or a comment after 15 s; "" at the end."""
    try:
        changed = {await asyncio.wait_for(queue.get(), 15)}
    except TimeoutError:
        return b": still here\n\n"
    await asyncio.sleep(0.03)
    while not queue.empty():
        changed.add(queue.get_nowait())
    if GOODBYE in changed:
        return b""
    return f"data: {json.dumps({'changed': sorted(changed)})}\n\n".encode()


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        raise Impossible("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Impossible("The body is not an object.")
    return body


async def _said(doing: Awaitable[Json]) -> web.Response:
    """The answer of a gesture; what is impossible or refused becomes a sentence."""
    try:
        return _answer(await doing)
    except Impossible as reason:
        return _answer({"ok": False, "error": str(reason)}, 400)
    except Refused as refusal:
        return _answer({"ok": False, "error": refusal.code, "why": list(refusal.why)}, 400)
    except (KeyError, TypeError) as problem:
        return _answer(
            {"ok": False, "error": f"Something is missing or unknown in the request: {problem}"}, 400
        )


def _answer(body: Any, status: int = 200) -> web.Response:
    return web.json_response(body, status=status)
