"""The route: what the facts propose, chosen by those who steer, decided by the arbiter, and its document."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.route import taking
from flows.absence import Absence
from flows.dialogue.events import Submitted
from storage import absence, dialogue, register
from storage import project as projects
from tests.bot.absence.test_absence import leaves
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    JEANNE,
    MARC,
    WORKSPACE,
    Town,
    founded,
    said,
)
from tests.storage.scoping import take

FACTS = {"RTE01": "mostly", "RTE02": "some", "RTE04": "must", "RTE05": "no"}
WHY = "We have to see voice notes at work before we sign anything."
LOSS = "We give up four weeks and a part of the discount."


def answered(
    place: Town, project: str, flow: str, *screens: tuple[str, dict[str, Any]], by: str = MARC
) -> str:
    """A dialogue that was sent, and whose form says this."""

    def takes(conn: Connection) -> str:
        now, flows = place.clock.now(), place.parts.playbook.flows
        here = {"workspace": WORKSPACE, "project_id": project}
        run = dialogue.open(conn, **here, flow=flow, opened_by=ELODIE, closes_on=None, now=now)
        dialogue.send_part(conn, workspace=WORKSPACE, id=run, part="W06")
        for screen, values in screens:
            event = Submitted(by=by, screen=screen, values=values, at=now, confirmed=True)
            turn, _ = take(conn, flows=flows, project_id=project, id=run, event=event, workspace=WORKSPACE)
            assert turn.accepted, turn.problems
        return run

    return place.parts.db.run_sync(takes)


async def scoped(place: Town) -> str:
    """A project that has answered the five questions of D15."""
    project = await founded(place)
    answered(place, project, "D15", ("facts", FACTS), ("unproven", {"RTE03": "no"}))
    return project


def decisions(place: Town, project: str) -> list[Any]:
    found: list[Any] = place.parts.db.read_sync(register.records, workspace=WORKSPACE, project_id=project)
    return [one for one in found if one.source == "RTE08"]


async def test_nothing_is_proposed_before_the_questions_are_answered(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage voie")
    assert "Rien n’est encore proposé" in elodie.told
    assert "Envoyer des questions" in elodie.told
    jeanne = await place.person(JEANNE).runs("/cadrage voie")
    assert "Boréal" not in jeanne.told


async def test_the_page_says_what_the_facts_propose_where_they_come_from_and_what_would_change_it(
    place: Town,
) -> None:
    await scoped(place)
    ines = await place.person(INES).runs("/cadrage route")
    assert "Proposé : Consultez le marché sur un cahier des charges." in ines.told
    assert "Précision du besoin : En grande partie (RTE01, Marc Delorme)" in ines.told
    assert "Éditeurs vus : 0 séance" in ines.told
    assert "K1, K2, K3, K4 et K5 ne sont pas tranchés" in ines.told
    assert "Connaissance du marché, À peine : Il faut d’abord apprendre" in ines.told
    assert "Choisir la voie" not in ines.told, "only those who steer choose"


async def test_another_route_than_the_proposed_one_needs_a_reason_and_then_waits_for_the_arbiter(
    place: Town,
) -> None:
    project = await scoped(place)
    marc = await place.person(MARC).runs("/cadrage route")
    await marc.presses("Choisir la voie", on=marc.heard)
    marc.fills({"option": "proto"})
    await marc.sends()
    assert "20" in marc.errors["reason"]
    marc.fills({"option": "proto", "reason": WHY})
    await marc.sends()
    assert marc.sees("Envoyé à l’arbitre", "Choisi par Marc Delorme : Demande de prototype", WHY)
    (made,) = decisions(place, project)
    assert (made.status, made.fields["reason"]) == ("proposed", WHY)
    place.delivers()
    asked = place.to(CLAIRE, "route_asked")[0]
    assert WHY in asked.text
    claire = await place.person(CLAIRE).opens_home()
    assert "Voie · elle attend votre décision" in said(claire.home)
    assert "Voie · elle attend votre décision" not in said((await place.person(INES).opens_home()).home)


async def test_the_arbiter_decides_with_a_reason_and_what_is_given_up(place: Town) -> None:
    project = await scoped(place)
    marc = await place.person(MARC).runs("/cadrage route")
    await marc.presses("Choisir la voie", on=marc.heard)
    await marc.sends()
    place.delivers()
    claire = place.person(CLAIRE)
    await claire.presses("Trancher", on=place.to(CLAIRE, "route_asked")[0])
    claire.fills({"option": "rfi"})
    await claire.sends()
    assert set(claire.errors) == {"reason", "loss"}
    claire.fills({"option": "rfi", "reason": WHY, "loss": LOSS})
    await claire.sends()
    assert claire.sees("Décidé par Claire Vasseur : Appel à manifestation d’intérêt", WHY, LOSS)
    (made,) = decisions(place, project)
    place.clock.passes(minutes=2)  # a card is drawn again once a minute at most
    assert (made.status, made.fields["choice"], made.fields["decided_by"]) == ("accepted", "rfi", CLAIRE)
    assert (made.fields["reason"], made.fields["loss"]) == (WHY, LOSS)
    place.delivers()
    assert "Appel à manifestation d’intérêt" in place.to(BOREAL, "decision_card")[-1].text
    card = place.to(CLAIRE, "route_asked")[-1].text
    assert "la voie est décidée" in card
    assert LOSS in card
    assert "Trancher" not in card
    marc = await place.person(MARC).runs("/cadrage route")
    assert "Choisir la voie" not in marc.told
    assert "elle attend votre décision" not in said((await claire.opens_home()).home)


async def test_the_arbiter_confirms_what_was_chosen(place: Town) -> None:
    project = await scoped(place)
    marc = await place.person(MARC).runs("/cadrage route")
    await marc.presses("Choisir la voie", on=marc.heard)
    await marc.sends()
    claire = await place.person(CLAIRE).runs("/cadrage route")
    await claire.presses("Trancher", on=claire.heard)
    claire.fills({"reason": WHY, "loss": LOSS})  # the route that Marc chose is marked
    await claire.sends()
    assert claire.sees("Décidé par Claire Vasseur : Consultation sur cahier des charges")
    assert "Trancher" not in claire.reads
    (made,) = decisions(place, project)
    assert (made.status, made.fields["choice"], made.fields["decided_by"]) == ("accepted", "rfp", CLAIRE)


async def test_the_same_form_sent_twice_decides_once_and_others_cannot(place: Town) -> None:
    project = await scoped(place)
    claire = await place.person(CLAIRE).runs("/cadrage route")
    await claire.presses("Trancher", on=claire.heard)
    claire.fills({"option": "rfp", "reason": WHY, "loss": LOSS})
    twice = claire.submission()
    await place.send(twice)
    await place.send(twice)
    (made,) = decisions(place, project)
    assert made.fields["choice"] == "rfp"
    twice["user"]["id"] = HUGO
    refused = await place.send(twice)
    assert "arbitre" in said(refused.ack["view"])


@pytest.mark.parametrize("option", ["", "none", "RTE08"])
async def test_a_route_there_is_not_is_refused(place: Town, option: str) -> None:
    await scoped(place)
    marc = await place.person(MARC).runs("/cadrage route")
    await marc.presses("Choisir la voie", on=marc.heard)
    form = marc.submission()
    values = form["view"]["state"]["values"]
    values["option"] = {"option": {"type": "radio_buttons", "selected_option": {"value": option}}}
    reply = await place.send(form)
    assert "option" in reply.ack["errors"]


async def test_the_route_speaks_english_too(place: Town) -> None:
    project = await scoped(place)
    boreal = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert boreal is not None
    marc = await place.person(MARC).runs("/cadrage settings en")
    await marc.runs("/cadrage route")
    assert "Proposed: Consult the market on terms of reference." in marc.told
    assert "Knowledge of the market, Hardly: You need to learn first" in marc.told


async def test_who_stands_in_for_an_arbiter_who_is_away_decides_under_their_own_name(place: Town) -> None:
    project = await scoped(place)
    await leaves(place, CLAIRE, 12, 14, HUGO)
    marc = await place.person(MARC).runs("/cadrage route")
    await marc.presses("Choisir la voie", on=marc.heard)
    await marc.sends()
    place.delivers()
    hugo = place.person(HUGO)
    await hugo.presses("Trancher", on=place.to(HUGO, "route_asked")[0])
    hugo.fills({"option": "rfi", "reason": WHY, "loss": LOSS})
    await hugo.sends()
    assert hugo.sees("Décidé par Hugo Teixeira : Appel à manifestation d’intérêt")
    (made,) = decisions(place, project)
    assert (made.status, made.fields["decided_by"], made.fields["authority"]) == ("accepted", HUGO, "deputy")
    ines = await place.person(INES).runs("/cadrage todo")
    assert "elle attend votre décision" not in ines.told
    place.clock.passes(days=4)
    claire = await place.person(CLAIRE).runs("/cadrage route")
    await claire.presses("Décider à nouveau", on=claire.heard)
    claire.fills({"option": "rfp", "reason": WHY, "loss": LOSS})
    await claire.sends()
    (made,) = decisions(place, project)
    assert (made.fields["decided_by"], made.fields["authority"]) == (CLAIRE, "sponsor")


@pytest.mark.parametrize("deputy", [JEANNE, ELODIE], ids=["of another project", "neutral"])
async def test_a_deputy_without_a_part_here_or_who_stays_neutral_decides_no_route(
    place: Town, deputy: str
) -> None:
    project = await scoped(place)
    claire = await place.person(CLAIRE).runs("/cadrage route")
    await claire.presses("Trancher", on=claire.heard)
    claire.fills({"option": "rfp", "reason": WHY, "loss": LOSS})
    form = claire.submission()
    gone = Absence(user=CLAIRE, first=date(2026, 1, 1), last=date(2026, 1, 30), deputy=deputy)
    place.parts.db.run_sync(absence.put, workspace=WORKSPACE, absence=gone)
    form["user"]["id"] = deputy
    refused = await place.send(form)
    assert "Décidé" not in said(refused.ack["view"])
    assert decisions(place, project) == []


async def test_a_lead_who_is_the_arbiter_too_decides_and_says_what_is_given_up(place: Town) -> None:
    project = await scoped(place)
    marc = await place.person(MARC).runs("/cadrage route")
    early = marc.heard
    place.parts.db.run_sync(projects.set_role, workspace=WORKSPACE, id=project, role="arbiter", user=MARC)
    await marc.presses("Choisir la voie", on=early)
    assert "Vous tranchez vous-même" in marc.told
    await marc.runs("/cadrage route")
    assert "Choisir la voie" not in marc.told
    assert "Trancher" in marc.told


async def test_a_choice_that_comes_after_the_decision_is_not_said_to_be_sent(place: Town) -> None:
    await scoped(place)
    marc = await place.person(MARC).runs("/cadrage route")
    before = marc.heard
    await marc.presses("Choisir la voie", on=before)
    late = marc.submission()
    claire = await place.person(CLAIRE).runs("/cadrage route")
    await claire.presses("Trancher", on=claire.heard)
    claire.fills({"option": "rfp", "reason": WHY, "loss": LOSS})
    await claire.sends()
    reply = await place.send(late)
    assert "L’arbitre a tranché entre-temps" in reply.ack["errors"]["option"]
    await marc.presses("Choisir la voie", on=before)
    assert marc.sees("Décidé par Claire Vasseur")
    assert "Envoyer à l’arbitre" not in marc.reads


@pytest.mark.parametrize(("user", "button"), [(MARC, "Choisir la voie"), (CLAIRE, "Trancher")])
async def test_what_the_form_does_not_take_is_not_said_to_be_recorded(
    place: Town, monkeypatch: pytest.MonkeyPatch, user: str, button: str
) -> None:
    await scoped(place)
    person = await place.person(user).runs("/cadrage route")
    await person.presses(button, on=person.heard)
    person.fills({"option": "rfp", **({"reason": WHY, "loss": LOSS} if user == CLAIRE else {})})
    monkeypatch.setattr(taking, "take", lambda *_: None)
    await person.sends()
    assert "Rien n’a pu être enregistré" in person.errors["option"]


async def test_who_has_decided_and_left_is_still_called_by_name(place: Town) -> None:
    project = await scoped(place)
    claire = await place.person(CLAIRE).runs("/cadrage route")
    await claire.presses("Trancher", on=claire.heard)
    claire.fills({"option": "rfp", "reason": WHY, "loss": LOSS})
    await claire.sends()
    here = {"workspace": WORKSPACE, "id": project}
    for role in ("sponsor", "arbiter"):
        place.parts.db.run_sync(projects.set_role, **here, role=role, user=HUGO)
    boreal = place.parts.db.read_sync(projects.get, **here)
    assert boreal is not None
    team = [one for one in boreal.cast.members if one.user != CLAIRE]
    place.parts.db.run_sync(projects.set_team, **here, members=team)
    boreal = place.parts.db.read_sync(projects.get, **here)
    assert boreal is not None
    assert CLAIRE not in boreal.cast.everybody()
    ines = await place.person(INES).runs("/cadrage route")
    assert "Décidé par Claire Vasseur" in ines.told
