"""Before W10 the whole note goes round by itself: three working days in a room, two in the channel."""

from datetime import UTC, date, datetime

from flows.signoff.ahead import leaves

PARIS = "Europe/Paris"
MONDAY = datetime(2026, 2, 16, 13, 0, tzinfo=UTC)


def test_it_leaves_in_the_morning_where_the_project_is() -> None:
    assert leaves(MONDAY, "live", PARIS) == datetime(2026, 2, 11, 8, 30, tzinfo=UTC)
    assert leaves(MONDAY, "async", PARIS) == datetime(2026, 2, 12, 8, 30, tzinfo=UTC)


def test_days_on_which_nothing_leaves_do_not_count() -> None:
    assert leaves(MONDAY, "live", PARIS, {date(2026, 2, 13)}).date() == date(2026, 2, 10)


def test_the_day_of_the_workshop_is_that_of_the_project() -> None:
    late = datetime(2026, 2, 15, 23, 30, tzinfo=UTC)  # Monday in Paris
    assert leaves(late, "live", PARIS).date() == date(2026, 2, 11)
