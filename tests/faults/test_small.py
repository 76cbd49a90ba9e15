"""A few kills on each database at every run of the tests: the battery itself stays in order."""

import pytest

from tests.faults.run import Plan, run
from tests.faults.table import complaints
from tests.faults.world import Size

KILLS = 12


@pytest.mark.slow
async def test_nothing_is_lost_or_doubled_when_the_bot_is_killed_under_load(empty_url: str) -> None:
    said: list[str] = []
    size = Size(teams=2, guests=4, writers=2, seconds=KILLS)
    result = await run(Plan(name="a few", url=empty_url, kills=KILLS, seed=1, size=size), said.append)
    assert not result.wrong, complaints(result)
    assert result.toll.total == KILLS
    assert result.memory.answered
    assert result.verdict.replies
    assert said
