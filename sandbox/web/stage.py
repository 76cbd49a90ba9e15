"""Sets the stage for the page: starts a scenario anew, plays what its people did, tells how far that is."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from sandbox import scenario
from sandbox.refusal import Impossible
from sandbox.scenarios.player import Played, chapters, play
from sandbox.web.telling import Telling

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

AWAY, BACK = 8.0, 30.0  # seconds a demo bot may take to leave, and to come back empty


class Stage:
    """`/_/start` begins a scenario anew; `/_/play` plays it (POST) or tells how far it is (GET).

    A scenario is played once a start. Asks a demo bot to forget; any other bot keeps what it knows.
    """

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self.played = Played()
        self.born = int(time.time())  # tells one start from another: the page's ticks belong to one
        self._world: object = None  # the world the last play was for
        self._task: asyncio.Task[None] | None = None
        self.telling = Telling(space, played=self._was_played)

    def routes(self) -> list[web.RouteDef]:
        """The addresses under /_/ that the play needs."""
        return [
            web.get("/_/play", self.look),
            web.post("/_/play", self.begin),
            web.post("/_/start", self.start),
            *self.telling.routes(),
        ]

    async def look(self, _: web.Request) -> web.Response:
        """How far the play is."""
        return web.json_response(self._json())

    async def start(self, request: web.Request) -> web.Response:
        """Begin `scenario` anew, with a bot that remembers nothing. Answers when the bot is back."""
        name = str((await request.json()).get("scenario") or "")
        try:
            data = scenario.read(name)
        except Impossible as reason:
            return web.json_response({"ok": False, "error": str(reason)}, status=400)
        await self.close()
        forgot = await self._forget()
        if forgot:
            await self._wait(there=False, seconds=AWAY)
        await self.space.reset(data, name)
        self.born = int(time.time())
        if forgot:
            await self._wait(there=True, seconds=BACK)
        return web.json_response({"ok": True, "forgot": forgot})

    async def begin(self, _: web.Request) -> web.Response:
        """Play, unless there is nothing to play, it is playing or was played, or the bot is not there."""
        if self._ready():
            self._world = self.space.world
            self.played = Played(run=int(time.time()), running=True)
            self._task = asyncio.get_running_loop().create_task(self._play())
        return web.json_response(self._json())

    def _json(self) -> dict[str, object]:
        return {"ok": True, "ready": self._ready(), "born": self.born, **self.played.json()}

    def _was_played(self) -> bool:
        return self._there() and self._world is self.space.world and not self.played.running

    def _there(self) -> bool:
        return bool(self.space.sockets.connections) or self.space.posts is not None

    def _ready(self) -> bool:
        fresh = self._world is not self.space.world
        return (
            self._there() and fresh and not self.played.running and bool(chapters(self.space.scenario_name))
        )

    async def _play(self) -> None:
        played = self.played
        try:
            await play(self.space.address, self.space.scenario_name, played)
        finally:
            played.running = False
            played.traffic = self.space.traffic.n
            self.space.acting = ""

    async def _forget(self) -> bool:
        """Ask a demo bot to start over with an empty database. False: it cannot."""
        if not self.space.options.bot_control:
            return False
        address = self.space.options.bot_control.rstrip("/") + "/demo/reset"
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
                session.post(address, json={}) as answer,
            ):
                return answer.status < 400
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _wait(self, *, there: bool, seconds: float) -> None:
        """Wait until the bot is connected, or gone; no longer than `seconds`."""
        end = time.monotonic() + seconds
        while self._there() is not there and time.monotonic() < end:  # noqa: ASYNC110 - sockets tell nobody
            await asyncio.sleep(0.05)

    async def close(self) -> None:
        """Stop playing, and telling."""
        await self.telling.forget()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self.played = Played()
