"""What the tests from end to end share: a company, the content, PostgreSQL by address."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from flows.playbook import Playbook, load
from tests.end_to_end.company import Company, company_at


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load(None)


@pytest.fixture
async def company(tmp_path: Path) -> AsyncIterator[Company]:
    """The company in English, on SQLite, by Socket Mode; the bot is at work."""
    async with company_at(tmp_path) as found:
        await found.starts()
        yield found
