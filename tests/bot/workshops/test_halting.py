"""A pause of the project, and the workshop that is under way meanwhile (journeys E7)."""

from datetime import UTC, datetime, timedelta

from flows.workshop import events
from tests.bot.surfaces.stage import BOREAL, ELODIE, Town, founded
from tests.bot.workshops.playing import Play


async def under_way(place: Town) -> Play:
    """W01 in the channel, at its first step."""
    project = await founded(place)
    return Play(place=place, project=project, script="W01", mode="async").opens()


async def pauses(place: Town, until: str) -> None:
    elodie = place.person(ELODIE)
    await elodie.runs("/cadrage pause", channel=BOREAL)
    elodie.fills({"until": until})
    await elodie.sends()
    assert elodie.sees("En pause jusqu’au")


async def test_a_step_keeps_the_time_it_had_when_the_project_is_paused(place: Town) -> None:
    play = await under_way(place)
    before = play.workshop.due
    assert before is not None
    day = (play.now + timedelta(days=7)).date()
    await pauses(place, day.isoformat())
    assert play.workshop.state == "paused"
    assert play.workshop.due is None
    place.until(datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12))
    assert play.workshop.state == "open"
    assert play.workshop.due is not None
    assert play.workshop.due >= before + timedelta(days=5)
    assert not place.to(BOREAL, "workshop_line"), "the line about the project says it"


async def test_what_its_facilitator_has_paused_stays_paused(place: Town) -> None:
    play = await under_way(place)
    play.happens(events.Paused(by=ELODIE, at=play.now))
    day = (play.now + timedelta(days=7)).date()
    await pauses(place, day.isoformat())
    place.until(datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12))
    assert play.workshop.state == "paused"
