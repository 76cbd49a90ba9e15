"""What tests of the plumbing share: a pretend Slack for each test."""

from collections.abc import AsyncIterator

import pytest

from sandbox.server import Running, serving
from sandbox.workspace import Options


@pytest.fixture
async def sandbox() -> AsyncIterator[Running]:
    """A pretend Slack on a port of its own, whose retries come a hundred times sooner."""
    async with serving(Options(retry_factor=0.01)) as running:
        yield running
