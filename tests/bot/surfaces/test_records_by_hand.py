"""Records by hand: made where one is, decided by those entitled, replaced, settled; cards change in place."""

from datetime import date
from typing import Any

from flows.dialogue.effects import Draft
from flows.project import Member
from flows.register.model import Kept
from flows.words import Words
from storage import life, linking, register
from storage import project as projects
from storage.database import Connection
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    INES,
    JEANNE,
    MARC,
    PAUL,
    START,
    WORKSPACE,
    Someone,
    Town,
    flat,
    founded,
)


def begun(conn: Connection) -> str:
    """Boréal with its people; nothing has been sent yet."""
    here: dict[str, Any] = {"workspace": WORKSPACE}
    id = projects.create(
        conn, **here, channel=BOREAL, language="fr", facilitator=ELODIE, name="Boréal", now=START
    )
    for role, user in (("sponsor", CLAIRE), ("arbiter", CLAIRE), ("lead", MARC)):
        projects.set_role(conn, **here, id=id, role=role, user=user)  # type: ignore[arg-type]
    team = [Member(user=user, function="sales") for user in (MARC, INES, PAUL)]
    projects.set_team(conn, **here, id=id, members=team)
    return id


def project(place: Town) -> str:
    return place.parts.db.run_sync(begun)


def kept(place: Town, id: str, ref: str) -> Kept:
    found = place.parts.db.read_sync(register.get, workspace=WORKSPACE, project_id=id, ref=ref, roles=None)
    assert found is not None
    return found


async def records(person: Someone, text: str, **fields: Any) -> Someone:
    """A form of a record, filled in and sent."""
    await person.runs(f"/cadrage {text}")
    person.fills(fields)
    return await person.sends()


async def test_a_member_proposes_and_the_arbiter_accepts_with_reason_and_minority_view(
    place: Town,
) -> None:
    id = project(place)
    ines = await records(place.person(INES), "decision Lot 1 d’abord", reason="Pas de champs inutiles")
    assert not ines.errors
    assert ines.sees("DEC-1 est noté")
    one = kept(place, id, "DEC-1")
    assert (one.title.fr, one.status, one.owner) == ("Lot 1 d’abord", "proposed", CLAIRE)
    place.delivers()
    (card,) = place.to(BOREAL, "decision_card")
    assert flat("DEC-1 Lot 1 d’abord · proposée") in card.text
    claire = await place.person(CLAIRE).presses("Accepter", on=card)
    claire.fills({"reason": "Utile dès le premier mois", "minority": "Sans chiffres, pas de lot 2."})
    await claire.sends()
    assert not claire.errors, claire.errors
    one = kept(place, id, "DEC-1")
    assert (one.status, one.fields["decided_by"], one.fields["authority"]) == ("accepted", CLAIRE, "sponsor")
    place.clock.passes(minutes=2)
    place.delivers()
    (card,) = place.to(BOREAL, "decision_card")
    assert flat("DEC-1 Lot 1 d’abord · acceptée") in card.text, "the same card, changed in place"
    assert "Sans chiffres, pas de lot 2." in card.text


async def test_those_who_may_not_decide_are_told_who_can(place: Town) -> None:
    project(place)
    await records(place.person(INES), "decision Lot 1 d’abord", reason="Utile")
    place.delivers()
    (card,) = place.to(BOREAL, "decision_card")
    paul = await place.person(PAUL).presses("Accepter", on=card)
    assert "Claire Vasseur" in paul.told
    jeanne = await place.person(JEANNE).presses("Écarter", on=card)
    assert "Je ne trouve rien là pour vous." in jeanne.told, "as for what does not exist"


async def test_of_two_who_decide_in_the_same_second_the_second_is_told_by_whom(place: Town) -> None:
    id = project(place)
    await records(place.person(INES), "decision Lot 1 d’abord", reason="Utile", decided_by=MARC)
    place.delivers()
    (card,) = place.to(BOREAL, "decision_card")
    marc = await place.person(MARC).presses("Accepter", on=card)
    marc_view = marc.modal
    claire = await place.person(CLAIRE).presses("Écarter", on=card)
    claire.fills({"why": "Trop tôt"})
    await claire.sends()
    place.slack.opened = [marc_view["id"]]
    marc.fills({"reason": "Mes raisons"})
    await marc.sends()
    assert "Claire Vasseur a été plus rapide" in marc.errors["reason"]
    assert kept(place, id, "DEC-1").status == "rejected"


