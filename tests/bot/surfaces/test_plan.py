"""The plan as people see and change it: `/cadrage plan`, any dialogue sent, guards set aside (2.1)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from flows.dialogue.effects import Draft, Record, Source
from flows.words import Words
from storage import dialogue as dialogues
from storage import plan, recording, register
from storage import project as projects
from storage.database import Connection
from storage.recording import Task
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    COMPANY,
    ELODIE,
    HUGO,
    INES,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Json,
    Someone,
    Town,
    founded,
    said,
)
from tests.bot.surfaces.test_invitations import card, invited, set_aside

LATER = "2026-03-20"


def line(view: Json, words: str) -> Json:
    """The plan with only the line that says these words, so that its menu can be found."""
    shown = [b for b in view["blocks"] if words in said(b) and "plan.undo" not in str(b)]
    found = next((b for b in shown if "accessory" in b), shown[0])
    return {**view, "blocks": [found]}


async def plans(place: Town, user: str = ELODIE, text: str = "/cadrage plan") -> Someone:
    return await place.person(user).runs(text, channel=BOREAL)


def runs(place: Town, project: str) -> dict[str, dialogues.Run]:
    every = place.parts.db.read_sync(dialogues.runs, workspace=WORKSPACE, project_id=project)
    return {run.flow: run for run in every}


# -- what one sees -----------------------------------------------------------------------------------------


async def test_the_plan_shows_every_week_with_days_states_and_now(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 20, 12, 0, tzinfo=UTC))
    elodie = await plans(place)
    for words in (
        "Semaine 1 (en cours)", "Semaine 6", "Rien ne part sans vous, sauf les points réguliers",
        "D04 Processus : le prévu, le vécu, ce qui bouge lundi 26 janvier",
        "D14 Découverte des solutions lundi 9 février",
        "Pas encore possible : après D02",
        "W03 Le prévu, le vécu, ce qui bouge vendredi 30 janvier",
    ):  # fmt: skip
        assert elodie.sees(words), (words, elodie.reads)
    assert "D02 Objectifs et enjeux lundi 19 janvier · l’équipe et le sponsor · 0 réponse" in elodie.reads
    assert elodie.reads.count("0 réponse sur 6") == 1, "what was sent as one is one line"
    assert "D02 Objectifs et enjeux, suite vendredi 23 janvier" in elodie.reads


async def test_the_plan_has_a_twin_in_home_and_speaks_both_languages(place: Town) -> None:
    await invited(place)
    sofia = await place.person(SOFIA).opens_home()
    await sofia.presses("Plan", on=sofia.home)
    assert sofia.sees(
        "Week 0 (now)", "The facilitator may move them.", "D04 Processes: planned, real, changing"
    )
    assert not any("accessory" in block for block in sofia.modal["blocks"]), "members change nothing"


async def test_weeks_that_are_over_are_one_line_each(place: Town) -> None:
    project = await invited(place)
    set_aside(place, project, "0.4.W01")
    place.until(datetime(2026, 1, 20, 12, 0, tzinfo=UTC))
    assert (await plans(place)).sees("Semaine 0 : 4 étapes, terminées.")


async def test_a_stranger_finds_no_plan(place: Town) -> None:
    await invited(place)
    kim = await place.person("U0KIM").runs("/cadrage plan", channel=BOREAL)
    assert "Je ne trouve rien" in kim.told or "find nothing" in kim.told


# -- sending -----------------------------------------------------------------------------------------------


async def test_any_dialogue_can_be_sent_and_the_form_says_what_goes_to_whom(place: Town) -> None:
    """D04 to the front office: who, how long, until when, and the message as it will be read."""
    project = await invited(place)
    place.until(datetime(2026, 1, 26, 9, 0, tzinfo=UTC))
    elodie = await place.person(ELODIE).runs("/cadrage dialogue d04")
    assert elodie.sees("Marc Delorme, Inès Rahmani, Paul Kermorgan et Hugo Teixeira", "environ 1", "Clôture")
    assert "Sofia" not in elodie.reads
    await elodie.sends()
    assert elodie.sees("4 invitations sont en route")
    place.until(datetime(2026, 1, 26, 16, 0, tzinfo=UTC))
    assert "Processus" in card(place, INES, 1).text
    assert len(place.to(SOFIA, "invitation")) == 1
    assert runs(place, project)["D04"].status == "open"
    assert (await plans(place)).sees("D04 Processus")


async def test_each_kind_of_respondent_reads_their_own_message(place: Town) -> None:
    """Sponsorship has no team message: the sponsor's and the lead's are shown."""
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D03")
    assert elodie.sees("Claire Vasseur · Portage", "Marc Delorme · Portage", "À qui appartient")


async def test_without_argument_everything_that_can_be_sent_is_offered(place: Town) -> None:
    await invited(place)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue")
    assert elodie.sees("D15 Voie retenue", "D02 Objectifs et enjeux", "Anonyme, par consultations")
    await elodie.presses("Envoyer", on=line(elodie.modal, "D08"))
    assert elodie.sees("Rétribution", "Claire Vasseur")


async def test_an_anonymous_dialogue_opens_its_wave(place: Town) -> None:
    await invited(place)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D07")
    assert elodie.sees("Ce que nous ressentons", "5 personnes sont invitées")
    assert "OBJ" not in elodie.reads
    await elodie.sends()
    place.delivers()
    elodie = await plans(place)
    ordered = said(line(elodie.modal, "Ce que nous ressentons"))
    assert "mardi 13 janvier · anonyme · l’équipe projet · s’ouvre d’elle-même" in ordered
    place.until(datetime(2026, 1, 13, 12, 0, tzinfo=UTC))
    elodie = await plans(place)
    assert "anonyme · l’équipe projet · clôture" in said(line(elodie.modal, "Ce que nous ressentons"))


async def test_the_plan_opens_a_wave_on_its_day_with_what_it_asks_with_it(place: Town) -> None:
    """C01 with CHG12, on the Wednesday of week 5."""
    await invited(place)
    elodie = await plans(place)
    await elodie.presses("Envoyer…", on=line(elodie.modal, "mercredi 18 février · anonyme"))
    opens = next(b for b in elodie.modal["blocks"] if b["block_id"] == "opens")["element"]
    assert opens["initial_date"] == "2026-02-18"
    ticked = next(b for b in elodie.modal["blocks"] if b["block_id"] == "added")["element"]
    assert [option["value"] for option in ticked["initial_options"]] == ["CHG12"]


async def test_the_plan_proposes_what_comes_and_its_button_sends_it(place: Town) -> None:
    project = await invited(place)
    set_aside(place, project, "1.3.D07", "1.5.D02")
    place.until(datetime(2026, 1, 26, 9, 0, tzinfo=UTC))
    elodie = await place.person(ELODIE).opens_home()
    assert (
        "Semaine 2 : envoyer Processus : le prévu, le vécu, ce qui bouge avant W03, vendredi 30 janvier."
        in said(elodie.home)
    )
    await elodie.presses("Envoyer", on=elodie.home)
    await elodie.sends()
    assert elodie.sees("4 invitations sont en route")
    kept = place.parts.db.read_sync(plan.steps, workspace=WORKSPACE, project_id=project)
    assert kept["2.1.D04"].state == "sent"
    assert kept["2.1.D04"].sent_as == runs(place, project)["D04"].id


async def test_a_step_goes_to_those_of_its_line_and_the_others_keep_theirs(place: Town) -> None:
    """3.1 is the lead's and the facilitator's form of D05; 3.3 is one question to the sponsor."""
    project = await invited(place, closes=LATER)
    place.until(datetime(2026, 2, 2, 9, 0, tzinfo=UTC))
    elodie = await plans(place)
    await elodie.presses("Envoyer…", on=line(elodie.modal, "D05 Chantiers annexes lundi 2 février"))
    assert elodie.sees("Marc Delorme", "Vous : 8 questions", "dans l’accueil, sans message")
    assert "Claire" not in elodie.reads
    await elodie.sends()
    kept = place.parts.db.read_sync(plan.steps, workspace=WORKSPACE, project_id=project)
    assert kept["3.1.D05"].state == "sent"
    assert "3.3.D05" not in kept
    elodie = await plans(place)
    await elodie.presses("Envoyer…", on=line(elodie.modal, "D05 Chantiers annexes mercredi 4 février"))
    assert elodie.sees("Claire Vasseur")
    await elodie.sends()
    place.until(datetime(2026, 2, 4, 16, 0, tzinfo=UTC))
    assert "Chantiers annexes" in place.to(CLAIRE, "invitation")[-1].text


async def test_a_form_of_the_facilitator_alone_needs_no_message(place: Town) -> None:
    await invited(place, closes=LATER)
    await shares_goals(place)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D14")
    assert elodie.modal["submit"]["text"] == "Ouvrir le formulaire"
    await elodie.sends()
    assert elodie.sees("Un formulaire vous attend")
    await elodie.presses("Remplir le formulaire")
    assert elodie.sees("Quelles séances sont prévues ?")


async def shares_goals(place: Town) -> None:
    """The second part of goals is sent, and the facilitator says that the goals are shared."""
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D02")
    await elodie.sends()
    await elodie.presses("Remplir le formulaire")
    elodie.fills({"q:OBJ09": "shared"})
    await elodie.sends()
    assert not elodie.errors


async def test_a_second_vendor_session_asks_again_without_a_second_invitation(place: Town) -> None:
    """4.2 asks the team before the first session, 5.2 before the second: the same dialogue, more of it."""
    project = await invited(place, closes=LATER)
    await shares_goals(place)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D14")
    elodie.fills({"closes": LATER})
    await elodie.sends()
    for number, day in ((1, "mardi 10 février"), (2, "mardi 17 février")):
        plans_a_session(place, project, number)
        place.until(datetime(2026, 2, 3 + 7 * number, 9, 0, tzinfo=UTC))
        elodie = await plans(place)
        await elodie.presses("Envoyer…", on=line(elodie.modal, f"D14 Découverte des solutions {day}"))
        assert elodie.sees("À quelles deux questions voulez-vous une réponse ?")
        elodie.fills({"closes": LATER})
        await elodie.sends()
        place.until(datetime(2026, 2, 4 + 7 * number, 17, 0, tzinfo=UTC))
    assert sum("Découverte des solutions" in post.text for post in place.to(INES, "invitation")) == 1
    [more] = [post for post in place.to(INES, "second_part") if "Découverte" in post.text]
    assert "2 nouvelles questions pour vous" in more.text
    assert "VND-2" in more.text
    kept = place.parts.db.read_sync(plan.steps, workspace=WORKSPACE, project_id=project)
    assert {key for key, step in kept.items() if "D14" in key and step.state == "sent"} == {
        "4.1.D14", "4.2.D14", "5.2.D14",
    }  # fmt: skip


def plans_a_session(place: Town, project: str, number: int) -> None:
    """One line of VEN01, as its recording keeps it."""
    run = runs(place, project)["D14"]
    source = Source(dialogue=run.id, question="VEN01", respondent=f"x{number}")
    draft = Draft(
        kind="vendor", item=str(number), title=Words.same(f"Vendor {number}"), fields={"date": "2026-02-13"}
    )

    def keep(conn: Connection) -> None:
        task = Task(
            conn=conn, workspace=WORKSPACE, project_id=project, dialogue_id=run.id, now=place.clock.now()
        )
        recording.record(task, Record(source=source, drafts=(draft,)))

    place.parts.db.run_sync(keep)


# -- guards ------------------------------------------------------------------------------------------------


async def test_nothing_is_sent_before_the_names_and_the_way_to_them_is_a_button(place: Town) -> None:
    project = await founded(place)
    place.parts.db.run_sync(projects.set_role, workspace=WORKSPACE, id=project, role="sponsor", user=None)
    place.parts.db.run_sync(projects.set_role, workspace=WORKSPACE, id=project, role="arbiter", user=None)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D04")
    assert "Avant tout envoi, la mise en place doit nommer : sponsor et arbitre" in elodie.told
    assert "Terminer la mise en place" in elodie.told


async def test_7_vendors_before_goals_explains_itself_and_goes_ahead_with_a_reason(place: Town) -> None:
    """Acceptance 7. The reason is kept, is a decision, and is shown in the plan."""
    project = await invited(place, closes=LATER)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D14")
    assert elodie.sees("Les objectifs ne sont pas encore écrits et partagés", "Je continue malgré tout")
    await elodie.sends()
    assert set(elodie.errors) == {"anyway", "because"}
    elodie.fills({"anyway": ["yes"], "because": "trop court"[:5]})
    await elodie.sends()
    assert "10 caractères" in elodie.errors["because"]
    assert "D14" not in runs(place, project)
    elodie.fills({"because": "Un salon a lieu la semaine prochaine."})
    await elodie.sends()
    assert not elodie.errors
    [kept] = place.parts.db.read_sync(plan.all_set_aside, workspace=WORKSPACE, project_id=project)
    assert (kept.guard, kept.about, kept.by) == ("goals", "D14", ELODIE)
    records = place.parts.db.read_sync(
        register.records, workspace=WORKSPACE, project_id=project, kinds=("decision",)
    )
    decision = records[-1]
    assert decision.title.fr == "Découverte des solutions : on avance avant l’heure"
    assert decision.fields["reason"] == "Un salon a lieu la semaine prochaine."
    assert (await plans(place)).sees("D14 a été avancé", "Un salon a lieu la semaine prochaine.")
    place.delivers()
    assert any("Découverte des solutions" in post.text for post in place.to(BOREAL, "decision_card"))
    await elodie.runs("/cadrage dialogue D14")
    assert "Trop tôt" not in elodie.reads, "a guard is set aside once"


async def test_needs_are_sorted_in_w06_and_w06_comes_after_w03(place: Town) -> None:
    """The plan's workshops carry the questions that are filled in during them."""
    await invited(place, closes=LATER)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D11")
    await elodie.sends()
    elodie = await plans(place)
    await elodie.presses("Ouvrir le formulaire…", on=line(elodie.modal, "W06"))
    assert elodie.sees("Les besoins viennent après l’atelier sur les processus réels (W03).", "Vous :")
    elodie = await plans(place)
    await elodie.presses("Il a eu lieu", on=line(elodie.modal, "W03"))
    assert "tenu" in said(line(elodie.modal, "W03"))
    await elodie.presses("Ouvrir le formulaire…", on=line(elodie.modal, "W06"))
    assert "Trop tôt" not in elodie.reads


