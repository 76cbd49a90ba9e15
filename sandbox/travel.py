"""Time travel: asks the bot's demo clock to move and keeps this world's clock beside it. Never backward."""

from __future__ import annotations

import datetime
from typing import Any

import aiohttp

from sandbox.refusal import Impossible, Json
from sandbox.workspace import Workspace


class Travel:
    """The bot's demo endpoint, seen from the sandbox. Without one only this world's own clock moves."""

    def __init__(self, space: Workspace) -> None:
        self.space = space

    async def time(self) -> Json:
        """What time it is: here, and for the bot."""
        mine: Json = {
            "ok": True,
            "now": self.space.world.now(),
            "shift": self.space.world.shift,
            "bot_control": bool(self.space.options.bot_control),
        }
        if not self.space.options.bot_control:
            return mine
        answer = await self._bot("GET", "/demo/time")
        self._follow(answer)
        return {**mine, "bot": answer, "now": self.space.world.now(), "shift": self.space.world.shift}

    async def advance(self, body: Json) -> Json:
        """Move forward by `advance` seconds, or `until` "next" due event or a date."""
        world = self.space.world
        before = world.now()
        if self.space.options.bot_control:
            sent = (
                {"seconds": body["advance"]} if body.get("advance") else {"until": body.get("until", "next")}
            )
            answer = await self._bot("POST", "/demo/advance", sent)
            self._follow(answer)
        else:
            seconds = float(body.get("advance") or 0)
            if seconds < 0:
                raise Impossible("Time only moves forward; Reset starts again.")
            world.shift += seconds
            answer = {}
        world.changed("time", "")
        return {"ok": True, "from": before, "now": world.now(), "shift": world.shift, "bot": answer}

    async def due(self) -> Json:
        """The next events of the bot: when, what, to whom, why."""
        if not self.space.options.bot_control:
            return {"ok": True, "due": []}
        answer = await self._bot("GET", "/demo/due")
        return {"ok": True, "due": answer} if isinstance(answer, list) else {"ok": True, **answer}

    def _follow(self, answer: Any) -> None:
        """Set this world's clock to the bot's `now` (seconds or ISO) when it is ahead."""
        now = answer.get("now") if isinstance(answer, dict) else None
        if isinstance(now, str):
            now = datetime.datetime.fromisoformat(now).timestamp()
        if isinstance(now, (int, float)) and now > self.space.world.now() + 1:
            self.space.world.shift += now - self.space.world.now()

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
