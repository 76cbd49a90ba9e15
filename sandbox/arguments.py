"""Reads the arguments and the token of a Web API call from its HTTP request, form or JSON."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.refusal import Json

STRUCTURES = {"view", "blocks", "metadata", "files", "attachments"}
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


async def arguments(request: web.Request, raw: bytes) -> Json:
    """Query, then form or JSON body. Raises ValueError when the JSON is none, or no object."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        body = json.loads(raw or b"{}")
        if not isinstance(body, dict):
            raise ValueError("not an object")
        return args | body
    if request.content_type in FORMS:
        return args | dict(await request.post())
    return args


def token(request: web.Request, args: Json) -> str:
    """The bearer token, else the `token` argument."""
    bearer = request.headers.get("Authorization", "")
    if bearer.startswith("Bearer "):
        return bearer.removeprefix("Bearer ").strip()
    return str(args.get("token") or "")


def logged(args: Json) -> Json:
    """Arguments for the log: structures decoded, the token left out."""
    return {name: _decoded(name, value) for name, value in args.items() if name != "token"}


def _decoded(name: str, value: Any) -> Any:
    if isinstance(value, str) and name in STRUCTURES:
        with contextlib.suppress(ValueError, RecursionError):
            return json.loads(value)
    return value


async def uploaded(request: web.Request) -> bytes:
    """The bytes of an upload: raw, or the first part of a form."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    part = await (await request.multipart()).next()
    return bytes(await part.read()) if isinstance(part, BodyPartReader) else b""
