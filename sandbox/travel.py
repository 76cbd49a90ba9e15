"""Time travel: asks the bot's demo clock to move and keeps this world's clock beside it. Never backward."""

from __future__ import annotations

import datetime
from typing import Any

import aiohttp

from sandbox.refusal import Impossible, Json
from sandbox.workspace import Workspace

ZONE = "Europe/Paris"  # of the example company; what the page shows its clock in


class Travel:
    """The bot's demo endpoint, seen from the sandbox. Without one only this world's own clock moves."""

    def __init__(self, space: Workspace) -> None:
        self.space = space

    async def time(self) -> Json:
        """What time it is, and whether it can be moved."""
        if self.space.options.bot_control:
            self._follow(await self._bot("GET", "/demo/time"))
        return self._clock()

    async def advance(self, body: Json) -> Json:
        """Move forward by `advance` seconds, or `until` "next" due event or a moment (ISO 8601)."""
        world = self.space.world
        before, answer = world.now(), {}
        if self.space.options.bot_control:
            seconds = body.get("advance")
            sent = {"until": body.get("until", "next")} if seconds is None else {"seconds": seconds}
            answer = await self._bot("POST", "/demo/advance", sent)
            self._follow(answer)
        else:
            seconds = float(body.get("advance") or 0)
            if seconds < 0:
                raise Impossible("Time only moves forward; Reset starts again.")
            world.shift += seconds
        world.changed("time", "")
        return {**answer, **self._clock(), "from": before}

    async def due(self) -> Json:
        """The next events of the bot: `at` (seconds since 1970), what, to whom, why."""
        if not self.space.options.bot_control:
            return {"ok": True, "due": []}
        answer = await self._bot("GET", "/demo/due")
        return {"ok": True, "due": [self._event(one) for one in answer.get("due", [])]}

    def _clock(self) -> Json:
        world = self.space.world
        travels = bool(self.space.options.bot_control)
        return {"ok": True, "now": world.now(), "shift": world.shift, "zone": ZONE, "travels": travels}

    def _event(self, one: Json) -> Json:
        person = self.space.world.people.get(str(one.get("to")))
        moment = datetime.datetime.fromisoformat(one["when"]).timestamp()
        return {**one, "at": moment, "to_name": person.name if person else ""}

    def _follow(self, answer: Json) -> None:
        """Stand as far ahead of real time as the bot does."""
        shift = answer.get("shift")
        if isinstance(shift, int | float) and shift > self.space.world.shift:
            self.space.world.shift = float(shift)

    async def _bot(self, verb: str, path: str, body: Json | None = None) -> Any:
        address = self.space.options.bot_control.rstrip("/") + path
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session,
                session.request(verb, address, json=body) as response,
            ):
                if response.status >= 400:
                    raise Impossible(f"The bot's clock answered {response.status}.")
                return await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError) as problem:
            raise Impossible(f"The bot's clock did not answer ({type(problem).__name__}).") from None
