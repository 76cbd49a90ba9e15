"""Somebody asks to be forgotten, in Slack (journeys 2i, acceptance point 38): read first, then done."""

from datetime import date

import pytest

from flows.dialogue.effects import Draft
from flows.words import LANGUAGES, Language, Words
from storage import life, person, register
from storage import project as projects
from storage.erasing import look
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    INES,
    MARC,
    WORKSPACE,
    Someone,
    Town,
    flat,
    founded,
)

WORDS: dict[Language, dict[str, str]] = {
    "fr": {
        "settings": "/cadrage settings",
        "way": "M’oublier…",
        "anonymous": "vos réponses anonymes. Personne ne peut dire lesquelles sont les vôtres.",
        "left": "Sans porteur dans Boréal : ISS-1. Transmis à Marc Delorme, sans donner de raison.",
        "tick": "Cochez la case",
        "done": "C’est fait. Vos données sont supprimées.",
        "first": "Vous animez Boréal. Confiez d’abord ce rôle à quelqu’un d’autre",
    },
    "en": {
        "settings": "/cadrage settings",
        "way": "Forget me…",
        "anonymous": "your anonymous answers. Nobody can tell which are yours.",
        "left": "Left without an owner in Boréal: ISS-1. It goes to Marc Delorme, without a reason given.",
        "tick": "Tick the box",
        "done": "Done. Your data is gone.",
        "first": "You facilitate Boréal. Give that role to somebody else first",
    },
}


def speaks(place: Town, user: str, language: Language) -> None:
    place.parts.db.run_sync(person.set_language, workspace=WORKSPACE, user=user, language=language)


async def asks(place: Town, user: str, language: Language) -> Someone:
    """Opens "Forget me" from the settings."""
    who = await place.person(user).runs(WORDS[language]["settings"])
    return await who.presses(WORDS[language]["way"], on=who.modal)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_what_goes_is_read_first_and_then_it_is_gone(place: Town, language: Language) -> None:
    project, w = await founded(place), WORDS[language]
    speaks(place, INES, language)
    draft = Draft(
        kind="issue", item="i", title=Words.same("Qui tient la liste ?"), owner=INES, due=date(2026, 1, 14)
    )
    here = {"workspace": WORKSPACE, "project_id": project}
    place.parts.db.run_sync(life.make, **here, draft=draft, by=INES, now=place.clock.now())
    ines = await asks(place, INES, language)
    assert ines.sees(flat(w["anonymous"]), flat(w["left"]))
    await ines.sends()
    assert flat(w["tick"]) in flat(str(ines.errors)), "nothing happens by a slip of the finger"
    ines.fills({"agreed": ["yes"]})
    await ines.sends()
    assert not ines.errors
    assert ines.sees(flat(w["done"]))
    found = place.parts.db.read_sync(look, workspace=WORKSPACE, user=INES)
    assert (found.gone, found.renamed, found.elsewhere) == ({}, {}, 0), "the id is nowhere"
    kept = place.parts.db.read_sync(register.get, **here, ref="ISS-1", roles=None)
    assert kept is not None
    assert kept.owner == MARC, "the lead sees to it"
    after = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert after is not None
    assert INES not in after.cast.everybody()


async def test_whoever_facilitates_hands_that_over_first(place: Town) -> None:
    await founded(place)
    for language in LANGUAGES:
        speaks(place, ELODIE, language)
        elodie = await asks(place, ELODIE, language)
        assert elodie.sees(flat(WORDS[language]["first"]))
        assert "submit" not in elodie.modal


async def test_a_sponsor_who_is_forgotten_leaves_a_seat_that_is_seen_to_be_empty(place: Town) -> None:
    project = await founded(place)
    claire = await asks(place, CLAIRE, "fr")
    claire.fills({"agreed": ["yes"]})
    await claire.sends()
    after = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert after is not None
    assert after.cast.holder("sponsor") is None
    place.clock.passes(minutes=2)
    place.delivers()
    elodie = await place.person(ELODIE).opens_home()
    assert "Claire Vasseur" not in flat(str(elodie.home))
    cards = place.to(BOREAL, "project_card")
    assert cards
    assert "Claire Vasseur" not in cards[-1].text
