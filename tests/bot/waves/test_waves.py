"""Anonymous waves in Slack: who is invited, reminder, closing, what the facilitator sees, stopping."""

from datetime import UTC, datetime

from bot import people
from bot.waves import stopping
from bot.waves.opening import NotOpened, Order, invited, open_wave
from flows.wave.model import ScaleKept
from storage import audit, diagnosis, schedule
from storage import project as projects
from storage import wave as waves
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    MARC,
    PAUL,
    WORKSPACE,
    Town,
)
from tests.bot.waves.polling import MORE, TEAM, closes, founds, invitation, opens, rows, votes, wave


async def test_an_invitation_says_how_long_anonymous_and_until_when(place: Town) -> None:
    opens(place, founds(place))
    said = invitation(place, INES).text
    assert "Ce que nous ressentons" in said
    assert "environ 5 minutes, anonyme, jusqu’au mardi 20 janvier" in said
    assert "Je me dis" not in said, "no question stands in a message"
    assert {post.to for post in place.posts.values() if post.what == "wave_invitation"} == set(TEAM)


async def test_the_sponsor_and_the_facilitator_find_nothing(place: Town) -> None:
    id = opens(place, founds(place))
    for outsider in (CLAIRE, ELODIE):
        who = place.person(outsider)
        await who.presses("Répondre", on=invitation(place, INES))
        assert who.sees("Je ne trouve rien là pour vous")
    assert len(place.parts.db.read_sync(waves.invited, workspace=WORKSPACE, id=id)) == 5


async def test_a_team_of_four_is_not_asked(place: Town) -> None:
    project = founds(place, team={user: part for user, part in TEAM.items() if user != HUGO})
    elodie = place.person(ELODIE)
    await elodie.runs("/cadrage help")
    found = place.parts.db.run_sync(
        lambda conn: open_wave(
            conn, parts=place.parts,
            order=Order(project=projects.get(conn, workspace=WORKSPACE, id=project), what="D06", by=ELODIE,
                        now=place.clock.now()),  # type: ignore[arg-type]
        )
    )  # fmt: skip
    assert isinstance(found, NotOpened)
    assert found.reason == "too_small"
    assert "neutral coach" in found.words.en
    assert rows(place, "wave", "ballot_box") == {"wave": 0, "ballot_box": 0}


async def test_whoever_has_left_or_is_a_bot_is_not_invited(place: Town) -> None:
    project = founds(place, team=TEAM | MORE)
    place.slack.people["U0MORE1"].bot = True
    place.clock.passes(hours=30)
    await people.everybody(place.parts, WORKSPACE, [*TEAM, *MORE])
    users = place.parts.db.read_sync(
        lambda conn: invited(
            conn, parts=place.parts, what="D06",
            project=projects.get(conn, workspace=WORKSPACE, id=project),  # type: ignore[arg-type]
        )
    )  # fmt: skip
    assert set(users) == {*TEAM, *MORE} - {"U0MORE1"}


async def test_22_the_reminder_goes_to_everybody_alike(place: Town) -> None:
    opens(place, founds(place))
    for user in (INES, PAUL):
        await votes(place, user)
    place.until(datetime(2026, 1, 16, 15, 0, tzinfo=UTC))
    reminded = {post.to: post.text for post in place.posts.values() if post.what == "wave_reminder"}
    assert set(reminded) == set(TEAM)
    assert reminded[INES] == reminded[HUGO]
    assert "Ce rappel part à toutes les personnes invitées" in reminded[INES]


async def test_21_with_four_answers_nothing_is_shown_to_anybody(place: Town) -> None:
    id = opens(place, founds(place))
    for user in (INES, PAUL, HUGO, MARC):
        await votes(place, user, BEL07="Pour le groupe", BEL07a="quote")
    closes(place, id)
    assert wave(place, id).outcome == "few"
    (line,) = place.to(BOREAL, "wave_closed")
    assert "Moins de 5 réponses, tout a été détruit sans être lu" in line.text
    assert "résultats" not in line.text
    elodie = place.person(ELODIE)
    await elodie.runs("/cadrage status")
    assert "pas assez de réponses pour protéger chacun" in str(elodie.heard)


