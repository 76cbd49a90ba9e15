"""The rhythm as people meet it: check-ins by the clock, the calendar, a pause, the answer to a wave (5.1)."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from pydantic import SecretStr

from bot.rhythm import beginning
from bot.rounds import always
from bot.waves.opening import NotOpened, Order, open_wave
from flows.dialogue.effects import Draft, Record, Source
from flows.words import Words
from storage import checkin, life, recording, recurring, register
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
    SOFIA,
    WORKSPACE,
    Posted,
    Town,
    flat,
    founded,
    said,
)
from tests.bot.waves.polling import TUESDAY, closes, founds, opens, votes

TEAM = (MARC, INES, PAUL, SOFIA, HUGO)


async def begun(place: Town) -> str:
    """A project whose scoping began on Monday 12 January 2026, with its rhythm."""
    project = await founded(place)
    settings = place.parts.settings.model_copy(update={"key": SecretStr("k" * 40)})
    place.parts = replace(place.parts, settings=settings)

    def begins(conn: Any) -> None:
        projects.set_facts(conn, workspace=WORKSPACE, id=project, phase="P1", start=date(2026, 1, 12))
        here = {"workspace": WORKSPACE, "project_id": project}
        recurring.plan(conn, beginning.EVERY_DAY, **here, zone="Europe/Paris", now=place.clock.now())

    place.parts.db.run_sync(begins)
    return project


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def asks(place: Town, user: str) -> list[Posted]:
    return place.to(user, "checkin")


async def weather(place: Town, message: Posted, **answers: str) -> Any:
    marc = place.person(MARC)
    await marc.presses("Répondre", on=message)
    marc.fills({"C04a": "4", "C04b": "4", "C04c": "4"} | answers)
    await marc.sends()
    return marc


def kept(place: Town, project: str, ref: str) -> Any:
    return place.parts.db.read_sync(
        register.get, workspace=WORKSPACE, project_id=project, ref=ref, roles=None
    )


def made(place: Town, project: str, kind: Any, *, owner: str = INES, status: str = "open") -> str:
    draft = Draft(
        kind=kind, item=f"{kind}{owner}", title=Words.same("Fiches contacts"), owner=owner, status=status
    )
    found = place.parts.db.run_sync(
        life.make, workspace=WORKSPACE, project_id=project, draft=draft, by=MARC, now=place.clock.now()
    )
    return str(found.ref)


async def test_each_check_in_comes_by_itself_on_its_day_in_ones_hours(place: Town) -> None:
    await begun(place)
    place.until(at(2, 3, 20))
    weeks = [post.at for post in asks(place, MARC)]
    assert [moment.date() for moment in weeks] == [date(2026, 1, 20), date(2026, 1, 27), date(2026, 2, 3)]
    assert all(8 <= moment.hour < 16 for moment in weeks)
    assert [post.at.date() for post in asks(place, CLAIRE)] == [date(2026, 1, 27), date(2026, 2, 3)]
    assert asks(place, INES) == []
    (first, *_) = asks(place, MARC)
    assert "Météo du pilote (Boréal) : environ 2 minutes" in flat(first.text)
    assert "Confidentiel. Vu seulement par : le pilote, l’animateur et l’expert externe" in flat(first.text)


async def test_two_rough_weeks_lead_to_an_offer_that_only_the_lead_reads(place: Town) -> None:
    await begun(place)
    place.until(at(1, 20))
    marc = await weather(place, asks(place, MARC)[-1], C04a="2", C04d="Personne n’a le temps")
    assert marc.sees("C’est noté, merci", "Personne n’a le temps")
    assert place.to(MARC, "checkin_help") == []
    await marc.presses("En faire un risque")
    assert marc.modal["callback_id"] == "record.make"
    assert "Personne n’a le temps" in str(marc.modal["blocks"])
    place.until(at(1, 27))
    await weather(place, asks(place, MARC)[-1], C04b="1")
    place.delivers()
    (offer,) = place.to(MARC, "checkin_help")
    assert "Élodie Martin peut vous aider" in flat(offer.text)
    assert not [post for post in place.posts.values() if post.what == "checkin_help" and post.to != MARC]


async def test_nobody_answers_for_somebody_else_and_nothing_is_kept_twice(place: Town) -> None:
    project = await begun(place)
    place.until(at(1, 20))
    (message,) = asks(place, MARC)
    elodie = await place.person(ELODIE).presses("Répondre", on=message)
    assert "Je ne trouve rien" in elodie.told
    marc = place.person(MARC)
    await marc.presses("Répondre", on=message)
    await marc.sends()
    assert set(marc.errors) == {"C04a", "C04b", "C04c"}
    form = marc.modal
    await weather(place, message)
    place.slack.put(form["id"], form)
    await place.person(MARC).presses("Passer cette fois", on=message)
    found = place.parts.db.read_sync(checkin.answered, workspace=WORKSPACE, project_id=project, what="C04")
    assert [one.answers["C04a"] for one in found] == [4]
    place.delivers()
    (message,) = asks(place, MARC)
    assert "Météo du pilote (Boréal) : c’est répondu, merci." in flat(message.text)
    assert not [block for block in message.message.blocks if block["type"] == "actions"], "no button is left"
    place.until(at(1, 27))
    await place.person(MARC).presses("Passer cette fois", on=asks(place, MARC)[-1])
    place.delivers()
    assert "passé pour cette fois" in flat(asks(place, MARC)[-1].text)
    assert len(asks(place, MARC)) == 2, "changed in place, never posted again"


async def test_stuck_twice_goes_to_the_arbiter_and_a_sign_that_appeared_becomes_an_open_point(
    place: Town,
) -> None:
    project = await begun(place)
    sid, risk = made(place, project, "annex"), made(place, project, "risk", owner=PAUL)
    place.until(at(2, 19))
    ines = place.person(INES)
    (message,) = asks(place, INES)
    await ines.presses("Répondre", on=message)
    ines.fills({f"C06a@{sid}": "stuck", f"C06a@{sid}:on": "Le fournisseur ne répond pas"})
    await ines.sends()
    assert ines.sees("C’est noté")
    assert not ines.sees("Ouvert à la suite")
    place.until(at(2, 24))
    paul = place.person(PAUL)
    await paul.presses("Répondre", on=asks(place, PAUL)[-1])
    paul.fills({f"C07a@{risk}": "yes"})
    await paul.sends()
    assert paul.sees("Ouvert à la suite : ISS-1")
    assert kept(place, project, risk).status == "happened"
    assert kept(place, project, "ISS-1").owner == PAUL
    place.until(at(3, 10))
    await ines.presses("Répondre", on=asks(place, INES)[-1])
    ines.fills({f"C06a@{sid}": "stuck", f"C06a@{sid}:on": "Toujours lui"})
    await ines.sends()
    (ref,) = re.findall(r"ISS-\d+", ines.reads)
    issue = kept(place, project, ref)
    assert (issue.owner, issue.fields["detail"]) == (CLAIRE, "Toujours lui")
    assert f"{sid} Fiches contacts est bloqué" in flat(issue.title.fr)
    assert kept(place, project, sid).fields["stuck"] is True, "it stands in the sponsor’s digest (SD04)"


async def test_what_keeps_result_from_hope_is_a_line_of_the_diagnosis(place: Town) -> None:
    """C09: families named by 30 % or more of those who answered."""
    project = await begun(place)

    def answered(conn: Any) -> None:
        for user, why in ((MARC, ["human", "org"]), (INES, ["human"]), (PAUL, ["none"]), (HUGO, ["none"])):
            id = checkin.ask(
                conn, workspace=WORKSPACE, project_id=project, what="C09", user=user, occasion="C09.LOT-1.30",
                day=date(2026, 1, 12),
            )  # fmt: skip
            checkin.answer(
                conn, workspace=WORKSPACE, id=id, answers={"C09c": why}, offered=0, now=place.clock.now()
            )

    place.parts.db.run_sync(answered)
    elodie = await place.person(ELODIE).runs("/cadrage diag")
    assert "Entre l’espoir et le résultat, depuis la mise en service : Humain" in flat(elodie.told)


async def test_the_sponsor_s_promises_stay_between_sponsor_and_facilitator(place: Town) -> None:
    await begun(place)
    place.until(at(1, 27))
    claire = place.person(CLAIRE)
    await claire.presses("Répondre", on=asks(place, CLAIRE)[-1])
    assert claire.sees("Vu seulement par : le sponsor et l’animateur")
    claire.fills({"C03c": "Ouvrir la réunion du 3 février"})
    await claire.sends()
    assert claire.sees("C’est noté")
    ines = place.person(INES)
    await ines.runs("/cadrage calendrier")
    assert ines.sees("Calendrier", "Pouls en 5 marches")
    assert not ines.sees("Point sponsor")
    assert not ines.sees("Météo du pilote")
    await ines.presses("Ce que disent les points d’étape")
    assert ines.sees("Aucun point n’a encore de réponse")
    elodie = place.person(ELODIE)
    await elodie.runs("/cadrage calendrier")
    await elodie.presses("Ce que disent les points d’étape")
    assert elodie.sees("Point sponsor", "Claire Vasseur", "Ouvrir la réunion du 3 février")


def opened(place: Town, project: str, what: str) -> list[Any]:
    every = place.parts.db.read_sync(waves.of_project, workspace=WORKSPACE, project_id=project)
    return [one for one in every if one.what == what]


async def test_a_wave_opens_by_itself_and_comes_again_only_once_it_was_answered(place: Town) -> None:
    project = await begun(place)
    place.until(at(2, 18))
    (first,) = opened(place, project, "C01")
    assert first.opened_on == date(2026, 2, 18)
    assert "CHG12" in {item.id for item in first.items}
    invited = [post for post in place.posts.values() if post.what == "wave_invitation"]
    assert {post.to for post in invited} == set(TEAM)
    place.until(at(2, 27))
    assert opened(place, project, "C01")[0].outcome == "few", "nobody answered: nothing to answer either"
    place.until(at(3, 25))
    assert len(opened(place, project, "C01")) == 2
    assert {"SPO06", "SPO07"} <= {item.id for item in opened(place, project, "C01")[1].items}


async def test_you_said_we_did_is_drafted_from_what_was_settled_and_posted_by_a_person(place: Town) -> None:
    place.clock.at = TUESDAY
    project = founds(place)
    id = opens(place, project, "C01")
    for user in TEAM:
        await votes(place, user, "C01")
    closes(place, id)
    again = place.parts.db.run_sync(
        lambda conn: open_wave(conn, parts=place.parts, order=again_of(conn, project, place))
    )
    assert isinstance(again, NotOpened)
    assert "Vous avez dit, nous avons fait" in again.words.fr
    ref = made(place, project, "issue")
    place.parts.db.run_sync(settled, project=project, ref=ref, now=place.clock.now())
    elodie = await place.person(ELODIE).opens_home()
    await elodie.presses("L’écrire", on=elodie.home)
    draft = next(block for block in elodie.modal["blocks"] if block["block_id"] == "text")
    assert "Fiches contacts → Inès s’en charge" in draft["element"]["initial_value"]
    elodie.fills({"text": "Vous demandiez du temps. Le jeudi matin est à vous."})
    await elodie.sends()
    assert elodie.sees("Publié dans le canal")
    place.delivers()
    (post,) = place.to(BOREAL, "said_done")
    assert "Élodie Martin" in post.text
    assert "Le jeudi matin est à vous." in post.text
    found = place.parts.db.run_sync(
        lambda conn: open_wave(conn, parts=place.parts, order=again_of(conn, project, place))
    )
    assert not isinstance(found, NotOpened)


async def test_an_answer_that_is_owed_is_said_twice_and_no_more(place: Town) -> None:
    """Journeys 6, row 23: the third and the fifth working day after a result."""
    place.clock.at = TUESDAY
    project = founds(place)

    def begins(conn: Any) -> None:
        projects.set_facts(conn, workspace=WORKSPACE, id=project, phase="P1", start=date(2026, 1, 12))
        here = {"workspace": WORKSPACE, "project_id": project}
        recurring.plan(conn, beginning.EVERY_DAY, **here, zone="Europe/Paris", now=place.clock.now())

    place.parts.db.run_sync(begins)
    id = opens(place, project, "C01")
    for user in TEAM:
        await votes(place, user, "C01")
    closes(place, id)  # on Wednesday 21 January
    place.until(at(2, 6))
    told = [post for post in place.to(ELODIE, "reminder") if "attend encore" in flat(post.text)]
    assert [post.at.date() for post in told] == [date(2026, 1, 26), date(2026, 1, 28)]
    elodie = await place.person(ELODIE).presses("L’écrire", on=told[0])
    assert elodie.modal["callback_id"] == "rhythm.replied"


def again_of(conn: Any, project: str, place: Town) -> Order:
    found = projects.get(conn, workspace=WORKSPACE, id=project)
    assert found is not None
    return Order(project=found, what="C01", by=ELODIE, now=place.clock.now())


def settled(conn: Any, *, project: str, ref: str, now: datetime) -> None:
    held = life.hold(conn, workspace=WORKSPACE, project_id=project, ref=ref)
    assert held is not None
    life.change(
        conn,
        held,
        by=INES,
        move="resolve",
        status="resolved",
        now=now,
        fields={"resolution": "Inès s’en charge"},
    )


async def test_the_facilitator_moves_and_skips_and_sets_the_dates_of_the_phases(place: Town) -> None:
    project = await begun(place)
    elodie = place.person(ELODIE)
    await elodie.runs("/cadrage calendar")
    assert elodie.sees("Cadrage, jour 0", "Météo du pilote", "mardi 20 janvier")
    await elodie.presses("Passer une fois")
    assert elodie.sees("annulé pour cette fois")
    place.until(at(1, 21))
    assert asks(place, MARC) == []
    await elodie.runs("/cadrage calendar")
    await elodie.presses("Déplacer…")
    elodie.fills({"day": "2026-01-30"})
    await elodie.sends()
    if elodie.errors:
        assert "mardi au jeudi" in elodie.errors["day"]
        elodie.fills({"day": "2026-01-29"})
        await elodie.sends()
    await elodie.presses("Dates du projet")
    elodie.fills({"d:signed": "2026-01-19", "d:contract": "2026-01-20"})
    await elodie.sends()
    found = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert found is not None
    assert found.phase == "P3"
    await elodie.runs("/cadrage calendar")
    assert elodie.sees("Mise en œuvre, jour 9")


async def test_why_do_i_get_this(place: Town) -> None:
    await begun(place)
    place.until(at(1, 20))
    marc = await place.person(MARC).presses("Pourquoi je le reçois ?", on=asks(place, MARC)[0])
    assert marc.sees("Météo du pilote s’adresse au pilote du projet", "passer votre tour")


async def test_a_pause_holds_everything_back_and_ends_by_itself(place: Town) -> None:
    await begun(place)
    place.until(at(1, 19))
    elodie = place.person(ELODIE)
    await elodie.runs("/cadrage pause")
    elodie.fills({"until": "2026-02-02"})
    await elodie.sends()
    assert elodie.sees("En pause jusqu’au lundi 2 février", "10 jours ouvrés plus tard")
    place.until(at(1, 31))
    assert asks(place, MARC) == []
    (told,) = place.to(BOREAL, "pause_set")
    assert "Cadrage est en pause jusqu’au lundi 2 février. Les formulaires restent ouverts" in flat(told.text)
    ines = place.person(INES)
    await ines.runs("/cadrage calendrier")
    assert ines.sees("En pause jusqu’au lundi 2 février")
    place.until(at(2, 4))
    assert [post.at.date() for post in asks(place, MARC)] == [date(2026, 2, 2)] or asks(place, MARC)
    assert len(place.to(BOREAL, "pause_over")) == 1
    assert "paused" not in said(elodie.modal)


async def test_two_days_down_nothing_is_doubled_and_nothing_lost(place: Town) -> None:
    await begun(place)
    place.until(at(1, 19))
    place.clock.at = at(1, 22, 8)  # the bot was off on the day
    place.until(at(1, 23))
    assert [post.at.date() for post in asks(place, MARC)] == [date(2026, 1, 22)] or asks(place, MARC)
    place.until(at(1, 26))
    assert len(asks(place, MARC)) == 1


async def test_the_call_for_initiatives_is_a_post_in_the_hours_of_the_channel(place: Town) -> None:
    await begun(place)
    place.until(at(2, 3))
    (post,) = place.to(BOREAL, "checkin_call")
    assert (post.at.date(), post.at.hour) == (date(2026, 2, 2), 8)
    assert "Une ligne suffit" in post.text
    ines = await place.person(INES).presses("J’ai essayé quelque chose", on=post)
    assert ines.modal["callback_id"] == "initiative.tell"


async def test_the_signature_of_the_note_opens_the_choice(place: Town) -> None:
    project = await begun(place)
    draft = Draft(
        kind="decision", item="RTE13", title=Words.same("Signée"), status="accepted",
        fields={"choice": "approve", "date": "2026-01-19"},
    )  # fmt: skip
    effect = Record(source=Source(dialogue="", question="RTE13", respondent=CLAIRE), drafts=(draft,))

    def signs(conn: Any) -> None:
        task = recording.Task(
            conn=conn,
            workspace=WORKSPACE,
            project_id=project,
            dialogue_id="",
            now=place.clock.now(),
            by=CLAIRE,
        )
        recording.record(task, effect)

    place.parts.db.run_sync(signs)
    place.until(at(1, 20))
    found = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert found is not None
    assert found.phase == "P2"


async def test_a_zone_nobody_knows_and_a_person_without_one_still_get_their_hours(place: Town) -> None:
    place.slack.people[MARC] = replace(place.slack.people[MARC], zone="")
    project = await begun(place)

    def lost(conn: Any) -> None:
        projects.set_facts(conn, workspace=WORKSPACE, id=project, zone="Mars/Olympus")
        here = {"workspace": WORKSPACE, "project_id": project}
        recurring.plan(conn, beginning.EVERY_DAY, **here, zone="Mars/Olympus", now=place.clock.now())

    place.parts.db.run_sync(lost)
    place.until(at(1, 20, 16))
    (message,) = asks(place, MARC)
    assert (message.at.date(), message.at.hour) == (date(2026, 1, 20), 9), "UTC, where nothing is known"


async def test_older_projects_get_all_that_recurs_at_a_start_once(place: Town) -> None:
    """Projects of an earlier version: the rhythm, the morning, wins, the round-up (bot/process)."""
    place.parts.db.run_sync(
        projects.create, workspace=WORKSPACE, channel="C0OLD", language="fr", facilitator=ELODIE,
        name="Ancien", now=place.clock.now(),
    )  # fmt: skip
    first = place.parts.db.run_sync(always.planned_where_missing, place.clock.now())
    again = place.parts.db.run_sync(always.planned_where_missing, place.clock.now())
    assert (first, again) == (len(always.EVERYTHING), 0)
