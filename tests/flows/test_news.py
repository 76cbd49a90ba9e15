"""On which days news are drafted for the lead (5.2): the days of each stretch, three a week at most."""

from datetime import date, timedelta

import pytest

from flows.news import CAP, due
from flows.rhythm.phases import Name, Stretch

MONDAY = date(2026, 3, 2)  # the first of its month


def week(name: Name, first: date, origin: date = MONDAY) -> str:
    """The weekdays of one week on which there is a draft."""
    stretch = Stretch(name=name, n=1, origin=origin, first=origin, last=origin + timedelta(days=400))
    days = [first + timedelta(days=n) for n in range(7)]
    return " ".join(f"{day:%a}" for day in days if due(stretch, day, 0))


@pytest.mark.parametrize(
    ("name", "weeks", "days"),
    [
        ("dense", 0, "Tue Thu"),
        ("scoping", 8, "Wed"),
        ("build", 12, "Wed"),
        ("launch", 0, "Mon Wed Fri"),
        ("launch", 3, "Mon Wed Fri"),
        ("launch", 4, "Tue Thu"),
        ("settling", 9, "Wed"),
        ("everyday", 0, "Wed"),
        ("everyday", 1, ""),
    ],
)
def test_each_stretch_has_its_days(name: Name, weeks: int, days: str) -> None:
    assert week(name, MONDAY + timedelta(weeks=weeks)) == days


def test_three_a_week_is_the_most_also_where_the_rhythm_changes_within_it() -> None:
    stretch = Stretch(name="launch", n=1, origin=MONDAY, first=MONDAY, last=MONDAY)
    assert due(stretch, MONDAY, CAP - 1)
    assert not due(stretch, MONDAY, CAP)
