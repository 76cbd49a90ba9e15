"""Takes a picture of each method of workshops: part of `make screenshots`, or alone.

    python tools/screenshots_workshops.py [FOLDER] [all]

Founds the example company in a sandbox of its own, in English and in French, and lets its people hold
workshops (screenshots_meetings.py). Each picture as on a phone, a few as on a desktop too; `all`: every one
of them in both sizes. Changes nothing but the pictures.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright
from png import small
from screenshots_meetings import MEETINGS, VOTERS
from screenshots_said import CAPTIONS, DESKTOP, Words, words

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from flows.playbook import load  # noqa: E402 - the checkout is not installed
from tests.end_to_end.company import CHANNEL, Company, company_at  # noqa: E402
from tests.end_to_end.founding import ID, invites, sets_up, someone  # noqa: E402
from tests.end_to_end.gathering import Room, written  # noqa: E402

Json = dict[str, Any]
FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"phone": (390, 844), "desktop": (1440, 900)}
SHADES = 32  # enough for letters on white
DRAWN = 1.6  # seconds until a card has been drawn again: once a second at most
WAIT = 20.0


@dataclass(kw_only=True)
class Reel:
    """The room, and the pages that look into it."""

    room: Room
    language: str
    folder: Path
    pages: Mapping[str, Page]
    desktop: frozenset[str]  # the pictures that are taken of a desktop too

    @property
    def words(self) -> Words:
        """What people write, in this language."""
        return words(self.language)

    @property
    def speaker(self) -> str:
        """Whose turn it is in a round."""
        return next(who for who, user in ID.items() if user == self.room.workshop.speaker)

    async def take(
        self, name: str, who: str, *, place: str = f"channel/C0{CHANNEL.upper()}", card: int = 0
    ) -> None:
        """A picture of what this person has before their eyes. `card`: the step whose card is to be seen.
        Raises `KeyError` where it has no caption."""
        assert CAPTIONS[f"workshop-{name}"]
        await asyncio.sleep(DRAWN)
        for size, page in self.pages.items():
            if size == "desktop" and name not in self.desktop:
                continue
            await page.goto(f"{self.room.company.sandbox.url}/#/as/{ID[who]}/{place}")
            await page.reload()
            await page.locator(".clock").filter(has_text=":").wait_for(state="attached", timeout=20_000)
            await page.wait_for_timeout(800)
            await self._scroll(page, card)
            file = f"workshop-{name}-{size}-{self.language}.png"
            (self.folder / file).write_bytes(small(await page.screenshot(), SHADES))
            print(f"  {file}", flush=True)

    async def _scroll(self, page: Page, step: int) -> None:
        """Until the end of the newest message stands at the bottom, or that of the card of a step."""
        title = f"{self.room.workshop.script} · {'Étape' if self.language == 'fr' else 'Step'} {step} "
        messages = page.locator("article")
        shown = messages.filter(has_text=title).last if step else messages.last
        if await messages.count():
            await shown.evaluate("one => one.scrollIntoView(false)")
            await page.wait_for_timeout(300)

    def someone(self, who: str) -> Any:
        """A person to act as."""
        return next(one for one in (self.room.facilitator, *self.room.voters) if one.who == who)

    async def form(self, who: str, action: str, name: str = "") -> Json:
        """The form behind a button of the newest card, with its picture if it has a name; it stays open."""
        person, now = self.someone(who), self.room.workshop
        await person.puts_down()
        await person.channel(f"#{CHANNEL}")
        step = f"Étape {now.step} sur" if self.language == "fr" else f"Step {now.step} of"
        await person.sees(f"{now.script} · {step}", within=WAIT)
        await asyncio.sleep(DRAWN)
        await self.room.presses(person, action)
        view: Json = await person.opened()
        if name:
            await self.take(name, who)
        return view

    async def put(self, who: str, text: str, name: str = "", action: str = "workshop.give") -> None:
        """One contribution: what stands between "|" goes into one field after the other."""
        person, view = self.someone(who), await self.form(who, action, name)
        values = written(view, "")
        assert values, view
        inputs = [one for one in view["blocks"] if one["type"] == "input"]
        fields = [one for one in inputs if one["element"]["type"] == "plain_text_input"]
        said = [one.strip() or None for one in text.split("|")]
        for block, part in zip(fields, [*said, *[None] * len(fields)], strict=False):
            values[block["block_id"]] = {block["element"]["action_id"]: part}
        done = await person.does("submit", view_id=view["id"], values=values)
        assert not done.get("errors"), done
        await person.changed_from(view)
        await person.puts_down()

    async def looks(self, who: str, action: str, name: str) -> None:
        """A picture of a form that is put away again."""
        await self.form(who, action, name)
        await self.someone(who).puts_down()

    async def runs(self, line: str, name: str) -> None:
        """A command of the facilitator, and the picture of what opens."""
        elodie = self.room.facilitator
        await elodie.puts_down()
        await elodie.channel(f"#{CHANNEL}")
        await elodie.runs(line)
        await elodie.opened()
        await self.take(name, elodie.who)
        await elodie.puts_down()

    async def desk(self, name: str) -> None:
        """The facilitator's desk."""
        elodie = self.room.facilitator
        await self.room.presses(elodie, "workshop.agenda")
        await elodie.opened()
        await elodie.clicks("workshop.desk", within=WAIT)
        await elodie.sees("Mon pupitre" if self.language == "fr" else "My desk", within=WAIT)
        await self.take(name, elodie.who)
        await elodie.puts_down()


@asynccontextmanager
async def reel(
    browser: Browser, language: str, folder: Path, desktop: frozenset[str], data: Path
) -> AsyncIterator[Reel]:
    """The company, set up and invited, and a page a size."""
    async with company_at(data, language=language) as company:
        people = await _people(company)
        pages = {size: await _page(browser, company, language, size) for size in SIZES}
        room = Room(company=company, facilitator=people[0], voters=people[1:])
        yield Reel(room=room, language=language, folder=folder, pages=pages, desktop=desktop)
        for one in people:
            await one.leave()


async def _people(company: Company) -> list[Any]:
    await company.starts()
    await company.office_hours()
    playbook = load()
    people = [someone(company, who, playbook) for who in ("elodie", *VOTERS)]
    await sets_up(people[0], company)
    await invites(people[0], company)
    return people


async def _page(browser: Browser, company: Company, language: str, size: str) -> Page:
    width, height = SIZES[size]
    context = await browser.new_context(viewport={"width": width, "height": height})
    page = await context.new_page()
    await page.goto(company.sandbox.url)
    await page.locator(f".tongues button[lang={language}]").click()
    return page


async def take(folder: Path, *, everything: bool = False) -> None:
    """All of them, into the folder."""
    program = os.environ.get("CADRAGE_CHROMIUM") or "/usr/bin/chromium"
    names = frozenset(one.removeprefix("workshop-") for one in CAPTIONS) if everything else DESKTOP
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for language in ("en", "fr"):
            with tempfile.TemporaryDirectory() as data:
                async with reel(browser, language, folder, names, Path(data)) as one:
                    for meeting in MEETINGS:
                        await meeting(one)
        await browser.close()


def main() -> int:
    """Take them. Returns an exit code."""
    given = [one for one in sys.argv[1:] if one != "all"]
    folder = Path(given[0]) if given else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(folder, everything="all" in sys.argv))
    return 0


if __name__ == "__main__":
    sys.exit(main())
