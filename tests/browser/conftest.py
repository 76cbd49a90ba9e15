"""A sandbox with the scripted bot in a thread of its own, and a real Chromium to look at it."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sandbox.server import serving
from sandbox.workspace import Options
from tests.browser.scripted import Bot, bot_at

MANIFEST = {
    "features": {
        "slash_commands": [
            {"command": "/cadrage", "description": "Scoping", "usage_hint": "new | card | note | help"}
        ],
        "shortcuts": [
            {"name": "Decision", "type": "message", "callback_id": "record", "description": "Record"}
        ],
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]}},
}
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class Stage:
    """The running sandbox, its scripted bot, and a way to do something in their loop."""

    url: str
    bot: Bot
    space: Any
    loop: asyncio.AbstractEventLoop

    def does(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(30)


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    """One sandbox and one bot for all tests of one module."""
    ready: list[Stage] = []
    started, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with (
            serving(Options(scenario="tests", manifest=MANIFEST)) as sandbox,
            bot_at(sandbox.api) as bot,
        ):
            ready.append(Stage(url=sandbox.url, bot=bot, space=sandbox.space, loop=loop))
            started.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert started.wait(30), "the sandbox did not start"
    yield ready[0]
    loop.call_soon_threadsafe(stop.set)
    thread.join(20)


# For one module at a time: while Playwright is open its event loop runs, and no asyncio test can.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's or the system's Chromium; nothing is downloaded."""
    where = os.environ.get("CADRAGE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not where:
        pytest.skip("no Chromium on this machine: set CADRAGE_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=where, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def stage(running: Stage) -> Stage:
    """The sandbox as it was at first."""
    from sandbox import scenario  # noqa: PLC0415

    running.does(running.space.reset(scenario.read("tests"), "tests"))
    running.bot.submitted.clear()
    running.bot.closed.clear()
    return running


def opened(browser: Browser, url: str, size: dict[str, int], language: str = "en-GB") -> Page:
    """A page in a fresh context that fails the test on any script error or broken policy."""
    context = browser.new_context(viewport=size, locale=language)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.troubles = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.troubles.append(str(error)))  # type: ignore[attr-defined]
    page.on(
        "console", lambda line: page.troubles.append(line.text) if "Security Policy" in line.text else None
    )  # type: ignore[attr-defined]
    page.goto(url)
    return page


@pytest.fixture
def page(browser: Browser, stage: Stage) -> Iterator[Page]:
    shown = opened(browser, stage.url, DESKTOP)
    yield shown
    assert shown.troubles == []  # type: ignore[attr-defined]
    shown.context.close()


@pytest.fixture
def phone(browser: Browser, stage: Stage) -> Iterator[Page]:
    shown = opened(browser, stage.url, PHONE)
    yield shown
    assert shown.troubles == []  # type: ignore[attr-defined]
    shown.context.close()
