"""Acceptance points 1, 2 and 4: from "Start a project" to a first look, and nothing leaves before Send."""

import asyncio
import json

import pytest

from flows.playbook import Playbook
from storage import project as projects
from storage.database import Database
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    KIM,
    MARC,
    PAUL,
    SILENT,
    SOFIA,
    WORKSPACE,
    Town,
    founded,
    said,
    town,
)


def mine(place: Town, user: str) -> list[str]:
    """Names of somebody's projects."""
    found = place.parts.db.read_sync(projects.for_user, workspace=WORKSPACE, user=user)
    return [project.name for project in found]


async def test_1_a_newcomer_gets_a_project_a_team_and_a_first_look_that_quotes_their_answers(
    place: Town,
) -> None:
    await founded(place)
    elodie = place.person(ELODIE)
    assert elodie.sees("Projet créé", "Boréal est en place", "Pilote du projet : Marc Delorme")
    assert elodie.sees("Réponses insuffisantes pour conclure", "C’est normal le premier jour")
    assert elodie.reads.count("Vu dans :") >= 2
    assert elodie.sees("Le produit lui-même")  # SET03, in her own words
    assert elodie.sees("Qui pilote : Une direction métier ou fonctionnelle")
    assert elodie.sees("Inviter l’équipe", "D’où cela vient-il ?")


async def test_1_the_set_up_says_how_far_the_first_look_is(place: Town) -> None:
    """The rest of the set-up can wait: its minutes would only frighten."""
    elodie = await place.person(ELODIE).runs("/cadrage new", channel=BOREAL)
    assert elodie.sees("1 sur 6 · environ dix minutes jusqu’au premier regard")
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": BOREAL})
    await elodie.sends()
    assert elodie.sees("2 sur 6 · Nominatif")


async def test_1_the_first_look_says_how_it_is_worked_out(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).presses("D’où cela vient-il ?")
    assert elodie.sees("Rien n’est deviné", "La dernière fois, qu’est-ce qui a expliqué l’écart")


async def test_2_before_send_nobody_but_the_facilitator_has_received_anything(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).presses("Inviter l’équipe")
    place.delivers()
    assert elodie.sees("Chaque personne reçoit un message privé")
    assert place.posts == {}
    assert set(place.homes) == {ELODIE}


async def test_4_everything_can_be_done_from_home_without_a_command(place: Town) -> None:
    elodie = await place.person(ELODIE).opens_home()
    assert "Aucun projet" in said(elodie.home)
    await elodie.presses("Commencer un projet", on=elodie.home)
    assert elodie.sees("Nouveau projet", "Comment s’appelle le projet ?", "Canal du projet")
    await founded(place)
    await elodie.opens_home()
    home = said(elodie.home)
    for words in ("Avancement", "Équipe et rôles", "Envoyer des questions", "Préparer la note",
                  "Mes réglages", "Aide", "Commencer un projet", "Ce qui m’attend", "English"):  # fmt: skip
        assert words in home


async def test_without_a_project_one_reads_an_example_and_that_nobody_was_contacted(place: Town) -> None:
    elodie = await place.person(ELODIE).opens_home()
    assert "Commencer ne contacte personne" in said(elodie.home)
    await elodie.presses("Voir un exemple", on=elodie.home)
    assert elodie.sees("Une entreprise fictive en semaine 5", "Corvanne Froid — Feu vert sous conditions.")
    assert elodie.sees("Préparation 51/100", "Prochaine étape")
    assert '"button"' not in json.dumps(elodie.modal), "read-only"
    await elodie.presses("Qui verra quoi", on=elodie.home)
    assert elodie.sees("Personne ne peut voir qui a répondu quoi")
    place.delivers()
    assert place.posts == {}


async def test_the_first_screen_prefills_name_language_day_and_this_channel(place: Town) -> None:
    elodie = await place.person(ELODIE).runs("/cadrage nouveau Grand Nord", channel=BOREAL)
    blocks = {
        block["block_id"].split(":0")[0]: block
        for block in elodie.modal["blocks"]
        if block["type"] == "input"
    }
    assert blocks["q:SET01"]["element"]["initial_value"] == "Grand Nord"
    assert blocks["q:SET20"]["element"]["initial_option"]["value"] == "fr"
    assert blocks["q:SET18"]["element"]["initial_date"] == "2026-01-12"
    assert blocks["channel"]["element"]["initial_conversation"] == BOREAL
    assert blocks["channel"]["element"]["filter"]["exclude_external_shared_channels"] is True
    assert elodie.sees("Vous animerez ce projet", "Rien n’est créé avant que vous n’appuyiez sur Suivant.")
    assert elodie.modal["close"]["text"] == "Annuler"


