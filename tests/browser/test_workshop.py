"""A live workshop with the people of one team, each at a page of their own: what each of them sees, and when.

The bot is a process of its own, as in the end-to-end tests; what people do they do in Chromium.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from flows.playbook import Playbook
from tests.browser.conftest import DESKTOP, opened
from tests.end_to_end.company import company_at
from tests.end_to_end.founding import ID, founded

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 20_000  # milliseconds: a bot, a sandbox and seven pages share this machine with other tests
FACILITATOR, VOTERS = "elodie", ("claire", "marc", "ines", "paul", "sofia", "hugo")
NOTE = "It might not see what a technician lives on site"
PARKED = "Who talks to customers during the changeover?"
RESULT = re.compile(r"of 6 at 3 or more|Carried\.")


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def address(tmp_path: Path, playbook: Playbook) -> Iterator[str]:
    """The page of a sandbox whose company has just been set up and invited; a bot serves it."""
    found: list[str] = []
    ready, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with company_at(tmp_path) as company:
            await company.starts()
            await company.office_hours()
            await founded(company, playbook)
            found.append(company.sandbox.url)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert ready.wait(90), "the company was not set up"
    yield found[0]
    loop.call_soon_threadsafe(stop.set)
    thread.join(30)


@dataclass(frozen=True)
class Seat:
    """Somebody at their page, in the project's channel."""

    who: str
    page: Page

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("dialog").last

    @property
    def channel(self) -> Locator:
        return self.page.locator(".list")

    def card(self, words: str) -> Locator:
        """The newest message that says this."""
        return self.page.locator("article").filter(has_text=words).last

    def presses(self, name: str, inside: Locator | None = None) -> None:
        (inside or self.page).get_by_role("button", name=re.compile(f"^{name}")).last.click()

    def hears(self, words: str) -> None:
        """The bot tells them alone."""
        expect(self.page.locator("article.ephemeral").last).to_contain_text(words)

    def sees(self, *words: str) -> None:
        for one in words:
            expect(self.channel).to_contain_text(one)

    def puts_down(self) -> None:
        """Close every page, those below the one on top included; one that is being drawn hears no key."""
        dialog = self.page.get_by_role("dialog")
        for _ in range(20):
            if not dialog.count():
                return
            self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(250)
        expect(dialog).to_have_count(0)


@dataclass(frozen=True)
class Table:
    """All of them."""

    elodie: Seat
    voters: tuple[Seat, ...]

    @property
    def everybody(self) -> tuple[Seat, ...]:
        return (self.elodie, *self.voters)

    def goes_on(self, name: str, then: str) -> None:
        """The facilitator presses a button of the desk, which shows what comes then."""
        self.elodie.presses(name, self.elodie.form)
        expect(self.elodie.form).to_contain_text(then)


@pytest.fixture
def table(browser: Browser, address: str) -> Iterator[Table]:
    """Seven pages, in contexts of their own."""
    seats = []
    for who in (FACILITATOR, *VOTERS):
        page = opened(browser, address, DESKTOP)
        page.goto(f"{address}/#/as/{ID[who]}/channel/C0BOREAL")
        seats.append(Seat(who=who, page=page))
    yield Table(elodie=seats[0], voters=tuple(seats[1:]))
    for seat in seats:
        assert seat.page.troubles == []  # type: ignore[attr-defined]
        seat.page.context.close()


def test_a_live_workshop_from_its_command_to_its_score(table: Table) -> None:
    prepares_and_opens(table)
    a_note_is_private_until_the_step_closes(table)
    table.goes_on("Skip", "Step 4 of 6")
    nobody_sees_a_vote_before_the_reveal(table)
    table.goes_on("Next step", "Step 5 of 6")
    table.goes_on("Close the step", "Step 6 of 6")
    reads_back_corrects_and_scores(table)


