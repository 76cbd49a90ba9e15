"""What nobody asked for waits for the person's hours, also when the bot was off or Slack was away."""

from datetime import UTC, datetime

from storage import outbox
from tests.bot.surfaces.stage import BOREAL, ELODIE, HUGO, INES, SOFIA, WORKSPACE, Town, founded
from tests.bot.surfaces.test_invitations import card, invited, local

NIGHT = datetime(2026, 1, 12, 22, 0, tzinfo=UTC)


async def test_an_invitation_the_bot_was_off_for_waits_for_the_next_morning(place: Town) -> None:
    await invited(place)  # Hugo's may leave at 09:30 in Lisbon; the bot is off from now on
    place.clock.at = NIGHT
    place.delivers()
    assert [post for post in place.posts.values() if post.what == "invitation"] == []
    place.until(datetime(2026, 1, 13, 12, 0, tzinfo=UTC))
    assert local(card(place, INES), "Europe/Paris") == "Tue 09:30"
    assert local(card(place, HUGO), "Europe/Lisbon") == "Tue 09:30"
    assert local(card(place, SOFIA), "Europe/Stockholm") == "Tue 09:30"


async def test_over_a_weekend_it_waits_for_monday_and_has_all_its_tries_left(place: Town) -> None:
    await invited(place)
    place.clock.at = datetime(2026, 1, 16, 22, 0, tzinfo=UTC)
    place.delivers()
    monday = datetime(2026, 1, 19, 8, 31, tzinfo=UTC)
    place.clock.at = monday
    rows = place.parts.db.run_sync(outbox.claim, worker="v", now=monday, limit=50)
    mine = [row for row in rows if row.ref["what"] == "invitation" and row.ref["user"] == INES]
    assert [(row.attempts, row.first_try) for row in mine] == [(1, monday)]


async def test_a_card_that_is_there_is_brought_up_to_date_at_any_hour(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    place.clock.at = NIGHT
    ines = await place.person(INES).presses("Commencer", on=card(place, INES))
    await ines.presses("Je ne sais pas")
    place.delivers()
    assert "En cours" in card(place, INES).text


async def test_starting_from_home_at_night_sends_no_message_at_night(place: Town) -> None:
    await invited(place)
    place.clock.at = NIGHT
    ines = await place.person(INES).opens_home()
    await ines.presses("Répondre", on=ines.home)
    await ines.presses("Je ne sais pas")
    place.delivers()
    assert place.to(INES, "invitation") == []
    place.until(datetime(2026, 1, 13, 10, 0, tzinfo=UTC))
    assert local(card(place, INES), "Europe/Paris") == "Tue 09:30"


async def test_an_invitation_that_never_left_is_not_sent_once_the_dialogue_has_closed(place: Town) -> None:
    await invited(place)
    place.clock.at = datetime(2026, 1, 23, 9, 0, tzinfo=UTC)
    place.ticks()
    place.until(datetime(2026, 1, 26, 12, 0, tzinfo=UTC))
    assert [post for post in place.posts.values() if post.what == "invitation"] == []


async def test_a_refusal_in_the_evening_reaches_the_facilitator_in_the_morning(place: Town) -> None:
    await invited(place)
    place.until(datetime(2026, 1, 12, 12, 0, tzinfo=UTC))
    place.clock.at = NIGHT
    await place.person(HUGO).presses("Pas la bonne personne", on=card(place, HUGO))
    place.delivers()
    assert place.to(ELODIE, "refusal") == []
    await place.person(ELODIE).says("bonsoir")
    assert len(place.to(ELODIE, "typed")) == 1  # what is asked for is answered at once
    place.until(datetime(2026, 1, 13, 10, 0, tzinfo=UTC))
    assert local(place.to(ELODIE, "refusal")[0], "Europe/Paris") == "Tue 09:30"


async def test_the_second_part_that_could_not_be_told_on_friday_is_told_once_the_bot_is_back(
    place: Town,
) -> None:
    await invited(place, closes="2026-02-06")
    place.until(datetime(2026, 1, 23, 9, 0, tzinfo=UTC))
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D02")
    await elodie.sends()  # and the bot goes off at once
    place.clock.at = datetime(2026, 1, 27, 22, 0, tzinfo=UTC)
    place.delivers()
    assert place.to(INES, "second_part") == []
    place.until(datetime(2026, 1, 28, 12, 0, tzinfo=UTC))
    assert [local(post, "Europe/Paris") for post in place.to(INES, "second_part")] == ["Wed 09:30"]


async def test_that_a_channel_is_gone_is_told_in_the_morning(place: Town) -> None:
    """Nobody can mend it at night."""
    project = await founded(place)
    place.clock.at = NIGHT
    ref = {"what": "delivery_trouble", "project": project, "channel": BOREAL, "code": "is_archived"}
    row = {"key": "trouble", "lane": "trouble", "op": "dm", "ref": {**ref, "user": ELODIE}}
    place.parts.db.run_sync(outbox.queue, workspace=WORKSPACE, now=NIGHT, **row)
    place.delivers()
    assert "trouble" not in place.posts
    place.until(datetime(2026, 1, 13, 8, 31, tzinfo=UTC))
    assert "Je ne peux plus écrire dans" in place.posts["trouble"].text
