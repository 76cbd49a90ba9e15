"""Takes the pictures of docs/screenshots from the running demo: `make screenshots`.

    python tools/screenshots.py [FOLDER] [story | workshops]

Starts `cadrage demo` on a free port, waits until the example company is played in, and photographs what
each person sees, at desktop and phone width, in English and in French; then what comes of a few days more
(screenshots_life.py), each kind of screen (screenshots_kinds.py), a project in its rhythm, while the
story plays (screenshots_story.py), and each method of workshops (screenshots_workshops.py, a program of its
own); `story`, `workshops`: these only. Changes nothing but the pictures.
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
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from png import small
from screenshots_kinds import kinds
from screenshots_life import later, meanwhile
from screenshots_said import CAPTIONS as WORKSHOP_CAPTIONS
from screenshots_shots import CAPTIONS, LATER, MEANWHILE, SHOTS, THANKS, Shot, close, thanks
from screenshots_story import CAPTIONS as STORY_CAPTIONS
from screenshots_story import MAILS_IN, SPOKEN, WEEKS, goes_on, mail, until_after

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
LANGUAGES = ("en", "fr")
SHADES = 96  # enough for letters, lines and a few colours
PATIENCE = 180.0  # seconds for the example to be played in


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


def call(address: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """One question to the sandbox; None while it does not answer."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - our own loopback
            return json.load(answer)
    except (OSError, ValueError):
        return None


def wait_until_played(address: str) -> None:
    """Play the example in, to its end. Raises `TimeoutError`; `RuntimeError` when it could not be played."""
    end, started = time.monotonic() + PATIENCE, False
    while time.monotonic() < end:
        state = call(address, "/_/play") or {}
        if not started and state.get("ready"):
            started = bool(call(address, "/_/play", {}))
        elif started and not state.get("running"):
            if state.get("problem"):  # every picture would say so
                raise RuntimeError(state["problem"])
            return
        time.sleep(0.5)
    raise TimeoutError("the example company was not played in")


def take(
    browser: Browser, address: str, folder: Path, shots: Iterable[Shot], speakers: Iterable[str] = ("Élodie",)
) -> None:
    """These pictures, in every size and language, which the `speakers` have chosen."""
    for size, (width, height) in SIZES.items():
        for language in LANGUAGES:
            context = browser.new_context(
                viewport={"width": width, "height": height}, locale=f"{language}-FR"
            )
            page = context.new_page()
            page.goto(address)
            page.locator(f".tongues button[lang={language}]").click()
            for speaker in speakers:
                _says(address, speaker, f"/cadrage settings {language}")
            for shot in shots:
                if language in shot.people:
                    _one(page, address, shot, shot.people[language])
                    picture = small(page.screenshot(), SHADES)
                    (folder / f"{shot.name}-{size}-{language}.png").write_bytes(picture)
                    close(page)
                    print(f"  {shot.name}-{size}-{language}.png", flush=True)
            context.close()


def take_thanks(browser: Browser, address: str, folder: Path) -> None:
    """One picture a size and language, each of somebody who sends."""
    for (size, language), who in THANKS.items():
        width, height = SIZES[size]
        page = browser.new_context(viewport={"width": width, "height": height}).new_page()
        page.goto(address)
        page.locator(f".tongues button[lang={language}]").click()
        _says(address, who, f"/cadrage settings {language}")
        _one(page, address, Shot(name="", people={}, place="messages", first=thanks), who)
        (folder / f"wave-thanks-{size}-{language}.png").write_bytes(small(page.screenshot(), SHADES))
        print(f"  wave-thanks-{size}-{language}.png", flush=True)
        close(page)
        page.context.close()


def _one(page: Page, address: str, shot: Shot, who: str) -> None:
    """The place of one picture, as it should be taken."""
    goes(address)(page, who, shot.place)
    shot.first(page)
    page.wait_for_timeout(400)


def goes(address: str) -> Callable[[Page, str, str], None]:
    """How to come before somebody's place."""

    def go(page: Page, who: str, place: str) -> None:
        page.goto(f"{address}/{_address(address, who, place)}")
        page.reload()
        page.locator(".clock").filter(has_text=":").wait_for(state="attached", timeout=20_000)
        page.wait_for_timeout(1_200)
        close(page)

    return go