async def test_sending_the_first_screen_twice_makes_one_project(place: Town) -> None:
    elodie = await place.person(ELODIE).runs("/cadrage new", channel=BOREAL)
    first = elodie.modal
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": BOREAL})
    await elodie.sends()
    assert mine(place, ELODIE) == ["Boréal"]
    place.slack.put(first["id"], first)  # the double click: the same form again
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": BOREAL})
    await elodie.sends()
    assert mine(place, ELODIE) == ["Boréal"]
    assert elodie.sees("Votre entreprise")


async def test_a_first_screen_corrected_after_a_lost_acknowledgement_is_kept_as_corrected(
    place: Town,
) -> None:
    elodie = await place.person(ELODIE).runs("/cadrage new", channel=BOREAL)
    first = elodie.modal
    elodie.fills({"q:SET01": "Boréla", "q:SET02": "first", "channel": BOREAL})
    await elodie.sends()
    place.slack.put(first["id"], first)  # she never heard that it was saved, and corrects it
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": BOREAL})
    await elodie.sends()
    assert mine(place, ELODIE) == ["Boréal"]
    assert elodie.sees("Votre entreprise")


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ({"is_private": True, "is_member": False}, "Invitez-moi d’abord"),
        (None, "Invitez-moi d’abord"),
        ({"is_ext_shared": True, "is_member": True}, "partagé avec une autre entreprise"),
        ({"is_archived": True}, "archivé"),
        ({"is_im": True}, "message direct"),
    ],
)
async def test_a_channel_that_cannot_hold_the_project_is_refused_under_its_field(
    place: Town, channel: dict[str, bool] | None, words: str
) -> None:
    if channel is not None:
        place.slack.channels["C0SECRET"] = {"id": "C0SECRET", **channel}
    elodie = await place.person(ELODIE).runs("/cadrage new")
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": "C0SECRET"})
    await elodie.sends()
    assert words in elodie.errors["channel"]
    assert mine(place, ELODIE) == []


@pytest.mark.parametrize(("members", "made"), [([MARC, ELODIE], ["Boréal"]), ([MARC, CLAIRE], []), ([], [])])
async def test_a_private_channel_must_be_one_that_the_person_is_in(
    place: Town, members: list[str], made: list[str]
) -> None:
    """The bot may have been let in by somebody else; what is said there is for those inside."""
    place.slack.channels["C0SECRET"] = {"id": "C0SECRET", "is_private": True, "is_member": True}
    place.slack.members["C0SECRET"] = members
    elodie = await place.person(ELODIE).runs("/cadrage new")
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": "C0SECRET"})
    await elodie.sends()
    assert bool(elodie.errors) is not bool(made)
    assert made or elodie.errors["channel"].startswith("Vous n’êtes pas dans ce canal.")
    assert mine(place, ELODIE) == made


async def test_a_channel_slack_says_nothing_about_in_time_makes_no_project(place: Town) -> None:
    place.slack.channels["C0SLOW"] = SILENT
    elodie = await place.person(ELODIE).runs("/cadrage new")
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": "C0SLOW"})
    await elodie.sends()
    assert elodie.errors["channel"].startswith("Slack n’a pas répondu à temps. Appuyez de nouveau")
    assert mine(place, ELODIE) == []
    place.slack.channels["C0SLOW"] = {"id": "C0SLOW"}
    await elodie.sends()
    assert mine(place, ELODIE) == ["Boréal"]


async def test_nobody_counts_as_a_colleague_before_slack_has_said_so(place: Town) -> None:
    """Kim is a guest, which only the profile tells; it comes too late once, then it comes."""
    place.slack.silent.add(KIM)
    kim = await place.person(KIM).runs("/cadrage new")
    assert "Slack has not told me in time" in kim.told
    place.slack.silent.clear()
    await kim.runs("/cadrage new")
    assert "Projects are started by members of this workspace" in kim.told


async def test_a_name_left_open_gives_the_working_title_and_the_exit_is_kept(place: Town) -> None:
    elodie = await place.person(ELODIE).runs("/cadrage new")
    action = next(
        e
        for b in elodie.modal["blocks"]
        for e in b.get("elements", ())
        if "exit:SET01" in e.get("action_id", "")
    )
    elodie.fills({"q:SET02": "first", "channel": BOREAL})
    await elodie.presses("Je ne sais pas")
    assert elodie.sees("Je ne sais pas est noté", "Répondre quand même")
    assert action["action_id"] == "setup.exit:SET01"
    elodie.fills({"q:SET02": "first", "channel": BOREAL})
    await elodie.sends()
    assert not elodie.errors
    assert mine(place, ELODIE) == ["Projet CRM"]


async def test_an_exit_of_the_first_screen_can_be_taken_back(place: Town) -> None:
    elodie = await place.person(ELODIE).runs("/cadrage new")
    await elodie.presses("Je ne sais pas")
    await elodie.presses("Répondre quand même")
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": BOREAL})
    await elodie.sends()
    assert mine(place, ELODIE) == ["Boréal"]


