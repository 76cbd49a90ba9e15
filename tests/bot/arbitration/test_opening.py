"""Cases that open by themselves: a slider on which people are split goes to the arbiter once D13 has closed
(3.4, R64), with how many stand where and nobody's name; what is settled elsewhere ends by itself."""

from datetime import timedelta

import pytest

from flows.arbitration.model import Case
from flows.dialogue.effects import Draft
from flows.project import Person
from flows.words import Words
from storage import arbitration, life
from storage import person as persons
from tests.bot.diagnosis.corvanne import KEYS, Corvanne, corvanne
from tests.bot.surfaces.stage import BOREAL, CLAIRE, ELODIE, MARC, PAUL, WORKSPACE, Town, flat

PAIR = "ARB05"
SEEN = {
    "fr": (
        "Comment l’équipe se situe · 8 personnes", "nettement : 2", "À mi-chemin : 1",
        "Vous : Utile d’abord à la direction (nettement)", "Personne n’a mis ce côté en mots", "Trancher",
    ),
    "en": (
        "Where people stand · 8 people", "clearly: 2", "Half-way: 1",
        "You: Useful to management first (clearly)",
        "Nobody has put this side in words", "Decide",
    ),
}  # fmt: skip


def cases(it: Corvanne) -> list[Case]:
    return it.town.parts.db.read_sync(arbitration.of_project, workspace=WORKSPACE, project_id=it.id)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_a_contested_slider_goes_to_the_arbiter_with_both_poles_and_nobody_s_name(
    place: Town, language: str
) -> None:
    it = corvanne(place, None, frozenset())
    it.town.parts.db.run_sync(persons.set_language, workspace=WORKSPACE, user=CLAIRE, language=language)
    it.works_out()
    it.works_out()
    (case,) = cases(it)
    assert (case.subject, case.state, case.asked_by) == (PAIR, "gathering", "")
    assert [one.author for one in case.positions] == [PAUL], "one voice a side; the arbiter gives none"
    place.until(place.clock.at + timedelta(days=3))
    (asked,) = place.to(CLAIRE, "arbitration")
    assert all(flat(words) in asked.text for words in SEEN[language]), asked.text
    others = {user for user in KEYS.values() if user != CLAIRE}
    known: dict[str, Person] = place.parts.db.read_sync(
        persons.many, workspace=WORKSPACE, users=sorted(others)
    )
    assert not [one.name for one in known.values() if one.name in asked.text], "nobody's name"
    assert "nettement" not in place.to(BOREAL, "arbitration_case")[0].text
    claire = await place.person(CLAIRE).presses(SEEN[language][-1], on=asked)
    assert claire.sees(*SEEN[language][:-1])


async def test_whoever_is_asked_may_give_a_side_its_words_and_then_stands_by_them(place: Town) -> None:
    it = corvanne(place, None, frozenset())
    it.works_out()
    place.until(place.clock.at + timedelta(hours=3))
    (asked,) = place.to(PAUL, "arbitration_words")
    assert flat("Les avis sont partagés sur ce point") in asked.text
    paul = await place.person(PAUL).presses("Le dire avec mes mots", on=asked)
    paul.fills({"stance": "1", "mine": "Sans utilité, personne ne saisira rien."})
    await paul.sends()
    place.clock.passes(minutes=2)
    place.delivers()
    (shown,) = place.to(CLAIRE, "arbitration")
    assert flat("Sans utilité, personne ne saisira rien.") in shown.text
    assert flat("Utile d’abord à la direction Personne n’a mis ce côté en mots.") in shown.text


async def test_what_nobody_has_brought_the_facilitator_takes_back(place: Town) -> None:
    it = corvanne(place, None, frozenset())
    it.works_out()
    place.until(place.clock.at + timedelta(hours=1))
    (posted,) = place.to(BOREAL, "arbitration_case")
    marc = await place.person(MARC).presses("Read", on=posted)
    assert not marc.sees("le retirer")
    elodie = await place.person(ELODIE).presses("Read", on=posted)
    await elodie.presses("Nous sommes d’accord : le retirer")
    assert [one.state for one in cases(it)] == ["withdrawn"]
    it.works_out()
    assert len(cases(it)) == 1, "it does not open again"


async def test_what_is_settled_elsewhere_waits_for_nobody(place: Town) -> None:
    it = corvanne(place, None, frozenset())
    it.works_out()
    settled = Draft(
        kind="tradeoff", item="by hand", title=Words.same("Users first"), status="decided",
        fields={"pair": PAIR, "reason": "They bring the data.", "loss": "Dashboards."},
    )  # fmt: skip
    place.parts.db.run_sync(
        life.make, workspace=WORKSPACE, project_id=it.id, draft=settled, by=CLAIRE, now=place.clock.now()
    )
    it.works_out()
    assert [(one.state, one.trail[-1].what) for one in cases(it)] == [("withdrawn", "settled")]


async def test_while_d13_is_open_nothing_of_it_is_known(place: Town) -> None:
    it = corvanne(place, None, frozenset({"D13"}))
    it.works_out()
    assert cases(it) == []
