"""`/cadrage`: verbs in both languages, help by role (acceptance 5), what happens to a word nobody knows."""

import re
from dataclasses import replace

import pytest

from bot import verbs
from bot.commands import COMMANDS
from bot.hub import pages
from bot.routes import ROUTES
from tests.bot.surfaces.stage import (
    CLAIRE,
    COMPANY,
    ELODIE,
    HUGO,
    INES,
    JEANNE,
    KIM,
    MARC,
    PAUL,
    SOFIA,
    Json,
    Profile,
    Someone,
    Town,
    flat,
    founded,
    said,
)
from tests.bot.surfaces.test_invitations import invited

SPELLINGS = {
    "todo": "todo", "afaire": "todo", "status": "status", "etat": "status", "état": "status",
    "ÉTAT": "status",
    "team": "team", "equipe": "team", "équipe": "team", "settings": "settings", "reglages": "settings",
    "réglages": "settings", "help": "help", "aide": "help", "note": "note",
    "log ERP ouvert": "log", "journal": "log",
    "trancher": "arbitrate", "arbitrage ISS-4": "arbitrate", "atelier W06": "workshop",
    "workshop": "workshop", "voie": "route", "critères": "criteria", "route": "route",
    "new": "new", "nouveau": "new",
    "dialogue": "dialogue", "D02 dialogue": "dialogue", "": "", "  ": "",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "key"), SPELLINGS.items())
def test_verbs_are_understood_in_both_languages_with_and_without_accents(typed: str, key: str) -> None:
    assert verbs.parse(typed).key == key


@pytest.mark.parametrize("typed", ["workshp", "é" * 500, "\u202eteam", "<!channel>", "a " * 400])
def test_anything_else_is_no_verb(typed: str) -> None:
    assert verbs.parse(typed).key is None


def test_a_verb_inside_a_long_sentence_is_not_a_command() -> None:
    assert verbs.parse("please tell the whole team about it").key is None


def test_every_verb_has_a_handler_a_button_twin_and_words_in_both_languages() -> None:
    keys = {verb.key for verb in verbs.VERBS}
    assert keys | {"", "?"} == set(COMMANDS)
    assert keys == set(pages.TWINS)
    assert sorted(keys) == sorted(key for _, group in pages.GROUPS for key in group)
    for action, _ in pages.TWINS.values():
        assert action in ROUTES.actions
    for verb in verbs.VERBS:
        assert verb.does.en
        assert verb.does.fr
        assert verb.does.en != verb.does.fr


ANYBODY = {"win", "initiative", "forget-me"}
RECORDING = {"decision", "issue", "risk", "assumption", "action"}
MEMBER = {
    "todo", "status", "team", "new", "plan", "diag", "log", "arbitrate", "workshop", "coach", "settings",
    "help",
    "calendar", "doc", "route", "criteria", *RECORDING, *ANYBODY,
}  # fmt: skip
HELP = {
    INES: MEMBER,
    CLAIRE: {*MEMBER, "export", "digest"},
    MARC: {*MEMBER, "dialogue", "note", "digest"},
    ELODIE: {*MEMBER, "dialogue", "note", "export", "digest", "pause"},
    KIM: {"todo", "settings", "help", *ANYBODY},
    JEANNE: {"todo", "new", "settings", "help", *ANYBODY},
}


@pytest.mark.parametrize(("user", "keys"), HELP.items())
async def test_5_help_shows_only_what_my_role_may_do(place: Town, user: str, keys: set[str]) -> None:
    await founded(place)
    person = await place.person(user).runs("/cadrage help")
    shown = set(re.findall(r"`/cadrage ([\w-]+)", person.heard["text"]))
    assert {verbs.parse(word).key for word in shown} == keys


async def test_5_help_is_in_my_language(place: Town) -> None:
    await founded(place)
    french = await place.person(INES).runs("/cadrage aide")
    english = await place.person(SOFIA).runs("/cadrage aide")
    assert "/cadrage afaire" in french.heard["text"]
    assert "Les commandes sont facultatives" in french.told
    assert "/cadrage todo" in english.heard["text"]
    assert "You do not need commands" in english.told


async def test_what_help_lists_is_what_works(place: Town) -> None:
    """Each verb listed for the facilitator is accepted, and none of them is refused."""
    await founded(place)
    for verb in verbs.VERBS:
        person = await place.person(ELODIE).runs(f"/cadrage {verb.name.fr}")
        assert "Cela revient" not in person.told, verb.key
        assert "Je ne trouve rien" not in person.told, verb.key