def waits(address: str) -> Callable[[int], None]:
    """How the demo's clock is moved, by seconds."""

    def wait(seconds: int) -> None:
        call(address, "/_/time", {"advance": seconds})
        time.sleep(2)

    return wait


def _says(address: str, name: str, line: str) -> None:
    """Somebody types a command in the project's channel."""
    *_, person, _, channel = _address(address, name, "channel").split("/")
    call(address, "/_/command", {"as": person, "channel": channel, "text": line})
    time.sleep(2)


def _address(address: str, name: str, place: str) -> str:
    """The fragment of one person's place, as the page writes it."""
    people = call(address, "/_/state")["people"]
    person = next(p["id"] for p in people if p["name"].startswith(name))
    if place != "channel":
        return f"#/as/{person}/{place}"
    state = call(address, f"/_/state?as={person}")
    channel = next(c["id"] for c in state["channels"] if "boreal" in c["name"])
    return f"#/as/{person}/channel/{channel}"


def gallery(folder: Path) -> str:
    """A page that shows all pictures of a folder, each under what it shows. Raises `KeyError` for a picture
    without a caption."""
    out = [
        "# Pictures",
        "",
        "Taken by `make screenshots`: the sandbox with the example company, and each kind of screen.",
    ]
    pictures = sorted(path.name for path in folder.glob("*.png"))
    for name, caption in (CAPTIONS | STORY_CAPTIONS | WORKSHOP_CAPTIONS).items():
        found = [one for one in pictures if re.fullmatch(rf"{name}-(desktop|phone)-(en|fr)\.png", one)]
        shown = [f"![{caption} ({', '.join(one[:-4].split('-')[-2:])})]({one})" for one in found]
        out += ["", f"## {caption}", "", *shown] if shown else []
        pictures = [one for one in pictures if one not in found]
    if pictures:
        raise KeyError(", ".join(pictures))
    return "\n".join(out) + "\n"


def take_story(browser: Browser, folder: Path) -> None:
    """Those of a project in its rhythm, in a demo of their own."""
    with demo() as address:
        wait_until_played(address)

        def ask(path: str, body: dict[str, Any] | None = None) -> Any:
            return call(address, path, body)

        ask("/_/story", {"do": "play"})
        for week, shots in WEEKS.items():
            until_after(ask, week)
            take(browser, address, folder, shots, SPOKEN if shots else ())
            if week in MAILS_IN:
                _says(address, "Claire", f"/cadrage settings {MAILS_IN[week]}")
            goes_on(ask)
        take_mails(browser, address, folder)


def take_mails(browser: Browser, address: str, folder: Path) -> None:
    """The mail of the digest, in every size and language."""
    for size, (width, height) in SIZES.items():
        for language in LANGUAGES:
            page = browser.new_context(viewport={"width": width, "height": height}).new_page()
            picture = small(mail(page, address, language), SHADES)
            (folder / f"digest-mail-{size}-{language}.png").write_bytes(picture)
            print(f"  digest-mail-{size}-{language}.png", flush=True)
            page.context.close()


def main() -> int:
    """Take them all. Returns an exit code."""
    only = {"story", "workshops"} & {*sys.argv}
    given = [one for one in sys.argv[1:] if one not in only]
    folder = Path(given[0]) if given else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("CADRAGE_CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        if not only:
            take_first(browser, folder)
        if only != {"workshops"}:
            take_story(browser, folder)
        browser.close()
    if only != {"story"}:  # in a loop of its own, which a browser of here would be in the way of
        subprocess.run(
            [sys.executable, Path(__file__).with_name("screenshots_workshops.py"), folder], check=True
        )
    (folder / "README.md").write_text(gallery(folder), encoding="utf-8")
    return 0


def take_first(browser: Browser, folder: Path) -> None:
    """Those of the first days of a project."""
    with demo() as address:
        wait_until_played(address)
        _says(address, "Marc", "/cadrage note")
        take(browser, address, folder, SHOTS)
        _says(address, "Amina", "/cadrage settings en")  # who is asked by Sofia
        meanwhile(browser, goes(address), waits(address))
        take(browser, address, folder, MEANWHILE)
        take_thanks(browser, address, folder)
        later(waits(address))
        take(browser, address, folder, LATER)
        kinds(browser, folder)


if __name__ == "__main__":
    sys.exit(main())
