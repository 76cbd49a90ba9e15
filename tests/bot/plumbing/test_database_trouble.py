"""The bot while its PostgreSQL is down, frozen, or comes late (rows 15 to 17)."""

import asyncio
import time
from pathlib import Path

import pytest

from bot.operations.health import STUCK_AFTER
from bot.process import STUCK_EXIT
from sandbox.server import Running
from tests.bot.plumbing.test_process import Program, programs, run
from tests.storage.server import Server

__all__ = ["programs"]

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]


async def test_down_and_back_people_are_told_and_nothing_has_to_be_restarted(
    sandbox: Running, programs: list[Program], tmp_path: Path
) -> None:
    with Server() as server:
        program = await run(programs, tmp_path, sandbox.api, DATABASE_URL=server.url)
        await program.ready("socket", "connected")
        async with sandbox.person("chloe") as chloe:
            await chloe.channel("general")
            await asyncio.to_thread(server.stop)
            await chloe.runs("/cadrage help")
            assert await chloe.sees("Not saved")
            await program.ready("ready", False)
            await asyncio.to_thread(server.start)
            back = time.monotonic()
            await program.ready("ready", True)
            assert time.monotonic() - back < 10
            await chloe.runs("/cadrage help")
            assert await chloe.sees("/cadrage afaire")
        assert await program.stop() == 0


async def test_a_bot_that_started_before_its_database_is_whole_once_it_comes(
    sandbox: Running, programs: list[Program], tmp_path: Path
) -> None:
    with Server() as server:
        await asyncio.to_thread(server.stop)
        program = await run(programs, tmp_path, sandbox.api, DATABASE_URL=server.url)
        await program.ready("ready", False)
        await asyncio.to_thread(server.start)
        await program.ready("ready", True, seconds=20)
        async with sandbox.person("ana") as ana:
            await ana.dm()
            await ana.says("hello")
            assert await ana.sees("I read answers only in the form")
        assert await program.stop() == 0


async def test_frozen_people_are_told_in_time_and_the_process_ends_to_be_started_again(
    sandbox: Running, programs: list[Program], tmp_path: Path
) -> None:
    with Server() as server:
        program = await run(programs, tmp_path, sandbox.api, DATABASE_URL=server.url)
        await program.ready("socket", "connected")
        async with sandbox.person("ana") as ana:
            await ana.channel("general")
            assert (await ana.runs("/cadrage help"))["ok"]
            server.freeze()
            started = time.monotonic()
            answer = await ana.runs("/cadrage help")
            assert answer["ok"], "Slack would have shown a time-out"
            assert time.monotonic() - started < 3
            assert await ana.sees("Not saved")
        ended = await asyncio.wait_for(program.process.wait(), STUCK_AFTER + 20)
        assert ended == STUCK_EXIT
