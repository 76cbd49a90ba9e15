"""Arbitration in Slack: a point is brought, each side speaks, the arbiter settles, and it is said everywhere
(issue 4, point 5; acceptance 25, 26 and 34)."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flows.dialogue.effects import RecordKind
from flows.document.markdown import markdown
from flows.document.note import note
from flows.register.model import Kept
from storage import arbitration, diagnosis, linking, register
from storage import note as notes
from storage import person as persons
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    JEANNE,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Posted,
    Someone,
    Town,
    flat,
    founded,
    said,
)

POINT = "Une seule liste de contacts"
MARC_SAYS = "Deux listes, ce sont deux vérités, et aucune n’est à jour."
INES_SAYS = "Qui écrit les fiches doit pouvoir les corriger."
CONSEQUENCE = "Les deux listes seront reprises telles quelles."
REASON = "Une donnée qui a deux maîtres n’en a aucun."
LOSS = "Le marketing perd la main sur une partie de ses fiches."


def records(place: Town, project: str, kind: RecordKind) -> list[Kept]:
    """What cases have recorded."""
    kept = place.parts.db.read_sync(
        register.records, workspace=WORKSPACE, project_id=project, kinds=(kind,), roles=None, status=STATES
    )
    return [one for one in kept if one.source == "arbitration"]


STATES = ("proposed", "accepted", "superseded", "open", "resolved", "decided", "withdrawn")


def case(place: Town, project: str) -> Any:
    return place.parts.db.read_sync(arbitration.of_project, workspace=WORKSPACE, project_id=project)[-1]


def card(place: Town, user: str, what: str) -> Posted:
    (found,) = place.to(user, what)
    return found


async def brought(place: Town, *, about: str = POINT, others: tuple[str, ...] = (INES,), **more: Any) -> str:
    """Marc brings a point; Inès sees it otherwise. The project's id."""
    project = await founded(place)
    place.delivers()
    marc = await place.person(MARC).runs(f"/cadrage arbitrage {about}")
    assert marc.sees("Nominatif"), marc.reads
    marc.fills({
        "proposal": "Une seule liste", "mine": MARC_SAYS, "others": list(others),
        "consequence": CONSEQUENCE, **more,
    })  # fmt: skip
    await marc.sends()
    assert not marc.errors, marc.errors
    place.delivers()
    return project


async def spoken(place: Town, **more: Any) -> str:
    """Inès has said it in her words too: it is the arbiter's."""
    project = await brought(place, **more)
    ines = await place.person(INES).presses(
        "Le dire avec mes mots", on=card(place, INES, "arbitration_words")
    )
    ines.fills({"proposal": "Deux listes reliées", "mine": INES_SAYS})
    await ines.sends()
    assert not ines.errors
    place.delivers()
    return project


def decision(somebody: Someone, *, choice: str = "Une seule liste") -> Someone:
    """Fills in the arbiter's form."""
    option = next(
        o for b in somebody.modal["blocks"] if b.get("block_id") == "option"
        for o in b["element"]["options"] if flat(o["text"]["text"]) == flat(choice)
    )  # fmt: skip
    return somebody.fills({"option": option["value"], "reason": REASON, "loss": LOSS})


async def test_25_and_26_the_arbiter_settles_and_everything_agrees(place: Town) -> None:
    project = await spoken(place)
    asked = card(place, CLAIRE, "arbitration")
    for words in (POINT, MARC_SAYS, INES_SAYS, CONSEQUENCE, "lundi 19 janvier"):
        assert flat(words) in asked.text
    claire = await place.person(CLAIRE).opens_home()
    assert flat("TRD-1 attend votre décision jusqu’au lundi 19 janvier") in said(claire.home)
    await claire.presses("Trancher", on={**claire.home, "blocks": claire.home["blocks"][:3]})
    assert claire.sees(MARC_SAYS, INES_SAYS, CONSEQUENCE)
    await claire.sends()
    assert {"option", "reason", "loss"} <= set(claire.errors), "without a reason and a loss nothing is saved"
    decision(claire)
    await claire.sends()
    assert not claire.errors, claire.errors
    assert claire.sees("Tranché, merci", "DEC-2"), claire.reads
    place.clock.passes(minutes=2)
    place.delivers()
    (made,) = records(place, project, "decision")
    assert (made.status, made.fields["reason"], made.fields["loss"]) == ("accepted", REASON, LOSS)
    assert made.fields["minority"] == f"“{INES_SAYS}” (Inès Rahmani)"
    (trade,) = records(place, project, "tradeoff")
    assert (trade.status, trade.fields["decision"]) == ("decided", "DEC-2")
    posted = card(place, BOREAL, "arbitration_case")
    assert posted.times >= 2, "the card changes in place"
    for where in (
        posted.text,
        card(place, CLAIRE, "arbitration").text,
        card(place, INES, "arbitration_words").text,
    ):
        assert flat("DEC-2") in where
        assert flat(REASON) in where
        assert flat(INES_SAYS) in where
    claire = await claire.opens_home()
    assert flat("attend votre décision") not in said(claire.home)
    assert "DEC-2" in the_note(place, project), "and so does the note"


