"""Which pictures are taken of the demo: whose place, in which language, and what is pressed first.

Data and gestures for screenshots.py. Every name of a button stands here in both languages.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page
from screenshots_life import answers, asks, sends


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


def plan(page: Page) -> None:
    """The whole plan, week by week."""
    press(page, named(page, "The whole plan", "Tout le plan"), "button")


def ask(page: Page) -> None:
    """The form in which a colleague is asked."""
    asks(page)
    page.wait_for_timeout(600)


def record(page: Page) -> None:
    """The page of one record, from the list of goals."""
    press(page, named(page, "Goals", "Enjeux"), "button")
    press(page, page.locator(".modal button").and_(named(page, "Open", "Ouvrir")), "text=GOA-")


def diagnosis(page: Page) -> None:
    """The diagnosis, as those who run the project read it."""
    press(page, named(page, "Diagnosis", "Diagnostic"), "text=/R\\d\\d/")


def why(page: Page) -> None:
    """How the diagnosis is worked out."""
    diagnosis(page)
    press(page, named(page, "How is this worked out[?]", "D’où cela vient-il.[?]"), "h3, h4")


def anonymous(page: Page) -> None:
    """The first screen of anonymous questions."""
    answers(page)
    page.wait_for_timeout(600)


def thanks(page: Page) -> None:
    """What is said once anonymous answers have been sent."""
    answers(page)
    sends(page)


def results(page: Page) -> None:
    """What the group said."""
    press(page, named(page, "See the group results", "Voir les résultats de groupe"), "text=/≥|5/")


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
    crosses = page.locator(".modal button.icon")
    while crosses.count():
        crosses.last.click()
        page.wait_for_timeout(300)


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
    Shot(name="plan", people=ELODIE, first=plan),
    Shot(name="record", people=ELODIE, first=record),
    Shot(name="ask-a-colleague", people=BOTH, first=ask),
)
#: Once a question has been handed on, and the anonymous questions are open.
MEANWHILE = (
    Shot(name="colleague", people={"en": "Amina", "fr": "Luc"}, place="messages"),
    Shot(name="wave-invitation", people={"en": "Sofia", "fr": "Paul"}, place="messages"),
    Shot(name="wave", people={"en": "Sofia", "fr": "Paul"}, place="messages", first=anonymous),
)
#: Whoever has sent cannot send again: each picture has its person.
THANKS = {
    ("desktop", "en"): "Sofia", ("desktop", "fr"): "Paul", ("phone", "en"): "Inès", ("phone", "fr"): "Nadia",
}  # fmt: skip
#: Once they have closed.
LATER = (
    Shot(name="channel-later", people={"fr": "Hugo"}, place="channel"),
    Shot(name="wave-results", people={"en": "Sofia", "fr": "Hugo"}, place="channel", first=results),
    Shot(name="diagnosis", people=ELODIE, first=diagnosis),
    Shot(name="diagnosis-why", people=ELODIE, first=why),
)

#: What each picture shows, for the gallery and for those who do not see it.
CAPTIONS = {
    "sandbox": "The sandbox: people on the left, Home of one of them in the middle, the guide on the right",
    "messages": "An invitation, as a private message",
    "home-facilitator": "Home of the facilitator: the next step, the plan, who is expected, counts only",
    "home-sponsor": "Home of the sponsor",
    "set-up": "The first screen of a new project",
    "screen": "A screen of a dialogue",
    "check": "The page that lists one’s answers, each with its button to change it",
    "first-look": "The first look, from the set-up’s answers",
    "channel": "The cards in the project’s channel",
    "note": "The scoping note, read on the spot",
    "plan": "The plan, week by week",
    "record": "The page of a record, with the question it comes from",
    "ask-a-colleague": "Asking a colleague: whom, a word to them, until when",
    "colleague": "What the colleague gets: the question, and three ways to answer",
    "wave-invitation": "The invitation to anonymous questions",
    "wave": "Anonymous questions: how they work stands above the first one",
    "wave-thanks": "What is said once an anonymous ballot is in the box",
    "channel-later": "The channel after two closings: decisions, and what came out",
    "wave-results": "What the group said: means and no counts below ten answers",
    "diagnosis": "The diagnosis, as those who run the project read it",
    "diagnosis-why": "How the diagnosis is worked out",
    "kind-lines": "A table, line by line",
    "kind-line": "The form of one line of a table",
    "kind-board": "The board on which needs are placed",
    "kind-records": "Questions asked about each record",
    "kind-points": "A hundred points to give",
    "kind-grid": "A table with one line for each criterion",
    "kind-ranking": "A ranking",
    "kind-sliders": "Choices between two good things",
    "kind-follow-ups": "Questions that follow from an answer",
    "kind-confidential": "Confidential questions: who sees the answers stands first",
}
