"""The Web API over HTTP: applies the faults in force, calls methods, logs the exchange."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox import answering, methods
from sandbox.arguments import arguments, logged, token, uploaded
from sandbox.call import Call
from sandbox.refusal import Json, Refused
from sandbox.spoiling import CARRIED_OUT, answered, ratelimited, spoil
from sandbox.traffic import TO_SLACK, Exchange
from sandbox.workspace import Workspace


class WebApi:
    """All routes a Slack app calls."""

    def __init__(self, space: Workspace) -> None:
        self.space = space

    def routes(self) -> list[web.RouteDef]:
        """Every address an app calls."""
        return [
            web.route("*", "/api/{method}", self.method),
            web.post("/response/{name}", self.response_url),
            web.post("/upload/v1/{file}", self.upload),
            web.get("/link/", self.link),
            web.get("/link", self.link),
        ]

    async def link(self, request: web.Request) -> web.StreamResponse:
        """The WebSocket of Socket Mode."""
        return await self.space.sockets.accept(request)

    async def method(self, request: web.Request) -> web.StreamResponse:
        """One API call."""
        name = request.match_info["method"]
        raw = await request.read()
        try:
            args = await arguments(request, raw)
        except (ValueError, RecursionError):
            return answered({"ok": False, "error": "invalid_json"})
        who = token(request, args)
        if seconds := self.space.rates.wait(name, args, time.monotonic()):
            self._log(name, time.perf_counter(), logged(args), {"ok": False, "error": "ratelimited"})
            return ratelimited(seconds)
        return await self._through(request, name, lambda: self._called(name, who, args, len(raw)))

    def _called(self, name: str, who: str, args: Json, size: int) -> Json:
        """Carry out a call and log it."""
        started = time.perf_counter()
        try:
            body = (
                self._connection(who) if name == "apps.connections.open" else self._performed(name, who, args)
            )
        except Refused as refusal:
            body = refusal.body()
        person = str(args.get("user_id") or args.get("user") or "")
        self._log(name, started, logged(args), body, person=person, size=size)
        return body

    def _connection(self, who: str) -> Json:
        methods.app_authorised(self.space.world, who)
        address = self.space.address.replace("http", "ws", 1)
        return {"ok": True, "url": f"{address}/link/?ticket={self.space.sockets.ticket()}"}

    def _performed(self, name: str, who: str, args: Json) -> Json:
        space = self.space
        install = methods.authorised(space.world, who)
        call = Call(
            world=space.world, install=install, args=args, address=space.address, tell=space.hands.tell
        )
        return methods.perform(name, call)

    async def response_url(self, request: web.Request) -> web.StreamResponse:
        """An answer to a response_url."""
        raw, name = await request.read(), request.match_info["name"]
        return await self._through(request, "response_url", lambda: self._respond(name, raw))

    def _respond(self, name: str, raw: bytes) -> Json:
        started, body = time.perf_counter(), None
        answer: Json = {"ok": True}
        try:
            body = json.loads(raw)
            answering.through_url(self.space.hands, name, body)
        except Refused as refusal:
            answer = refusal.body()
        except (ValueError, RecursionError):
            answer = {"ok": False, "error": "invalid_payload"}
        self._log("response_url", started, body, answer, size=len(raw))
        return answer

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Step 2 of an upload: the bytes."""
        content, file = await uploaded(request), request.match_info["file"]
        return await self._through(request, "upload", lambda: self._received(file, content))

    def _received(self, file: str, content: bytes) -> Json:
        ok = self.space.world.vault.receive(file, content)
        answer: Json = {"ok": True} if ok else {"ok": False, "error": "length_mismatch"}
        self._log("upload", time.perf_counter(), {"file": file}, answer, size=len(content))
        return answer

    async def _through(
        self, request: web.Request, name: str, answer: Callable[[], Json]
    ) -> web.StreamResponse:
        """Answer as the faults want; `answer()` carries the call out and is called at most once."""
        faults = self.space.faults.strike(name)
        for fault in faults:
            if fault.kind == "latency":
                await asyncio.sleep(fault.seconds)
        spoiling = [fault for fault in faults if fault.kind != "latency"]
        if not spoiling:
            return answered(answer())
        fault = spoiling[0]
        self._log(name, time.perf_counter(), {}, {}, note=f"fault: {fault.kind}")
        body = answer() if fault.after or fault.kind in CARRIED_OUT else {}
        return await spoil(request, fault, body)

    def _log(self, name: str, started: float, request: Any, response: Json, **more: Any) -> None:
        self.space.traffic.add(
            Exchange(
                at=self.space.world.now(),
                direction=TO_SLACK,
                kind=name,
                method=name,
                ms=(time.perf_counter() - started) * 1000,
                request=request,
                response=response,
                refused=str(response.get("error", "")),
                why=tuple(response.get("response_metadata", {}).get("messages", ())),
                **more,
            )
        )