async def test_a_forged_exit_on_a_question_that_has_none_is_left_out(place: Town) -> None:
    """The start date cannot be skipped; a form that says so is user input (reliability T11)."""
    elodie = await place.person(ELODIE).runs("/cadrage new")
    view = elodie.modal
    view["private_metadata"] = view["private_metadata"][:-1] + ',"x":{"SET18":"unknown","NOPE":"later"}}'
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": BOREAL})
    await elodie.sends()
    found = place.parts.db.read_sync(projects.for_user, workspace=WORKSPACE, user=ELODIE)
    assert found == [] or found[0].start is not None


async def test_a_guest_who_forges_the_form_starts_nothing(place: Town) -> None:
    elodie = await place.person(ELODIE).runs("/cadrage new")
    kim = place.person(KIM)
    kim.fills({"q:SET01": "Mine", "q:SET02": "first", "channel": BOREAL})
    await kim.sends()
    assert mine(place, KIM) == []
    assert "Projects are started by members of this workspace" in elodie.reads


async def test_another_project_of_the_same_person_is_another_one(place: Town) -> None:
    await founded(place)
    await founded(place, name="Austral")
    assert sorted(mine(place, ELODIE)) == ["Austral", "Boréal"]
    elodie = await place.person(ELODIE).opens_home()
    assert elodie.home["blocks"][0]["text"]["text"] == "Austral"
    await elodie.presses("Boréal", on=elodie.home)
    place.delivers()
    assert elodie.home["blocks"][0]["text"]["text"] == "Boréal"


async def test_the_people_named_make_the_cast(place: Town) -> None:
    await founded(place)
    cast = place.parts.db.read_sync(projects.for_user, workspace=WORKSPACE, user=ELODIE)[0].cast
    assert cast.holder("lead") == MARC
    assert cast.holder("arbiter") == CLAIRE
    assert set(cast.people("team")) == {MARC, INES, PAUL, SOFIA, HUGO}


async def test_a_quoted_table_keeps_its_lines_apart(place: Town) -> None:
    """R59 quotes the team: one person after the other, not one run-on line."""
    elodie = await place.person(ELODIE).runs("/cadrage new", channel=BOREAL)
    elodie.fills({"q:SET01": "Nord", "q:SET02": "first", "channel": BOREAL})
    await elodie.sends()
    elodie.fills({"q:SET04": "50_249", "q:SET05": "directive", "q:SET06": "complex_b2b", "q:SET07": "mixed"})
    await elodie.sends()
    elodie.fills({"q:SET10": MARC, "q:SET11": CLAIRE, "q:SET12": CLAIRE, "q:SET13": [MARC, INES, SOFIA]})
    await elodie.sends()
    for user, function in {MARC: "sales", INES: "marketing", SOFIA: "it", CLAIRE: "management"}.items():
        block = next(b for b in elodie.modal["blocks"] if f":{user}:function" in b["block_id"])
        elodie.fills({block["block_id"]: function})
    elodie.fills({"q:SET08": "undecided"})
    await elodie.sends()
    assert not elodie.errors, elodie.errors
    assert elodie.sees("Marc Delorme · Vente · Pilote (une seule personne) ; Inès Rahmani · Marketing")


async def test_change_reopens_the_people_of_the_set_up_for_the_facilitator_only(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage equipe")
    assert "Pilote du projet : Marc Delorme" in elodie.told
    await elodie.presses("Modifier", on=elodie.heard)
    assert elodie.sees(
        "Personnes clés", "Personne n’est contacté avant que vous", "Qui est le pilote du projet ?"
    )
    await elodie.sends()
    assert elodie.sees("Qui pilote")
    assert elodie.modal["submit"]["text"] == "Suivant", "the project is there already"
    await elodie.sends()
    assert elodie.modal["title"]["text"] == "Premier regard"
    ines = await place.person(INES).runs("/cadrage equipe")
    assert "Pilote du projet" in ines.told
    assert "Modifier" not in ines.told


async def test_two_impatient_clicks_at_once_make_one_project(database: Database, playbook: Playbook) -> None:
    """On both databases: the second submission waits for the first, and gets its answer."""
    place = town(database, playbook)
    elodie = await place.person(ELODIE).runs("/cadrage new", channel=BOREAL)
    elodie.fills({"q:SET01": "Boréal", "q:SET02": "first", "channel": BOREAL})
    payload = elodie.submission()
    replies = await asyncio.gather(*(place.send(payload) for _ in range(4)))
    assert mine(place, ELODIE) == ["Boréal"]
    assert {reply.ack["response_action"] for reply in replies} == {"update"}
