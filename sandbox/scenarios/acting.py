"""Acting as somebody of the pretend workspace: whoever looks on may finish first, and then has to wait."""

from __future__ import annotations

import asyncio
from typing import Self

import aiohttp

from sandbox.person import Person
from sandbox.refusal import Json

PLAYED = {"X-Sandbox-Player": "1"}  # tells a gesture of the player from one of the page


class Stuck(Exception):
    """A gesture did not lead where it should; the text is a sentence."""


class Actor(Person):
    """Somebody the player acts as: what is meant for the page says no to them meanwhile (control.py)."""

    def client(self) -> aiohttp.ClientSession:
        """The session to the sandbox, which says that the player is at work."""
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=PLAYED)
        return self._session

    async def __aenter__(self) -> Self:
        await asks(self.url, "acting", {"as": self.who})
        return self

    async def __aexit__(self, *_: object) -> None:
        await asks(self.url, "acting", {"as": ""})
        await self.leave()


async def wait_until_free(person: Person, patience: float) -> None:
    """Whoever looks on has a form of this person open: they may finish, for a while; then it is put away."""
    end = asyncio.get_running_loop().time() + patience
    while (await person.state())["modals"]:
        if asyncio.get_running_loop().time() > end:
            return await put_down(person)
        await asyncio.sleep(0.1)
    return None


async def put_down(person: Person) -> None:
    """Leave no form open behind a chapter that failed."""
    if (await person.state())["modals"]:
        await person.closes(everything=True)


async def asks(url: str, what: str, body: Json) -> None:
    """Something of the control API, said by the player. Raises `Stuck` for what is refused."""
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60), headers=PLAYED) as session,
        session.post(f"{url}/_/{what}", json=body) as answer,
    ):
        must(await answer.json())


def must(answer: Json) -> None:
    """Raises `Stuck` for an answer that says no."""
    if answer.get("ok") is False:
        raise Stuck(str(answer.get("shown") or answer.get("error")))