async def test_34_a_replaced_decision_stays_readable_with_links_both_ways(place: Town) -> None:
    id = project(place)
    marc = await records(
        place.person(MARC), "decision Ancien outil jusqu’au lot 2", reason="Rien d’autre", stands="accepted"
    )
    assert kept(place, id, "DEC-1").status == "accepted"
    ines = await place.person(INES).runs("/cadrage DEC-1")
    await ines.presses("Remplacer")
    assert ines.sees("Vous la proposez : DEC-1 reste en vigueur")
    ines.fills({"title": "Nouvel outil dès le lot 1", "reason": "L’export est prêt"})
    await ines.sends()
    assert kept(place, id, "DEC-2").status == "proposed"
    assert kept(place, id, "DEC-1").status == "accepted", "it stands until the new one is accepted"
    claire = await place.person(CLAIRE).runs("/cadrage DEC-2")
    await claire.presses("Accepter")
    await claire.sends()
    assert [kept(place, id, ref).status for ref in ("DEC-1", "DEC-2")] == ["superseded", "accepted"]
    here = {"workspace": WORKSPACE, "project_id": id}
    links = place.parts.db.read_sync(linking.links, **here, ref="DEC-1")
    assert [(one.link, one.ref, one.outward) for one in links] == [("supersedes", "DEC-2", False)]
    await marc.runs("/cadrage DEC-1")
    assert marc.sees("Remplacé par DEC-2", "remplacée", "Ancien outil jusqu’au lot 2", "Ce qui s’est passé")
    place.clock.passes(minutes=2)
    place.delivers()
    texts = [card.text for card in place.to(BOREAL, "decision_card")]
    (old,) = [text for text in texts if "~Ancien outil jusqu’au lot 2~" in text]
    assert "remplacée" in old
    assert "Remplacé par DEC-2" in old


async def test_a_decision_is_reopened_only_with_why(place: Town) -> None:
    id = project(place)
    await records(place.person(MARC), "decision Lot 1", reason="Utile", stands="accepted")
    marc = await place.person(MARC).runs("/cadrage DEC-1")
    await marc.presses("Rouvrir")
    marc.fills({"why": "   "})
    await marc.sends()
    assert marc.errors == {"why": "Dites pourquoi, en quelques mots."}
    marc.fills({"why": "Le contrat a changé"})
    await marc.sends()
    assert kept(place, id, "DEC-1").status == "proposed"
    past = place.parts.db.read_sync(life.history, workspace=WORKSPACE, project_id=id, ref="DEC-1")
    assert (past[-1].move, past[-1].reason) == ("reopen", "Le contrat a changé")


async def test_arbitration_cannot_be_noted_without_what_is_given_up(place: Town) -> None:
    project(place)
    claire = await records(
        place.person(CLAIRE), "decision Lot 1", reason="Utile", stands="accepted", method="arbitration"
    )
    assert list(claire.errors) == ["loss"]


async def test_whoever_accepts_says_how_it_was_decided_where_nothing_says_it(place: Town) -> None:
    id = project(place)
    await records(place.person(INES), "decision Lot 1 d’abord", reason="Utile")
    assert "method" not in kept(place, id, "DEC-1").fields, "nobody has decided yet"
    claire = await place.person(CLAIRE).runs("/cadrage DEC-1")
    await claire.presses("Accepter")
    assert claire.sees("Comment l’a-t-on décidé ?")
    claire.fills({"method": "arbitration"})
    await claire.sends()
    assert "ce que l’on abandonne" in claire.errors["loss"]
    claire.fills({"loss": "La saisie hors ligne"})
    await claire.sends()
    one = kept(place, id, "DEC-1")
    assert (one.status, one.fields["method"], one.fields["loss"]) == (
        "accepted", "arbitration", "La saisie hors ligne",
    )  # fmt: skip
    marc = await records(place.person(MARC), "decision Lot 2", reason="Utile", method="vote")
    assert not marc.errors
    await claire.runs("/cadrage DEC-2")
    await claire.presses("Accepter")
    assert not claire.sees("Comment l’a-t-on décidé ?"), "it is known: by a vote"


async def test_an_issue_goes_through_its_life_and_is_settled_with_a_sentence_another_day(place: Town) -> None:
    id = project(place)
    ines = await records(
        place.person(INES), "question Qui tient les fiches ?", owner=PAUL, blocking="yes",
        if_nobody="Deux listes, sans confiance.", due="2026-02-02",
    )  # fmt: skip
    assert not ines.errors, ines.errors
    one = kept(place, id, "ISS-1")
    assert (one.owner, one.due.isoformat() if one.due else "", one.fields["blocking"]) == (
        PAUL, "2026-02-02", True,
    )  # fmt: skip
    place.delivers()
    (card,) = place.to(BOREAL, "record_card")
    assert "Deux listes, sans confiance." in card.text
    paul = await place.person(PAUL).runs("/cadrage ISS-1")
    await paul.presses("J’en prends note")
    assert paul.sees("prise en compte")
    await paul.presses("Réglé")
    paul.fills({"resolution": "C’est fait."})
    await paul.sends()
    assert "15 caractères" in flat(paul.errors["resolution"])
    paul.fills({"resolution": "L’équipe données tient les fiches."})
    await paul.sends()
    one = kept(place, id, "ISS-1")
    assert (one.status, one.fields["resolved_by"]) == ("resolved", PAUL)
    await paul.runs("/cadrage ISS-1")
    await paul.presses("Rouvrir")
    paul.fills({"why": "Deux listes à nouveau"})
    await paul.sends()
    assert kept(place, id, "ISS-1").status == "open"


