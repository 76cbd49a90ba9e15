"""The way to the neutral coach (5.4): offered to everybody alike, read by the coach alone."""

from datetime import timedelta

import pytest

from storage import person as kept
from storage import reply
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    JEANNE,
    WORKSPACE,
    Town,
    flat,
    said,
)
from tests.bot.waves.polling import TEAM, closes, founds, opens, rows, votes


@pytest.mark.parametrize(("answer", "coloured"), [("5", True), ("4", False)])
async def test_the_coach_is_coloured_for_a_heavy_answer_with_the_same_words(
    place: Town, answer: str, coloured: bool
) -> None:
    """5.4."""
    opens(place, founds(place))
    ines = await votes(place, INES, BEL03=answer)
    assert ines.sees("Si vous souhaitez parler à une personne neutre : Jeanne Aubry", "rien de vos réponses")
    button = ines.modal["blocks"][-1]["elements"][0]
    assert (button.get("style") == "primary") is coloured


async def test_without_a_coach_the_way_outside_the_line_is_told(place: Town) -> None:
    opens(place, founds(place, team={**TEAM, HUGO: "hr"}, coach=None))
    assert (await votes(place, INES)).sees("vous pouvez vous adresser à Hugo Teixeira (RH)")


async def test_23_the_coach_learns_of_a_request_and_nobody_else(place: Town) -> None:
    opens(place, founds(place))
    ines = await votes(place, INES)
    await ines.presses("Parler à une personne neutre")
    assert ines.sees("Jeanne Aubry", "Sans lien avec vos réponses")
    ines.fills({"when": "lundi matin", "word": "Un doute"})
    await ines.sends()
    assert ines.sees("Jeanne Aubry a votre demande")
    before = {post.to for post in place.posts.values()}
    place.delivers()
    (told,) = place.to(JEANNE, "coach_wish")
    assert "Inès" not in told.text
    assert {post.to for post in place.posts.values()} - before <= {JEANNE}
    elodie = place.person(ELODIE)
    await elodie.presses("Lire", on=told)
    assert "Un doute" not in str(place.slack.views) or "Un doute" not in str(elodie.heard)
    jeanne = await place.person(JEANNE).opens_home()
    assert "À faire maintenant. Quelqu’un souhaite parler." in said(jeanne.home)
    assert INES not in str(jeanne.home)
    await jeanne.presses("Lire", on=jeanne.home)
    assert jeanne.sees("lundi matin", "Un doute", INES)
    await jeanne.presses("Contact pris")
    assert jeanne.sees("Personne ne vous attend", "moins de 5")
    place.delivers()
    assert "Rien ne vous attend." in said(place.homes[JEANNE])
    await jeanne.presses("Qui verra quoi", on=place.homes[JEANNE])
    assert jeanne.sees("Personne ne peut voir qui a répondu quoi"), "the coach reads no plan"


async def test_a_request_to_the_coach_leaves_no_profile_as_young_as_itself(place: Town) -> None:
    """What waits for the coach says when it was queued; no row of a person may say the same."""
    founds(place)
    ines = place.person(INES)
    await ines.opens_home()

    def young() -> list[object]:
        return [
            person.fetched_at
            for person in place.parts.db.read_sync(kept.many, workspace=WORKSPACE, users=[INES]).values()
        ]

    before = young()
    place.clock.passes(days=3)
    await ines.runs("/cadrage coach")
    ines.fills({"word": "Un doute"})
    await ines.sends()
    assert ines.sees("Jeanne Aubry a votre demande")
    await ines.presses("La reprendre")
    assert young() == before != []


async def test_texts_for_the_coach_stand_on_the_coach_s_screen_alone(place: Town) -> None:
    id = opens(place, founds(place))
    for user in TEAM:
        await votes(place, user, BEL07="Pour Jeanne seule", BEL07a="coach")
    closes(place, id)
    jeanne = place.person(JEANNE)
    await jeanne.opens_home()
    await jeanne.presses("Lire", on=place.homes[JEANNE])
    assert jeanne.sees("Pour Jeanne seule", "Effacé 30 jours après la clôture")
    claire = place.person(CLAIRE)
    await claire.presses("Voir les résultats de groupe", on=place.to(BOREAL, "wave_closed")[0])
    assert "Pour Jeanne seule" not in claire.reads
    assert not any("Pour Jeanne seule" in post.text for post in place.posts.values())


