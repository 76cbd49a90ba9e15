"""Starts the play of a scenario for the page, and tells how far it is. One play at a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from sandbox.scenarios.player import Played, chapters, play

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


class Stage:
    """`/_/play`: GET tells how far, POST starts. A reset scenario can be played again; a played one cannot."""

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self.played = Played()
        self._world: object = None  # the world the last play was for
        self._task: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/_/play", self.look), web.post("/_/play", self.start)]

    async def look(self, _: web.Request) -> web.Response:
        return web.json_response(self._json())

    async def start(self, _: web.Request) -> web.Response:
        """Begin, unless there is nothing to play, it is playing or was played, or the bot is not there."""
        if self._ready():
            self._world = self.space.world
            self.played = Played(run=self.played.run + 1, running=True)
            self._task = asyncio.get_running_loop().create_task(self._play())
        return web.json_response(self._json())

    def _json(self) -> dict[str, object]:
        return {"ok": True, "ready": self._ready(), **self.played.json()}

    def _ready(self) -> bool:
        there = bool(self.space.sockets.connections) or self.space.posts is not None
        fresh = self._world is not self.space.world
        return there and fresh and not self.played.running and bool(chapters(self.space.scenario_name))

    async def _play(self) -> None:
        played = self.played
        try:
            await self._forgotten()
            await play(self.space.address, self.space.scenario_name, played)
        finally:
            played.running = False
            played.traffic = self.space.traffic.n

    async def _forgotten(self) -> None:
        """Ask a demo bot to forget an earlier run; a bot without that door is left as it is."""
        if not self.space.options.bot_control:
            return
        address = self.space.options.bot_control.rstrip("/") + "/demo/reset"
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
                await (await session.post(address, json={})).read()
        except aiohttp.ClientError:
            return

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
