"""What the stories about the bot start from, where they do not need a company of their own."""

import pytest

from flows.playbook import Playbook
from storage.database import Database
from tests.bot.surfaces.stage import Town, town


@pytest.fixture
def place(sqlite_database: Database, playbook: Playbook) -> Town:
    """An empty workspace with the bot in it."""
    return town(sqlite_database, playbook)
