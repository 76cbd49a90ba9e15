"""The budget stands in a document for vendors only with a tick and the yes of who knows it (RTE06a)."""

from tests.bot.documents.test_issuing import dated, issued, ready, text
from tests.bot.route.test_route import answered
from tests.bot.surfaces.stage import ELODIE, MARC, Town, flat


async def test_a_tick_alone_does_not_let_the_budget_out(place: Town) -> None:
    project = await ready(place)
    answered(place, project, "D15", ("budget", {"RTE06": 240000}), by=MARC)
    elodie = await place.person(ELODIE).runs("/cadrage doc DOC2")
    await elodie.presses("Dates")
    await dated(place, elodie, budget=["vendors"])
    assert "Dites d’abord oui dans D15" in elodie.errors["budget"]
    answered(place, project, "D15", ("budget", {"RTE06": 240000, "RTE06a": "yes"}), by=MARC)
    await dated(place, elodie, budget=["vendors"])
    assert not elodie.errors
    await elodie.presses("Ce que lisent les éditeurs")
    elodie.fills({"stake": ["GOA-1"]})
    await elodie.sends()
    assert "240 000" in flat(text(await issued(place, ELODIE, "DOC2")))
    answered(place, project, "D15", ("budget", {"RTE06": 240000, "RTE06a": "no"}), by=MARC)
    assert "240 000" not in flat(text(await issued(place, ELODIE, "DOC2"))), "a no takes it out again"