# -- changing ----------------------------------------------------------------------------------------------


async def test_a_step_is_moved_within_the_guards_and_put_back(place: Town) -> None:
    await invited(place)
    elodie = await plans(place)
    await elodie.presses("Déplacer…", on=line(elodie.modal, "D04"))
    for day, words in (
        ("2026-01-05", "Cette date est passée"),
        ("2026-01-31", "Choisissez un jour ouvré"),
    ):
        elodie.fills({"day": day})
        await elodie.sends()
        assert words in elodie.errors["day"]
    elodie.fills({"day": "2026-02-03", "because": "Salon professionnel"})
    await elodie.sends()
    assert elodie.sees("mardi 3 février", "déplacé", "motif : Salon professionnel")
    await elodie.presses("Revenir au plan d’origine", on=line(elodie.modal, "D04"))
    assert "lundi 26 janvier" in said(line(elodie.modal, "D04"))


async def test_goals_stay_open_until_their_second_part_wherever_it_is_moved(place: Town) -> None:
    project = await invited(place, closes="2026-01-28")
    elodie = await plans(place)
    await elodie.presses(
        "Déplacer…", on=line(elodie.modal, "D02 Objectifs et enjeux, suite vendredi 23 janvier")
    )
    elodie.fills({"day": "2026-02-03"})
    await elodie.sends()
    assert runs(place, project)["D02"].closes_on == date(2026, 2, 6)


