"""Takes the pictures of docs/screenshots from the running demo: `make screenshots`.

    python tools/screenshots.py [FOLDER]

Starts `cadrage demo` on a free port, waits until the example company is played in, and photographs what
each person sees, at desktop and phone width, in English and in French. Changes nothing but the pictures.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from png import small

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
LANGUAGES = ("en", "fr")
PATIENCE = 180.0  # seconds for the example to be played in


def nothing(page: Page) -> None:
    """A picture of the place as it is."""


def answer(page: Page) -> None:
    """Press the one button on top of Home: the next screen to answer."""
    press(page, ".list.home button.primary", "input, textarea, select")


def start(page: Page) -> None:
    """The first screen of a new project."""
    press(page, named(page, "Start a project", "Commencer un projet"), "input")


def check(page: Page) -> None:
    """The page that lists one's answers."""
    press(page, named(page, "See my answers", "Voir mes réponses"), "button")


def look(page: Page) -> None:
    """What the set-up tells on its first day."""
    press(page, named(page, "First look", "Premier regard"), "button")


def note(page: Page) -> None:
    """The scoping note, read on the spot."""
    press(page, page.locator(".scroller button.button").and_(named(page, "Read here", "Lire ici")), "h3, h4")


def named(page: Page, english: str, french: str) -> Locator:
    """The last button of this name, in either language."""
    return page.locator("button").filter(has_text=re.compile(f"^({english}|{french})$"))


def press(page: Page, what: str | Locator, until: str) -> None:
    """Press it and wait until the form, or the reader, is filled."""
    button = page.locator(what).first if isinstance(what, str) else what.last
    button.click()
    page.get_by_role("dialog").locator(until).first.wait_for(timeout=15_000)
    page.wait_for_timeout(600)


def close(page: Page) -> None:
    """Leave no form open behind: the sandbox would keep it for the next picture."""
    for cross in page.locator(".modal button.icon").all():
        cross.click()


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: whose screen in which language, which place, what to do first. People are named as in
    the example. Sofia's Slack is in English, the others' in French; Élodie speaks both."""

    name: str
    people: dict[str, str]
    place: str = "home"
    first: Callable[[Page], None] = nothing


BOTH = {"en": "Sofia", "fr": "Hugo"}
ELODIE = {"en": "Élodie", "fr": "Élodie"}
SHOTS = (
    Shot(name="sandbox", people=BOTH),
    Shot(name="screen", people=BOTH, first=answer),
    Shot(name="messages", people={"en": "Sofia", "fr": "Nadia"}, place="messages"),
    Shot(name="home-facilitator", people=ELODIE),
    Shot(name="home-sponsor", people={"fr": "Claire"}),
    Shot(name="set-up", people=ELODIE, first=start),
    Shot(name="check", people=ELODIE, first=check),
    Shot(name="first-look", people=ELODIE, first=look),
    Shot(name="channel", people={"fr": "Claire"}, place="channel"),  # channel and note speak the
    Shot(name="note", people={"fr": "Claire"}, place="channel", first=note),  # project's language
)


@contextmanager
def demo() -> Iterator[str]:
    """A demo of our own; its address. Ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", str(port), "--data", data]
        running = subprocess.Popen(command, cwd=ROOT)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(20)


def ask(address: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """One question to the sandbox; None while it does not answer."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - our own loopback
            return json.load(answer)
    except (OSError, ValueError):
        return None


def wait_until_played(address: str) -> None:
    """Play the example in, to its end. Raises `TimeoutError`."""
    end, started = time.monotonic() + PATIENCE, False
    while time.monotonic() < end:
        state = ask(address, "/_/play") or {}
        if not started and state.get("ready"):
            started = bool(ask(address, "/_/play", {}))
        elif started and not state.get("running"):
            return
        time.sleep(0.5)
    raise TimeoutError("the example company was not played in")


def take(browser: Browser, address: str, folder: Path, size: str, language: str) -> None:
    """All pictures of one size in one language."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=f"{language}-FR")
    page = context.new_page()
    page.goto(address)
    page.locator(f".tongues button[lang={language}]").click()
    _says(address, "Élodie", f"/cadrage settings {language}")
    for shot in SHOTS:
        if language not in shot.people:
            continue
        page.goto(f"{address}/{_address(address, shot.people[language], shot.place)}")
        page.reload()
        page.locator(".clock").filter(has_text=":").wait_for(state="attached", timeout=20_000)
        page.wait_for_timeout(1_200)
        shot.first(page)
        page.wait_for_timeout(400)
        picture = small(page.screenshot())
        (folder / f"{shot.name}-{size}-{language}.png").write_bytes(picture)
        close(page)
        print(f"  {shot.name}-{size}-{language}.png", flush=True)
    context.close()


def _says(address: str, name: str, line: str) -> None:
    """Somebody types a command in the project's channel."""
    *_, person, _, channel = _address(address, name, "channel").split("/")
    ask(address, "/_/command", {"as": person, "channel": channel, "text": line})
    time.sleep(2)


def _address(address: str, name: str, place: str) -> str:
    """The fragment of one person's place, as the page writes it."""
    people = ask(address, "/_/state")["people"]
    person = next(p["id"] for p in people if p["name"].startswith(name))
    if place != "channel":
        return f"#/as/{person}/{place}"
    state = ask(address, f"/_/state?as={person}")
    channel = next(c["id"] for c in state["channels"] if "boreal" in c["name"])
    return f"#/as/{person}/channel/{channel}"


def gallery(folder: Path) -> str:
    """A page that shows all pictures of a folder, wide ones first."""
    out = ["# Pictures", "", "The sandbox page with the example company, taken by `make screenshots`."]
    for size in SIZES:
        out += ["", f"## {size.capitalize()} width", ""]
        for picture in sorted(folder.glob(f"*-{size}-*.png")):
            out.append(f"![{picture.stem.replace('-', ' ')}]({picture.name})")
    return "\n".join(out) + "\n"


def main() -> int:
    """Take them all. Returns an exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("CADRAGE_CHROMIUM") or "/usr/bin/chromium"
    with demo() as address, sync_playwright() as playwright:
        wait_until_played(address)
        _says(address, "Marc", "/cadrage note")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for size in SIZES:
            for language in LANGUAGES:
                take(browser, address, folder, size, language)
        browser.close()
    (folder / "README.md").write_text(gallery(folder), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