def prepares_and_opens(table: Table) -> None:
    """`/cadrage workshop W01`, its form, its desk; people come in, and the quorum is reached."""
    elodie = table.elodie
    elodie.page.locator(".composer textarea").fill("/cadrage workshop W01")
    elodie.page.keyboard.press("Enter")
    expect(elodie.form).to_contain_text("Ready?")
    elodie.form.get_by_label("I go ahead anyway").check()
    elodie.form.get_by_role("radio", name="Now").check()
    elodie.presses("Invite", elodie.form)
    expect(elodie.form).to_contain_text("invitations are on their way")
    elodie.presses("My desk", elodie.form)
    table.goes_on("Open it live", "Step 1 of 6")
    for seat in table.voters:
        seat.presses("I’m here", seat.card("Step 1 of 6"))
        seat.hears("You are in")
    for seat in table.voters:
        seat.sees("5 of 7 here, 5 needed", "arbiter: yes", "Ends at")


def a_note_is_private_until_the_step_closes(table: Table) -> None:
    """What Paul writes others read once the step is over, without his name."""
    table.goes_on("Close the step", "Step 2 of 6")
    paul, ines = (next(seat for seat in table.voters if seat.who == who) for who in ("paul", "ines"))
    paul.presses("Write privately", paul.card("Step 2 of 6"))
    paul.form.get_by_role("textbox", name="In your words").fill(NOTE)
    paul.presses("Put it in", paul.form)
    expect(paul.form).to_contain_text("It is on the table")
    paul.puts_down()
    expect(ines.channel).not_to_contain_text(NOTE)
    table.goes_on("Close the step", "Step 3 of 6")
    expect(ines.card("Step 2 of 6")).to_contain_text(NOTE)
    expect(ines.card("Step 2 of 6")).not_to_contain_text("Paul")


def nobody_sees_a_vote_before_the_reveal(table: Table) -> None:
    """Five of six have voted: everybody reads how many, nobody how. The sixth vote reveals."""
    *first, last = table.voters
    for seat, point in zip(
        first, ("4 Support", "5 Champion", "3 Can live", "4 Support", "4 Support"), strict=True
    ):
        seat.presses(point, seat.card("Step 4 of 6"))
        seat.hears(f"Noted: {point[0]}.")
    for seat in table.everybody:
        expect(seat.card("Step 4 of 6")).to_contain_text("5 of 6 have answered")
        expect(seat.channel).not_to_contain_text(RESULT)
    expect(table.elodie.form).not_to_contain_text(RESULT)
    table.elodie.puts_down()
    table.elodie.presses("0 Block", table.elodie.card("Step 4 of 6"))
    table.elodie.hears("You have no vote here")
    last.presses("4 Support", last.card("Step 4 of 6"))
    for seat in table.everybody:
        expect(seat.card("Step 4 of 6")).to_contain_text("Carried.")
        expect(seat.card("Step 4 of 6")).to_contain_text("6 of 6 at 3 or more")
        expect(seat.card("Step 4 of 6")).not_to_contain_text("Claire")
    table.elodie.presses("Agenda and rules", table.elodie.card("Step 4 of 6"))
    table.elodie.presses("My desk", table.elodie.form)
    expect(table.elodie.form).to_contain_text("Next step")


def reads_back_corrects_and_scores(table: Table) -> None:
    """A point is parked, the decision read back, the hour scored; then it is over, with minutes."""
    claire, marc, *_ = table.voters
    expect(claire.card("Step 6 of 6")).to_contain_text("Is this right?")
    expect(claire.card("Step 6 of 6")).to_contain_text(re.compile(r"DEC-\d+ Who drives"))
    marc.presses("Park a point", marc.card("Step 6 of 6"))
    marc.form.get_by_role("textbox", name="The point to keep for later").fill(PARKED)
    marc.presses("Put it in", marc.form)
    expect(marc.form).to_contain_text("it becomes an open point")
    marc.puts_down()
    claire.presses("Correct", claire.card("Step 6 of 6"))
    expect(claire.form).to_contain_text(re.compile(r"DEC-\d+"))
    claire.puts_down()
    claire.presses("Worth your time", claire.card("Step 6 of 6"))
    expect(claire.form).to_contain_text("Anonymous")
    claire.form.get_by_role("radio").last.check()
    claire.form.locator("button[type=submit]").click()
    expect(claire.form).to_contain_text("Recorded, thank you.")
    claire.puts_down()
    marc.presses("That’s right", marc.card("Step 6 of 6"))
    marc.hears("Noted, thank you.")
    table.goes_on("Close the workshop", "Closed: 6 people took part.")
    for seat in table.voters:
        seat.sees("Minutes of W01", "1 open point")