def the_note(place: Town, project: str) -> str:
    """The scoping note of now, in French."""
    flows = place.parts.playbook.flows
    facts = place.parts.db.read_sync(
        notes.facts, workspace=WORKSPACE, project_id=project, flows=flows, today=place.clock.now().date()
    )
    assert facts is not None
    return markdown(note(place.parts.playbook, facts), "fr")


async def test_two_decide_in_the_same_second_one_wins_and_the_other_keeps_the_text(place: Town) -> None:
    project = await spoken(place)
    claire = await place.person(CLAIRE).presses("Déléguer", on=card(place, CLAIRE, "arbitration"))
    claire.fills({"who": SOFIA})
    await claire.sends()
    place.delivers()
    sofia = await place.person(SOFIA).presses("Decide", on=card(place, SOFIA, "arbitration"))
    mine = decision(sofia).submission()
    claire = await place.person(CLAIRE).presses("Trancher", on=card(place, CLAIRE, "arbitration"))
    decision(claire, choice="Deux listes reliées")
    await place.send(mine)
    await claire.sends()
    assert claire.sees("Sofia Lindqvist a déjà tranché TRD-1", "Une seule liste", REASON, LOSS)
    assert len(records(place, project, "decision")) == 1
    assert case(place, project).outcome.by == SOFIA


async def test_an_arbiter_who_is_a_party_is_replaced_and_everybody_is_told(place: Town) -> None:
    project = await spoken(place)
    claire = await place.person(CLAIRE).presses(
        "Je suis partie prenante", on=card(place, CLAIRE, "arbitration")
    )
    assert "remplace" in claire.told
    place.clock.passes(minutes=2)
    place.delivers()
    assert (case(place, project).seat, case(place, project).arbiter) == ("committee", ELODIE)
    told = flat("Claire Vasseur est partie prenante : la décision revient au comité de direction")
    assert told in card(place, BOREAL, "arbitration_case").text
    elodie = await place.person(ELODIE).presses("Trancher", on=card(place, ELODIE, "arbitration"))
    decision(elodie)
    await elodie.sends()
    (made,) = records(place, project, "decision")
    assert made.fields["authority"] == "committee"
    late = await place.person(CLAIRE).presses("Lire", on=card(place, CLAIRE, "arbitration"))
    assert late.sees("DEC-2")


async def test_the_department_it_concerns_decides_who_may_settle(place: Town) -> None:
    project = await brought(place, functions=["management"])
    assert case(place, project).seat == "committee"
    told = flat("L’affaire concerne Claire Vasseur (service, rémunération ou position)")
    assert told in card(place, BOREAL, "arbitration_case").text, "and it is said to all why"


async def test_past_five_working_days_the_digest_has_it_and_r55_fires(place: Town) -> None:
    project = await spoken(place)
    place.until(datetime(2026, 1, 21, 12, 0, tzinfo=UTC))
    waiting = place.parts.db.read_sync(arbitration.for_digest, workspace=WORKSPACE, project_id=project)
    assert [one.ref for one in waiting] == ["TRD-1"]
    run = place.parts.db.read_sync(diagnosis.latest, workspace=WORKSPACE, project_id=project)
    assert run is not None
    assert "R55" in [rule.id for rule in run.rules]
    reminded = place.to(CLAIRE, "reminder")
    assert 1 <= len(reminded) <= 2, "one a level"
    assert all("TRD-1" in one.text for one in reminded)
    assert "en retard" not in card(place, BOREAL, "arbitration_case").text


async def test_34_a_decision_that_is_contested_is_replaced_and_links_both_ways(place: Town) -> None:
    project = await spoken(place)
    claire = await place.person(CLAIRE).presses("Trancher", on=card(place, CLAIRE, "arbitration"))
    decision(claire)
    await claire.sends()
    marc = await place.person(MARC).runs("/cadrage arbitrage DEC-2")
    marc.fills({"proposal": "Deux", "mine": MARC_SAYS, "others": [PAUL], "consequence": CONSEQUENCE})
    await marc.sends()
    place.delivers()
    paul = await place.person(PAUL).presses(
        "Ce n’est pas mon point", on=card(place, PAUL, "arbitration_words")
    )
    assert "aucune position" in paul.told
    place.delivers()
    assert len(place.to(CLAIRE, "arbitration")) == 1, "one message a day"
    place.until(datetime(2026, 1, 13, 12, 0, tzinfo=UTC))
    (second,) = [one for one in place.to(CLAIRE, "arbitration") if "TRD-2" in one.text]
    await claire.presses("Trancher", on=second)
    decision(claire, choice="Deux")
    await claire.sends()
    old, new = records(place, project, "decision")
    assert (old.status, new.status) == ("superseded", "accepted")
    for ref, other, outward in (("DEC-3", "DEC-2", True), ("DEC-2", "DEC-3", False)):
        links = place.parts.db.read_sync(linking.links, workspace=WORKSPACE, project_id=project, ref=ref)
        assert (links[0].link, links[0].ref, links[0].outward) == ("supersedes", other, outward)


