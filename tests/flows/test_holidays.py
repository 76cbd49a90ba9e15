"""Days on which nothing leaves: proposed for France, typed by people, left out wherever days are counted."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from flows import cadence
from flows.holidays import listed, proposed, typed
from flows.rhythm.calendar import Occasion, Rule, laid_out, waves_apart
from flows.rhythm.phases import Dates
from flows.wave import calendar

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 3, 2)


def test_those_of_france_move_with_easter() -> None:
    found = proposed("FR", date(2026, 1, 1), date(2026, 12, 31))
    assert [day.isoformat()[5:] for day in found] == [
        "01-01", "04-06", "05-01", "05-08", "05-14", "05-25", "07-14", "11-11", "12-25",
    ]  # fmt: skip
    assert proposed("FR", date(2027, 3, 1), date(2027, 3, 31)) == (date(2027, 3, 29),)
    assert proposed("EU", date(2026, 1, 1), date(2026, 12, 31)) == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_is_read_back_as_it_is_shown(language: str) -> None:
    days = proposed("FR", date(2026, 1, 1), date(2026, 12, 31))
    assert typed(getattr(listed(days), language), date(2026, 1, 1)) == (days, "")


def test_a_line_that_names_no_day_is_told() -> None:
    assert typed("25/12/2026\n\n • 1er mai 2026", TODAY) == ((date(2026, 5, 1), date(2026, 12, 25)), "")
    assert typed("25/12/2026\nNoël", TODAY) == ((), "Noël")
    assert typed("", TODAY) == ((), "")


def test_working_days_and_hours_leave_them_out() -> None:
    off = {date(2026, 5, 1)}  # a Friday
    assert not cadence.is_working_day(date(2026, 5, 1), off)
    assert cadence.add_working_days(date(2026, 4, 30), 1, off) == date(2026, 5, 4)
    assert cadence.working_days_between(date(2026, 4, 30), date(2026, 5, 4), off) == 1
    friday, monday = datetime(2026, 5, 1, 10, tzinfo=UTC), datetime(2026, 5, 4, 7, 30, tzinfo=UTC)
    assert cadence.next_window(friday, PARIS, off=off) == monday
    assert cadence.within_hours(friday, monday, PARIS, off=off).total_seconds() == 0
    assert calendar.closes(date(2026, 4, 28), off) == date(2026, 5, 6)
    assert calendar.reminds(date(2026, 5, 4), off) == date(2026, 4, 29)


def test_the_calendar_steps_over_them() -> None:
    start, off = date(2026, 1, 12), frozenset({date(2026, 3, 10), date(2026, 3, 19)})
    dates = Dates(start=start, signed=date(2026, 3, 3), contract=date(2026, 3, 3), off=off)
    rules = (
        Rule(what="C01", in_="build", every=7, midweek=True, wave=True),
        Rule(what="C07", in_="build", every=16),
    )
    found = laid_out(rules, dates, date(2026, 3, 20))
    assert [one.day for one in found] == [date(2026, 3, 11), date(2026, 3, 17), date(2026, 3, 20)]


def test_a_wave_that_waits_a_week_does_not_leave_on_one() -> None:
    first = Occasion(key="a", what="C08", day=date(2026, 3, 11), wave=True, midweek=True)
    second = Occasion(key="b", what="C02", day=date(2026, 3, 11), wave=True, midweek=True)
    kept, _ = waves_apart((first, second), off={date(2026, 3, 18)})
    assert [(one.what, one.day) for one in kept] == [("C08", date(2026, 3, 11)), ("C02", date(2026, 3, 19))]
