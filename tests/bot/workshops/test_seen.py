"""What the people of a workshop have before their eyes at each moment: nothing stale, nothing hidden, no dead
end, and words that say what is asked."""

from datetime import timedelta

from bot.workshops import preparing_form
from flows.words import Words
from flows.workshop import events
from flows.workshop.ballot import Vote
from flows.workshop.model import Workshop
from storage import workshop as workshops
from tests.bot.surfaces.stage import BOREAL, ELODIE, INES, KIM, MARC, PAUL, WORKSPACE, Town, flat, founded
from tests.bot.workshops.playing import Play, Put
from tests.bot.workshops.test_faults import at_the_vote, card


async def planned(place: Town) -> Workshop:
    """W01 is to begin at once; everybody has been invited."""
    project_id = await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage atelier W01")
    elodie.fills({preparing_form.WHEN: "now", preparing_form.ANYWAY: ["anyway"]})
    await elodie.sends()
    place.delivers()
    (found,) = place.parts.db.read_sync(workshops.of_project, workspace=WORKSPACE, project_id=project_id)
    return found


async def test_before_it_begins_its_card_counts_who_comes_and_offers_nothing_that_is_refused(
    place: Town,
) -> None:
    await planned(place)
    head = place.to(BOREAL, "workshop")[-1]
    assert flat("commence bientôt") in head.text
    assert "Mettre de côté" not in str(head.message.blocks)
    await place.person(MARC).presses("Je viens", on=place.to(MARC, "workshop_invitation")[-1])
    place.delivers()
    assert flat("1 personne vient pour l’instant") in place.to(BOREAL, "workshop")[-1].text
    marc = await place.person(MARC).opens_home()
    assert flat("W01 Lancement et règles du jeu commence bientôt.") in flat(str(marc.home))


async def test_in_the_list_one_opens_what_is_coming(place: Town) -> None:
    await planned(place)
    elodie = await place.person(ELODIE).runs("/cadrage atelier liste")
    assert elodie.sees("Ouvrir")
    assert not elodie.sees("Ouvert")


async def test_the_text_that_was_amended_stands_above_the_second_vote(place: Town) -> None:
    play = await at_the_vote(place)
    play.points = 2
    play._votes(play.workshop, play.workshop.ballot)  # type: ignore[arg-type]
    (item,) = play.workshop.ballot.items  # type: ignore[union-attr]
    text = "Marc pilote, Claire tranche, et Sofia décide de l’accès"
    play.happens(events.Amended(by=ELODIE, at=play.now, item=item.id, words=Words.same(text)))
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    assert play.workshop.voting
    place.delivers()
    assert flat(f"En l’état : {text}") in flat(card(place).text)


async def test_whoever_votes_last_reads_that_everybody_has_voted(place: Town) -> None:
    play = await at_the_vote(place)
    ballot = play.workshop.ballot
    assert ballot is not None
    for one in play.workshop.voters:
        if one.user != MARC:
            vote = Vote(choices={ballot.items[0].id: 4})
            play.happens(events.Voted(by=one.user, at=play.now, vote=vote, ballot=ballot.number))
    marc = await place.person(MARC).presses("4 Je soutiens", on=card(place))
    assert flat("Tout le monde a voté : le résultat se lit sur la carte.") in marc.told


async def test_handing_over_to_somebody_outside_says_why_not(place: Town) -> None:
    play = await at_the_vote(place)
    elodie = await place.person(ELODIE).presses("Déroulé et règles", on=card(place))
    await elodie.presses("Mon pupitre")
    assert elodie.sees("Qui pilote, qui tranche", "4. Soutien de 0 à 5")
    button = {"action_id": f"workshop.hand_over:{play.id}", "block_id": "b", "selected_user": KIM}
    view = {**elodie.modal, "type": "modal"}
    await place.send({
        "type": "block_actions", "actions": [button], "view": view, "user": {"id": ELODIE},
        "team": {"id": WORKSPACE}, "trigger_id": "T.1",
    })  # fmt: skip
    assert play.workshop.facilitator == ELODIE
    assert elodie.sees("n’a pas de rôle dans ce projet")


