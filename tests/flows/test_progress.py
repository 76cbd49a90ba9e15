"""How far a project is, in counts, week by week. No fake, no clock."""

from dataclasses import fields
from datetime import date

from flows.progress import MOST, Mark, Progress, Span, burn_up

MONDAY = date(2026, 3, 2)


def test_each_week_has_a_mark_of_what_had_begun_and_what_was_done_and_the_last_is_today() -> None:
    spans = [
        Span(began=date(2026, 2, 16), ended=date(2026, 2, 20)),
        Span(began=date(2026, 2, 18)),
        Span(began=date(2026, 3, 2), ended=date(2026, 3, 2)),
    ]
    assert burn_up(spans, MONDAY) == (
        Mark(day=date(2026, 2, 9), begun=0, done=0),
        Mark(day=date(2026, 2, 16), begun=1, done=0),
        Mark(day=date(2026, 2, 23), begun=2, done=1),
        Mark(day=MONDAY, begun=3, done=2),
    )


def test_a_long_project_is_told_by_its_last_twelve_weeks() -> None:
    marks = burn_up([Span(began=date(2025, 1, 6))], MONDAY)
    assert len(marks) == MOST
    assert marks[0].begun == 1


def test_there_is_no_picture_of_one_day() -> None:
    assert burn_up([], MONDAY) == ()
    assert burn_up([Span(began=MONDAY)], MONDAY) == ()


def test_nothing_about_a_person_has_a_place_in_it() -> None:
    names = {each.name for kind in (Progress, Mark, Span) for each in fields(kind)}
    assert not names & {"user", "owner", "person", "answered", "by"}
