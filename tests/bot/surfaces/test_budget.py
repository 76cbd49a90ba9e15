"""One budget a person, over everything the bot asks: capped mornings, reminders that wait (2.1)."""

from datetime import UTC, datetime

from tests.bot.surfaces.stage import ELODIE, HUGO, INES, SOFIA, Posted, Someone, Town, said
from tests.bot.surfaces.test_invitations import card, invited, local

FRIDAY = datetime(2026, 1, 23, 9, 0, tzinfo=UTC)


async def nudges(place: Town, title: str) -> Someone:
    """Élodie reminds those who are not done, from her Home."""
    elodie = await place.person(ELODIE).opens_home()
    menu = next(
        b for b in elodie.home["blocks"]
        if title in said(b) and b.get("accessory", {}).get("type") == "overflow"
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
    assert HUGO
    assert SOFIA
    assert card(place, INES)
