"""What one has just recorded or moved on is undone where one reads that it was done (journeys F2)."""

from dataclasses import replace

from storage import life, register
from tests.bot.surfaces.stage import BOREAL, CLAIRE, INES, MARC, PAUL, WORKSPACE, Town, flat, said
from tests.bot.surfaces.test_records_by_hand import kept, project, records


async def test_a_record_made_by_mistake_is_withdrawn_with_its_trace_and_its_card_says_so(place: Town) -> None:
    id = project(place)
    ines = await records(place.person(INES), "decision Lot 1 d’abord", reason="Utile")
    place.delivers()
    assert ines.sees("Annuler (10 minutes)")
    await ines.presses("Annuler (10 minutes)")
    assert kept(place, id, "DEC-1").status == "withdrawn"
    assert ines.sees("DEC-1", "retirée", "annulé"), "the page says what happened"
    past = place.parts.db.read_sync(life.history, workspace=WORKSPACE, project_id=id, ref="DEC-1")
    assert [one.move for one in past] == ["recorded", "undo"]
    found = place.parts.db.read_sync(register.records, workspace=WORKSPACE, project_id=id, kinds=["decision"])
    assert found == [], "no list names it any more"
    place.clock.passes(minutes=2)
    place.delivers()
    (card,) = place.to(BOREAL, "decision_card")
    assert flat("DEC-1 Lot 1 d’abord · retirée") in card.text
    assert "Accepter" not in said({"blocks": list(card.message.blocks)})


async def test_a_replacement_that_is_undone_leaves_the_old_decision_standing(place: Town) -> None:
    id = project(place)
    await records(place.person(CLAIRE), "decision Ancien outil", reason="Rien d’autre", stands="accepted",
                  method="consensus")  # fmt: skip
    claire = await place.person(CLAIRE).runs("/cadrage DEC-1")
    await claire.presses("Remplacer")
    claire.fills({"title": "Nouvel outil", "reason": "L’export est prêt"})
    await claire.sends()
    assert [kept(place, id, ref).status for ref in ("DEC-1", "DEC-2")] == ["superseded", "accepted"]
    await claire.presses("Annuler (10 minutes)")
    assert [kept(place, id, ref).status for ref in ("DEC-1", "DEC-2")] == ["accepted", "withdrawn"]
    await claire.runs("/cadrage DEC-1")
    assert not claire.sees("Remplacé par DEC-2"), "it stands"


async def test_ten_minutes_and_by_nobody_else(place: Town) -> None:
    id = project(place)
    await records(place.person(INES), "question Qui tient les fiches ?", owner=PAUL)
    paul = await place.person(PAUL).runs("/cadrage ISS-1")
    assert not paul.sees("Annuler (10 minutes)"), "it was not his doing"
    await paul.presses("J’en prends note")
    await paul.presses("Annuler (10 minutes)")
    assert kept(place, id, "ISS-1").status == "open"
    await paul.presses("En cours")
    place.clock.passes(minutes=11)
    await paul.presses("Annuler (10 minutes)")
    assert "Les dix minutes sont passées" in paul.reads
    assert kept(place, id, "ISS-1").status == "in_progress"


async def test_in_english_and_pressed_twice_it_undoes_one_thing(place: Town) -> None:
    id = project(place)
    place.slack.people[MARC] = replace(place.slack.people[MARC], locale="en-GB")
    await records(place.person(MARC), "action Call North", owner=MARC)
    marc = await place.person(MARC).runs("/cadrage ACT-1")
    await marc.presses("In progress")
    await marc.presses("Done")
    before = marc.modal
    await marc.presses("Undo (10 minutes)", on=before)
    assert kept(place, id, "ACT-1").status == "in_progress"
    await marc.presses("Undo (10 minutes)", on=before)
    assert kept(place, id, "ACT-1").status == "in_progress", "not the step before as well"
    assert marc.sees("Something has happened to it since")
