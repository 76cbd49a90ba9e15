"""Away from one day to another (issue 4, point 6): what is due and what is to be settled goes to a deputy in
that time, where the deputy may; else as 4.1 says; and it comes back. Each record says so."""

from datetime import UTC, date, datetime

import pytest

from flows.dialogue.effects import Draft
from flows.words import Words
from storage import life
from storage import person as persons
from tests.bot.arbitration.test_arbitration import card, case, spoken
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    MARC,
    SOFIA,
    WORKSPACE,
    Town,
    flat,
    founded,
    said,
)

TITLE = "Qui porte les fiches contacts ?"
WORDS = {
    "fr": (
        "Je m’absente…",
        "Vous remplacez Inès Rahmani",
        "La semaine prochaine",
        "s’en occupe pendant une absence",
    ),
    "en": (
        "I’m away…",
        "You stand in for Inès Rahmani",
        "Next week",
        "looks after it while its owner is away",
    ),
}


def noon(day: int) -> datetime:
    return datetime(2026, 1, day, 12, 0, tzinfo=UTC)


async def leaves(
    place: Town, user: str, first: int, last: int, deputy: str = "", *, words: str = "fr"
) -> str:
    """Somebody says when they are away. What they are told."""
    who = await place.person(user).opens_home()
    await who.presses(WORDS[words][0], on=who.home)
    day = "2026-01-{:02d}".format
    who.fills({"first": day(first), "last": day(last), **({"deputy": deputy} if deputy else {})})
    await who.sends()
    assert not who.errors, who.errors
    return who.reads


def issue(place: Town, project: str) -> str:
    draft = Draft(kind="issue", item="i", title=Words.same(TITLE), owner=INES, due=date(2026, 1, 14))
    made = place.parts.db.run_sync(
        life.make, workspace=WORKSPACE, project_id=project, draft=draft, by=MARC, now=place.clock.now()
    )
    return made.ref


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_what_is_due_goes_to_the_deputy_in_that_time_and_comes_back(place: Town, language: str) -> None:
    project = await founded(place)
    for user in (INES, HUGO):
        place.parts.db.run_sync(persons.set_language, workspace=WORKSPACE, user=user, language=language)
    ref = issue(place, project)
    told = await leaves(place, INES, 13, 16, HUGO, words=language)
    assert "Hugo Teixeira" in told
    place.until(noon(14))
    assert place.to(INES, "reminder") == []
    (reminder,) = place.to(HUGO, "reminder")
    assert ref in reminder.text
    _, standing, later, trace = WORDS[language]
    hugo = await place.person(HUGO).opens_home()
    assert flat(standing) in said(hugo.home)
    await hugo.presses("Lire" if language == "fr" else "Read", on=reminder)
    assert hugo.sees(trace, TITLE)
    assert hugo.sees("Réglé" if language == "fr" else "Settled"), "and may move it on"
    await hugo.presses(later, on=reminder)
    place.until(noon(20))
    (mine,) = place.to(INES, "reminder")
    assert mine.at.date() == date(2026, 1, 19), "it is hers again, on the day it was put off to"
    ines = await place.person(INES).presses("Lire" if language == "fr" else "Read", on=mine)
    assert ines.sees("est de retour" if language == "fr" else "is back")
    assert len(place.to(HUGO, "reminder")) == 1


async def test_an_arbiter_who_is_away_is_replaced_by_the_deputy_and_gets_it_back(place: Town) -> None:
    project = await spoken(place)
    due = case(place, project).due
    await leaves(place, CLAIRE, 12, 14, SOFIA)
    place.clock.passes(minutes=2)
    place.delivers()
    assert (case(place, project).seat, case(place, project).arbiter) == ("deputy", SOFIA)
    assert card(place, SOFIA, "arbitration")
    assert flat("Claire Vasseur n’est pas là : c’est à Sofia Lindqvist de trancher entre-temps.") in (
        card(place, BOREAL, "arbitration_case").text
    )
    place.until(noon(15))
    assert (case(place, project).seat, case(place, project).arbiter) == ("arbiter", CLAIRE)
    assert case(place, project).due == due, "the date stays"
    assert flat("Claire Vasseur est de retour : la décision lui revient.") in (
        card(place, BOREAL, "arbitration_case").text
    )
    late = await place.person(SOFIA).presses("Read", on=card(place, SOFIA, "arbitration"))
    assert not late.sees("Decide and publish")


async def test_a_deputy_who_stays_neutral_settles_nothing_and_it_is_said_to_whom_it_goes(place: Town) -> None:
    project = await spoken(place)
    told = await leaves(place, CLAIRE, 12, 23, ELODIE)
    assert flat("revient au comité de direction") in told
    assert (case(place, project).seat, case(place, project).arbiter) == ("committee", ELODIE)


async def test_an_arbiter_who_only_says_away_until_is_replaced_as_4_1_says(place: Town) -> None:
    project = await spoken(place)
    away = {"workspace": WORKSPACE, "user": CLAIRE}
    place.parts.db.run_sync(persons.set_away, **away, until=date(2026, 1, 16))
    place.until(noon(13))
    assert case(place, project).seat == "arbiter", "she is back before its date"
    place.parts.db.run_sync(persons.set_away, **away, until=date(2026, 1, 23))
    place.until(noon(14))
    assert (case(place, project).seat, case(place, project).arbiter) == ("committee", ELODIE)
    told = "Claire Vasseur n’est pas là avant l’échéance : la décision revient au comité de direction."
    assert flat(told) in card(place, BOREAL, "arbitration_case").text


async def test_one_who_comes_back_early_has_it_at_once(place: Town) -> None:
    project = await spoken(place)
    await leaves(place, CLAIRE, 12, 23, SOFIA)
    place.delivers()
    claire = await place.person(CLAIRE).opens_home()
    await claire.presses("Je suis de retour", on=claire.home)
    assert case(place, project).arbiter == CLAIRE


async def test_what_cannot_be_is_said_under_its_field(place: Town) -> None:
    await founded(place)
    ines = await place.person(INES).opens_home()
    await ines.presses("Je m’absente…", on=ines.home)
    ines.fills({"first": "2026-01-09", "last": "2026-01-08", "deputy": INES})
    await ines.sends()
    assert set(ines.errors) == {"first", "last", "deputy"}
    ines.fills({"first": "2026-01-13", "last": "2026-01-16", "deputy": "U0KIM"})
    await ines.sends()
    assert "aucun de vos projets" in ines.errors["deputy"]
