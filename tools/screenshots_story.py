"""Takes the pictures of a project in its rhythm, while the story plays in a demo of its own.

Calendar, digest in Slack and by mail, round-up, pulse.
Part of `make screenshots`. The story is paused at some weeks, and goes on.
"""

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page
from screenshots_life import press
from screenshots_shots import Shot, named

PATIENCE = 400.0  # seconds until the story has come to a week
NEEDED = {"en": "What we need from you", "fr": "Ce que l’on attend de vous"}
Call = Callable[..., Any]


def calendar(page: Page) -> None:
    """What comes when, for whom."""
    press(page, "Calendar|Calendrier", until=re.compile("Dates of the project|Dates du projet"))


def dates(page: Page) -> None:
    """What the phases follow from."""
    calendar(page)
    press(page.locator(".modal").last, "Dates of the project|Dates du projet", until=re.compile("LOT-1"))


def digest(page: Page) -> None:
    """From its first line on: the newest that was sent in the language of the page."""
    language = page.evaluate("document.documentElement.lang")
    to_top(page, re.compile(NEEDED[language]))


def round_up(page: Page) -> None:
    """The week's steps, in the channel."""
    to_top(page, re.compile("This week’s steps|Les avancées de la semaine"))


def pictures(page: Page) -> None:
    """The private message that the digest's button brings."""
    named(page, "In pictures", "En images").last.click()
    page.locator("article").filter(has_text=re.compile("in pictures|, en images")).last.wait_for(
        timeout=15_000
    )
    page.wait_for_timeout(1_500)
    to_top(page, re.compile("in pictures|, en images"))


def to_top(page: Page, words: re.Pattern[str]) -> None:
    """The last message with these words, at the top of what is seen."""
    found = page.locator(".list article").filter(has_text=words).last
    found.wait_for(timeout=15_000)
    found.evaluate("one => one.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(500)


#: By the week that has just ended: what is photographed then.
CLAIRE = {"en": "Claire", "fr": "Claire"}
SPOKEN = ("Élodie", "Claire")  # whose language is changed for each picture
WEEKS = {
    3: (),
    4: (
        Shot(name="calendar", people={"en": "Élodie", "fr": "Élodie"}, first=calendar),
        Shot(name="calendar-dates", people={"en": "Élodie", "fr": "Élodie"}, first=dates),
    ),
    5: (
        Shot(name="digest", people=CLAIRE, place="messages", first=digest),
        Shot(name="pictures", people=CLAIRE, place="messages", first=pictures),
        Shot(name="round-up", people={"fr": "Claire"}, place="channel", first=round_up),
        Shot(name="story", people={"en": "Sofia", "fr": "Hugo"}),
    ),
}
#: After which week the sponsor reads in which language, so that there is a mail in each.
MAILS_IN = {3: "en", 4: "fr"}
CAPTIONS = {
    "calendar": "The calendar: what comes when, for whom, and why",
    "calendar-dates": "The dates that phases and calendar follow from",
    "digest": "The sponsor’s weekly digest",
    "digest-mail": "The same by e-mail",
    "pictures": "How it goes, in pictures, each with the same in words",
    "round-up": "The team’s weekly round-up",
    "story": "The story, paused: weeks that pass by themselves",
}


def until_after(call: Call, week: int) -> None:
    """The story has come to the end of this week, and is paused."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        told = call("/_/story") or {}
        if told.get("problem"):
            raise RuntimeError(told["problem"])
        if told.get("week", 0) > week:
            call("/_/story", {"do": "pause"})
            time.sleep(6)  # whoever is being played puts down what they hold
            return
        time.sleep(0.2)
    raise TimeoutError(f"the story did not come to week {week}")


def goes_on(call: Call) -> None:
    """It is not paused any more."""
    call("/_/story", {"do": "go_on"})


def mail(page: Page, address: str, language: str) -> bytes:
    """The newest mail in this language, as a phone shows it. Raises when there is none."""
    page.goto(f"{address}/mailbox?language={language}")
    letter = page.locator("article.letter").filter(has=page.locator("pre", has_text=NEEDED[language])).first
    letter.wait_for(timeout=15_000)
    page.wait_for_timeout(800)
    letter.evaluate("one => one.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(400)
    return page.screenshot()
