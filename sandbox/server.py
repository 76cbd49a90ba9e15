"""One aiohttp process: Web API, Socket Mode, control API and page of a pretend workspace."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from aiohttp import web

from sandbox import web as page
from sandbox.control import Control
from sandbox.remote import Remote
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


class Running(Remote):
    """A sandbox that listens, in this process: what a Remote has, and its inside."""

    def __init__(self, space: Workspace) -> None:
        super().__init__(space.address)
        self.space = space


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
    if space.options.mail_port is not None:
        await space.mailbox.start(host, space.options.mail_port)
    space.address = f"http://{where[0]}:{where[1]}"
    space.hands.address = space.address
    running = Running(space)
    try:
        yield running
    finally:
        await runner.cleanup()
