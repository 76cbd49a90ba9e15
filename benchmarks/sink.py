"""A Slack that answers at once and checks nothing: the other end of every benchmark.

Runs in the process of the load generator, never in the measured one. It does not limit, refuse or
draw anything; for that there is the sandbox.
"""

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

Json = dict[str, Any]
WORKSPACE = "T0BENCH"
APP = "A0BENCH"
BOT = "U0BOT"


class Sink:
    """Web API and Socket Mode on one port. `calls` counts methods; `on_call` hears each of them."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.on_call: Callable[[str, Json], None] = lambda method, body: None
        self.on_view: Callable[[Json, Json], None] = lambda body, view: None
        self.linked = asyncio.Event()
        self._links: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._numbers = itertools.count(1)
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self) -> None:
        """Listen on a free port of the loopback interface."""
        app = web.Application(client_max_size=8 * 2**20)
        app.router.add_route("*", "/api/{method}", self._method)
        app.router.add_get("/link", self._link)
        app.router.add_route("*", "/upload/{any}", self._upload)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close every connection and the port."""
        for link in self._links:
            await link.close()
        if self._runner:
            await self._runner.cleanup()

    @property
    def api(self) -> str:
        """What SLACK_API_URL must say to reach this sink."""
        return f"http://127.0.0.1:{self.port}/api/"

    async def deliver(self, kind: str, payload: Json) -> Json:
        """Send one envelope by Socket Mode and return the payload of its acknowledgement."""
        number = f"e{next(self._numbers)}"
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        envelope = {"envelope_id": number, "type": kind, "payload": payload, "accepts_response_payload": True}
        await self._links[-1].send_str(json.dumps(envelope))
        return await answer

    async def _method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body = await _body(request)
        self.calls[method] += 1
        self.on_call(method, body)
        return web.Response(body=self._answer(method, body), content_type="application/json")

    def _answer(self, method: str, body: Json) -> bytes:
        number = next(self._numbers)
        ts = f"{1_800_000_000 + number // 1000}.{number % 1000:06d}"
        channel = body.get("channel", "C0")
        answer: Json = {"ok": True, "ts": ts, "channel": channel, "team_id": WORKSPACE, "app_id": APP}
        match method:
            case "chat.update":
                answer["ts"] = body.get("ts", ts)  # a message stays where it is
            case "apps.connections.open":
                answer["url"] = f"ws://127.0.0.1:{self.port}/link"
            case "auth.test":
                answer |= {"user_id": BOT, "bot_id": "B0BOT", "team": "Bench", "user": "cadrage"}
            case "conversations.open":
                answer["channel"] = {"id": "D" + str(body.get("users", "0"))}
            case "users.info":
                answer["user"] = _user(str(body.get("user", "U0")))
            case "conversations.info":
                answer["channel"] = {"id": channel, "name": "bench", "is_private": False, "is_member": True}
            case "views.open" | "views.update" | "views.push" | "views.publish":
                view = body.get("view") or {}
                view = json.loads(view) if isinstance(view, str) else view
                answer["view"] = {**view, "id": body.get("view_id") or f"V{number}", "hash": f"h{number}"}
                self.on_view(body, answer["view"])
            case "conversations.history" | "conversations.replies":
                answer |= {"messages": [], "has_more": False}
            case "files.getUploadURLExternal":
                answer |= {"upload_url": f"http://127.0.0.1:{self.port}/upload/f", "file_id": f"F{number}"}
        return json.dumps(answer).encode()

    async def _upload(self, request: web.Request) -> web.Response:
        await request.read()
        return web.Response(text="OK")

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        link = web.WebSocketResponse(max_msg_size=0)
        await link.prepare(request)
        self._links.append(link)
        await link.send_json({"type": "hello", "connection_info": {"app_id": APP}, "num_connections": 1})
        self.linked.set()
        async for message in link:
            if message.type is WSMsgType.TEXT and message.data.startswith("{"):
                said = json.loads(message.data)
                waiting = self._waiting.pop(said.get("envelope_id", ""), None)
                if waiting and not waiting.done():
                    waiting.set_result(said.get("payload") or {})
        self._links.remove(link)
        return link


async def _body(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    return {key: _plain(value) for key, value in (await request.post()).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _user(user: str) -> Json:
    return {
        "id": user, "team_id": WORKSPACE, "name": user.lower(), "real_name": f"Person {user}",
        "tz": "Europe/Paris", "locale": "fr-FR", "is_bot": False, "deleted": False,
        "profile": {"real_name": f"Person {user}", "display_name": user},
    }  # fmt: skip
