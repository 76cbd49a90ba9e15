"""Days on which nothing leaves, given by the facilitator (journeys 6: "not on their holidays")."""

from datetime import date

from tests.bot.rhythm.test_rhythm import asks, at, begun
from tests.bot.surfaces.stage import ELODIE, INES, MARC, Town, flat


async def test_nothing_leaves_on_a_day_off_and_what_was_due_comes_on_the_next_working_day(
    place: Town,
) -> None:
    await begun(place)
    elodie = await place.person(ELODIE).runs("/cadrage calendrier")
    await elodie.presses("Jours fériés")
    assert elodie.sees("Ceux de la France y sont déjà")
    list_ = next(block for block in elodie.modal["blocks"] if block["block_id"] == "days")
    assert "6 avril 2026" in flat(list_["element"]["initial_value"]), "Easter Monday"
    elodie.fills({"days": "20 janvier\nla Saint-Glinglin"})
    await elodie.sends()
    assert "Saint-Glinglin" in elodie.errors["days"]
    elodie.fills({"days": "20 janvier\n25 décembre 2026"})
    await elodie.sends()
    assert elodie.sees("Rien ne part : mardi 20 janvier")
    place.until(at(1, 20, 20))
    assert asks(place, MARC) == []
    place.until(at(1, 22))
    assert [post.at.date() for post in asks(place, MARC)] == [date(2026, 1, 21)]
    await elodie.runs("/cadrage calendrier")
    await elodie.presses("Jours fériés")
    assert "25 décembre 2026" in flat(str(elodie.modal["blocks"])), "what was given stands there"
    assert "6 avril" not in flat(str(elodie.modal["blocks"]))


async def test_only_the_facilitator_gives_them(place: Town) -> None:
    await begun(place)
    ines = await place.person(INES).runs("/cadrage calendrier")
    assert not ines.sees("Jours fériés")
