"""People who take one turn after the other, as fast as they are answered: a closed loop."""

import asyncio
import time
from typing import Protocol

from benchmarks.measure import Window
from benchmarks.sink import APP, WORKSPACE, Json, Sink
from benchmarks.wire import Wire


class Person(Protocol):
    """Somebody who can take a turn. Returns the seconds to the acknowledgement and to what comes
    next; None when the turn only prepared one that counts (a form opened, a page passed)."""

    async def turn(self) -> tuple[float, float] | None:
        """Take one turn."""
        ...


async def drive(people: list[Person], window: Window, *, warm: float, seconds: float) -> None:
    """Everybody at once: `warm` seconds uncounted, then `seconds` counted. Errors are counted, the
    first is printed, and nobody stops for them."""
    going = True

    async def live(person: Person) -> None:
        while going:
            try:
                taken = await person.turn()
            except Exception as error:
                if not window.errors:
                    print(f"    first error: {type(error).__name__}: {error}", flush=True)
                window.errors += 1
                await asyncio.sleep(0.05)
                continue
            if taken:
                window.acks.append(taken[0])
                window.nexts.append(taken[1])

    running = [asyncio.create_task(live(person)) for person in people]
    await asyncio.sleep(warm)
    window.open()
    await asyncio.sleep(seconds)
    window.close()
    going = False
    _, late = await asyncio.wait(running, timeout=10)
    for task in late:
        task.cancel()


class Posts:
    """Hears the messages that arrive at the sink, for whoever waits for theirs."""

    def __init__(self, sink: Sink) -> None:
        self._waiting: dict[str, asyncio.Future[float]] = {}
        sink.on_call = self._heard

    def expect(self, key: str) -> "asyncio.Future[float]":
        """The moment a message beginning with `key` arrives."""
        future = asyncio.get_running_loop().create_future()
        self._waiting[key] = future
        return future

    def _heard(self, method: str, body: Json) -> None:
        if method == "chat.postMessage":
            waiting = self._waiting.pop(str(body.get("text", "")).split(" ", 1)[0], None)
            if waiting and not waiting.done():
                waiting.set_result(time.perf_counter())


class FloorPerson:
    """Submits a form of four questions; the turn ends when the floor's message has arrived."""

    def __init__(self, number: int, wire: Wire, posts: Posts) -> None:
        self._number, self._wire, self._posts = number, wire, posts
        self._count = 0

    async def turn(self) -> tuple[float, float]:
        """One submission."""
        self._count += 1
        key = f"k{self._number}-{self._count}"
        posted = self._posts.expect(key)
        began = time.perf_counter()
        await self._wire.interact(floor_form(f"U0P{self._number:05d}", key))
        acked = time.perf_counter()
        return acked - began, await asyncio.wait_for(posted, 30) - began


def floor_form(user: str, key: str) -> Json:
    """A submitted form about as large as a screen of the product."""
    blocks = [
        {
            "type": "input", "block_id": f"q{n}", "label": {"type": "plain_text", "text": "Why now?"},
            "hint": {"type": "plain_text", "text": "An honest reason protects you from running ahead."},
            "element": {"type": "plain_text_input", "action_id": f"q{n}", "multiline": True},
        }
        for n in range(4)
    ]  # fmt: skip
    values = {
        f"q{n}": {f"q{n}": {"type": "plain_text_input", "value": "We hope the tool will bring order. " * 3}}
        for n in range(4)
    }
    view = {
        "id": "V1", "team_id": WORKSPACE, "type": "modal", "callback_id": "floor", "private_metadata": key,
        "hash": "1.a", "blocks": blocks, "state": {"values": values}, "root_view_id": "V1", "app_id": APP,
        "title": {"type": "plain_text", "text": "Objectives and stakes"}, "bot_id": "B0BOT",
    }  # fmt: skip
    return envelope("view_submission", user, view=view)


def envelope(kind: str, user: str, **more: object) -> Json:
    """What every interactive payload of Slack carries."""
    return {
        "type": kind, "team": {"id": WORKSPACE, "domain": "bench"}, "api_app_id": APP, "token": "x",
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": WORKSPACE},
        "trigger_id": f"{time.time_ns()}.{user}", "is_enterprise_install": False, "enterprise": None, **more,
    }  # fmt: skip
