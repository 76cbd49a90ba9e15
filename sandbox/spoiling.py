"""Spoils HTTP answers as faults want: refused, cut, hanging, garbled, dripping."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.faults import Fault
from sandbox.refusal import Json

Spoil = Callable[[web.Request, Fault, Json], Awaitable[web.StreamResponse]]

CARRIED_OUT = {"drop_after", "drip"}  # these carry the call out whatever `after` says
PAGE = "<!doctype html><title>Slack</title><h1>Try again</h1>"


def answered(body: Json) -> web.Response:
    """An answer nobody spoiled."""
    status = 404 if body.get("error") in {"expired_url", "used_url"} else 200
    raw = json.dumps(body).encode()
    return web.Response(body=raw, status=status, content_type="application/json", charset="utf-8")


async def spoil(request: web.Request, fault: Fault, body: Json) -> web.StreamResponse:
    """The answer as this fault has it; `body` is what it would have been."""
    return await SPOILS[fault.kind](request, fault, body)


def ratelimited(seconds: float) -> web.Response:
    """Too many calls: come back after so many seconds."""
    headers = {"Retry-After": str(int(seconds))}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


async def _ratelimited(_: web.Request, fault: Fault, __: Json) -> web.StreamResponse:
    return ratelimited(fault.seconds)


async def _unavailable(_: web.Request, fault: Fault, __: Json) -> web.StreamResponse:
    return web.Response(status=int(fault.kind), text="service unavailable")


async def _drop(request: web.Request, _: Fault, __: Json) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return web.Response()


async def _hang(_: web.Request, fault: Fault, body: Json) -> web.StreamResponse:
    await asyncio.sleep(fault.seconds)
    return answered(body or {"ok": False, "error": "request_timeout"})


async def _garbage(_: web.Request, __: Fault, ___: Json) -> web.StreamResponse:
    return web.Response(body=b"\x00\xff{not json", content_type="application/json")


async def _html(_: web.Request, __: Fault, ___: Json) -> web.StreamResponse:
    return web.Response(text=PAGE, content_type="text/html")


async def _empty(_: web.Request, __: Fault, ___: Json) -> web.StreamResponse:
    return web.Response(body=b"")


async def _error(_: web.Request, fault: Fault, __: Json) -> web.StreamResponse:
    return answered({"ok": False, "error": fault.code})


async def _drip(request: web.Request, fault: Fault, body: Json) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    try:
        for byte in json.dumps(body).encode():
            await response.write(bytes([byte]))
            await asyncio.sleep(fault.seconds)
    except (ConnectionError, RuntimeError):
        pass  # the caller lost patience, which is what this fault is for
    return response


SPOILS: dict[str, Spoil] = {
    "429": _ratelimited,
    "500": _unavailable,
    "503": _unavailable,
    "drop_before": _drop,
    "drop_after": _drop,
    "hang": _hang,
    "garbage": _garbage,
    "html": _html,
    "empty": _empty,
    "error": _error,
    "drip": _drip,
}
