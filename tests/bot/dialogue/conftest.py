"""What the stories about screens start from."""

import pytest

from flows.playbook import Playbook
from storage.database import Database
from tests.bot.dialogue.stage import Stage, built


@pytest.fixture
async def stage(sqlite_database: Database, playbook: Playbook) -> Stage:
    """The example company in English."""
    return await built(sqlite_database, playbook)


@pytest.fixture
async def scene_fr(sqlite_database: Database, playbook: Playbook) -> Stage:
    """The example company in French."""
    return await built(sqlite_database, playbook, language="fr")


@pytest.fixture
async def everywhere(database: Database, playbook: Playbook) -> Stage:
    """The example company in English, on SQLite and on PostgreSQL."""
    return await built(database, playbook)
