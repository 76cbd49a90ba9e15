"""Two simulated years of the calendar in every time zone, with a clock that ticks when it likes (reliability
C1): every local time right, nothing doubled, nothing missed. All zones with `make rhythm`."""

import os
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from flows import cadence
from flows.fatigue import MIDWEEK, monday
from flows.playbook import Playbook
from flows.rhythm import calendar
from flows.rhythm.calendar import Made, Occasion
from flows.rhythm.phases import Dates, Lot
from storage import recurrence

#: Clocks that change at midnight, by half an hour, and one far east.
HARD = ("America/Havana", "Australia/Lord_Howe", "Pacific/Kiritimati")
EVERY = sorted(available_timezones()) if os.environ.get("CADRAGE_RHYTHM") == "all" else HARD
START = date(2026, 1, 12)
DATES = Dates(
    start=START, signed=date(2026, 3, 2), contract=date(2026, 4, 1),
    lots=(Lot(ref="LOT-1", given=date(2026, 9, 7)), Lot(ref="LOT-2", given=date(2026, 12, 1))),
)  # fmt: skip
END = datetime(2028, 1, 31, tzinfo=UTC)
RULE = {"rrule": "FREQ=DAILY", "start": "2026-01-12T00:10"}


@pytest.fixture(scope="module")
def occasions(playbook: Playbook) -> tuple[Occasion, ...]:
    raw = (
        *calendar.of_plan(playbook.plan.lines, DATES),
        *calendar.laid_out(playbook.calendar, DATES, END.date()),
    )
    return calendar.waves_apart(raw)[0]


def lived(zone: str, occasions: tuple[Occasion, ...], seed: int) -> list[tuple[Occasion, datetime]]:
    """What was sent, and when each message left, by a bot that ticks now and then."""
    chance, local = random.Random(seed), ZoneInfo(zone)  # noqa: S311 - when it ticks
    made: dict[str, Made] = {}
    sent: list[tuple[Occasion, datetime]] = []
    next_due = recurrence.first_after(RULE, zone, datetime(2026, 1, 11, tzinfo=UTC))
    periods: Counter[str] = Counter()
    now = datetime(2026, 1, 11, tzinfo=UTC)
    while now < END:
        now += timedelta(seconds=chance.uniform(600, 4 * 3600), days=2 * (chance.random() < 0.002))
        if next_due is None or next_due > now:
            continue
        due = recurrence.missed(RULE, zone, since=next_due, now=now)
        periods[recurrence.period(RULE, zone, due.last)] += 1
        next_due = recurrence.first_after(RULE, zone, max(now, due.last))
        today = now.astimezone(local).date()
        for one in calendar.due(occasions, made, today):
            made[one.key] = Made(state="sent", day=today)
            sent.append((one, cadence.next_window(now, local)))
    assert max(periods.values()) == 1, "one tick for each local day"
    return sent


@pytest.mark.parametrize("zone", EVERY)
def test_two_years_of_one_zone(zone: str, occasions: tuple[Occasion, ...]) -> None:
    sent, local = lived(zone, occasions, seed=len(zone)), ZoneInfo(zone)
    assert max(Counter(one.key for one, _ in sent).values()) == 1, "nothing twice"
    came = {one.key for one, _ in sent}
    last = END.date() - timedelta(days=7)
    assert {one.key for one in occasions if one.day < last} <= came, "nothing missed"
    for one, moment in sent:
        at = moment.astimezone(local)
        assert cadence.is_working_day(at.date())
        assert time(9, 30) <= at.time() < time(16, 30), (one.key, at)
        assert at.date() >= one.day
    opened = Counter(monday(moment.astimezone(local).date()) for one, moment in sent if one.wave)
    assert not opened or max(opened.values()) == 1, "one new wave a week"
    early = [m.astimezone(local) for one, m in sent if one.midweek]
    assert sum(at.weekday() in MIDWEEK for at in early) >= len(early) * 9 // 10


def test_a_zone_that_does_not_exist_counts_as_the_usual_one() -> None:
    assert cadence.zone("Mars/Olympus").key == "Europe/Paris"
    assert cadence.zone(None, default="Asia/Tokyo").key == "Asia/Tokyo"
