"""App Home: the next action first (acceptance 3), what others may not see (8), never too long."""

from datetime import UTC, datetime

import pytest

from sandbox.forms import elements_of
from storage import project as projects
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    INES,
    JEANNE,
    KIM,
    MARC,
    SOFIA,
    WORKSPACE,
    Town,
    founded,
    said,
)
from tests.bot.surfaces.test_invitations import invited, set_aside

TUESDAY = datetime(2026, 1, 13, 12, 0, tzinfo=UTC)


def first_button(home: dict) -> dict:  # type: ignore[type-arg]
    """The button of the next action."""
    row = next(block for block in home["blocks"] if block.get("accessory", {}).get("style") == "primary")
    return row["accessory"]  # type: ignore[no-any-return]


async def test_3_the_facilitator_is_led_from_step_to_step(place: Town) -> None:
    elodie = await place.person(ELODIE).runs("/cadrage new", channel=BOREAL)
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": BOREAL})
    await elodie.sends()
    await elodie.opens_home()
    assert "Il manque 3 noms avant tout envoi." in said(elodie.home)
    await elodie.presses("Terminer la mise en place", on=elodie.home)
    assert elodie.sees("Votre entreprise")


async def test_3_its_button_does_exactly_that(place: Town) -> None:
    await invited(place)
    place.until(TUESDAY)
    ines = await place.person(INES).opens_home()
    assert "À faire maintenant. Objectifs et enjeux : environ" in said(ines.home)
    await ines.presses("Répondre", on={**ines.home, "blocks": [ines.home["blocks"][2]]})
    assert ines.sees("Un an après la mise en service")
    ines.fills({"q:OBJ01": "Une seule voix"})
    await ines.sends()
    await ines.opens_home()
    assert "Objectifs et enjeux : vous en étiez à 1 sur" in said(ines.home)
    assert first_button(ines.home)["text"]["text"] == "Continuer"


async def test_3_after_set_up_the_facilitator_is_led_to_invite(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).opens_home()
    assert "À faire maintenant. Semaine 0 : personne n’est encore invité." in said(elodie.home)
    await elodie.presses("Inviter l’équipe", on=elodie.home)
    assert elodie.sees("Chaque personne reçoit un message privé")


async def test_3_the_rest_of_the_set_up_comes_once_the_team_is_invited(place: Town) -> None:
    await invited(place)
    elodie = await place.person(ELODIE).opens_home()
    assert "À faire maintenant. Mise en place, équipe et pilotage : vous en étiez à" in said(elodie.home)
    assert first_button(elodie.home)["action_id"].startswith("dialogue.open")


async def test_nothing_waits_says_what_comes_next(place: Town) -> None:
    await invited(place, who=[INES], closes="2026-01-28")
    place.until(TUESDAY)
    marc = await place.person(MARC).opens_home()
    assert (
        "Rien ne vous attend. Prochaine étape : envoyer Portage par la direction, mercredi 14 janvier."
        in said(marc.home)
    )
    assert "À faire maintenant" not in said(marc.home), "nothing is to be done now"
    await marc.presses("Voir le plan", on=marc.home)
    assert marc.sees("Semaine 0 (en cours)", "D03 Portage par la direction mercredi 14 janvier")


async def test_once_w02_is_over_its_questions_can_still_be_sent(place: Town) -> None:
    """The proposed closing leaves room for them: a closed dialogue has no second part."""
    set_aside(place, await founded(place), "1.3.D07")
    elodie = await place.person(ELODIE).presses("Inviter l’équipe")
    await elodie.sends()
    place.until(datetime(2026, 1, 23, 12, 0, tzinfo=UTC))
    await elodie.opens_home()
    assert "une fois l’atelier W02 terminé, envoyer la suite du dialogue Objectifs et enjeux" in said(
        elodie.home
    )


async def test_a_workshop_whose_day_has_come_is_the_next_thing_until_it_was_held(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 16, 12, 0, tzinfo=UTC))
    elodie = await place.person(ELODIE).opens_home()
    words = "C’est le moment de W01 Lancement et règles du jeu. Déjà tenu ailleurs ? Dites-le dans le plan."
    assert words in said(elodie.home)
    await elodie.presses("Préparer…", on=elodie.home)
    assert elodie.sees("Lancement et règles du jeu", "Quand")
    elodie = await place.person(ELODIE).runs("/cadrage plan")
    assert elodie.sees("C’est le jour de W01"), "the plan says where to say so"


async def test_the_sponsor_sees_what_is_theirs_and_no_controls(place: Town) -> None:
    await invited(place)
    place.until(TUESDAY)
    claire = await place.person(CLAIRE).opens_home()
    assert "Portage par la direction" in said(claire.home)
    assert "Premier regard" in said(claire.home)
    for words in ("Qui est attendu", "Envoyer des questions", "Préparer la note", "Relancer"):
        assert words not in said(claire.home)


