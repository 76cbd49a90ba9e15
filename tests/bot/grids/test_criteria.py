"""Criteria and weights: settled on a page of their own; the arbiter's once a vendor has been seen."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from flows.dialogue.effects import Amend
from storage import amending, register
from storage import project as projects
from tests.bot.route.test_route import answered
from tests.bot.surfaces.stage import BOREAL, CLAIRE, ELODIE, INES, MARC, WORKSPACE, Town, founded

WEIGHTS = {"k1": "20", "k2": "20", "needs": "30", "ease": "30"}
LATER = {"k1": "30", "k2": "10", "needs": "30", "ease": "30"}
WHY = "The first demonstration showed that openness decides everything."
SESSION = {
    "vendor": "Nordsoft",
    "date": "2026-01-13",
    "scenarios": "A call, then a mail",
    "whole_team": "yes",
}


def decided(place: Town, project: str, source: str) -> Any:
    found = place.parts.db.read_sync(register.records, workspace=WORKSPACE, project_id=project)
    return next(one for one in reversed(found) if one.source == source)


def seen(place: Town, project: str, there: Sequence[str] = (INES, MARC)) -> None:
    """One vendor has been met, and who was there is noted."""
    answered(place, project, "D14", ("sessions", {"VEN01": [SESSION]}), by=ELODIE)

    def notes(conn: Connection) -> None:
        effect = Amend(question="W09", fields={"VND-1": {"attendees": list(there)}})
        here = {"workspace": WORKSPACE, "project_id": project}
        amending.amend(conn, **here, effect=effect, now=place.clock.now())

    place.parts.db.run_sync(notes)


async def weighs(place: Town, user: str, points: dict[str, str], **more: str) -> Any:
    person = await place.person(user).runs("/cadrage criteria")
    button = "Changer les poids" if "Changer les poids" in person.told else "Fixer les poids"
    await person.presses(button, on=person.heard)
    empty = dict.fromkeys(("k1", "k2", "k3", "k4", "k5", "needs", "ease", "integrator", "cost", "exit"), "0")
    person.fills({**empty, **points, **more})
    await person.sends()
    return person


async def test_each_criterion_stands_with_what_to_look_at_and_is_settled_with_a_reason(place: Town) -> None:
    project = await founded(place)
    answered(place, project, "D11")
    elodie = await place.person(ELODIE).runs("/cadrage criteres")
    assert "API ouverte et documentée sur tous les objets" in elodie.told
    assert "K5 — Adaptée à la vente par les réseaux sociaux : pas encore tranché" in elodie.told
    await elodie.presses("Trancher", on=elodie.heard)
    elodie.fills({"kept": "waived"})
    await elodie.sends()
    assert "20" in elodie.errors["reason"]
    elodie.fills({"kept": "waived", "reason": "Our two old systems will stay for six years"})
    await elodie.sends()
    assert elodie.sees("Écarté, avec une raison écrite", "Our two old systems will stay")
    made = decided(place, project, "NEE11")
    assert (made.status, made.fields["reason"]) == ("accepted", "Our two old systems will stay for six years")
    ines = await place.person(INES).runs("/cadrage criteria")
    assert "Our two old systems will stay" in ines.told
    assert "[Trancher]" not in ines.told


async def test_weights_make_a_hundred_and_are_fixed_by_those_who_run_the_project(place: Town) -> None:
    project = await founded(place)
    answered(place, project, "D11")
    elodie = await weighs(place, ELODIE, {**WEIGHTS, "k1": "10"})
    assert "90" in elodie.errors["k1"]
    elodie = await weighs(place, ELODIE, WEIGHTS)
    assert elodie.sees("Couverture des besoins : 30")
    assert decided(place, project, "NEE17").title.fr == "Les poids de l’évaluation sont fixés"
    place.clock.passes(minutes=2)
    place.delivers()
    assert any("Les poids" in post.text for post in place.to(BOREAL, "decision_card"))


async def test_once_a_vendor_has_been_seen_only_the_arbiter_changes_them_with_a_printed_reason(
    place: Town,
) -> None:
    project = await founded(place)
    answered(place, project, "D11")
    await weighs(place, ELODIE, WEIGHTS)
    seen(place, project)
    elodie = await place.person(ELODIE).runs("/cadrage criteria")
    assert "seul l’arbitre change désormais les poids" in elodie.told
    assert "Changer les poids" not in elodie.told
    claire = await weighs(place, CLAIRE, LATER)
    assert "20" in claire.errors["reason"]
    claire = await weighs(place, CLAIRE, LATER, reason=WHY)
    assert claire.sees("Arrêtés le", "après la première démonstration", WHY)
    made = decided(place, project, "NEE17")
    assert made.title.fr == "Les poids de l’évaluation sont arrêtés après VND-1"
    assert (made.fields["demonstrated_on"], made.fields["reason"]) == ("2026-01-13", WHY)
    assert made.fields["decided_by"] == CLAIRE


async def test_who_has_fixed_the_weights_and_left_is_still_called_by_name(place: Town) -> None:
    project = await founded(place)
    answered(place, project, "D11")
    await weighs(place, ELODIE, WEIGHTS)
    here = {"workspace": WORKSPACE, "id": project}
    place.parts.db.run_sync(projects.set_role, **here, role="facilitator", user=MARC)
    boreal = place.parts.db.read_sync(projects.get, **here)
    assert boreal is not None
    assert ELODIE not in boreal.cast.everybody()
    ines = await place.person(INES).runs("/cadrage criteria")
    assert "par Élodie" in ines.told
    assert ELODIE not in ines.told
