"""What every test may use: real databases, the content. Keeps what belongs together in one worker."""

from pathlib import Path

import pytest

from flows.playbook import Playbook, load

pytest_plugins = ["tests.databases"]
HERE = Path(__file__).parent
#: Somebody looked at a screen and did not see, in time, what was to come: the sandbox’s person, the browser.
NOT_IN_TIME = ["NotSeen", "TimeoutError", "Locator expected"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of the page share one browser, so one worker of xdist takes them all. A story played by
    programs of their own on a busy machine may run out of patience: it gets a second try, which the summary
    counts. Anything else it finds (a message twice, an answer lost, a wrong word) fails at once."""
    for item in items:
        if HERE / "browser" in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
        if {HERE / "browser", HERE / "end_to_end"} & set(item.path.parents):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=NOT_IN_TIME))


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    """The content that comes with the product, loaded once in each worker."""
    return load()
