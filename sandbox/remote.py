"""A sandbox seen from outside, by its address: build worlds, break things, look, act as somebody."""

from __future__ import annotations

from typing import Any

import aiohttp

from sandbox.person import Cannot, Person
from sandbox.refusal import Json


class Remote:
    """The control API of a sandbox, in this process or in another. Every request is its own connection."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    @property
    def api(self) -> str:
        """What SLACK_API_URL should be."""
        return f"{self.url}/api/"

    def person(self, who: str) -> Person:
        """Somebody to act as."""
        return Person(self.url, who)

    async def does(self, act: str, **body: Any) -> Json:
        """POST /_/<act>: people, channels, faults, socket, manifest, app, reset, time… Raises Cannot."""
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/_/{act}", json=body) as response,
        ):
            answer: Json = await response.json()
        if response.status >= 400:
            raise Cannot(f"{act}: {answer.get('error')} {' '.join(answer.get('why', []))}".strip())
        return answer

    async def looks(self, path: str) -> Json:
        """GET /_/<path>: state?as=…, traffic?since=…, messages?channel=…, faults, health, time, due."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/_/{path}") as response:
            answer: Json = await response.json()
            return answer

    async def messages(self, channel: str) -> list[Json]:
        """Every message kept in a channel, oldest first, as raw JSON."""
        answer = await self.looks(f"messages?channel={channel.replace('#', '%23')}")
        if not answer["ok"]:
            raise Cannot(f"messages of {channel}: {answer['error']}")
        kept: list[Json] = answer["messages"]
        return kept

    async def ends_faults(self) -> None:
        """Remove every fault."""
        async with aiohttp.ClientSession() as session, session.delete(f"{self.url}/_/faults"):
            pass