async def test_21_with_five_group_results_only(place: Town) -> None:
    id = opens(place, founds(place))
    stands = ("push", "follow", "wait", "out", "private")
    for user, point, stand in zip(TEAM, "12345", stands, strict=True):
        await votes(place, user, BEL01=point, BEL02="1", BEL07=f"Texte {point}", BEL07a="quote", BEL09=stand)
    closes(place, id)
    (line,) = place.to(BOREAL, "wave_closed")
    assert "Au moins 5 réponses, les résultats de groupe sont disponibles" in line.text
    claire = place.person(CLAIRE)
    await claire.presses("Voir les résultats de groupe", on=line)
    assert claire.sees("Anonyme", "moyenne de 3 sur 5", "au moins 5 réponses, 5 personnes invitées")
    assert claire.sees("les avis sont partagés") or claire.sees("opinions")
    assert claire.sees("moyenne de 1,5 sur 5 ou moins"), "agreement of all reveals nobody"
    assert all(claire.sees(f"Texte {n}") for n in range(1, 6))
    assert "▮" not in claire.reads, "no bar below ten answers"
    assert claire.sees("Trop peu de réponses pour montrer leur répartition"), "and that is said"
    assert "janvier" not in claire.reads, "no date"
    stranger = place.person("U0NED")
    await stranger.presses("Voir les résultats de groupe", on=line)
    assert "moyenne" not in str(stranger.heard)


async def test_worries_asked_again_are_compared_with_the_first_time(place: Town) -> None:
    """C02: BPI against the baseline of D07; a belief that rises by half a point speaks again (R27)."""
    project = founds(place)
    id = opens(place, project)
    for user in TEAM:
        await votes(place, user, BEL02="1")
    closes(place, id)
    place.posts.clear()
    id = opens(place, project, "C02")
    for user in TEAM:
        await votes(place, user, "C02", **{f"B0{n}": "4" for n in range(3, 7)})
    closes(place, id)
    claire = place.person(CLAIRE)
    await claire.presses("Voir les résultats de groupe", on=place.to(BOREAL, "wave_closed")[-1])
    assert claire.sees("depuis la première fois : en hausse")
    run = place.parts.db.read_sync(diagnosis.latest, workspace=WORKSPACE, project_id=project)
    assert run is not None
    assert "R27" in {rule.id for rule in run.rules}


async def test_after_two_of_a_check_in_everybody_is_asked_whether_to_go_on(place: Town) -> None:
    """Journeys 6, row 18; "the bot never counts ignored waves": those who answer read the same."""
    project = founds(place)
    asked = []
    for _ in range(4):
        place.posts.clear()
        id = opens(place, project, "C08")
        place.delivers()
        asked.append(["Souhaitez-vous continuer" in invitation(place, user).text for user in (INES, PAUL)])
        if len(asked) == 1:
            await votes(place, INES, "C08")
        closes(place, id)
    assert asked == [[False, False], [False, False], [True, True], [False, False]]


async def test_bars_and_counts_come_from_ten_answers(place: Town) -> None:
    id = opens(place, founds(place, team=TEAM | MORE))
    for user in [*TEAM, *MORE]:
        await votes(place, user, BEL09="push", BEL10=["pay"])
    closes(place, id)
    (line,) = place.to(BOREAL, "wave_closed")
    claire = place.person(CLAIRE)
    await claire.presses("Voir les résultats de groupe", on=line)
    assert claire.sees("▮▮▮▮▮▮▮▮▮▮ 14", "au moins 10 réponses, 14 personnes invitées")


async def test_a_wave_is_closed_once_and_the_diagnosis_is_told(place: Town) -> None:
    id = opens(place, founds(place))
    for user in TEAM:
        await votes(place, user)
    closes(place, id)
    found = place.parts.db.read_sync(waves.results, workspace=WORKSPACE, ids=[id])[id]
    assert found["BEL01"] == ScaleKept(n=5, total=15)
    assert rows(place, "ballot_ledger", "ballot_box") == {"ballot_ledger": 0, "ballot_box": 0}
    assert len(place.to(BOREAL, "wave_closed")) == 1
    here = {"workspace": WORKSPACE, "project_id": wave(place, id).project_id}
    [link] = place.parts.db.read_sync(audit.about, **here, object=id)
    assert (link.action, link.actor, link.data) == ("wave.closed", "", {})  # not by how many


