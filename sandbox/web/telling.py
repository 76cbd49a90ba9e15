"""Tells the story on the page's behalf: begins it, pauses it, stops it, says which week it is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.scenarios.story import Story, Told, script

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


class Telling:
    """`/_/story`: how far it is (GET); {"do": "play" | "pause" | "go_on" | "stop"} (POST).

    A story is told once a start, after the scenario was played, and only where time can be moved.
    """

    def __init__(self, space: Workspace, *, played: Callable[[], bool]) -> None:
        self.space = space
        self.told = Told()
        self._played = played  # whether what happened before has been acted out
        self._world: object = None  # the world the last story was for
        self._task: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        """The address under /_/ that the story needs."""
        return [web.get("/_/story", self.look), web.post("/_/story", self.does)]

    async def look(self, _: web.Request) -> web.Response:
        """How far the story is."""
        return web.json_response(self._json())

    async def does(self, request: web.Request) -> web.Response:
        """Begin, pause, go on or stop. What cannot be done now changes nothing."""
        what = (await request.json()).get("do")
        if what == "play" and self._ready():
            self._begin()
        elif what == "pause":
            self.told.going.clear()
        elif what == "go_on":
            self.told.going.set()
        elif what == "stop":
            await self.close()
        return web.json_response(self._json())

    def _json(self) -> dict[str, object]:
        return {"ok": True, "ready": self._ready(), **self.told.json()}

    def _ready(self) -> bool:
        fresh = self._world is not self.space.world
        waits = fresh and not self.told.running and self._played()
        return waits and bool(self.space.options.bot_control) and script(self.space.scenario_name) is not None

    def _begin(self) -> None:
        data = script(self.space.scenario_name)
        if data is None:
            return
        self._world = self.space.world
        self.told = Told(run=int(time.time()), running=True)
        story = Story(self.space.address, data, self.told)
        self._task = asyncio.get_running_loop().create_task(self._tell(story))

    async def _tell(self, story: Story) -> None:
        told = self.told
        try:
            await story.tells()
        except Exception as reason:
            told.problems.append(str(reason).splitlines()[0][:200] if str(reason) else type(reason).__name__)
        finally:
            told.running = False
            told.traffic = self.space.traffic.n
            self.space.acting = ""

    async def close(self) -> None:
        """Stop telling: where it is, it stays."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def forget(self) -> None:
        """Stop, and know of no story any more."""
        await self.close()
        self.told = Told()
