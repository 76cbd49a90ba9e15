"""One aiohttp process: Web API, Socket Mode, control API and page of a pretend workspace."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from aiohttp import web

from sandbox import web as page
from sandbox.control import Control
from sandbox.person import Person
from sandbox.webapi import WebApi
from sandbox.workspace import Options, Workspace

BODY = 64 * 1024 * 1024


def make_app(space: Workspace) -> web.Application:
    """The aiohttp application. The page itself comes from sandbox.web."""
    app = web.Application(client_max_size=BODY)
    page.add_routes(app, space)
    app.add_routes(Control(space).routes())
    app.add_routes(WebApi(space).routes())
    app.on_shutdown.append(lambda _: space.close())
    return app


@dataclass(kw_only=True, eq=False)
class Running:
    """A sandbox that listens. `api` is what SLACK_API_URL should be."""

    space: Workspace
    url: str

    @property
    def api(self) -> str:
        return f"{self.url}/api/"

    def person(self, who: str) -> Person:
        """Somebody to act as."""
        return Person(self.url, who)


@contextlib.asynccontextmanager
async def serving(
    options: Options | None = None, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[Running]:
    """A sandbox on a free port (or `port`) while the block runs."""
    space = Workspace(options=options or Options(), address="")
    runner = web.AppRunner(make_app(space), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    where = runner.addresses[0]
    space.address = f"http://{where[0]}:{where[1]}"
    space.hands.address = space.address
    running = Running(space=space, url=space.address)
    try:
        yield running
    finally:
        await runner.cleanup()