async def test_home_shows_this_week_and_changes_it(place: Town) -> None:
    project = await invited(place)
    elodie = await place.person(ELODIE).opens_home()
    home = said(elodie.home)
    assert "Plan Semaine 0 (en cours)" in home
    assert "W01 Lancement et règles du jeu jeudi 15 janvier" in home
    await elodie.presses("Il a eu lieu", on=line(elodie.home, "W01"))
    place.delivers()
    assert "tenu" in said(line(elodie.home, "W01"))
    assert "0.4.W01" in place.parts.db.read_sync(plan.steps, workspace=WORKSPACE, project_id=project)
    assert "Semaine 0 (en cours)" not in said((await place.person(INES).opens_home()).home)


async def test_vendors_cannot_be_moved_before_the_goals(place: Town) -> None:
    await invited(place)
    elodie = await plans(place)
    await elodie.presses("Déplacer…", on=line(elodie.modal, "D14 Découverte des solutions lundi 9 février"))
    elodie.fills({"day": "2026-01-20"})
    await elodie.sends()
    assert "Les objectifs ne sont pas encore" in elodie.errors["day"]
    assert "D02 Objectifs et enjeux, vendredi 23 janvier" in elodie.errors["day"].replace("\u00a0", " ")


async def test_a_step_is_set_aside_with_a_reason_and_taken_up_again(place: Town) -> None:
    await invited(place)
    elodie = await plans(place)
    await elodie.presses("Mettre de côté…", on=line(elodie.modal, "D08"))
    elodie.fills({"because": "non"})
    await elodie.sends()
    assert "10 caractères" in elodie.errors["because"]
    elodie.fills({"because": "La paie est traitée ailleurs."})
    await elodie.sends()
    assert elodie.sees("Mis de côté · motif : La paie est traitée ailleurs.")
    await elodie.presses("Revenir au plan d’origine", on=line(elodie.modal, "D08"))
    assert "Mis de côté" not in said(line(elodie.modal, "D08"))


