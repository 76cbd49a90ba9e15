"""What people do in the demo before more pictures can be taken: a question handed on, anonymous questions.

Part of `make screenshots`: presses what a person would press on the sandbox's page, in a browser window of
its own, and moves the demo's clock. Takes no picture.
"""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Locator, Page

#: Puts a page before somebody's place in the sandbox ("home", "messages", "channel").
Goes = Callable[[Page, str, str], None]
#: Moves the demo's clock forward, by so many seconds.
Waits = Callable[[int], None]

ASKED = (("Hugo", "Luc"), ("Sofia", "Amina"))
EXIT = re.compile("^(Ask a colleague|Demander à un collègue)$")
SEND = re.compile("^(Ask|Demander)$")
WAVE = ("How we feel about it", "Ce que nous ressentons")
#: Those who answer the anonymous questions before a picture is taken of somebody who has.
ANSWERED = ("Hugo", "Marc", "Thomas")


def meanwhile(browser: Browser, goes: Goes, waits: Waits) -> None:
    """Two people hand on a question, and the facilitator opens the anonymous questions; a day passes."""
    page = browser.new_context(viewport={"width": 1200, "height": 1200}).new_page()
    for asker, asked in ASKED:
        goes(page, asker, "home")
        hands_on(page, asked)
    goes(page, "Élodie", "home")
    press(page, r"Send questions|Envoyer des questions")
    row = form(page).locator("button").filter(has_text=re.compile("^(Send it|Envoyer)$"))
    titles = form(page).inner_text()
    row.nth(before(titles)).click()
    press(form(page), "Open the wave|Ouvrir", until=re.compile("Open until|Ouverte jusqu"))
    waits(86_400)
    for who in ANSWERED:
        goes(page, who, "messages")
        answers(page)
        sends(page)
    page.context.close()


def later(waits: Waits) -> None:
    """Until the anonymous questions have closed."""
    for _ in range(9):
        waits(86_400)


def hands_on(page: Page, to: str) -> None:
    """From the screen that waits: ask somebody else in one's place."""
    asks(page)
    form(page).locator(".picker-button").first.click()
    page.get_by_role("option").filter(has_text=to).first.click()
    press(form(page), SEND.pattern.strip("^()$"), until=re.compile(to))


def asks(page: Page) -> None:
    """The form in which a colleague is asked."""
    page.locator(".list.home button.primary").first.click()
    offered = form(page).locator("select").filter(has=page.locator("option", has_text=EXIT)).first
    offered.wait_for()
    label = offered.locator("option", has_text=EXIT).inner_text()
    offered.select_option(label=label)
    form(page).locator("input[type=date]").wait_for()


def before(titles: str) -> int:
    """How many lines of the page "Send questions" stand before the wave."""
    lines = [line for line in titles.split("\n") if " · " in line]
    return next(n for n, line in enumerate(lines) if line.startswith(WAVE))


def answers(page: Page) -> None:
    """Open the anonymous questions from the invitation."""
    press(page, "Answer|Répondre")
    form(page).locator(".choices").first.wait_for()


def sends(page: Page) -> None:
    """Answer them all, and send."""
    go = form(page).locator("footer button[type=submit]")
    while go.is_visible():
        for group in form(page).locator(".choices").all():
            group.locator("input").nth(1).check(force=True)
        shown = form(page).inner_text()
        go.click()
        page.wait_for_function(
            "was => [...document.querySelectorAll('.modal')].at(-1).innerText !== was", arg=shown
        )
        page.wait_for_timeout(400)


def form(page: Page) -> Locator:
    """The form on top."""
    return page.locator(".modal").last


def press(where: Page | Locator, label: str, until: re.Pattern[str] | None = None) -> None:
    """Press the last button of this name, in either language, and wait for the form, or for words in it."""
    where.locator("button").filter(has_text=re.compile(f"^({label})$")).last.click()
    page = where if isinstance(where, Page) else where.page
    shown = page.locator(".modal")
    (shown.filter(has_text=until) if until else shown).last.wait_for(timeout=15_000)
    page.wait_for_timeout(600)
