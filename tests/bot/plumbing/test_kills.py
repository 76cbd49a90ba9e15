"""SIGKILL at each point of a gesture and of a delivery: nothing lost, nothing doubled (rows 10 to 13)."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.server import Running, serving
from sandbox.workspace import Options
from tests.bot.plumbing.test_process import Program, programs, run

__all__ = ["programs"]

POINTS = [
    "before_turn",
    "before_ack",
    "after_claim",
    "before_post",
    "after_post",
    "before_mark",
    "after_mark",
]
ANSWER = "I read answers only in the form"


@pytest.fixture
async def sandbox() -> AsyncIterator[Running]:
    """A pretend Slack whose retries come ten times sooner, and not so soon that a bot which starts slowly on
    a busy machine has missed the last of them."""
    async with serving(Options(retry_factor=0.1)) as running:
        yield running


def answers(sandbox: Running) -> list[str]:
    world = sandbox.space.world
    place = world.existing_dm(world.person("ana").id, "U0CADRAGE")
    said = [str(m["text"]) for m in place.messages.values()] if place else []
    return [text for text in said if text.startswith(ANSWER)]


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
async def test_a_bot_killed_there_answers_once_after_its_restart(
    sandbox: Running, programs: list[Program], tmp_path: Path, point: str
) -> None:
    first = await run(programs, tmp_path, sandbox.api, CADRAGE_FAILPOINT=f"{point}:1")
    await first.ready("socket", "connected")
    async with sandbox.person("ana") as ana:
        await ana.dm()
        await ana.says("Here is my answer")
        assert await asyncio.wait_for(first.process.wait(), 15) == -9
        second = await run(programs, tmp_path, sandbox.api)
        await second.ready("socket", "connected")
        await until_answered(sandbox)
        await asyncio.sleep(1.5)
        assert len(answers(sandbox)) == 1
    assert await second.stop() == 0


async def until_answered(sandbox: Running) -> None:
    end = time.monotonic() + 60
    while not answers(sandbox):
        assert time.monotonic() < end, "the answer never came"
        await asyncio.sleep(0.05)
