"""The HTTP side: Slack's requests when there is no Socket Mode, health, metrics, and the demo's clock."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web

from bot.inbound.app import Receiver
from bot.inbound.gate import MAX_BYTES, Rejected, admit, refuse_length
from bot.operations.clock import Clock
from bot.operations.health import Health

log = structlog.get_logger()

BODY_TIME = 2.0  # seconds for a body to arrive; Slack's comes at once

Json = dict[str, Any]


class Events:
    """`POST /slack/events`: every event, interaction and command that is really Slack's."""

    def __init__(self, *, receiver: Receiver, clock: Clock, secret: str, app_id: str = "") -> None:
        self._receiver, self._clock, self._secret, self._app_id = receiver, clock, secret, app_id

    async def post(self, request: web.Request) -> web.StreamResponse:
        """Check, route, answer, and only then start what follows the answer."""
        if (refused := refuse_length(request.headers.get("Content-Length"))) is not None:
            return self._refuse(refused)
        try:
            async with asyncio.timeout(BODY_TIME):
                raw = await request.read()
        except TimeoutError:
            return self._refuse(Rejected(status=408, reason="slow_body", length=0))
        if raw == b"ssl_check=1" or raw.startswith(b"ssl_check=1&"):
            return web.Response()  # Slack trying our certificate; asks for nothing
        admitted = admit(
            request.headers, raw, secret=self._secret, now=self._clock.now(), app_id=self._app_id
        )
        if isinstance(admitted, Rejected):
            return self._refuse(admitted)
        answer = await self._receiver.receive(admitted.body)
        response = (
            web.json_response(answer.body, status=answer.status)
            if answer.body
            else web.Response(status=answer.status)
        )
        await response.prepare(request)
        await response.write_eof()
        self._receiver.finish(answer)
        return response

    def _refuse(self, refused: Rejected) -> web.Response:
        self._receiver.health.rejected(refused.reason)
        log.info("request_refused", reason=refused.reason, length=refused.length)
        return web.Response(status=refused.status)


class Probes:
    """`/live`: this process is not stuck. `/ready`: it can save. `/metrics`: what it has counted."""

    def __init__(
        self, *, health: Health, facts: Callable[[], Json], ready: Callable[[], Awaitable[str]]
    ) -> None:
        self._health, self._facts, self._ready = health, facts, ready

    async def live(self, _: web.Request) -> web.Response:
        """503 when a loop of this process has stopped going round: restart it."""
        silent = self._health.silent()
        return web.json_response({"live": not silent, "silent": silent}, status=503 if silent else 200)

    async def ready(self, _: web.Request) -> web.Response:
        """503 while nothing can be saved; says what is wrong. Slack being down does not count."""
        trouble = await self._ready()
        facts = {"ready": not trouble, "database": trouble or "ok", **self._facts()}
        return web.json_response(facts, status=503 if trouble else 200)

    async def metrics(self, _: web.Request) -> web.Response:
        """Counters and gauges in Prometheus' format."""
        return web.Response(body=self._health.page(), headers={"Content-Type": "text/plain; version=0.0.4"})


class Demo:
    """`/demo/…`: what is due next, and moving the demo's clock. Only in demo, only on loopback."""

    def __init__(
        self, *, time: Callable[[], Json], due: Callable[[], Awaitable[list[Json]]],
        advance: Callable[[Json], Awaitable[Json]], reset: Callable[[], None],
    ) -> None:  # fmt: skip
        self._time, self._due, self._advance, self._reset = time, due, advance, reset

    async def time(self, _: web.Request) -> web.Response:
        """The demo's time."""
        return web.json_response(self._time())

    async def due(self, _: web.Request) -> web.Response:
        """The next ten things the clock will start."""
        return web.json_response({"due": await self._due()})

    async def advance(self, request: web.Request) -> web.Response:
        """Move the clock forward: `{"seconds": n}` or `{"until": "next"}`."""
        try:
            asked = await request.json()
            return web.json_response(await self._advance(asked))
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            return web.json_response({"error": f"not understood: {type(error).__name__}"}, status=400)

    async def reset(self, _: web.Request) -> web.Response:
        """Start over with an empty database; `/ready` says when that is done."""
        self._reset()
        return web.json_response({"ok": True})


def application(*, probes: Probes, events: Events | None = None, demo: Demo | None = None) -> web.Application:
    """The routes of this process."""
    app = web.Application(client_max_size=MAX_BYTES + 1)
    app.router.add_get("/live", probes.live)
    app.router.add_get("/ready", probes.ready)
    app.router.add_get("/metrics", probes.metrics)
    if events is not None:
        app.router.add_post("/slack/events", events.post)
    if demo is not None:
        app.router.add_get("/demo/time", demo.time)
        app.router.add_get("/demo/due", demo.due)
        app.router.add_post("/demo/advance", demo.advance)
        app.router.add_post("/demo/reset", demo.reset)
    return app


class Server:
    """The listening socket. `stop` lets requests at work finish."""

    def __init__(self, app: web.Application, *, host: str, port: int) -> None:
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=10.0)
        self._host, self._port = host, port
        self._site: web.TCPSite | None = None

    async def start(self) -> None:
        """Listen. Raises `OSError` when the port is taken."""
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, self._host, self._port, backlog=1024)
        await self._site.start()

    async def stop_taking(self) -> None:
        """Accept no new connection; those at work go on."""
        if self._site is not None:
            await self._site.stop()

    async def stop(self) -> None:
        """Finish what is at work, and close."""
        await self._runner.cleanup()