async def test_only_the_facilitator_changes_the_plan_even_with_the_menu_in_hand(place: Town) -> None:
    project = await invited(place)
    elodie = await plans(place)
    menu = {"blocks": line(elodie.modal, "D04")["blocks"]}
    for user in (INES, MARC):
        somebody = await place.person(user).presses("Mettre de côté…", on=menu)
        assert "Cela revient à l’animateur" in somebody.told
    assert "2.1.D04" not in place.parts.db.read_sync(plan.steps, workspace=WORKSPACE, project_id=project)


async def test_the_lead_sends_from_the_plan(place: Town) -> None:
    await invited(place)
    marc = await plans(place, MARC)
    await marc.presses("Envoyer…", on=line(marc.modal, "D04"))
    await marc.sends()
    assert marc.sees("4 invitations sont en route")


# -- people who cannot be asked ----------------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"bot": True}, {"gone": True}])
async def test_somebody_who_left_slack_or_is_a_bot_is_named_and_not_asked(
    place: Town, change: dict[str, bool]
) -> None:
    await invited(place)
    place.slack.people[HUGO] = replace(COMPANY[HUGO], **change)  # type: ignore[arg-type]
    place.until(datetime(2026, 1, 26, 9, 0, tzinfo=UTC))
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D04")
    assert elodie.sees("Sans message, car leur compte est fermé ou est celui d’un robot : Hugo Teixeira.")
    who = next(b for b in elodie.modal["blocks"] if b["block_id"] == "who")["element"]
    assert HUGO not in {option["value"] for option in who["options"]}


