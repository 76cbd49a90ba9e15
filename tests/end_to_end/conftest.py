"""What the tests from end to end share: a company, the content, PostgreSQL by address."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from flows.playbook import Playbook
from tests.end_to_end.company import Company, company_at
from tests.end_to_end.sitting import Log, wave_open


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Company]:
    """The company in English, on SQLite, by Socket Mode; the bot is at work."""
    async with company_at(tmp_path) as found:
        await found.starts()
        yield found


@pytest.fixture
async def polled(tmp_path: Path, playbook: Playbook) -> AsyncIterator[tuple[Company, Log]]:
    """The wave of D07 is open, everybody has the invitation, and the log says all it can."""
    async with wave_open(tmp_path, playbook) as found:
        yield found
