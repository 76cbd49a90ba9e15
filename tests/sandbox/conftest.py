"""A sandbox, an app connected to it, and people."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.person import Person
from sandbox.server import Running, serving
from sandbox.workspace import Options
from tests.sandbox.tinyapp import TinyApp


@pytest.fixture
async def box() -> AsyncIterator[Running]:
    async with serving(Options(retry_factor=0.002)) as running:
        yield running


@pytest.fixture
def client(box: Running) -> AsyncWebClient:
    """Slack's own client, as the bot."""
    return AsyncWebClient(token=box.space.options.tokens.bot, base_url=box.api)


@pytest.fixture
async def app(box: Running) -> AsyncIterator[TinyApp]:
    async with TinyApp(box) as connected:
        yield connected


@pytest.fixture
async def ana(box: Running) -> AsyncIterator[Person]:
    async with box.person("ana") as person:
        person.at = "#general"
        yield person


@pytest.fixture
async def ben(box: Running) -> AsyncIterator[Person]:
    async with box.person("ben") as person:
        person.at = "#general"
        yield person
