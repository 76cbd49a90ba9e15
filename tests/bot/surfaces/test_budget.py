"""One budget a person, over everything the bot asks: capped mornings, reminders that wait (2.1)."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from flows.fatigue import monday
from storage import ask
from tests.bot.surfaces.stage import (
    CLAIRE,
    COMPANY,
    ELODIE,
    HUGO,
    INES,
    MARC,
    PAUL,
    SOFIA,
    START,
    WORKSPACE,
    Json,
    Posted,
    Someone,
    Town,
    founded,
    said,
)
from tests.bot.surfaces.test_closing_and_reminders import TUESDAY, leaves
from tests.bot.surfaces.test_invitations import card, invited, local

FRIDAY = datetime(2026, 1, 23, 9, 0, tzinfo=UTC)


async def nudges(place: Town, title: str) -> Someone:
    """Élodie reminds those who are not done, from her Home."""
    elodie = await place.person(ELODIE).opens_home()
    menu = next(
        b for b in elodie.home["blocks"]
        if title in said(b) and "run.menu" in str(b.get("accessory"))
    )  # fmt: skip
    return await elodie.presses("Relancer, en privé", on={**elodie.home, "blocks": [menu]})


async def sends_the_second_part(place: Town) -> Someone:
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D02")
    return await elodie.sends()


def asking(place: Town, user: str) -> list[Posted]:
    """Everything a person got that wants something of them, in the order it came."""
    found = [post for post in place.to(user) if post.what in ("invitation", "second_part", "reminder")]
    return sorted(found, key=lambda post: post.at)


async def test_after_sending_a_part_and_a_nudge_nobody_reads_the_same_thing_twice(place: Town) -> None:
    """The part says what is new; the nudge of the same morning waits, and says what is still open."""
    await invited(place, closes="2026-02-06")
    place.until(FRIDAY)
    await sends_the_second_part(place)
    await nudges(place, "Objectifs et enjeux")
    place.until(datetime(2026, 1, 23, 17, 0, tzinfo=UTC))
    assert [post.what for post in asking(place, INES)] == ["invitation", "second_part"]
    place.until(datetime(2026, 1, 26, 17, 0, tzinfo=UTC))
    invitation, part, reminder = asking(place, INES)
    assert reminder.what == "reminder"
    assert len({flat.text for flat in (invitation, part, reminder)}) == 3
    assert "encore ouvert" not in part.text
    assert local(reminder, "Europe/Paris") == "Mon 09:30"


async def test_after_an_outage_of_days_one_invitation_leaves_a_morning(place: Town) -> None:
    """Sponsorship and goals were to reach Claire on Monday and Tuesday; the bot was off until Friday."""
    await invited(place)
    place.clock.at = datetime(2026, 1, 16, 9, 0, tzinfo=UTC)
    place.until(datetime(2026, 1, 21, 17, 0, tzinfo=UTC))
    assert [local(post, "Europe/Paris")[:3] for post in asking(place, "U0CLAIRE")][:2] == ["Fri", "Mon"]


async def test_one_person_in_two_projects_has_one_budget(place: Town) -> None:
    """Sofia is asked by both on one day: the second message waits for the next."""
    first = await founded(place)
    place.clock.passes(minutes=1)
    second = await founded(place, by=ELODIE, name="Austral")
    assert first != second
    for project in (first, second):
        await place.person(ELODIE).presses("x", on=invite_button(project))
        await place.person(ELODIE).sends()
    place.until(datetime(2026, 1, 15, 17, 0, tzinfo=UTC))
    assert days(place, SOFIA) == ["Mon", "Tue"]
    assert days(place, CLAIRE) == ["Mon", "Tue", "Wed", "Mon"][: len(days(place, CLAIRE))]
    assert len(days(place, CLAIRE)) < 4, "fifteen minutes a week for a sponsor"


def invite_button(project: str) -> Json:
    button = {"type": "button", "action_id": "invite.open", "text": {"type": "plain_text", "text": "x"}}
    return {"blocks": [{"type": "actions", "elements": [{**button, "value": project}]}]}


def days(place: Town, user: str) -> list[str]:
    zone = ZoneInfo(place.slack.people[user].zone)
    return [post.at.astimezone(zone).strftime("%a") for post in asking(place, user)]


async def test_the_facilitator_reads_only_the_new_date(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).presses("Inviter l’équipe")
    await elodie.sends()
    assert elodie.sees(
        "La dernière part mardi 13 janvier, pour que personne ne soit trop sollicité à la fois."
    )
    for name in ("Claire", "Marc"):
        assert name not in elodie.reads


async def test_a_closing_that_would_come_before_the_message_is_put_off(place: Town) -> None:
    """Four sendings on one day; the last one would have closed before Inès gets it."""
    await invited(place, closes="2026-02-27")
    elodie = place.person(ELODIE)
    for dialogue in ("D04", "D11", "D13", "D15"):
        place.clock.passes(minutes=1)
        await elodie.runs(f"/cadrage dialogue {dialogue}")
        elodie.fills({"closes": "2026-01-14"})
        await elodie.sends()
    assert elodie.sees("pour que chacun ait le temps de répondre")
    place.until(datetime(2026, 1, 27, 17, 0, tzinfo=UTC))
    mornings = [post.at.date() for post in asking(place, INES)]
    assert len(set(mornings)) == len(mornings)
    titles = "".join(post.text for post in place.to(INES, "invitation"))
    for words in ("Processus", "Arbitrages", "Voie"):
        assert words in titles, words


async def test_nobody_is_reminded_of_what_they_left_by_its_exits(place: Town) -> None:
    """Hugo has said of every question that it is outside his scope, and did not press "I'm done"."""
    await invited(place)
    place.until(TUESDAY)
    hugo = await place.person(HUGO).presses("Commencer", on=card(place, HUGO))
    for _ in range(12):
        if "J’ai terminé" in said(hugo.modal.get("submit", {})):
            break
        await leaves(hugo)
        await hugo.sends()
    place.until(datetime(2026, 1, 21, 17, 0, tzinfo=UTC))
    assert place.to(HUGO, "reminder") == []
    assert len(place.to(PAUL, "reminder")) == 1


async def test_a_reminder_can_be_put_off_by_a_day_three_days_or_a_week(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 20, 12, 0, tzinfo=UTC))
    [reminder] = place.to(PAUL, "reminder")
    paul = place.person(PAUL)
    for words, day in (
        ("Demain", "mercredi 21 janvier"),
        ("Dans 3 jours", "vendredi 23 janvier"),
        ("Dans une semaine", "mardi 27 janvier"),
    ):
        await paul.presses(words, on=reminder)
        assert f"Pas de rappel avant {day}" in paul.told


async def test_whoever_asks_for_it_there_is_one_reminder_a_day(place: Town) -> None:
    """A nudge on the day of the reminder before closing says nothing twice."""
    await invited(place)
    place.until(datetime(2026, 1, 20, 12, 0, tzinfo=UTC))
    await nudges(place, "Objectifs et enjeux")
    place.until(datetime(2026, 1, 20, 17, 0, tzinfo=UTC))
    assert len(place.to(PAUL, "reminder")) == 1
    place.until(datetime(2026, 1, 22, 17, 0, tzinfo=UTC))
    assert len(place.to(PAUL, "reminder")) == 1


async def test_nobody_is_reminded_of_what_has_not_reached_them(place: Town) -> None:
    """D15 waits its turn behind what was sent before; a nudge of it reminds of nothing yet."""
    await invited(place, closes="2026-02-27")
    elodie = place.person(ELODIE)
    for dialogue in ("D13", "D15"):
        place.clock.passes(minutes=1)
        await elodie.runs(f"/cadrage dialogue {dialogue}")
        await elodie.sends()
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    await nudges(place, "Voie retenue")
    place.until(datetime(2026, 1, 14, 17, 0, tzinfo=UTC))
    assert all("Voie" not in post.text for post in place.to(INES, "reminder"))


async def test_closing_goals_early_says_what_is_lost_and_offers_to_send_it(place: Town) -> None:
    await invited(place)
    place.until(TUESDAY)
    elodie = await place.person(ELODIE).opens_home()
    menu = next(b for b in elodie.home["blocks"] if "Objectifs" in said(b) and "overflow" in str(b))
    await elodie.presses("Clore", on={**elodie.home, "blocks": [menu]})
    assert elodie.sees("4 questions n’ont pas encore été envoyées (après l’atelier W02).")
    await elodie.presses("Laisser ouvert jusqu’au mercredi 28 janvier")
    assert elodie.sees("Ce dialogue reste ouvert jusqu’au mercredi 28 janvier.")
    place.until(datetime(2026, 1, 23, 9, 0, tzinfo=UTC))
    await elodie.runs("/cadrage dialogue D02")
    assert elodie.sees("Vous engagez-vous sur ces objectifs")
    await elodie.sends()
    await elodie.opens_home()
    await elodie.presses("Clore", on={**elodie.home, "blocks": [menu]})
    assert "pas encore été envoyées" not in elodie.reads


async def test_three_weeks_of_two_projects_break_no_cap_and_lose_nothing(place: Town) -> None:
    """Everything is sent at odd moments, the bot is off for days: the caps hold for everybody, and each
    message leaves once."""
    chance = Random(2026)  # noqa: S311 - the same three weeks each time
    projects = [await founded(place)]
    place.clock.passes(minutes=1)
    projects.append(await founded(place, name="Austral"))
    elodie = place.person(ELODIE)
    for project in projects:
        await elodie.presses("x", on=invite_button(project))
        await elodie.sends()
    wanted = [
        (project, flow) for project in projects for flow in ("D04", "D05", "D08", "D09", "D11", "D13", "D15")
    ]
    chance.shuffle(wanted)
    for project, flow in wanted:
        await elodie.presses("x", on=send_button(project, flow))
        elodie.fills({"closes": "2026-06-30"})
        await elodie.sends()
        assert not elodie.errors
        if chance.random() < 0.3:  # the bot is off for a while
            place.clock.passes(days=chance.randint(1, 4))
        place.until(place.clock.now() + timedelta(hours=chance.randint(1, 30)))
    place.until(datetime(2026, 5, 15, 12, 0, tzinfo=UTC), step=10_000)
    for user in (CLAIRE, MARC, INES, PAUL, SOFIA, HUGO):
        kept_within_the_caps(place, user)


def send_button(project: str, flow: str) -> Json:
    button = {"type": "button", "action_id": "send.open", "text": {"type": "plain_text", "text": "x"}}
    return {"blocks": [{"type": "actions", "elements": [{**button, "value": f"{project}:{flow}"}]}]}


def kept_within_the_caps(place: Town, user: str) -> None:
    """What was decided has left, and what left is within 2.1."""
    zone = ZoneInfo(place.slack.people[user].zone)
    every = place.parts.db.read_sync(ask.of, workspace=WORKSPACE, user=user, now=START + timedelta(days=60))
    asked = [one for one in every if one.kind == "dialogue"]
    assert all(one.left_at for one in asked), [one for one in asked if one.left_at is None]
    counted = [(one.left_at.astimezone(zone).date(), one) for one in asked if one.left_at and one.counted]
    assert len({day for day, _ in counted}) == len(counted), "one message a working day"
    for cap, mine in ((30, counted), (15, [(day, one) for day, one in counted if one.sponsor])):
        minutes = Counter[date]()
        for day, one in mine:
            minutes[monday(day)] += one.minutes
        assert all(n <= cap for n in minutes.values()), (user, minutes)
    posts = [post for post in place.to(user) if post.what in ("invitation", "arbitration", "handover")]
    assert len(posts) == len(asked)
    assert all(post.at.astimezone(zone).weekday() < 5 for post in posts)


async def test_reminders_of_two_projects_on_one_day_are_one_message(place: Town) -> None:
    """Each project says what is open in it, and can be put off or stopped by itself."""
    first = await founded(place)
    place.clock.passes(minutes=1)
    second = await founded(place, by=ELODIE, name="Austral")
    for project in (first, second):
        elodie = await place.person(ELODIE).presses("x", on=invite_button(project))
        await elodie.fills({"closes": "2026-01-30"}).sends()
    place.until(datetime(2026, 1, 29, 17, 0, tzinfo=UTC))
    [reminder] = place.to(HUGO, "reminder")
    assert "encore ouvert" in reminder.text
    for name in ("Boréal", "Austral"):
        assert name in reminder.text
    stop = next(
        b for b in reminder.message.blocks
        if b["type"] == "actions" and any(e.get("value") == second for e in b["elements"])
    )  # fmt: skip
    hugo = await place.person(HUGO).presses("Ne plus me le rappeler", on={"blocks": [stop]})
    assert "Plus de rappels pour Austral" in hugo.told


async def test_a_reminder_due_at_the_end_of_somebodys_day_comes_the_next_morning(place: Town) -> None:
    """Just after midnight in Paris it is still the afternoon before in Denver; the bot is off for half an
    hour, and that afternoon is over. The night in between makes no reminder too late."""
    place.slack.people[HUGO] = replace(COMPANY[HUGO], zone="America/Denver")
    await invited(place)
    place.until(datetime(2026, 1, 19, 23, 0, tzinfo=UTC))
    place.clock.at = datetime(2026, 1, 19, 23, 12, tzinfo=UTC)  # 16:12 in Denver
    assert "reminder" in place.ticks()
    place.clock.at = datetime(2026, 1, 19, 23, 45, tzinfo=UTC)
    place.until(datetime(2026, 1, 20, 22, 0, tzinfo=UTC))
    [reminder] = place.to(HUGO, "reminder")
    assert local(reminder, "America/Denver").startswith("Tue 09:")
