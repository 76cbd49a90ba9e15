"""What people read of workshops beside their cards: what was held, its minutes, what a step starts from."""

from typing import Any

from bot.request import Request
from bot.words.text import words
from bot.workshops import desk as desk_page
from bot.workshops.outcomes import showing
from flows.workshop import events
from storage import dialogue as dialogues
from storage import project as projects
from storage import workshop as workshops
from tests.bot.surfaces.stage import CLAIRE, ELODIE, INES, MARC, WORKSPACE, Town, flat, founded, said
from tests.bot.waves import polling
from tests.bot.workshops.playing import Play, given


def shown(play: Play, step: int) -> str:
    """What the card of a step leads to, in words."""
    db, parts = play.place.parts.db, play.place.parts
    project = db.read_sync(projects.get, workspace=WORKSPACE, id=play.project)
    assert project is not None

    def rows(conn: Any) -> list[Any]:
        table = showing.Table(conn=conn, parts=parts, project=project, workshop=play.workshop, w=words("en"))
        return showing.rows(table, step)

    return said({"blocks": db.read_sync(rows)})


async def test_what_was_held_stands_in_the_list_with_what_came_of_it_and_its_minutes(place: Town) -> None:
    put = {2: [(MARC, "idea", "Slow access", {})]}
    project = await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage atelier liste")
    assert elodie.sees("Aucun atelier n’a encore été prévu ni tenu.")
    play = Play(place=place, project=project, script="W12", put=put).plays()
    Play(place=place, project=project, script="W03").opens()
    await elodie.runs("/cadrage workshop list")
    assert elodie.sees("W12", "1 action", "6 personnes", "Compte rendu", "Le tenir à nouveau", "W03")
    await elodie.presses("Compte rendu")
    place.delivers()
    (file,) = place.to(ELODIE, "workshop_minutes")
    assert flat("Compte rendu de W12") in file.text
    claire = await place.person(CLAIRE).runs("/cadrage atelier liste")
    assert claire.sees("Compte rendu")
    assert not claire.sees("Le tenir à nouveau")
    assert play.workshop.state == "ended"


async def test_before_a_workshop_one_reads_what_becomes_of_each_step(place: Town) -> None:
    project = await founded(place)
    given(place, project, "issue", "Say what a customer is", fields={"agenda": "next_workshop"})
    ines = await place.person(INES).runs("/cadrage atelier W06")
    assert ines.sees("Ce que cela devient", "Le tableau est rempli (NEE02)")
    play = Play(place=place, project=project, script="W12").opens()
    assert flat("1 point to agree on") in shown(play, 1)
    assert flat("See the small steps") in shown(play, 1)
    assert shown(play, 2) == ""


async def test_a_step_leads_to_what_has_closed_and_says_where_a_picture_is_missing(place: Town) -> None:
    project = await founded(place)
    play = Play(place=place, project=project, script="W02").opens()
    assert shown(play, 1) == "", "D02 has not closed"
    db, now = place.parts.db, place.parts.clock.now()
    here: dict[str, Any] = {"workspace": WORKSPACE, "project_id": project}
    id = db.run_sync(dialogues.open, **here, flow="D02", opened_by=ELODIE, closes_on=None, now=now)
    db.run_sync(dialogues.close, workspace=WORKSPACE, id=id, by=ELODIE, now=now)
    assert flat("See the answers side by side") in shown(play, 1)
    play.stops()
    play = Play(place=place, project=project, script="W01").opens()
    assert flat("Blind spots") in shown(play, 2)
    play.stops()
    play = Play(place=place, project=project, script="W04").opens()
    assert flat("There is no group picture") in shown(play, 2)
    play.stops()
    session = given(place, project, "vendor", "Aria", fields={"scenarios": "A call comes in"})
    play = Play(place=place, project=project, script="W09", about=session.ref).opens()
    assert flat("A call comes in") in shown(play, 1)
    assert shown(play, 6) == ""


async def test_the_causes_of_the_anonymous_wave_lie_on_the_table_unsigned(place: Town) -> None:
    project = polling.founds(place)
    id = polling.opens(place, project, "D12")
    place.delivers()
    for n, user in enumerate(polling.TEAM):
        await polling.votes(place, user, "D12", PLA01=f"Cause {n}\nNobody has time")
    polling.closes(place, id)
    play = Play(place=place, project=project, script="W07").opens()
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    assert play.workshop.step == 2
    assert flat("See what was sent before") in shown(play, 2)
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    script = place.parts.playbook.workshops["W07"]
    cards = place.parts.db.read_sync(workshops.cards, workshop=play.workshop, script=script, reader=MARC)
    assert sorted(card.text for card in cards) == [*(f"Cause {n}" for n in range(5)), "Nobody has time"]
    assert {(card.author, card.signed, card.step) for card in cards} == {("", False, 2)}


async def test_what_cannot_be_taken_back_asks_first(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W12").opens()

    def desk() -> list[dict[str, Any]]:
        request = Request(kind="action", workspace=WORKSPACE, user=ELODIE, name="workshop.desk", payload={})
        found = place.parts.db.read_sync(desk_page.shown, parts=place.parts, request=request, id=play.id)
        return [one for row in found["blocks"] for one in row.get("elements", ()) if "confirm" in one]

    (end,) = desk()
    assert end["text"]["text"] == "Arrêter sans décider"
    assert "les votes exprimés ne seront pas lus" in end["confirm"]["text"]["text"]
