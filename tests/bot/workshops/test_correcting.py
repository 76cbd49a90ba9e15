"""What was decided is read back; anyone who takes part corrects it on the spot, for a while after the end."""

from datetime import date

from flows.register.model import Kept
from flows.workshop import events
from storage import life
from tests.bot.surfaces.stage import BOREAL, CLAIRE, ELODIE, INES, KIM, MARC, PAUL, WORKSPACE, Town, founded
from tests.bot.workshops.playing import Play

CORRECT, SCORE = "Corriger", "Utile ? (anonyme)"


def made(play: Play) -> Kept:
    """The action that came of it."""
    (found,) = (one for one in play.records("action") if one.dialogue == play.id)
    return found


async def closing(place: Town) -> Play:
    """W12 stands at its closing: an action has come of it."""
    put = {2: [(MARC, "idea", "Slow access", {})]}  # type: ignore[var-annotated]
    play = Play(place=place, project=await founded(place), script="W12", put=put).opens()
    last = len(place.parts.playbook.workshops["W12"].steps)
    while play.workshop.step < last:
        play.on()
    place.delivers()
    return play


async def test_anyone_who_takes_part_corrects_what_is_read_back_and_its_history_says_who(place: Town) -> None:
    play = await closing(place)
    action = made(play)
    card = place.to(BOREAL, "workshop_step")[-1]
    assert action.owner != PAUL
    paul = await place.person(PAUL).presses(CORRECT, on=card)
    await paul.presses(CORRECT)
    paul.fills({"title": "Ouvrir l’accès en un jour", "owner": INES, "due": "2026-02-20"})
    await paul.sends()
    assert not paul.errors
    after = made(play)
    assert (after.title.fr, after.owner, after.due) == (
        "Ouvrir l’accès en un jour", INES, date(2026, 2, 20)
    )  # fmt: skip
    assert paul.sees("Ouvrir l’accès en un jour")
    place.delivers()
    assert "Ouvrir l’accès en un jour" in place.to(BOREAL, "workshop_step")[-1].text


async def test_an_owner_and_a_date_that_were_there_become_others_and_never_none(place: Town) -> None:
    play = await closing(place)
    before = made(play)
    paul = await place.person(PAUL).presses(CORRECT, on=place.to(BOREAL, "workshop_step")[-1])
    await paul.presses(CORRECT)
    paul.fills({"title": "Ouvrir l’accès", "owner": None, "due": None})
    await paul.sends()
    assert set(paul.errors) == {"owner", "due"}
    assert made(play) == before


async def test_what_is_corrected_of_open_talk_says_not_by_whom_and_the_sponsor_is_not_asked(
    place: Town,
) -> None:
    put = {4: [(ELODIE, "idea", "Nobody is measured by it", {})]}  # type: ignore[var-annotated]
    play = Play(place=place, project=await founded(place), script="W04", put=put).opens()
    while play.workshop.step < len(place.parts.playbook.workshops["W04"].steps):
        play.on()
    place.delivers()
    (point,) = (one for one in play.records("issue") if one.dialogue == play.id)
    card = place.to(BOREAL, "workshop_step")[-1]
    claire = await place.person(CLAIRE).presses(CORRECT, on=card)
    assert point.ref not in claire.reads, "she is in some steps only"
    paul = await place.person(PAUL).presses(CORRECT, on=card)
    await paul.presses(CORRECT)
    paul.fills({"title": "Personne n’est mesuré"})
    await paul.sends()
    assert not paul.errors
    past = place.parts.db.read_sync(life.history, workspace=WORKSPACE, project_id=play.project, ref=point.ref)
    assert [one.by for one in past if one.move == "edited"] == [""]


async def test_of_two_who_correct_at_once_the_second_is_told(place: Town) -> None:
    play = await closing(place)
    card = place.to(BOREAL, "workshop_step")[-1]
    paul = await place.person(PAUL).presses(CORRECT, on=card)
    await paul.presses(CORRECT)
    late = paul.submission()
    paul.fills({"title": "First"})
    await paul.sends()
    late["view"]["private_metadata"] = late["view"]["private_metadata"].replace("trigger-", "other-")
    reply = await place.send(late)
    assert "entre-temps" in str(reply.ack["errors"])
    assert made(play).title.fr == "First"


async def test_after_half_an_hour_the_card_offers_it_no_more_and_a_late_form_is_refused(place: Town) -> None:
    play = await closing(place)
    action = made(play)
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    assert play.workshop.state == "ended"
    place.delivers()
    card = place.to(BOREAL, "workshop_step")[-1]
    kim = await place.person(KIM).presses(CORRECT, on=card)
    assert action.ref not in kim.reads, "being in the channel gives no right"
    paul = await place.person(PAUL).presses(CORRECT, on=card)
    await paul.presses(CORRECT)
    place.until(place.clock.now().replace(hour=23))
    await paul.sends()
    assert "closes" in paul.errors["title"]
    assert CORRECT not in place.to(BOREAL, "workshop_step")[-1].text
    await paul.presses(CORRECT, on=card)
    assert paul.sees("Les corrections sont closes")


async def test_the_anonymous_score_can_still_be_given_once_the_workshop_has_ended(place: Town) -> None:
    play = await closing(place)
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    place.delivers()
    card = place.to(BOREAL, "workshop_step")[-1]
    paul = await place.person(PAUL).presses(SCORE, on=card)
    assert paul.sees("valait-il")