async def test_a_colleague_who_wants_to_take_over_reads_who_does(place: Town) -> None:
    play = await at_the_vote(place)
    play.happens(events.HandedOver(by=ELODIE, at=play.now, to=MARC))
    place.delivers()
    paul = await place.person(PAUL).presses("Reprendre la main", on=place.to(BOREAL, "workshop_line")[-1])
    assert flat("C’est l’animateur, le pilote ou l’expert du projet qui prend le relais.") in paul.told
    assert play.workshop.facilitator == MARC


async def test_what_is_settled_in_a_form_is_read_back_at_the_end_too(place: Town) -> None:
    put: Put = {1: [(INES, "row", "Voir les appels", {"need": "Voir les appels", "why": "ne rien répéter"})]}
    play = Play(place=place, project=await founded(place), script="W06", put=put).opens()
    while play.workshop.step < len(place.parts.playbook.workshops["W06"].steps):
        play.on()
    place.delivers()
    said = card(place).text
    assert "REQ-1" in said
    for one in play.records("decision"):
        if one.fields.get("wks") == play.workshop.number or one.dialogue == play.id:
            assert one.ref in said
    assert flat("Besoins triés") in said


async def test_what_waits_for_the_arbiter_is_counted_and_read_back_with_no_dead_end(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W08").opens()
    while not play.workshop.voting:
        play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    ballot = play.workshop.ballot
    assert ballot is not None
    for n, one in enumerate(play.workshop.voters):
        cast = Vote(choices={item.id: 1 if n % 2 else 5 for item in ballot.items[:2]})
        play.happens(events.Voted(by=one.user, at=play.now, vote=cast, ballot=ballot.number))
    play.goes_on()
    place.delivers()
    end = card(place)
    assert "TRD-1" in end.text
    assert "Corriger" not in str(end.message.blocks)
    assert flat("2 points pour l’arbitre") in place.to(BOREAL, "workshop_minutes")[-1].text


async def test_the_box_of_a_step_closes_with_its_step_and_names_no_day(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W04").opens()
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    place.delivers()
    paul = await place.person(PAUL).presses("Répondre (anonyme)", on=card(place))
    assert paul.sees("Ce que vous écrivez est lu par le groupe", "une fois l’étape finie")
    assert not paul.sees("Clôture le")


def test_a_step_is_called_by_the_ballot_it_has(place: Town) -> None:
    playbook = place.parts.playbook
    ways = {(script, n): playbook.guidance(playbook.workshops[script].step(n)) for script, n in
            (("W06", 2), ("W05", 2), ("W08", 3), ("W09", 6), ("W06", 1))}  # fmt: skip
    names = [found.name.fr for found in ways.values() if found is not None]
    assert names == ["Tailles", "Effet et effort", "Curseurs", "Ce qui a été vu", "Rempli ensemble"]


async def test_before_it_begins_whoever_facilitates_hears_of_it_with_the_way_to_the_desk(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage atelier W01")
    elodie.fills({preparing_form.ANYWAY: ["anyway"]})  # the first moment that suits everybody
    await elodie.sends()
    place.delivers()
    place.until(place.parts.clock.now() + timedelta(days=3), step=1800)
    soon = place.to(ELODIE, "workshop_soon")
    assert len(soon) == len(place.to(MARC, "workshop_soon"))
    await place.person(ELODIE).presses("Mon pupitre", on=soon[-1])
    assert elodie.sees("L’ouvrir en direct")


async def test_the_file_for_the_calendar_waits_for_the_same_hours_as_the_invitation(place: Town) -> None:
    await founded(place)
    place.until(place.parts.clock.now().replace(hour=21), step=1800)
    elodie = await place.person(ELODIE).runs("/cadrage atelier W01")
    elodie.fills({preparing_form.ANYWAY: ["anyway"]})
    await elodie.sends()
    place.delivers()
    assert not place.to(MARC, "workshop_file")
    place.until(place.parts.clock.now() + timedelta(hours=12), step=1800)
    assert place.to(MARC, "workshop_invitation")
    assert place.to(MARC, "workshop_file")