async def test_the_facilitator_opens_a_wave_and_sees_no_count(place: Town) -> None:
    project = founds(place)
    elodie = place.person(ELODIE)
    button = {"type": "actions", "elements": [
        {"type": "button", "action_id": "wave.order", "value": f"{project}:D06",
         "text": {"type": "plain_text", "text": "D06"}}]}  # fmt: skip
    await elodie.presses("D06", on={"blocks": [button]})
    assert elodie.sees("5 personnes sont invitées", "Ni le sponsor, ni l’animateur, ni l’accompagnateur")
    elodie.fills({"threshold": "4"})
    await elodie.sends()
    assert "jamais abaissé" in elodie.errors["threshold"]
    elodie.fills({"threshold": "5", "closes": "2026-01-14"})
    await elodie.sends()
    assert "closes" in elodie.errors
    elodie.fills({"closes": "2026-01-20"})
    await elodie.sends()
    assert elodie.sees("Ouverte jusqu’au mardi 20 janvier")
    for user in TEAM:
        await votes(place, user, "D06")
    await elodie.presses("D06", on={"blocks": [button]})
    assert elodie.sees("5 personnes attendues", "aucun décompte avant la clôture")
    await elodie.opens_home()
    assert "5 personnes attendues" in str(place.homes[ELODIE])


async def test_a_wave_ordered_for_later_opens_on_its_day(place: Town) -> None:
    project = founds(place)
    elodie = place.person(ELODIE)
    button = {"type": "actions", "elements": [
        {"type": "button", "action_id": "wave.order", "value": f"{project}:C01",
         "text": {"type": "plain_text", "text": "C01"}}]}  # fmt: skip
    await elodie.presses("C01", on={"blocks": [button]})
    elodie.fills({"opens": "2026-01-20", "closes": "2026-01-27", "added": ["CHG12"]})
    await elodie.sends()
    assert elodie.sees("Ouverture le mardi 20 janvier")
    assert not place.to(INES, "wave_invitation")
    place.until(datetime(2026, 1, 20, 10, 0, tzinfo=UTC))
    ines = await votes(place, INES, "C01", P04="1")
    assert ines.sees("C’est enregistré")
    assert "Ne plus me les envoyer" in invitation(place, INES).text


async def test_a_wave_that_cannot_open_on_its_day_says_why(place: Town) -> None:
    project = founds(place)
    schedule_ = {"project": project, "what": "D06", "by": ELODIE, "added": [], "closes": "2026-01-27",
                 "threshold": 5, "split": True}  # fmt: skip
    opens(place, project, "D06")
    place.parts.db.run_sync(
        schedule.put, workspace=WORKSPACE, id="wave_open:x", kind="wave_open", next_due=place.clock.now(),
        data=schedule_,
    )  # fmt: skip
    place.ticks()
    place.delivers()
    (told,) = place.to(ELODIE, "wave_not_opened")
    assert "déjà ouverte" in told.text


async def test_only_those_who_send_open_a_wave(place: Town) -> None:
    project = founds(place)
    button = {"type": "actions", "elements": [
        {"type": "button", "action_id": "wave.order", "value": f"{project}:D06",
         "text": {"type": "plain_text", "text": "D06"}}]}  # fmt: skip
    ines = place.person(INES)
    await ines.presses("D06", on={"blocks": [button]})
    assert rows(place, "wave") == {"wave": 0}
    assert "Ouverture le" not in str(ines.heard)


async def test_no_more_of_these_takes_effect_before_the_next_list(place: Town) -> None:
    project = founds(place, team=TEAM | MORE)
    id = opens(place, project, "C02")
    ines = place.person(INES)
    await ines.presses("Ne plus me les envoyer", on=invitation(place, INES))
    assert "Personne ne le voit" in ines.told
    closes(place, id)
    place.posts.clear()
    place.until(datetime(2026, 1, 27, 10, 0, tzinfo=UTC))
    opens(place, project, "C02")
    place.delivers()
    assert INES not in {post.to for post in place.posts.values()}
    assert len({post.to for post in place.posts.values() if post.what == "wave_invitation"}) == 13
    assert place.parts.db.read_sync(
        stopping.every, workspace=WORKSPACE, user=INES, known=place.parts.playbook.waves
    ) == ("C02",)
    await ines.runs("/cadrage reglages")
    await ines.presses("Me les renvoyer")
    assert place.parts.db.read_sync(
        stopping.every, workspace=WORKSPACE, user=INES, known=place.parts.playbook.waves
    ) == ()  # fmt: skip
