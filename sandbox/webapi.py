"""The Web API over HTTP: reads forms and JSON, applies faults, calls methods, logs the exchange."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox import answering, methods
from sandbox.call import Call
from sandbox.faults import Fault
from sandbox.refusal import Json, Refused
from sandbox.workspace import Workspace

LONGEST = 600.0


class WebApi:
    """All routes a Slack app calls."""

    def __init__(self, space: Workspace) -> None:
        self.space = space

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/api/{method}", self.method),
            web.post("/response/{name}", self.response_url),
            web.post("/upload/v1/{file}", self.upload),
            web.get("/link/", self.link),
            web.get("/link", self.link),
        ]

    async def link(self, request: web.Request) -> web.StreamResponse:
        return await self.space.sockets.accept(request)

    async def method(self, request: web.Request) -> web.StreamResponse:
        """One API call, through the faults in force for it."""
        name, started = request.match_info["method"], time.perf_counter()
        raw = await request.read()
        try:
            args = await _arguments(request, raw)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        token = _token(request, args)
        faults = self.space.faults.strike(name)
        return await self._through(
            request, name, faults, lambda: self._answer(name, token, args, len(raw), started)
        )

    def _answer(self, name: str, token: str, args: Json, size: int, started: float) -> Json:
        space = self.space
        person = ""
        try:
            if name == "apps.connections.open":
                methods.app_authorised(space.world, token)
                address = space.address.replace("http", "ws", 1)
                body: Json = {"ok": True, "url": f"{address}/link/?ticket={space.sockets.ticket()}"}
            else:
                call = Call(
                    world=space.world,
                    install=methods.authorised(space.world, token),
                    args=args,
                    address=space.address,
                    tell=space.hands.tell,
                )
                body = methods.perform(name, call)
                person = str(args.get("user_id") or args.get("user") or "")
        except Refused as refusal:
            body = refusal.body()
        why = tuple(body.get("response_metadata", {}).get("messages", ()))
        space.traffic.add(
            at=space.world.now(),
            direction="to Slack",
            kind=name,
            method=name,
            person=person,
            size=size,
            ms=(time.perf_counter() - started) * 1000,
            request=_logged(args),
            response=body,
            refused=str(body.get("error", "")),
            why=why,
        )
        return body

    async def _through(
        self, request: web.Request, name: str, faults: list[Fault], answer: Any
    ) -> web.StreamResponse:
        """Answer as the faults want; `answer()` carries the call out and is called at most once."""
        for fault in faults:
            if fault.kind == "latency":
                await asyncio.sleep(fault.seconds)
        spoiling = [fault for fault in faults if fault.kind != "latency"]
        if not spoiling:
            return _json(answer())
        fault = spoiling[0]
        self.space.traffic.add(
            at=self.space.world.now(),
            direction="to Slack",
            kind=name,
            method=name,
            ms=0,
            request={},
            response={},
            note=f"fault: {fault.kind}",
        )
        body = answer() if fault.after or fault.kind in {"drop_after", "drip"} else {}
        return await _spoil(request, fault, body)

    async def response_url(self, request: web.Request) -> web.StreamResponse:
        """An answer to a response_url: five in thirty minutes."""
        raw = await request.read()
        faults = self.space.faults.strike("response_url")
        return await self._through(
            request, "response_url", faults, lambda: self._respond(request.match_info["name"], raw)
        )

    def _respond(self, name: str, raw: bytes) -> Json:
        started, error, space = time.perf_counter(), "", self.space
        try:
            body = json.loads(raw)
        except ValueError:
            return {"ok": False, "error": "invalid_payload"}
        try:
            answering.through_url(space.hands, name, body)
        except Refused as refusal:
            error = refusal.code
        answer = {"ok": False, "error": error} if error else {"ok": True}
        space.traffic.add(
            at=space.world.now(),
            direction="to Slack",
            kind="response_url",
            method="response_url",
            ms=(time.perf_counter() - started) * 1000,
            request=body,
            response=answer,
            refused=error,
        )
        return answer

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """Step 2 of an upload: the bytes, raw or as the only part of a form."""
        if request.content_type.startswith("multipart/"):
            part = await (await request.multipart()).next()
            content = bytes(await part.read()) if isinstance(part, BodyPartReader) else b""
        else:
            content = await request.read()
        faults = self.space.faults.strike("upload")
        return await self._through(
            request, "upload", faults, lambda: self._received(request.match_info["file"], content)
        )

    def _received(self, file: str, content: bytes) -> Json:
        ok = self.space.world.vault.receive(file, content)
        self.space.traffic.add(
            at=self.space.world.now(),
            direction="to Slack",
            kind="upload",
            method="upload",
            ms=0,
            size=len(content),
            request={"file": file},
            response={"ok": ok},
            refused="" if ok else "length_mismatch",
        )
        return {"ok": ok} if ok else {"ok": False, "error": "length_mismatch"}


def _json(body: Json) -> web.Response:
    status = 404 if body.get("error") in {"expired_url", "used_url"} else 200
    return web.Response(
        body=json.dumps(body).encode(), status=status, content_type="application/json", charset="utf-8"
    )


async def _spoil(request: web.Request, fault: Fault, body: Json) -> web.StreamResponse:
    match fault.kind:
        case "429":
            return web.json_response(
                {"ok": False, "error": "ratelimited"},
                status=429,
                headers={"Retry-After": str(int(fault.seconds))},
            )
        case "500" | "503":
            return web.Response(status=int(fault.kind), text="service unavailable")
        case "drop_before" | "drop_after":
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        case "hang":
            await asyncio.sleep(min(fault.seconds, LONGEST))
            return _json(body)
        case "garbage":
            return web.Response(body=b"\x00\xff{not json", content_type="application/json")
        case "html":
            return web.Response(
                text="<!doctype html><title>Slack</title><h1>Try again</h1>", content_type="text/html"
            )
        case "empty":
            return web.Response(body=b"")
        case "drip":
            return await _drip(request, json.dumps(body).encode(), fault.seconds)
        case _:
            return _json({"ok": False, "error": fault.code})


async def _drip(request: web.Request, content: bytes, seconds: float) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    try:
        for byte in content:
            await response.write(bytes([byte]))
            await asyncio.sleep(seconds)
    except (ConnectionError, RuntimeError):
        pass
    return response


async def _arguments(request: web.Request, raw: bytes) -> Json:
    """Arguments of a call: query, then form or JSON body."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        body = json.loads(raw or b"{}")
        if not isinstance(body, dict):
            raise ValueError("not an object")
        return args | body
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return args | dict(await request.post())
    return args


def _token(request: web.Request, args: Json) -> str:
    bearer = request.headers.get("Authorization", "")
    if bearer.startswith("Bearer "):
        return bearer.removeprefix("Bearer ").strip()
    return str(args.get("token") or "")


def _logged(args: Json) -> Json:
    """Arguments for the log: structures decoded, token left out."""
    shown: Json = {}
    for key, value in args.items():
        if key == "token":
            continue
        if (
            isinstance(value, str)
            and value[:1] in "[{"
            and key in {"view", "blocks", "metadata", "files", "attachments"}
        ):
            try:
                value = json.loads(value)
            except ValueError:
                pass
        shown[key] = value
    return shown