async def test_a_verb_somebody_may_not_use_says_whose_it_is(place: Town) -> None:
    await founded(place)
    ines = await place.person(INES).runs("/cadrage note")
    assert flat("Cela revient à l’animateur (Élodie Martin)") in ines.told


async def test_an_unknown_word_offers_the_nearest_verb_as_a_button(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage dialoge")
    assert (
        flat("Je ne connais pas « dialoge ». Vouliez-vous dire `/cadrage dialogue D04 [@personnes]")
        in elodie.told
    )
    assert "Toutes les commandes" in elodie.told


async def test_an_unknown_word_never_offers_what_one_may_not_do(place: Town) -> None:
    await founded(place)
    ines = await place.person(INES).runs("/cadrage dialoge")
    assert "Vouliez-vous dire" not in ines.told


async def test_hostile_words_come_back_as_text(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage <!channel>*&<https://x.y|click>")
    assert "<!channel>" not in elodie.heard["text"]
    assert "&lt;!channel&gt;" in elodie.heard["text"]


async def test_bare_command_shows_the_next_action_and_a_button_for_each_verb(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage")
    assert "À faire maintenant" in elodie.told
    for key in HELP[ELODIE]:
        wanted = f"'{key}:" if key in RECORDING else pages.TWINS[key][0]
        assert wanted in str(elodie.heard["blocks"])


async def test_without_a_project_todo_offers_the_start(place: Town) -> None:
    jeanne = await place.person(JEANNE).runs("/cadrage afaire")
    assert "Aucun projet" in jeanne.told
    assert "Commencer un projet" in jeanne.told


async def test_a_guest_without_a_project_is_offered_nothing(place: Town) -> None:
    kim = await place.person(KIM).runs("/cadrage todo")
    assert "I find nothing there for you" in kim.told
    assert "Start a project" not in kim.told
    await kim.runs("/cadrage new")
    assert "Projects are started by members of this workspace" in kim.told


async def test_people_and_a_day_may_be_typed_with_a_dialogue(place: Town) -> None:
    """The usual form opens with them; the rest of the team is not ticked."""
    await invited(place)
    elodie = await place.person(ELODIE).runs(f"/cadrage dialogue D04 @Inès <@{MARC}|marc> avant le 30/01")
    assert ticked(elodie) == {INES, MARC}
    assert initial(elodie, "closes") == "2026-01-30"
    assert "Envoyer 2 messages" in said(elodie.modal["submit"])
    await elodie.sends()
    assert elodie.sees("2 invitations")


async def test_what_cannot_be_is_said_and_the_rest_is_kept(place: Town) -> None:
    await invited(place)
    place.slack.people["U0ROBOT"] = Profile(name="Robbie", bot=True)
    place.slack.people[PAUL] = replace(COMPANY[PAUL], gone=True)
    place.clock.passes(hours=25)  # so that Slack is asked again who they are
    line = f"D04 <@{INES}> <@{JEANNE}> <@U0ROBOT> <@{PAUL}> <@{SOFIA}> @Zoé par 01/01"
    elodie = await place.person(ELODIE).runs(f"/cadrage dialogue {line}")
    assert ticked(elodie) == {INES}
    for sentence in (
        "Jeanne Aubry n’est pas dans ce projet.",
        "Robbie est un robot",
        "Paul Kermorgan n’est plus sur Slack",
        "Sofia Lindqvist n’y a aucune question.",
        "Personne dans ce projet ne s’appelle « @Zoé ».",
        "jeudi 1er janvier est aujourd’hui ou déjà passé",
    ):
        assert elodie.sees(sentence), sentence
    marc = await place.person(MARC).runs("/cadrage dialogue D04 @Hugo by soon")
    assert marc.sees("« soon » n’est pas une date que je sache lire.")
    assert ticked(marc) == {HUGO}
    wave = await place.person(ELODIE).runs("/cadrage dialogue D07 @Inès")
    assert "posée à toutes les personnes concernées" in wave.told


def ticked(somebody: Someone) -> set[str]:
    options = field(somebody, "who").get("initial_options", [])
    return {one["value"] for one in options}


def initial(somebody: Someone, name: str) -> str:
    return str(field(somebody, name)["initial_date"])


def field(somebody: Someone, name: str) -> Json:
    return next(b["element"] for b in somebody.modal["blocks"] if b["block_id"] == name)
