"""What the stories about the diagnosis start from: the worked example, played into the bot's database."""

import pytest

from flows.playbook import Playbook, load
from storage.database import Database
from tests.bot.diagnosis.corvanne import Corvanne, Example, corvanne
from tests.bot.surfaces.stage import Town, town


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load()


@pytest.fixture
def place(sqlite_database: Database, playbook: Playbook) -> Town:
    """An empty workspace with the bot in it."""
    return town(sqlite_database, playbook)


@pytest.fixture
def example(place: Town) -> Example:
    """A case of the worked example, on its day at ten in the morning."""

    def played(variant: str | None = None, *, left_open: frozenset[str] = frozenset()) -> Corvanne:
        return corvanne(place, variant, left_open)

    return played
