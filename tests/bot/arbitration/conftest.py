"""What the stories about arbitration start from."""

import pytest

from flows.playbook import Playbook, load
from storage.database import Database
from tests.bot.surfaces.stage import Town, town


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load()


@pytest.fixture
def place(sqlite_database: Database, playbook: Playbook) -> Town:
    """An empty workspace with the bot in it."""
    return town(sqlite_database, playbook)
