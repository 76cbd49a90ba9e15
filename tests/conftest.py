"""What every test may use: real databases. Keeps what belongs together in one worker."""

from pathlib import Path

import pytest

pytest_plugins = ["tests.databases"]
BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the page share one browser, so one worker of xdist takes them all."""
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