async def test_the_silent_side_holds_nothing_up_and_is_not_named(place: Town) -> None:
    project = await brought(place)
    assert place.to(CLAIRE, "arbitration") == []
    place.until(datetime(2026, 1, 14, 12, 0, tzinfo=UTC))
    asked = card(place, CLAIRE, "arbitration")
    assert "Inès" not in asked.text
    assert case(place, project).state == "waiting"


async def test_what_is_missing_is_shown_and_the_date_stays(place: Town) -> None:
    project = await spoken(place)
    due = case(place, project).due
    claire = await place.person(CLAIRE).presses(
        "Il me manque un élément", on=card(place, CLAIRE, "arbitration")
    )
    claire.fills({"missing": "Combien de doublons ?"})
    await claire.sends()
    place.clock.passes(minutes=2)
    place.delivers()
    assert "Combien de doublons ?" in card(place, BOREAL, "arbitration_case").text
    assert case(place, project).due == due


async def test_a_delegate_may_hand_it_back(place: Town) -> None:
    project = await spoken(place)
    claire = await place.person(CLAIRE).presses("Déléguer", on=card(place, CLAIRE, "arbitration"))
    for somebody in (ELODIE, INES, CLAIRE):
        claire.fills({"who": somebody})
        await claire.sends()
        assert "who" in claire.errors, "neutral, a party, oneself"
    claire.fills({"who": SOFIA})
    await claire.sends()
    place.delivers()
    sofia = await place.person(SOFIA).presses("Hand it back", on=card(place, SOFIA, "arbitration"))
    assert "It is back" in sofia.told
    assert case(place, project).arbiter == CLAIRE


async def test_the_facilitator_brings_a_point_and_takes_no_side(place: Town) -> None:
    project = await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage arbitrage Qui saisit les fiches ?")
    assert not any(block.get("block_id") == "mine" for block in elodie.modal["blocks"])
    elodie.fills({"others": [MARC], "consequence": CONSEQUENCE})
    await elodie.sends()
    assert "others" in elodie.errors
    elodie.fills({"others": [MARC, INES]})
    await elodie.sends()
    assert not elodie.errors
    await elodie.sends() if "submit" in elodie.modal else None
    assert len(place.parts.db.read_sync(arbitration.of_project, workspace=WORKSPACE, project_id=project)) == 1


async def test_those_who_may_not_read_what_does_not_exist(place: Town) -> None:
    await spoken(place)
    jeanne = await place.person(JEANNE).runs("/cadrage arbitrage TRD-1")
    nothing = jeanne.told
    await jeanne.presses("Lire", on=card(place, BOREAL, "arbitration_case"))
    assert "Je ne trouve rien là pour vous" in jeanne.told
    assert "Je ne trouve rien là pour vous" in nothing
    hugo = await place.person(HUGO).presses("Trancher", on=card(place, CLAIRE, "arbitration"))
    assert "Claire Vasseur" in hugo.told


async def test_an_arbiter_who_leaves_the_company_is_replaced_and_the_date_stays(place: Town) -> None:
    project = await spoken(place)
    due = case(place, project).due
    claire = place.parts.db.read_sync(persons.get, workspace=WORKSPACE, user=CLAIRE)
    assert claire is not None
    place.parts.db.run_sync(persons.remember, person=replace(claire, deleted=True))
    place.until(datetime(2026, 1, 13, 12, 0, tzinfo=UTC))
    assert (case(place, project).arbiter, case(place, project).due) == (ELODIE, due)
    assert flat("Élodie Martin") in card(place, BOREAL, "arbitration_case").text
    assert card(place, ELODIE, "arbitration")


async def test_people_who_agree_take_it_back(place: Town) -> None:
    project = await spoken(place)
    marc = await place.person(MARC).presses("Lire", on=card(place, BOREAL, "arbitration_case"))
    await marc.presses("Nous sommes d’accord : le retirer")
    assert case(place, project).state == "withdrawn"
    place.clock.passes(hours=300)
    place.ticks()
    place.delivers()
    assert place.to(CLAIRE, "reminder") == []
