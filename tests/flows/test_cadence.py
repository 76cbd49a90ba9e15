"""Working days, windows and dates in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cadence import (
    add_working_days,
    is_working_day,
    next_window,
    within_hours,
    working_days_between,
    zone,
)
from flows.dates import long_date, short_date
from flows.words import Words

PARIS = ZoneInfo("Europe/Paris")
FRIDAY = date(2026, 1, 23)


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, date(2026, 1, 26)),
        (FRIDAY, 10, date(2026, 2, 6)),
        (date(2026, 1, 24), 0, date(2026, 1, 26)),  # a Saturday
        (date(2026, 1, 24), 1, date(2026, 1, 26)),
        (date(2026, 1, 25), 2, date(2026, 1, 27)),
    ],
)
def test_working_days_leave_out_the_weekend(start: date, n: int, expected: date) -> None:
    assert add_working_days(start, n) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_counting_back_gives_what_was_added(start: date, n: int) -> None:
    end = add_working_days(start, n)
    assert is_working_day(end)
    if is_working_day(start):
        assert working_days_between(start, end) == n


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-01-19 10:00", "2026-01-19 12:00", 120),
        ("2026-01-19 14:00", "2026-01-20 09:00", 120),  # an hour and a half, the night, half an hour
        ("2026-01-23 15:00", "2026-01-26 08:30", 30),  # a weekend
        ("2026-01-19 12:00", "2026-01-19 10:00", 0),
        ("2026-01-18 06:00", "2026-01-18 12:00", 0),  # a Sunday
    ],
)
def test_nights_and_weekends_make_nothing_late(start: str, end: str, minutes: int) -> None:
    between = within_hours(utc(start), utc(end), PARIS)
    assert between.total_seconds() == minutes * 60


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert working_days_between(FRIDAY, date(2026, 1, 1)) == 0


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-19 10:00", "2026-01-19 10:00"),  # 11:00 in Paris
        ("2026-01-19 06:00", "2026-01-19 08:30"),  # too early: 09:30 in Paris
        ("2026-01-19 15:30", "2026-01-20 08:30"),  # 16:30 is outside
        ("2026-01-23 18:00", "2026-01-26 08:30"),  # Friday evening
        ("2026-01-24 06:00", "2026-01-26 08:30"),  # Saturday morning
        ("2026-03-27 18:00", "2026-03-30 07:30"),  # over the change to summer time
    ],
)
def test_nobody_is_written_to_outside_their_hours(moment: str, expected: str) -> None:
    found = next_window(datetime.fromisoformat(moment).replace(tzinfo=UTC), PARIS)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_window_is_never_in_the_past_and_always_within_hours(moment: datetime) -> None:
    found = next_window(moment, PARIS)
    local = found.astimezone(PARIS)
    assert found >= moment
    assert is_working_day(local.date())
    assert (9, 30) <= (local.hour, local.minute) < (16, 30)
    assert next_window(found, PARIS) == found


@pytest.mark.parametrize("name", [None, "", "Mars/Olympus", "../../etc/passwd", "Europe"])
def test_an_unknown_zone_becomes_the_projects(name: str | None) -> None:
    assert zone(name, default="Europe/Lisbon") == ZoneInfo("Europe/Lisbon")
    assert zone(name, default="nowhere") == ZoneInfo("UTC")
    assert zone("Europe/Stockholm") == ZoneInfo("Europe/Stockholm")


def test_dates_in_words() -> None:
    assert long_date(date(2026, 2, 19)) == Words("Thursday 19 February 2026", "jeudi 19 février 2026")
    assert long_date(date(2026, 6, 1)) == Words("Monday 1 June 2026", "lundi 1er juin 2026")
    assert short_date(date(2026, 6, 1)) == Words("1 June 2026", "1er juin 2026")
    assert short_date(date(2026, 6, 2)) == Words("2 June 2026", "2 juin 2026")