async def test_nobody_holds_the_role_it_is_for(place: Town) -> None:
    project = await invited(place)
    team = [m for m in founded_team(place, project) if m.user not in (MARC, INES, PAUL, HUGO)]
    place.parts.db.run_sync(projects.set_team, workspace=WORKSPACE, id=project, members=team)
    place.parts.db.run_sync(projects.set_role, workspace=WORKSPACE, id=project, role="lead", user=SOFIA)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D04")
    assert elodie.sees("Personne dans le projet ne tient un rôle concerné.", "Modifier l’équipe")


def founded_team(place: Town, project: str) -> list:  # type: ignore[type-arg]
    found = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert found is not None
    return list(found.cast.members)


async def test_a_respondent_removed_half_way_is_asked_nothing_more_and_keeps_their_answers(
    place: Town,
) -> None:
    """Hugo is taken off the team in the set-up, on the screen."""
    project = await invited(place, closes="2026-02-06")
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    hugo = await place.person(HUGO).presses("Commencer", on=card(place, HUGO))
    await hugo.presses("Je ne sais pas")
    await takes_off_the_team(place, HUGO)
    place.delivers()
    assert "Plus rien ne vous est demandé dans Boréal" in card(place, HUGO).text
    before = len(place.to(HUGO))
    elodie = await place.person(ELODIE).opens_home()
    assert "Objectifs et enjeux · 0 réponse sur 5" in said(elodie.home)
    place.until(datetime(2026, 2, 9, 12, 0, tzinfo=UTC))
    assert len(place.to(HUGO)) == before
    run = runs(place, project)["D02"]
    answers = place.parts.db.read_sync(dialogues.answers, workspace=WORKSPACE, dialogue_id=run.id, roles=None)
    assert any(user == HUGO for given in answers.values() for user, _ in given)


