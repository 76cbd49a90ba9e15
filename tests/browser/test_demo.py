"""`cadrage demo` as a newcomer meets it, in a real Chromium: from nothing to a note, by hand, on the page."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, opened
from tests.ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Tongue:
    """What a newcomer reads on the way, in one language."""

    locale: str
    start: str
    next: str
    create: str
    invite: str
    send: str
    begin: str
    backing: str
    cannot: str
    unknown: str
    noted: str
    note: str
    read: str
    title: str
    saved: str


FRENCH = Tongue(
    locale="fr-FR", start="Commencer un projet", next="Suivant", create="Créer le projet",
    invite="Inviter l’équipe", send="Envoyer 8 messages", begin="Répondre", backing="Portage",
    cannot="Pas de réponse", unknown="Je ne sais pas", noted="est noté", note="Préparer la note",
    read="Lire ici", title="Note de cadrage", saved="2 sur",
)  # fmt: skip
ENGLISH = Tongue(
    locale="en-GB", start="Start a project", next="Next", create="Create the project",
    invite="Invite the team", send="Send 8 messages", begin="Answer", backing="Sponsorship",
    cannot="Can’t answer", unknown="I don’t know", noted="is noted", note="Prepare the note",
    read="Read here", title="Scoping note", saved="2 of",
)  # fmt: skip
TEAM = ("Marc", "Inès", "Paul", "Sofia", "Hugo", "Nadia", "Thomas")


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Two programs and a browser share this machine with other tests."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """The demo on the company before anything was set up; its address."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--no-browser",
        "--port",
        str(port),
        "--scenario",
        "empty",
    ]
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("CADRAGE_", "SLACK_"))
    }
    running = subprocess.Popen(
        [*command, "--data", str(tmp_path)], cwd=tmp_path, env={**environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield until_up(f"http://127.0.0.1:{port}")
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(20)


def until_up(address: str) -> str:
    """Wait for page and bot."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/_/health", timeout=2) as answer:  # noqa: S310
                if b'"connections": 1' in answer.read():
                    return address
        except OSError:
            pass
        time.sleep(0.2)
    raise TimeoutError("the demo did not start")


class Visitor:
    """A newcomer at the page: goes as somebody, presses what bears a name, fills what is asked."""

    def __init__(self, page: Page, address: str, words: Tongue) -> None:
        self.page, self.address, self.words = page, address, words
        page.set_default_timeout(20_000)

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("dialog").last

    def goes(self, who: str, place: str = "home") -> None:
        self.page.goto(f"{self.address}/#/as/U0{who}/{place}")
        expect(self.page.locator(".pane-title")).to_be_visible()
        self.page.wait_for_timeout(700)  # Home is drawn anew on opening it

    def presses(self, name: str, inside: Locator | None = None) -> None:
        (inside or self.page).get_by_role("button", name=re.compile(f"^{name}")).first.click()

    def speaks(self) -> None:
        """Choose the language in Home when it is another one."""
        other = {"fr-FR": "Français", "en-GB": "English"}[self.words.locale]
        here = self.page.locator(".home").get_by_role("button", name=re.compile(self.words.start))
        foreign = self.page.locator(".home").get_by_role("button", name=other, exact=True)
        expect(here.or_(foreign).first).to_be_visible()
        self.page.wait_for_timeout(1_000)  # Home is drawn anew on opening it, and its buttons with it
        if foreign.count():
            foreign.click()
            self.hears()
            expect(foreign).to_have_count(0)

    def block(self, question: str) -> Locator:
        return self.form.locator(f"[data-block^='q:{question}:']")

    def picks(self, question: str, *names: str) -> None:
        """Choose people in a searchable list."""
        block = self.block(question).first
        block.locator(".picker-button").click()
        for name in names:
            block.locator(".picker-search").fill(name)
            expect(block.get_by_role("option", name=re.compile(name)).first).to_be_visible()
            self.page.keyboard.press("Enter")
        if block.locator(".picker-popup").is_visible():
            self.page.keyboard.press("Escape")

    def ticks(self, question: str, *places: int) -> None:
        for place in places:
            self.block(question).locator("label.choice").nth(place).click()

    def hears(self) -> None:
        """The bot says something in a page; that is put away."""
        expect(self.page.get_by_role("dialog")).to_have_count(1)
        self.puts_down()

    def puts_down(self) -> None:
        """Close every form, the one under the one on top included."""
        dialog = self.page.get_by_role("dialog")
        for _ in range(10):  # a form that is just being drawn does not hear the key
            if not dialog.count():
                return
            self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(500)
        expect(dialog).to_have_count(0)

    def sends(self, *expected: str, button: str = "") -> None:
        """Press the button of the form, and wait until these questions are asked."""
        self.presses(button or self.words.next, self.form)
        for question in expected:
            expect(self.block(question).first).to_be_visible()


def sets_up(visitor: Visitor) -> None:
    """Élodie makes a project, in four screens."""
    visitor.goes("ELODIE")
    visitor.speaks()
    visitor.presses(visitor.words.start)
    visitor.block("SET01").locator("input").fill("Boréal")
    visitor.ticks("SET02", 0)
    room = visitor.form.locator("[data-block=channel]")
    room.locator(".picker-button").click()
    room.locator(".picker-search").fill("boreal")
    expect(room.get_by_role("option").first).to_contain_text("boreal")
    visitor.page.keyboard.press("Enter")
    visitor.sends("SET04")
    for question in ("SET04", "SET05", "SET06", "SET07"):
        visitor.ticks(question, 1)
    visitor.sends("SET10")
    visitor.picks("SET10", "Marc")
    visitor.picks("SET11", "Claire")
    visitor.picks("SET12", "Claire")
    visitor.picks("SET13", *TEAM)
    visitor.sends("SET08")
    for n, select in enumerate(visitor.block("SET13").locator("select").all()):
        select.select_option(index=1 + n % 5)
    visitor.ticks("SET08", 0)
    expect(visitor.block("SET09").first).to_be_visible()
    visitor.ticks("SET09", 0)
    visitor.sends(button=visitor.words.create)


@pytest.mark.parametrize(
    ("words", "size"),
    [(FRENCH, DESKTOP), (ENGLISH, PHONE)],
    ids=["french-desktop", "english-phone"],
)
def test_a_newcomer_goes_from_nothing_to_a_first_note(
    browser: Browser, demo: str, words: Tongue, size: dict[str, int]
) -> None:
    page = opened(browser, demo, size, words.locale)
    visitor = Visitor(page, demo, words)
    sets_up(visitor)
    visitor.presses(words.invite, visitor.form)
    expect(visitor.form).to_contain_text("Claire Vasseur")
    visitor.presses(words.send, visitor.form)
    expect(visitor.form).to_contain_text("8 invitations")
    visitor.puts_down()

    visitor.goes("CLAIRE")
    visitor.speaks()
    visitor.presses(f"{words.begin}.*{words.backing}")
    visitor.ticks("SPO01", 0)
    visitor.block("SPO02").locator("input").fill("6")
    visitor.ticks("SPO03", 0)
    visitor.ticks("SPO04", 1)
    visitor.sends("SPO05")
    visitor.puts_down()

    visitor.goes("HUGO")
    visitor.speaks()
    visitor.presses(words.begin)
    visitor.form.get_by_label(re.compile(words.cannot)).select_option(label=words.unknown)
    expect(visitor.form).to_contain_text(words.noted)
    visitor.presses(words.next, visitor.form)
    expect(visitor.form).to_contain_text(words.saved)
    visitor.puts_down()

    visitor.goes("ELODIE")
    visitor.presses(words.note)
    visitor.hears()
    visitor.goes("ELODIE", "channel/C0BOREAL")
    visitor.presses(words.read)
    expect(visitor.form.get_by_role("heading", name=re.compile(words.title)).last).to_be_visible()
    expect(visitor.form).to_contain_text("ISS-1")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.troubles == []  # type: ignore[attr-defined]
    page.context.close()
