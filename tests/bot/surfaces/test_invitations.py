"""Inviting: what the message says (acceptance 9), when it leaves, and what one can do with it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.rounds import announce
from storage import dialogue as dialogues
from storage import plan
from storage import project as projects
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    JEANNE,
    KIM,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Posted,
    Town,
    flat,
    founded,
    metadata,
    said,
)

TEAM = (MARC, INES, PAUL, SOFIA, HUGO)


async def invited(place: Town, **fields: object) -> str:
    """A project whose team was invited. Returns its id."""
    project = await founded(place)
    elodie = await place.person(ELODIE).presses("Inviter l’équipe")
    elodie.fills({"closes": "2026-01-22", **fields})
    await elodie.sends()
    assert not elodie.errors, elodie.errors
    return project


def set_aside(place: Town, project: str, *steps: str) -> None:
    """The facilitator has set these steps of the plan aside."""
    for line in steps:
        place.parts.db.run_sync(
            plan.set_step, workspace=WORKSPACE, project_id=project, line=line, state="skipped", by=ELODIE,
            now=place.clock.now(),
        )  # fmt: skip


def card(place: Town, user: str, n: int = 0) -> Posted:
    return sorted(place.to(user, "invitation"), key=lambda post: post.at)[n]


def local(post: Posted, zone: str) -> str:
    return post.at.astimezone(ZoneInfo(zone)).strftime("%a %H:%M")


async def test_the_form_shows_the_message_before_it_is_sent(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).presses("Inviter l’équipe")
    assert (
        elodie.sees("Élodie Martin vous invite sur Boréal", "Ce que deviennent vos réponses", "Plus tard")
        is False
    )
    assert elodie.sees("Élodie Martin vous invite sur Boréal", "Ce que deviennent vos réponses")
    who = next(b for b in elodie.modal["blocks"] if b["block_id"] == "who")["element"]
    assert [o["text"]["text"] for o in who["initial_options"]] == [o["text"]["text"] for o in who["options"]]
    assert {o["value"] for o in who["options"]} == {*TEAM, CLAIRE}
    assert elodie.modal["submit"]["text"] == "Envoyer 6 messages"


async def test_9_the_first_message_says_who_why_how_long_how_answers_are_used_and_how_to_refuse(
    place: Town,
) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 16, tzinfo=UTC))
    hugo = card(place, HUGO)
    for words in ("Bonjour Hugo. Élodie Martin vous invite sur Boréal", "je prépare la note de cadrage",
                  "Pour commencer : Objectifs et enjeux.", "questions, environ", "minutes",
                  "Clôture jeudi 22 janvier",
                  "Ce que deviennent vos réponses.", "Personne ne mesure votre activité",
                  "Pas la bonne personne",
                  "Commencer", "Plus tard", "Qui est derrière ?"):  # fmt: skip
        assert words in hugo.text, words
    sofia = card(place, SOFIA)
    assert "Hello Sofia. Élodie Martin has added you to Boréal" in sofia.text
    assert "Closes on Thu 22 Jan" in sofia.text


async def test_a_card_names_all_who_are_asked_and_one_question_is_no_journey(place: Town) -> None:
    """Sponsorship is the sponsor's, but for one question of the lead's too."""
    await invited(place)
    place.until(datetime(2026, 1, 16, 16, tzinfo=UTC))
    shown = next(post for post in place.to(BOREAL, "dialogue_card") if "Portage" in post.text)
    assert "Pour : le sponsor et le pilote." in shown.text
    marc = next(post for post in place.to(MARC, "invitation") if "Portage" in post.text)
    assert "1 question, environ 1 minute." in marc.text
    assert "plusieurs fois" not in marc.text


async def test_messages_leave_in_each_persons_own_hours(place: Town) -> None:
    """10:00 in Paris is 09:00 in Lisbon: Hugo's message waits half an hour, the others' do not."""
    await invited(place)
    place.until(datetime(2026, 1, 12, 9, 20, tzinfo=UTC), step=60)
    assert {INES, PAUL, SOFIA} <= {post.to for post in place.posts.values()}
    assert place.to(HUGO) == []
    place.until(datetime(2026, 1, 12, 9, 31, tzinfo=UTC), step=60)
    assert local(card(place, HUGO), "Europe/Lisbon") == "Mon 09:30"
    assert local(card(place, SOFIA), "Europe/Stockholm") == "Mon 10:01"  # the next look at the queue


async def test_pressed_in_the_evening_it_leaves_the_next_morning(place: Town) -> None:
    project = await founded(place)
    place.clock.at = datetime(2026, 1, 16, 17, 0, tzinfo=UTC)  # Friday, 18:00 in Paris
    elodie = place.person(ELODIE)
    await elodie.presses("Inviter l’équipe")
    await elodie.sends()
    place.until(datetime(2026, 1, 19, 8, 0, tzinfo=UTC))
    assert [post for post in place.posts.values() if post.what == "invitation"] == []
    place.until(datetime(2026, 1, 19, 10, 0, tzinfo=UTC))
    assert local(card(place, INES), "Europe/Paris") == "Mon 09:30"
    assert local(card(place, HUGO), "Europe/Lisbon") == "Mon 09:30"
    assert project


async def test_tomorrow_is_0930_where_each_person_is(place: Town) -> None:
    await invited(place, when="tomorrow")
    place.until(datetime(2026, 1, 13, 12, 0, tzinfo=UTC))
    assert local(card(place, INES), "Europe/Paris") == "Tue 09:30"
    assert local(card(place, HUGO), "Europe/Lisbon") == "Tue 09:30"
    assert local(card(place, SOFIA), "Europe/Stockholm") == "Tue 09:30"


async def test_one_questionnaire_a_working_day_for_the_sponsor_and_the_lead(place: Town) -> None:
    await invited(place)
    place.delivers()
    place.until(datetime(2026, 1, 13, 12, 0, tzinfo=UTC))
    for user in (CLAIRE, MARC):
        first, second = card(place, user), card(place, user, 1)
        assert "Portage" in first.text
        assert "Bonjour" in first.text
        assert "Objectifs et enjeux" in second.text
        assert "Bonjour" not in second.text
        assert local(first, "Europe/Paris") == "Mon 10:00"
        assert local(second, "Europe/Paris") == "Tue 09:30"
    assert len(place.to(INES, "invitation")) == 1


async def test_the_channel_gets_one_project_card_and_one_card_a_dialogue(place: Town) -> None:
    await invited(place)
    place.delivers()
    assert sorted(post.what for post in place.to(BOREAL)) == [
        "dialogue_card",
        "dialogue_card",
        "project_card",
    ]
    project = place.to(BOREAL, "project_card")[0]
    assert "Boréal Sponsor : Claire Vasseur" in project.text
    assert "Cadrage, semaine 0" in project.text


async def test_a_card_of_the_channel_is_drawn_again_once_a_minute_at_most(place: Town) -> None:
    """8.8: a team that answers at once must not make the channel flicker. Nothing else waits for it."""
    project_id = await invited(place)
    place.until(datetime(2026, 1, 12, 16, tzinfo=UTC))
    project = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project_id)
    goals = next(post for post in place.to(BOREAL, "dialogue_card") if "Objectifs" in post.text)
    run = goals.key.partition(":")[2]

    def drawn(after: float, *, changed: bool = True) -> int:
        place.clock.passes(seconds=after)
        if changed:
            card = {"project": project, "run_id": run, "now": place.clock.now()}
            place.parts.db.run_sync(announce.dialogue_card, **card)
        place.delivers()
        return place.posts[goals.key].times

    assert [drawn(5), drawn(5), drawn(5), drawn(5)] == [2, 2, 2, 2]
    line = {"project": project, "what": "closing_line", "key": "x", "ref": {"run": run}}
    place.parts.db.run_sync(announce.post, **line, now=place.clock.now())
    place.delivers()
    assert place.to(BOREAL, "closing_line"), "a new message does not wait for the card"
    assert [drawn(50, changed=False), drawn(70, changed=False)] == [3, 3], "the latest change is shown"


async def test_the_facilitator_sees_counts_and_never_who(place: Town) -> None:
    """8. In the cockpit I see counts, and nowhere who has not answered."""
    await invited(place)
    place.until(datetime(2026, 1, 13, 12, 0, tzinfo=UTC))
    ines = place.person(INES)
    await ines.presses("Commencer", on=card(place, INES))
    elodie = await place.person(ELODIE).opens_home()
    home = said(elodie.home)
    assert "Qui est attendu" in home
    assert "Objectifs et enjeux · 0 réponse sur 6" in home
    assert "Portage par la direction · Ouvert" in home  # two people: a count would name one of them
    part = home[home.index("Qui est attendu") : home.index("Des comptes seulement")]
    for name in ("Inès", "Hugo", "Sofia", "Paul", "Marc", "Claire"):
        assert name not in part


async def test_only_those_ticked_and_entitled_get_something(place: Town) -> None:
    await invited(place, who=[INES, HUGO])
    place.until(datetime(2026, 1, 14, 12, 0, tzinfo=UTC))
    assert {post.to for post in place.posts.values() if post.what == "invitation"} == {INES, HUGO}


async def test_a_forged_person_in_the_form_gets_nothing(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).presses("Inviter l’équipe")
    block = next(b for b in elodie.modal["blocks"] if b["block_id"] == "who")
    forged = [
        {"text": {"type": "plain_text", "text": "x"}, "value": user}
        for user in (INES, KIM, JEANNE, "U0NOBODY")
    ]
    elodie.typed = {
        elodie.modal["id"]: {"who": {"who": {"type": block["element"]["type"], "selected_options": forged}}}
    }
    await elodie.sends()
    place.until(datetime(2026, 1, 14, 12, 0, tzinfo=UTC))
    assert {post.to for post in place.posts.values() if post.what == "invitation"} == {INES}


async def test_nobody_but_those_entitled_can_send_even_with_the_form_in_hand(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).presses("Inviter l’équipe")
    assert metadata(elodie.modal)["project"]
    form = elodie.modal
    for user in (INES, KIM, JEANNE):
        place.slack.put(form["id"], form)
        await place.person(user).sends()
    place.until(datetime(2026, 1, 14, 12, 0, tzinfo=UTC))
    assert [post for post in place.posts.values() if post.what == "invitation"] == []


async def test_a_project_of_another_workspace_does_not_exist_here(place: Town) -> None:
    project = await founded(place)
    stranger = {
        "type": "button",
        "action_id": "invite.open",
        "block_id": "b",
        "value": project,
        "action_ts": "1",
    }
    await place.send({
        "type": "block_actions", "actions": [stranger], "user": {"id": ELODIE, "team_id": "T0OTHER"},
        "team": {"id": "T0OTHER"}, "trigger_id": "x", "response_url": "https://hooks.slack.com/actions/1",
    })  # fmt: skip
    words = place.slack.told[-1]["text"]
    assert "find nothing there for you" in words or "Je ne trouve rien" in words


async def test_sending_twice_sends_once(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).presses("Inviter l’équipe")
    form = elodie.modal
    await elodie.sends()
    assert elodie.sees("6 invitations sont en route", "jamais qui n’a pas répondu")
    place.slack.put(form["id"], form)
    await elodie.sends()
    assert elodie.sees("6 invitations sont en route")
    place.until(datetime(2026, 1, 14, 12, 0, tzinfo=UTC))
    assert len([post for post in place.posts.values() if post.what == "invitation"]) == 8
    assert all(post.times == 1 for post in place.posts.values() if post.what == "invitation")


WRONG = [
    ({"who": []}, "who", "Choisissez au moins une personne"),
    ({"when": "date"}, "day", "Choisissez le jour d’envoi"),
    ({"when": "date", "day": "2026-01-05"}, "day", "Cette date est passée"),
    ({"closes": "2026-01-12"}, "closes", "Choisissez un jour après l’envoi"),
    ({"line": "x" * 301}, "line", "301 caractères ; la limite est de 300"),
]


@pytest.mark.parametrize(("fields", "block", "words"), WRONG)
async def test_what_cannot_be_is_said_under_its_field(
    place: Town, fields: dict[str, object], block: str, words: str
) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).presses("Inviter l’équipe")
    elodie.fills(fields)
    await elodie.sends()
    assert words in flat(elodie.errors[block])
    place.delivers()
    assert [post for post in place.posts.values() if post.what == "invitation"] == []


async def test_nothing_can_be_sent_before_sponsor_lead_and_arbiter_are_named(place: Town) -> None:
    project = await founded(place)
    for role in ("sponsor", "arbiter"):
        place.parts.db.run_sync(projects.set_role, workspace=WORKSPACE, id=project, role=role, user=None)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D02")
    assert "Avant tout envoi, la mise en place doit nommer : sponsor et arbitre" in elodie.reads or (
        "Avant tout envoi" in elodie.told
    )
    await elodie.opens_home()
    assert "Il manque 2 noms avant tout envoi." in said(elodie.home)
    assert "Inviter l’équipe" not in said(elodie.home)


async def test_a_line_of_ones_own_is_shown_as_ones_own_and_harmless(place: Town) -> None:
    await invited(place, line="<!channel> *cliquez* <https://evil.example|ici>\nÀ vous lire")
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    text = card(place, INES).message.text
    assert "Élodie Martin ajoute" in flat(text)
    assert "<!channel>" not in text
    assert "<https://evil" not in text
    assert "&lt;!channel&gt;" in text


async def test_hostile_names_appear_as_text_everywhere(place: Town) -> None:
    place.slack.people[ELODIE].name = "<!here>*É*\u202e & Co"
    place.slack.people[INES].name = "<@U0KIM> `x`"
    project = await founded(place, name="<!channel> & *B*")
    elodie = await place.person(ELODIE).presses("Inviter l’équipe")
    await elodie.sends()
    place.until(datetime(2026, 1, 14, 12, 0, tzinfo=UTC))
    await place.person(INES).opens_home()
    everything = [post.message.text for post in place.posts.values()] + [
        str(home) for home in place.homes.values()
    ]
    for text in everything:
        assert "<!channel>" not in text.replace("'<!channel> & *B*'", "")
        assert "<!here>" not in text
        assert "\u202e" not in text
    assert project
    place.slack.people[ELODIE].name = "Élodie Martin"
    place.slack.people[INES].name = "Inès Rahmani"


async def test_later_keeps_it_and_reminds_twice_at_most(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    ines = await place.person(INES).presses("Plus tard", on=card(place, INES))
    assert "Gardé pour plus tard. Deux rappels, mercredi 14 janvier et mercredi 21 janvier" in ines.told
    place.until(datetime(2026, 1, 14, 10, 0, tzinfo=UTC))
    assert len(place.to(INES, "reminder")) == 1
    reminder = place.to(INES, "reminder")[0]
    assert "Encore ouvert : Objectifs et enjeux" in reminder.text
    assert local(reminder, "Europe/Paris") == "Wed 09:30"
    place.until(datetime(2026, 1, 30, 10, 0, tzinfo=UTC))
    assert {local(post, "Europe/Paris") for post in place.to(INES, "reminder")} == {"Wed 09:30", "Tue 09:30"}


async def test_not_the_right_person_tells_the_facilitator_and_stops_everything(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    hugo = await place.person(HUGO).presses("Pas la bonne personne", on=card(place, HUGO))
    place.delivers()
    assert "Noté. L’animateur est prévenu" in hugo.told
    assert "Plus rien ne vous est demandé dans Boréal" in card(place, HUGO).text
    assert [
        post.text
        for post in place.to(ELODIE)
        if "Hugo Teixeira dit ne pas être la bonne personne" in post.text
    ]
    before = len(place.to(HUGO))
    place.until(datetime(2026, 1, 30, 10, 0, tzinfo=UTC))
    assert len(place.to(HUGO)) == before
    assert "Hugo" not in "".join(post.text for post in place.to(INES))


async def test_somebody_who_was_not_invited_can_do_nothing_with_a_card(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    jeanne = await place.person(JEANNE).presses("Plus tard", on=card(place, INES))
    assert "Je ne trouve rien là pour vous" in jeanne.told
    await jeanne.presses("Pas la bonne personne", on=card(place, INES))
    assert "Je ne trouve rien là pour vous" in jeanne.told
    place.delivers()
    assert "Plus rien" not in card(place, INES).text


async def test_the_language_can_be_changed_on_the_card_and_counts_at_once(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    await place.person(SOFIA).opens_home()
    sofia = await place.person(SOFIA).presses("Passer en français", on=card(place, SOFIA))
    place.delivers()
    assert "Je vous écrirai désormais en français" in sofia.told
    assert "Bonjour Sofia. Élodie Martin vous invite" in card(place, SOFIA).text
    assert "Pour vous" in said(sofia.home)
    assert card(place, SOFIA).times == 2
    assert "Boréal Sponsor : Claire Vasseur" in place.to(BOREAL, "project_card")[0].text


async def test_who_is_behind_this_names_people_and_says_what_the_bot_is(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    sofia = await place.person(SOFIA).presses("Who is behind this?", on=card(place, SOFIA))
    assert sofia.sees("Facilitator: Élodie Martin", "Sponsor: Claire Vasseur", "People decide; I do not")
    await sofia.presses("How my data is used", on=card(place, SOFIA))
    assert sofia.sees("measured for nobody", "counts only")


async def test_the_neutral_person_is_offered_once_named(place: Town) -> None:
    project = await invited(place)
    assert "Parler à une personne neutre" not in str(place.posts)
    place.parts.db.run_sync(projects.set_role, workspace=WORKSPACE, id=project, role="coach", user=JEANNE)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    ines = await place.person(INES).presses("Parler à une personne neutre", on=card(place, INES))
    assert ines.sees("Sans lien avec vos réponses", "Effacé dès la prise de contact")


async def test_the_card_follows_what_the_person_does(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    ines = await place.person(INES).presses("Commencer", on=card(place, INES))
    ines.fills({"q:OBJ01": "Une seule voix"})
    await ines.sends()
    assert not ines.errors
    place.delivers()
    assert "Objectifs et enjeux · En cours · déjà 1 sur" in card(place, INES).text
    assert "Continuer" in card(place, INES).text
    assert card(place, INES).times == 2


async def test_a_dialogue_can_be_sent_by_command_and_only_to_those_who_do_not_have_it(place: Town) -> None:
    await invited(place, who=[INES, PAUL, SOFIA, HUGO, CLAIRE])
    marc = await place.person(MARC).runs("/cadrage dialogue d03")
    who = next(b for b in marc.modal["blocks"] if b["block_id"] == "who")["element"]
    assert [o["value"] for o in who["options"]] == [MARC]
    await marc.sends()
    assert marc.sees("1 invitation est en route")
    place.until(datetime(2026, 1, 13, 12, 0, tzinfo=UTC))
    assert "Portage" in card(place, MARC).text
    assert "Marc Delorme vous invite" in card(place, MARC).text
    await marc.runs("/cadrage dialogue d03")
    assert marc.sees("Toutes les personnes concernées l’ont déjà")


async def test_the_second_part_follows_the_workshop(place: Town) -> None:
    """OBJ08, OBJ11 to the team and the sponsor, OBJ09 to the facilitator."""
    set_aside(place, await invited(place, closes="2026-02-06"), "1.3.D07")
    place.until(datetime(2026, 1, 22, 12, 0, tzinfo=UTC))
    elodie = await place.person(ELODIE).opens_home()
    assert "Semaine 1 : une fois l’atelier W02 terminé" not in said(elodie.home)
    place.until(datetime(2026, 1, 23, 12, 0, tzinfo=UTC))
    await elodie.opens_home()
    assert (
        "Semaine 1 : une fois l’atelier W02 terminé, envoyer la suite du dialogue Objectifs et enjeux"
        in said(elodie.home)
    )
    await elodie.presses("Envoyer", on=elodie.home)
    assert elodie.sees("Vous engagez-vous sur ces objectifs", "Où en sont les objectifs écrits ?")
    await elodie.sends()
    assert elodie.sees("6 invitations sont en route", "Un formulaire vous attend")
    place.until(datetime(2026, 1, 26, 12, 0, tzinfo=UTC))
    await elodie.opens_home()
    assert "Objectifs et enjeux" in said(elodie.home)[: said(elodie.home).index("Qui est attendu")]
    assert len(place.to(INES, "second_part")) == 1
    runs = place.parts.db.read_sync(dialogues.for_user, workspace=WORKSPACE, user=ELODIE)
    assert ("D02", ("after_W02",)) in [(one.run.flow, one.run.parts) for one in runs]


async def test_inviting_again_offers_only_those_who_have_not_got_everything(place: Town) -> None:
    project = await invited(place, who=[INES, PAUL])
    button = {"type": "button", "action_id": "invite.open", "text": {"type": "plain_text", "text": "x"}}
    row = {"type": "actions", "elements": [{**button, "value": project}]}
    elodie = await place.person(ELODIE).presses("x", on={"blocks": [row]})
    who = next(b for b in elodie.modal["blocks"] if b["block_id"] == "who")["element"]
    assert {option["value"] for option in who["options"]} == {CLAIRE, MARC, SOFIA, HUGO}
    await elodie.sends()
    await elodie.presses("x", on={"blocks": [row]})
    assert elodie.sees("Toutes les personnes concernées l’ont déjà")


async def test_what_can_be_sent_is_listed_with_where_it_stands(place: Town) -> None:
    await invited(place, who=[INES, PAUL])
    elodie = await place.person(ELODIE).opens_home()
    await elodie.presses("Envoyer des questions", on=elodie.home)
    assert elodie.sees("D03 Portage par la direction · pas envoyé", "D02 Objectifs et enjeux · Ouvert")


async def test_the_card_of_a_started_dialogue_leads_to_the_answers_so_far(place: Town) -> None:
    """Journeys B5: "⋯ See my answers"."""
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    assert "Voir mes réponses" not in card(place, INES).text
    ines = await place.person(INES).presses("Commencer", on=card(place, INES))
    await ines.presses("Je ne sais pas")
    place.delivers()
    await ines.presses("Voir mes réponses", on=card(place, INES))
    assert ines.sees("Vérifier mes réponses", "Je ne sais pas → question ouverte ISS-1")
    options = card(place, INES).text
    assert "Pas la bonne personne" in options
    assert "Mes rappels" in options
    await ines.presses("Mes rappels", on=card(place, INES))
    assert ines.sees("Usage de mes données")
    await place.person(KIM).presses("Voir mes réponses", on=card(place, INES))
    assert "Je ne trouve rien là pour vous" in said(place.slack.views[place.slack.opened[-1]]) or (
        "I find nothing there for you" in said(place.slack.views[place.slack.opened[-1]])
    )


async def test_what_a_screen_reader_hears_of_a_button_follows_french_typography(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    buttons = [e for b in card(place, INES).message.blocks for e in b.get("elements", [])]
    labels = [e["accessibility_label"] for e in buttons if "accessibility_label" in e]
    assert "Commencer\u00a0: Objectifs et enjeux" in labels