async def takes_off_the_team(place: Town, user: str) -> None:
    elodie = await place.person(ELODIE).runs("/cadrage equipe", channel=BOREAL)
    await elodie.presses("Modifier", on=elodie.heard)
    everybody = [MARC, INES, PAUL, SOFIA, HUGO, CLAIRE]
    elodie.fills({"q:SET13": [one for one in everybody if one != user]})
    for _ in range(4):
        await elodie.sends()
        assert not elodie.errors, elodie.errors
        if "submit" not in elodie.modal:
            break


async def test_somebody_who_refused_can_be_invited_again(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    await place.person(HUGO).presses("Pas la bonne personne", on=card(place, HUGO))
    place.delivers()
    elodie = await place.person(ELODIE).presses("x", on=again("D02", place))
    assert elodie.sees("disent ne pas être les bonnes personnes : Hugo Teixeira.")
    assert not next(b for b in elodie.modal["blocks"] if b["block_id"] == "who")["element"].get(
        "initial_options"
    )
    elodie.fills({"who": [HUGO]})
    await elodie.sends()
    place.until(datetime(2026, 1, 13, 12, 0, tzinfo=UTC))
    assert "Objectifs et enjeux" in card(place, HUGO).text
    assert "Plus rien" not in card(place, HUGO).text


def again(flow: str, place: Town) -> Json:
    """The button that sends a dialogue itself, whatever part comes next."""
    found = place.parts.db.read_sync(projects.for_user, workspace=WORKSPACE, user=ELODIE)[0]
    button = {"type": "button", "action_id": "invite.open", "text": {"type": "plain_text", "text": "x"}}
    return {"blocks": [{"type": "actions", "elements": [{**button, "value": found.id}]}]}


async def test_what_was_done_to_a_step_is_said_and_taken_back_by_one_press(place: Town) -> None:
    await invited(place)
    elodie = await plans(place)
    assert elodie.sees("Ensuite.", "Rien à faire d’ici là.")
    await elodie.presses("Déplacer…", on=line(elodie.modal, "D04 Processus"))
    assert elodie.sees("Déplacer ne prévient personne et n’envoie rien.")
    await elodie.fills({"day": "2026-01-27"}).sends()
    assert elodie.sees("Déplacé au mardi 27 janvier : D04 Processus", "Personne n’est prévenu.")
    await elodie.presses("Mettre de côté…", on=line(elodie.modal, "D04 Processus"))
    await elodie.fills({"because": "Already done last year."}).sends()
    assert elodie.sees("Mis de côté : D04 Processus")
    await elodie.presses("Annuler")
    assert elodie.sees("Remis en place : D04 Processus", "mardi 27 janvier"), "where it was just before"
    await elodie.presses("Il a eu lieu", on=line(elodie.modal, "W01 Lancement"))
    assert elodie.sees("Séance tenue : W01 Lancement")
    await elodie.presses("Annuler")
    assert elodie.sees("Remis en place : W01")
    odd = {"type": "button", "action_id": "plan.undo", "text": {"type": "plain_text", "text": "x"}}
    for value in ("", "nowhere:2.1.D04:", "x" * 200):
        await elodie.presses("x", on={"blocks": [{"type": "actions", "elements": [{**odd, "value": value}]}]})


# -- a workshop of the plan ---------------------------------------------------------------------------------


async def test_a_workshop_is_prepared_from_its_line(place: Town) -> None:
    await invited(place)
    elodie = await plans(place)
    await elodie.presses("Préparer…", on=line(elodie.modal, "W01 Lancement"))
    assert elodie.sees("Lancement et règles du jeu", "Prêt ?")
    elodie = await plans(place)
    with pytest.raises(AssertionError, match="nothing says"):
        await elodie.presses("Préparer…", on=line(elodie.modal, "D04 Processus"))


async def test_somebody_who_does_not_facilitate_finds_no_way_to_prepare(place: Town) -> None:
    await invited(place)
    hugo = await plans(place, HUGO)
    assert "prepare:" not in str(hugo.modal)