async def test_the_first_look_offers_each_only_what_they_may_do(place: Town) -> None:
    """How far the facilitator is with the set-up is nobody else's business (journeys 1, rule 12)."""
    await founded(place)
    offered = {}
    for user in (ELODIE, MARC, CLAIRE):
        person = await place.person(user).opens_home()
        await person.presses("Premier regard", on=person.home)
        words = ("Inviter l’équipe", "Terminer la mise en place", "D’où cela vient-il")
        offered[user] = [each for each in words if each in person.reads]
    assert offered == {
        ELODIE: ["Inviter l’équipe", "Terminer la mise en place", "D’où cela vient-il"],
        MARC: ["Inviter l’équipe", "D’où cela vient-il"],
        CLAIRE: ["D’où cela vient-il"],
    }


async def test_home_is_in_the_language_of_the_person(place: Town) -> None:
    await invited(place)
    place.until(TUESDAY)
    sofia = await place.person(SOFIA).opens_home()
    assert "Next. Goals: about" in said(sofia.home)
    assert "Individual activity is never shown to anybody." in said(sofia.home)
    assert "Français" in said(sofia.home)


@pytest.mark.parametrize("user", [JEANNE, KIM])
async def test_a_stranger_sees_no_trace_of_the_project(place: Town, user: str) -> None:
    await invited(place)
    place.until(TUESDAY)
    somebody = await place.person(user).opens_home()
    assert "Boréal" not in said(somebody.home)
    for command in ("status", "team", "todo"):
        await somebody.runs(f"/cadrage {command}", channel=BOREAL)
        assert "Boréal" not in somebody.told
        assert "Claire" not in somebody.told


FORGEABLE = (
    "status.open", "team.open", "look.open", "register.open", "note.make", "invite.open", "send.open",
    "team.change", "setup.finish", "todo.open", "invitation.who", "reminder.stop",
)  # fmt: skip


@pytest.mark.parametrize("action", FORGEABLE)
async def test_a_forged_project_id_opens_nothing_for_a_stranger(place: Town, action: str) -> None:
    """What exists and what does not are the same to somebody who may know neither."""
    project = await invited(place)
    heard = []
    for value in (project, "0" * 32):
        jeanne = place.person(JEANNE)
        button = {
            "type": "button",
            "action_id": action,
            "text": {"type": "plain_text", "text": "x"},
            "value": value,
        }
        await jeanne.presses("x", on={"blocks": [{"type": "actions", "elements": [button]}]})
        heard.append(jeanne.told or jeanne.reads)
    assert heard[0] == heard[1]
    assert "Boréal" not in heard[0]


async def test_the_register_is_one_press_away_and_paged(place: Town) -> None:
    await invited(place)
    elodie = await place.person(ELODIE).opens_home()
    await elodie.presses("Toutes les décisions", on=elodie.home)
    assert elodie.sees("Décisions", "DEC-1")
    await elodie.presses("Questions ouvertes")
    assert elodie.sees("Questions ouvertes")


async def test_home_stays_far_below_slacks_hundred_blocks(place: Town) -> None:
    """With twenty projects and every dialogue open."""
    for n in range(3):
        await founded(place, name=f"Projet {n}")
    for n in range(20):
        place.parts.db.run_sync(
            projects.create, workspace=WORKSPACE, channel=f"C{n}", language="fr", facilitator=ELODIE,
            name=f"Autre {n}", now=place.clock.now(),
        )  # fmt: skip
    elodie = await place.person(ELODIE).opens_home()
    assert len(elodie.home["blocks"]) < 50


async def test_opening_home_twice_draws_it_once_and_an_event_again_changes_nothing(place: Town) -> None:
    event = {"type": "event_callback", "event_id": "Ev1", "team_id": WORKSPACE,
             "event": {"type": "app_home_opened", "user": ELODIE, "tab": "home"}}  # fmt: skip
    for _ in range(3):
        reply = await place.send(event)
        assert reply.ack == {}
    place.delivers()
    assert "Aucun projet" in said(place.homes[ELODIE])


async def test_the_messages_tab_draws_nothing(place: Town) -> None:
    event = {"type": "event_callback", "event_id": "Ev2", "team_id": WORKSPACE,
             "event": {"type": "app_home_opened", "user": ELODIE, "tab": "messages"}}  # fmt: skip
    await place.send(event)
    place.delivers()
    assert place.homes == {}


async def test_status_counts_and_names_nobody(place: Town) -> None:
    await invited(place)
    place.until(TUESDAY)
    ines = await place.person(INES).runs("/cadrage état")
    assert "Boréal · Cadrage, semaine 0" in ines.told
    assert "0 réponse sur 6" in ines.told
    for name in ("Marc", "Hugo", "Claire", "Sofia"):
        assert name not in ines.told


async def test_the_global_shortcut_opens_the_menu(place: Town) -> None:
    await founded(place)
    payload = {"type": "shortcut", "callback_id": "open_cadrage", "team": {"id": WORKSPACE},
               "user": {"id": ELODIE, "team_id": WORKSPACE}, "trigger_id": "t"}  # fmt: skip
    await place.send(payload)
    assert place.person(ELODIE).sees("À faire maintenant")


async def test_home_drawn_again_under_the_finger_still_takes_the_press(place: Town) -> None:
    """Slack gives blocks without an id a new one at each drawing."""
    await invited(place)
    place.until(TUESDAY)

    async def drawn() -> list[str]:
        home = (await place.person(INES).opens_home()).home
        return [block["block_id"] for block in home["blocks"] if elements_of(block)]

    assert await drawn() == await drawn()
