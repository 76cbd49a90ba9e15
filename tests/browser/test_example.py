"""The demo as a newcomer meets it: the real bot, the example company played, the guide that ticks itself."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def asked(url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"content-type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        found: dict[str, Any] = json.load(answer)
    return found


def waited(what: str, ready: Any, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if ready():
                return
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail(f"{what}: not within {seconds} s")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`cadrage demo` in processes of its own, with the example company played to its end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("demo")
    log = (folder / "demo.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", str(port), "--no-browser", "--data", str(folder)],
        cwd=Path(__file__).parents[2], stdout=log, stderr=log, env={**os.environ},
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        waited("the demo starts", lambda: asked(f"{url}/_/play")["ready"], 60)
        asked(f"{url}/_/play", {})
        waited("the example is played", lambda: not asked(f"{url}/_/play")["running"])
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


@pytest.fixture
def page(browser: Browser, demo: str) -> Iterator[Page]:
    shown = opened(browser, demo, DESKTOP)
    yield shown
    assert shown.troubles == []  # type: ignore[attr-defined]
    shown.context.close()


def test_the_example_company_is_played_to_its_end(demo: str) -> None:
    played = asked(f"{demo}/_/play")
    assert played["problem"] == ""
    assert played["step"] == played["total"] > 50


def test_the_example_speaks_of_the_project_everywhere(page: Page, demo: str) -> None:
    page.goto(f"{demo}/#/as/U0CLAIRE/channel/C0BOREAL")
    # A card is drawn again once a minute at most (journeys 8.8): the last answer may wait that long.
    expect(page.locator(".list")).to_contain_text("4 réponses sur 8", timeout=90_000)
    page.goto(f"{demo}/#/as/U0CLAIRE/home")
    expect(page.locator(".home")).to_contain_text("Portage par la direction")
    page.goto(f"{demo}/#/as/U0SOFIA/messages")
    expect(page.locator(".list")).to_contain_text("Élodie Martin has added you to")


def test_the_guide_leads_to_the_first_step_and_ticks_it(page: Page) -> None:
    page.locator(".first").get_by_role("button", name=re.compile("Take me there")).click()
    expect(page.locator(".pane-title")).to_contain_text("Hugo Teixeira")
    page.wait_for_timeout(1_500)  # Home is drawn anew on opening it, and its buttons with it
    page.locator(".home").get_by_role("button", name="Continuer").first.click()
    form = page.get_by_role("dialog")
    expect(form).to_contain_text("Vous revoilà")
    form.locator("select", has=page.locator("option", has_text="Je ne sais pas")).first.select_option(
        label="Je ne sais pas"
    )
    expect(page.locator(".steps > li").first).to_have_class(re.compile("done"))
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)


def test_the_note_is_produced_and_read_in_the_channel(page: Page, demo: str) -> None:
    page.goto(f"{demo}/#/as/U0ELODIE/channel/C0BOREAL")
    page.locator(".composer textarea").fill("/cadrage note")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Read here").click(timeout=20_000)
    note = page.get_by_role("dialog")
    expect(note).to_contain_text("Garder nos clients après la première installation")
    expect(note).to_contain_text("À compléter")


def test_a_vendor_is_refused_politely(page: Page, demo: str) -> None:
    page.goto(f"{demo}/#/as/U0KIM/channel/C0CHOIXOUTI")
    page.locator(".composer textarea").fill("/cadrage status")
    page.keyboard.press("Enter")
    whisper = page.locator("article.ephemeral").last
    expect(whisper).to_be_visible()
    expect(whisper).not_to_contain_text("Boréal")


def test_time_moves_to_what_is_due_next(page: Page, demo: str) -> None:
    before = asked(f"{demo}/_/time")["now"]
    page.get_by_role("button", name=re.compile("Next due")).click()
    expect(page.get_by_role("tab", name="Due")).to_be_visible()
    waited("time moves", lambda: asked(f"{demo}/_/time")["now"] > before + 60, 30)


def test_the_story_is_played_paused_and_stopped(page: Page) -> None:
    strip = page.locator("#story")
    strip.get_by_role("button", name="Play the story").click()
    expect(strip).to_contain_text("Week 2 of 24", timeout=60_000)
    strip.get_by_role("button", name="Pause").click()
    expect(strip).to_contain_text("Paused.", timeout=20_000)
    strip.get_by_role("button", name="Go on").click()
    expect(strip).not_to_contain_text("Paused.", timeout=20_000)
    strip.get_by_role("button", name="Stop here").click()
    expect(strip).to_contain_text("The story has stopped here", timeout=20_000)


def test_on_a_phone_the_guide_comes_first(browser: Browser, demo: str) -> None:
    phone = opened(browser, demo, PHONE)
    expect(phone.get_by_role("heading", name=re.compile("Do this first|Next"))).to_be_visible()
    phone.context.close()


def test_starting_from_nothing_makes_the_bot_forget(page: Page, demo: str) -> None:
    page.get_by_label("Scenario").select_option("empty")
    page.get_by_role("alertdialog").get_by_role("button", name="Start again").click()
    waited("the empty scenario", lambda: asked(f"{demo}/_/scenarios")["now"] == "empty", 40)
    waited("the bot is back", lambda: asked(f"{demo}/_/health")["connections"] > 0, 40)
    expect(page.locator(".first")).to_contain_text("/cadrage new", timeout=40_000)
    # The page reloads itself once the bot is back; going elsewhere in that instant would call it off.
    expect(page.get_by_text("Starting again")).to_have_count(0, timeout=40_000)
    page.goto(f"{demo}/#/as/U0ELODIE/home")
    expect(page.get_by_role("button", name="Commencer un projet")).to_be_visible(timeout=20_000)