async def test_whoever_opened_a_point_does_not_settle_it_the_same_day(place: Town) -> None:
    id = project(place)
    await records(place.person(INES), "question Qui tient les fiches ?", owner=INES)
    ines = await place.person(INES).runs("/cadrage ISS-1")
    await ines.presses("Réglé")
    ines.fills({"resolution": "L’équipe données tient les fiches."})
    await ines.sends()
    assert "Vous avez ouvert ce point aujourd’hui." in ines.errors["resolution"]
    place.clock.passes(days=1)
    await ines.sends()
    assert kept(place, id, "ISS-1").status == "resolved"


async def test_a_risk_an_assumption_and_an_action_that_serves_them(place: Town) -> None:
    id = project(place)
    ines = await records(
        place.person(INES), "risque L’export est incomplet", family="1", likelihood="4", impact="4"
    )
    assert not ines.errors, ines.errors
    assert kept(place, id, "RSK-1").fields["score"] == 16
    place.delivers()
    (card,) = place.to(BOREAL, "record_card")
    assert flat("16 (critique)") in card.text
    await records(place.person(INES), "hypothèse Les vendeurs ont du réseau", importance="5", evidence="2")
    assert kept(place, id, "ASM-1").status == "untested"
    ines = await place.person(INES).runs("/cadrage RSK-1")
    await ines.presses("Ajouter une action")
    ines.fills({"title": "Vérifier l’export", "owner": PAUL, "due": "2026-02-02", "serves": "RSK-9"})
    await ines.sends()
    assert list(ines.errors) == ["serves"]
    ines.fills({"serves": "rsk-1"})
    await ines.sends()
    assert kept(place, id, "ACT-1").fields["serves"] == "RSK-1"
    await ines.runs("/cadrage RSK-1")
    assert ines.sees("Servi par ACT-1")


async def test_a_past_day_and_somebody_who_left_are_said_under_their_field(
    place: Town,
) -> None:
    project(place)
    place.slack.people[PAUL].gone = True
    ines = await records(place.person(INES), "action Appeler Nord", owner=PAUL, due="2026-01-05")
    assert set(ines.errors) == {"owner", "due"}
    place.slack.people[PAUL].gone = False


async def test_of_two_who_change_a_record_the_second_is_told_by_whom(place: Town) -> None:
    id = project(place)
    await records(place.person(INES), "action Appeler Nord", owner=INES)
    ines = await place.person(INES).runs("/cadrage ACT-1")
    await ines.presses("Modifier")
    slow = ines.modal
    marc = await place.person(MARC).runs("/cadrage ACT-1")
    await marc.presses("Modifier")
    marc.fills({"title": "Appeler Nord et Sud"})
    await marc.sends()
    place.slack.opened = [slow["id"]]
    ines.fills({"title": "Appeler Sud"})
    await ines.sends()
    assert "Marc Delorme l’a modifié entre-temps" in ines.errors["title"]
    assert kept(place, id, "ACT-1").title.fr == "Appeler Nord et Sud"


async def test_the_same_form_sent_twice_makes_one_record(place: Town) -> None:
    id = project(place)
    ines = await place.person(INES).runs("/cadrage action Appeler Nord")
    again = ines.submission()
    await ines.sends()
    await place.send(again)
    found = place.parts.db.read_sync(register.records, workspace=WORKSPACE, project_id=id, kinds=["action"])
    assert [one.ref for one in found] == ["ACT-1"]


async def test_everything_a_command_records_has_its_twin_in_the_menu(place: Town) -> None:
    await founded(place)
    await place.person(INES).opens_home()
    ines = place.person(INES)
    await ines.presses("Noter un risque", on=ines.home)
    assert ines.sees("Que pourrait-il arriver, en une ligne ?")


async def test_open_risks_stand_on_a_grid_with_the_same_in_words(place: Town) -> None:
    id = project(place)
    for line, likelihood in (("L’export est incomplet", "4"), ("Nord est racheté", "2")):
        await records(place.person(INES), f"risk {line}", family="1", likelihood=likelihood, impact="4")
    ines = place.person(INES)
    await ines.runs("/cadrage RSK-1")
    await ines.presses("Risques")
    assert ines.sees("4 | · 1 · 1 ·", "Critique : RSK-1 (4 × 4)", "Moyen : RSK-2 (2 × 4)")
    assert kept(place, id, "RSK-2").fields["score"] == 8


async def test_a_line_in_two_languages_is_changed_in_the_readers_and_kept_in_both_when_it_is_not(
    place: Town,
) -> None:
    id = project(place)
    title = Words("To be found out", "À éclaircir")
    draft = Draft(kind="action", item="one", title=title, owner=INES, due=date(2026, 2, 2))
    place.parts.db.run_sync(
        life.make, workspace=WORKSPACE, project_id=id, draft=draft, by=MARC, now=place.clock.now()
    )
    ines = await place.person(INES).runs("/cadrage ACT-1")
    await ines.presses("Modifier")
    assert "À éclaircir" in str(ines.modal)
    assert "To be found out" not in str(ines.modal)
    ines.fills({"due": "2026-02-03"})
    await ines.sends()
    one = kept(place, id, "ACT-1")
    assert (one.title, one.due) == (title, date(2026, 2, 3))
