"""What the stories about the diagnosis start from: the worked example, played into the bot's database."""

import pytest

from tests.bot.diagnosis.corvanne import Corvanne, Example, corvanne
from tests.bot.surfaces.stage import Town


@pytest.fixture
def example(place: Town) -> Example:
    """A case of the worked example, on its day at ten in the morning."""

    def played(variant: str | None = None, *, left_open: frozenset[str] = frozenset()) -> Corvanne:
        return corvanne(place, variant, left_open)

    return played
