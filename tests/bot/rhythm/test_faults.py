"""What goes wrong around the rhythm (issue 5, "Bad input and faults"; reliability 3, rows 25 to 28)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import people
from bot.rhythm import beginning
from bot.waves.opening import NotOpened, Order, open_wave
from flows.project import Member
from storage import firing, recurring, reply
from storage import person as kept
from storage import project as projects
from storage.schedule import Due
from tests.bot.rhythm.test_rhythm import asks, at, begun
from tests.bot.surfaces.stage import BOREAL, CLAIRE, ELODIE, INES, MARC, WORKSPACE, Town, flat
from tests.bot.waves.polling import MORE, TEAM, closes, founds, opens, votes


async def test_a_clock_that_jumps_two_days_back_or_on_doubles_nothing(place: Town) -> None:
    await begun(place)
    place.until(at(1, 20))
    place.clock.at -= timedelta(days=2)
    place.until(at(1, 21))
    assert len(asks(place, MARC)) == 1, "the day was taken already"
    place.clock.at += timedelta(days=9)
    place.until(at(1, 31))
    assert len(asks(place, MARC)) == 2, "one for the week that was jumped into, none for those in between"


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 4, 24), "2026-04-24T01:00"),  # a quarter to one does not exist: midnight is one o’clock
        (date(2026, 10, 29), "2026-10-29T00:10"),  # the hour before midnight comes twice
    ],
)
def test_a_day_begins_once_where_the_clocks_change_at_midnight(place: Town, day: date, moment: str) -> None:
    """Cairo: the rhythm runs at ten past midnight, once for each local day, in the gap and in the fold."""
    cairo, fired = ZoneInfo("Africa/Cairo"), list[str]()
    place.clock.at = datetime(day.year, day.month, day.day, tzinfo=cairo).astimezone(UTC) - timedelta(hours=2)

    def begins(conn: Any) -> None:
        id = projects.create(
            conn, workspace=WORKSPACE, channel=BOREAL, language="en", facilitator=ELODIE, name="Nile",
            now=place.clock.now(), zone="Africa/Cairo",
        )  # fmt: skip
        here = {"workspace": WORKSPACE, "project_id": id, "zone": "Africa/Cairo"}
        recurring.plan(conn, beginning.EVERY_DAY, **here, now=place.clock.now())

    def noted(conn: Any, due: Due, now: datetime) -> None:
        fired.append(now.astimezone(cairo).isoformat(timespec="minutes")[:16])

    place.parts.db.run_sync(begins)
    for _ in range(6 * 24 * 2):
        place.clock.passes(minutes=10)
        handlers = {beginning.EVERY_DAY.kind: noted}
        place.parts.db.run_sync(firing.fire_due, now=place.clock.now(), handlers=handlers)
    assert [each[:10] for each in fired] == [(day + timedelta(days=n)).isoformat() for n in range(2)]
    assert fired[0] == moment


async def test_a_sponsor_who_left_is_asked_nothing_and_holds_nobody_up(place: Town) -> None:
    await begun(place)
    place.slack.people[CLAIRE] = replace(place.slack.people[CLAIRE], gone=True)
    place.clock.at = at(1, 26)
    await people.everybody(place.parts, WORKSPACE, (CLAIRE,))
    place.until(at(1, 28))
    assert asks(place, CLAIRE) == []
    assert asks(place, MARC), "the lead is asked as ever"


async def test_a_person_without_zone_or_locale_is_written_to_as_the_project_is(place: Town) -> None:
    place.slack.people[MARC] = replace(place.slack.people[MARC], zone="", locale="")
    await begun(place)
    place.parts.db.run_sync(_nothing_known)
    place.until(at(1, 20, 16))
    (message,) = asks(place, MARC)
    assert (message.at.date(), message.at.hour) == (date(2026, 1, 20), 8), "half past nine in Paris"
    assert "Météo du pilote" in message.text, "in the language of the project"


def _nothing_known(conn: Any) -> None:
    marc = people.several(conn, workspace=WORKSPACE, users=(MARC,))[MARC]
    kept.remember(conn, person=replace(marc, zone="", locale="", fetched_at=at(1, 12)))


async def test_whoever_joins_between_two_waves_is_not_found_by_subtraction(place: Town) -> None:
    """5.3 rules 3 and 4: everybody answers the same, then one person more; then four are left."""
    project = founds(place)
    id = opens(place, project, "C01")
    for user in TEAM:
        await votes(place, user, "C01", **{f"P0{n}": "5" for n in range(1, 6)})
    closes(place, id)
    claire = await place.person(CLAIRE).presses(
        "Voir les résultats de groupe", on=place.to(BOREAL, "wave_closed")[0]
    )
    assert claire.sees("moyenne de 4,5 sur 5 ou plus"), "agreement of all reveals nobody"
    assert not claire.sees("moyenne de 5")
    joins(place, project, {**TEAM, next(iter(MORE)): "sales"})
    place.posts.clear()
    place.parts.db.run_sync(
        reply.post, workspace=WORKSPACE, wave_id=id, text="Le jeudi matin est à vous.", by=ELODIE,
        now=place.clock.now(),
    )  # fmt: skip
    id = opens(place, project, "C01")
    for user in (*TEAM, next(iter(MORE))):
        await votes(place, user, "C01", P01="4" if user in TEAM else "1")
    closes(place, id)
    await claire.presses("Voir les résultats de groupe", on=place.to(BOREAL, "wave_closed")[0])
    assert "3,5 ou plus" in flat(claire.reads)
    assert "moyenne" not in claire.reads
    joins(place, project, dict(list(TEAM.items())[:4]))

    def again(conn: Any) -> Any:
        found = projects.get(conn, workspace=WORKSPACE, id=project)
        assert found is not None
        order = Order(project=found, what="C08", by=ELODIE, now=place.clock.now())
        return open_wave(conn, parts=place.parts, order=order)

    refused = place.parts.db.run_sync(again)
    assert isinstance(refused, NotOpened)
    assert refused.reason == "too_small"


def joins(place: Town, project: str, team: dict[str, str]) -> None:
    """The team is another one from now on."""
    members = [Member(user=user, function=function) for user, function in team.items()]
    place.parts.db.run_sync(projects.set_team, workspace=WORKSPACE, id=project, members=members)


async def test_a_check_in_sent_twice_is_kept_once(place: Town) -> None:
    await begun(place)
    place.until(at(1, 20))
    marc = place.person(MARC)
    await marc.presses("Répondre", on=asks(place, MARC)[0])
    marc.fills({"C04a": "2", "C04b": "2", "C04c": "2"})
    form = marc.modal
    await marc.sends()
    place.slack.put(form["id"], form)
    marc.fills({"C04a": "5", "C04b": "5", "C04c": "5"})
    await marc.sends()
    assert marc.sees("Vous avez déjà répondu")
    elodie = await place.person(ELODIE).runs("/cadrage calendrier")
    await elodie.presses("Ce que disent les points d’étape")
    assert elodie.sees("Un peu")
    assert not elodie.sees("Tout à fait")
    assert asks(place, INES) == []
