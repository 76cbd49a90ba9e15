"""Away for a dated period: who stands in on a day, and what a form may say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.absence import LONGEST, Absence, away, problems

MONDAY, FRIDAY = date(2026, 2, 16), date(2026, 2, 20)
INES = Absence(user="ines", first=MONDAY, last=FRIDAY, deputy="paul")
TEAM = ("ines", "paul", "marc")


@pytest.mark.parametrize(("day", "out"), [(-1, False), (0, True), (4, True), (5, False)])
def test_both_days_are_days_away(day: int, out: bool) -> None:
    assert INES.on(MONDAY + timedelta(days=day)) == out


def test_a_deputy_stands_in_in_that_period_only() -> None:
    assert away((INES,), FRIDAY, here=TEAM) == {"ines": INES}
    assert away((INES,), FRIDAY + timedelta(days=1), here=TEAM) == {}


def test_nobody_stands_in_who_is_not_there_or_away_too() -> None:
    assert away((INES,), MONDAY, here=("ines", "marc"))["ines"].deputy == ""
    paul = Absence(user="paul", first=MONDAY, last=MONDAY, deputy="marc")
    found = away((INES, paul), MONDAY, here=TEAM)
    assert (found["ines"].deputy, found["paul"].deputy) == ("", "marc"), "it goes no further than one step"


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"first": MONDAY - timedelta(days=1)}, "first", "past"),
        ({"last": MONDAY - timedelta(days=1)}, "last", "order"),
        ({"last": MONDAY + LONGEST + timedelta(days=1)}, "last", "long"),
        ({"deputy": "ines"}, "deputy", "oneself"),
    ],
)
def test_what_cannot_be(change: dict[str, date | str], field: str, problem: str) -> None:
    assert problems(replace(INES, **change), MONDAY) == {field: problem}  # type: ignore[arg-type]
    assert problems(INES, MONDAY) == {}
