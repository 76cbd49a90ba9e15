"""What a test sees of the sandbox and of the outbox, and waits for."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from sandbox.server import Running
from storage import outbox
from tests.bot.plumbing.rig import Post

GENERAL = "general"


def channel_id(sandbox: Running, name: str = GENERAL) -> str:
    return next(c.id for c in sandbox.space.world.channels.values() if c.name == name)


def texts(sandbox: Running, channel: str | None = None) -> list[str]:
    place = sandbox.space.world.channels[channel or channel_id(sandbox)]
    return [str(m["text"]) for m in place.messages.values()]


def dm_texts(sandbox: Running, key: str) -> list[str]:
    world = sandbox.space.world
    found = world.existing_dm(world.person(key).id, "U0CADRAGE")
    return [str(m["text"]) for m in found.messages.values()] if found else []


async def until(condition: Callable[[], Any], seconds: float = 8.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.02)


async def settled(post: Post, seconds: float = 10.0) -> None:
    """Nothing waits any more."""
    end = time.monotonic() + seconds
    while await post.parts.db.background.read(outbox.depth):
        assert time.monotonic() < end, "something still waits"
        await asyncio.sleep(0.02)


async def parked(post: Post) -> list[tuple[str, str]]:
    return [(row.key, row.error) for row in await post.parts.db.background.read(outbox.parked)]
