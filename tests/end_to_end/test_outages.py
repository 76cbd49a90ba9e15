"""Slack or the database down, at the start and in the middle; the bot killed and stopped in use."""

import asyncio
import time
from pathlib import Path

import pytest

from flows.playbook import Playbook
from tests.end_to_end.company import Company, company_at
from tests.end_to_end.founding import founded, someone
from tests.end_to_end.test_acceptance_trouble import versions
from tests.storage.server import Server

pytestmark = pytest.mark.slow


async def test_slack_down_at_the_start_then_up(tmp_path: Path) -> None:
    async with company_at(tmp_path) as company:
        for method in ("apps.connections.open", "auth.test"):
            await company.sandbox.does("faults", method=method, kind="503")
        program = await company.starts(wait=False)
        found = await program.ready(seconds=30)
        assert str(found["slack"]).startswith("degraded")
        await company.sandbox.ends_faults()
        await program.ready("socket", "connected", seconds=60)
        async with company.sandbox.person("elodie") as elodie:
            await elodie.home()
            await elodie.sees("No project yet", within=15)


async def test_slack_hangs_up_in_the_middle_and_the_bot_comes_back(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "hugo", playbook) as hugo:
        await hugo.opens("Goals")
        await hugo.fills({"One year after go-live": "They call one person."})
        await company.sandbox.does("socket", do="drop")
        for _ in range(100):  # as somebody who presses again until it is taken
            if (await hugo.submits())["ok"]:
                break
            await asyncio.sleep(0.2)
        await hugo.sees("2 of 5")
        assert versions(company, "OBJ01") == ["They call one person."]


async def test_a_kill_in_the_middle_loses_nothing_that_was_said_to_be_saved(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    assert company.program is not None
    async with someone(company, "hugo", playbook) as hugo:
        await hugo.opens("Goals")
        await hugo.fills({"One year after go-live": "They call one person."})
        assert (await hugo.submits())["ok"]
        company.program.process.kill()
        await company.program.process.wait()
        refused = await hugo.submits()  # the next screen, with nobody there
        assert not refused["ok"]
        await company.starts()
        await hugo.puts_down()
        await hugo.opens("Goals")
        assert await hugo.asked() == ["OBJ03"]
    assert versions(company, "OBJ01") == ["They call one person."]


async def test_a_stop_and_a_start_between_two_screens_is_not_noticed(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    assert company.program is not None
    async with someone(company, "hugo", playbook) as hugo:
        await hugo.opens("Goals")
        assert await company.program.stop() == 0
        await company.starts()
        await hugo.fills({"One year after go-live": "They call one person."})
        assert (await hugo.submits())["ok"]
        await hugo.sees("2 of 5")


@pytest.mark.postgresql
async def test_the_database_down_in_the_middle_is_said_and_back_within_seconds(
    tmp_path: Path, playbook: Playbook
) -> None:
    """A server of its own, stopped at once (immediate) and started again."""
    with Server() as server:
        async with company_at(tmp_path, database=server.url) as company:
            await company.starts()
            await company.office_hours()
            await founded(company, playbook)
            async with someone(company, "hugo", playbook) as hugo:
                await hugo.opens("Goals")
                await hugo.fills({"One year after go-live": "They call one person."})
                server.stop()
                refused = await hugo.submits()
                assert not refused["ok"]
                await hugo.sees("Not saved", "They call one person.")
                server.start()
                began = time.monotonic()
                while not (await hugo.submits())["ok"]:
                    assert time.monotonic() - began < 10
                    await asyncio.sleep(0.3)
                await hugo.sees("2 of 5")
            assert versions(company, "OBJ01") == ["They call one person."]
