"""Time travel: asks the bot's demo clock to move and keeps this world's clock beside it. Never backward."""

from __future__ import annotations

import datetime
from typing import Any

import aiohttp

from sandbox.refusal import Impossible, Json
from sandbox.workspace import Workspace

ZONE = "Europe/Paris"  # of the example company; what the page shows its clock in
BACKWARD = "Time only moves forward; Reset starts again."
MOMENT = 1.0  # seconds past what is due, so that it is
MOST_STOPS = 200  # on one journey; the bot plays the rest by itself
FARTHEST = 400 * 86_400.0  # seconds; the bot refuses more


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
            answer = await self._together(body)
        else:
            seconds = float(body.get("advance") or 0)
            if seconds < 0:
                raise Impossible(BACKWARD)
            world.shift += seconds
        world.changed("time", "")
        return {**answer, **self._clock(), "from": before}

    async def _together(self, body: Json) -> Json:
        """Both clocks go from event to event: what the bot posts at one bears the hour of that one."""
        seconds = body.get("advance")
        asked = {"until": body.get("until", "next")} if seconds is None else {"seconds": seconds}
        self._follow(await self._bot("GET", "/demo/time"))
        now, fired = self.space.world.now(), 0
        by = _distance(asked, now)
        if by is not None and by < 0:
            raise Impossible(BACKWARD)
        if by is not None and by > FARTHEST:
            raise Impossible("At most 400 days at once.")
        for _ in range(MOST_STOPS):
            stop = await self._stop()
            if stop is None or (by is not None and stop >= now + by):
                break
            fired += await self._reach(stop)
            if by is None:
                return {"fired": fired}
        return {"fired": fired + await self._reach(now + (by or 0))}

    async def _stop(self) -> float | None:
        """The first moment still to come at which the bot starts something."""
        events = (await self.due())["due"]
        moments = [one["at"] + MOMENT for one in events if one["at"] > self.space.world.now()]
        return min(moments, default=None)

    async def _reach(self, moment: float) -> int:
        """This world stands there first, then the bot comes. How many things it started. The seconds that one
        journey took are made up for by the next: the bot would else fall behind, stop after stop."""
        world = self.space.world
        by = max(moment - world.now(), 0)
        there = float((await self._bot("GET", "/demo/time")).get("shift", world.shift))
        world.shift += by
        answer = await self._bot("POST", "/demo/advance", {"seconds": max(world.shift - there, 0)})
        self._follow(answer)
        return int(answer.get("fired", 0))

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


def _distance(asked: Json, now: float) -> float | None:
    """How many seconds ahead; None for the next event, whenever that is."""
    if asked.get("until") == "next":
        return None
    try:
        if "seconds" in asked:
            return float(asked["seconds"])
        return datetime.datetime.fromisoformat(str(asked["until"])).timestamp() - now
    except (TypeError, ValueError):
        raise Impossible("Say how many seconds, or until when.") from None