async def test_a_request_can_be_taken_back(place: Town) -> None:
    founds(place)
    ines = place.person(INES)
    await ines.runs("/cadrage accompagnateur")
    await ines.sends()
    await ines.presses("La reprendre")
    assert ines.sees("Demande retirée")
    assert rows(place, "coach_request") == {"coach_request": 0}


async def test_the_three_ways_lead_to_one_request_that_does_not_say_which(place: Town) -> None:
    """5.4: the button of a wave, `/cadrage coach`, Home; the same form, deleted when contact is made."""
    opens(place, founds(place))
    forms = []
    ines = await votes(place, INES)
    await ines.presses("Parler à une personne neutre")
    forms.append(ines.modal)
    await ines.runs("/cadrage coach")
    forms.append(ines.modal)
    await ines.opens_home()
    await ines.presses("Parler à une personne neutre", on=ines.home)
    forms.append(ines.modal)
    assert [(form["private_metadata"], said(form)) for form in forms[1:]] == [
        (forms[0]["private_metadata"], said(forms[0]))
    ] * 2
    await ines.sends()
    place.delivers()
    (told,) = place.to(JEANNE, "coach_wish")
    jeanne = await place.person(JEANNE).presses("Lire", on=told)
    assert rows(place, "coach_request") == {"coach_request": 1}
    await jeanne.presses("Contact pris")
    assert rows(place, "coach_request", "coach_month") == {"coach_request": 0, "coach_month": 1}


async def heavy(place: Town, project: str, **given: str) -> str:
    """One closed pulse, answered in the channel so that the next one may come."""
    id = opens(place, project, "C01")
    for user in TEAM:
        await votes(place, user, "C01", **given)
    closes(place, id)
    place.posts.clear()
    place.parts.db.run_sync(
        reply.post, workspace=WORKSPACE, wave_id=id, text="Le jeudi matin est à vous, sans réunion.",
        by=ELODIE, now=place.clock.now(),
    )  # fmt: skip
    return id


async def test_two_heavy_waves_running_open_slots_for_everybody(place: Town) -> None:
    """5.4: group escalation. The theme is told, no figure, and nobody learns who comes."""
    project = founds(place)
    await heavy(place, project, P01="4", P02="2")
    jeanne = await place.person(JEANNE).opens_home()
    assert "Deux créneaux" not in said(jeanne.home), "one wave is not two"
    id = opens(place, project, "C01")
    for user in TEAM:
        await votes(place, user, "C01", P01="4", P02="2")
    closes(place, id)
    (asked,) = place.to(JEANNE, "coach_slots_asked")
    assert "quelque chose pèse sur le groupe (l’envie d’y prendre part)" in flat(asked.text)
    await place.person(ELODIE).presses("Proposer deux créneaux", on=asked)
    assert place.slack.opened == [] or "Jour du créneau" not in str(place.slack.views)
    await jeanne.presses("Proposer deux créneaux", on=asked)
    day = place.clock.now().date() + timedelta(days=3)
    jeanne.fills({"day1": day.isoformat(), "day2": day.isoformat(), "start2": "17:00", "end2": "16:00"})
    await jeanne.sends()
    assert jeanne.errors == {"end2": "La fin vient après le début."}
    jeanne.fills({"end2": "18:00", "place": "Salle Molière"})
    await jeanne.sends()
    assert jeanne.sees("Le canal en est informé")
    place.until(place.clock.now() + timedelta(days=1))
    (post,) = place.to(BOREAL, "coach_slots")
    assert "Jeanne Aubry reçoit qui le souhaite" in flat(post.text)
    assert "de 12 h à 14 h" in flat(post.text)
    assert "Salle Molière" in post.text
    for user in (ELODIE, CLAIRE):
        (word,) = place.to(user, "coach_slots_told")
        assert "Thème : l’envie d’y prendre part" in flat(word.text)
        assert not any(letter.isdigit() for letter in word.text)
    ines = await place.person(INES).opens_home()
    assert "Jeanne Aubry reçoit qui le souhaite" in flat(said(ines.home))
    await jeanne.presses("Proposer deux créneaux", on=asked)
    assert jeanne.told == "Ces créneaux sont déjà publiés." or "déjà publiés" in jeanne.told
