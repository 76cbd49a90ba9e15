"""Two simulated years in every time zone, with a heart that beats when it likes (reliability C1): what is due
daily, weekly and monthly, and the calendar of check-ins. Every local time right, nothing doubled, nothing
missed. All zones with `make rhythm`."""

import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo, available_timezones

import pytest

from flows import cadence
from flows.fatigue import MIDWEEK, WEEK, monday
from flows.playbook import Playbook
from flows.rhythm import calendar
from flows.rhythm.calendar import Made, Occasion
from flows.rhythm.phases import Dates, Lot
from storage import recurrence

#: Clocks that change at midnight, just before it, by half an hour, in Ramadan, and one far east.
HARD = (
    "Africa/Casablanca", "America/Havana", "America/Nuuk", "Australia/Lord_Howe", "Europe/Paris",
    "Pacific/Kiritimati",
)  # fmt: skip
EVERY = sorted(available_timezones()) if os.environ.get("CADRAGE_RHYTHM") == "all" else HARD
START = date(2026, 1, 12)
DATES = Dates(
    start=START, signed=date(2026, 3, 2), contract=date(2026, 4, 1),
    lots=(Lot(ref="LOT-1", given=date(2026, 9, 7)), Lot(ref="LOT-2", given=date(2026, 12, 1))),
)  # fmt: skip
END = datetime(2028, 1, 31, tzinfo=UTC)
RULE = {"rrule": "FREQ=DAILY", "start": "2026-01-12T00:10"}
#: A rule, and by plain arithmetic the days it means. At hours that clocks skip or repeat somewhere.
Days = Callable[[date], bool]
RULES: tuple[tuple[str, time, Days], ...] = (
    ("FREQ=DAILY", time(2, 30), lambda day: True),
    ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", time(7, 30), lambda day: day.weekday() < 5),
    ("FREQ=DAILY", time(23, 30), lambda day: True),
    ("FREQ=WEEKLY;BYDAY=TH", time(8, 30), lambda day: day.weekday() == 3),
    ("FREQ=WEEKLY;BYDAY=SU", time(0, 10), lambda day: day.weekday() == 6),
    ("FREQ=MONTHLY;BYMONTHDAY=1", time(0, 10), lambda day: day.day == 1),
    (
        "FREQ=MONTHLY;BYDAY=-1SU",
        time(1, 30),
        lambda day: day.weekday() == 6 and (day + WEEK).month != day.month,
    ),
)
WHOLE = timedelta(days=730)


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


def placed(naive: datetime, local: ZoneInfo) -> datetime:
    """Where this local time is: the first of two, or the first minute that is later. Looks at every minute
    that might be it; shares nothing with what it judges."""
    around = [naive.replace(tzinfo=UTC) + timedelta(days=days) for days in (-2, 0, 2)]
    offsets = {moment.astimezone(local).utcoffset() or timedelta() for moment in around}
    same = [naive.replace(tzinfo=UTC) - offset for offset in offsets]
    same = [moment for moment in same if moment.astimezone(local).replace(tzinfo=None) == naive]
    if same:
        return min(same)
    moment = naive.replace(tzinfo=UTC) - max(offsets)
    while moment.astimezone(local).replace(tzinfo=None) < naive:
        moment += timedelta(minutes=1)
    return moment


@pytest.mark.parametrize("zone", EVERY)
def test_two_years_of_what_comes_daily_weekly_and_monthly(zone: str) -> None:
    """A beat comes 5 to 90 seconds after something is due; now and then nobody beats for days."""
    local, chance = ZoneInfo(zone), random.Random(zone)  # noqa: S311 - when it beats
    every = [START + timedelta(days=n) for n in range(WHOLE.days)]
    for rrule, hour, means in RULES:
        wanted = [placed(datetime.combine(day, hour), local) for day in every if means(day)]
        rule = {"rrule": rrule, "start": datetime.combine(START, hour).isoformat(timespec="minutes")}
        due = recurrence.first_after(rule, zone, wanted[0] - timedelta(hours=1))
        periods: list[str] = []
        while wanted:
            assert due == wanted[0], (rrule, zone)
            down = timedelta(days=chance.choice((2, 9)) if chance.random() < 0.02 else 0)
            now = min(due + down, wanted[-1]) + timedelta(seconds=chance.uniform(5, 90))
            covers = recurrence.missed(rule, zone, since=due, now=now)
            came = [*takewhile(lambda moment, now=now: moment <= now, wanted)]
            assert (covers.first, covers.last, covers.count) == (came[0], came[-1], len(came)), (rrule, zone)
            periods.append(recurrence.period(rule, zone, covers.last))
            due, wanted = recurrence.first_after(rule, zone, max(now, covers.last)), wanted[len(came) :]
        assert len(set(periods)) == len(periods), "no period twice, or its second time would be lost"


@pytest.mark.parametrize("zone", EVERY)
def test_two_years_of_the_calendar_of_one_zone(zone: str, occasions: tuple[Occasion, ...]) -> None:
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
