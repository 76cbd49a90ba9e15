"""Ideas that look alike are proposed together, in both languages; working hours are those people work."""

from datetime import UTC, date, datetime, timedelta

import pytest

from flows.cadence import zone
from flows.workshop.cluster import alike, proposals, words
from flows.workshop.hours import Calendar
from flows.workshop.model import Card

PARIS = Calendar(zone=zone("Europe/Paris"), off=(date(2026, 11, 26),))


def cards(*texts: str) -> list[Card]:
    return [Card(id=str(n), step=1, kind="idea", text=text) for n, text in enumerate(texts)]


def together(*texts: str) -> list[list[str]]:
    return [[card.text for card in group] for group in proposals(cards(*texts))]


def test_alike_ideas_are_proposed_together() -> None:
    found = together(
        "Customer data is never updated", "No time for training", "The data of our customers is not updated",
        "Pas assez de formation", "Nobody has time for the training", "Un budget trop serré",
    )  # fmt: skip
    assert found == [
        ["Customer data is never updated", "The data of our customers is not updated"],
        ["No time for training", "Nobody has time for the training"],
    ]


def test_french_is_read_without_accents_and_endings() -> None:
    assert together("Les données clients sont dispersées", "Données des clients dispersées") == [
        ["Les données clients sont dispersées", "Données des clients dispersées"]
    ]
    assert words("Un cœur de métier") == words("COEUR METIERS")


def test_what_is_merged_already_or_says_nothing_is_left_alone() -> None:
    merged = Card(id="9", step=1, kind="idea", text="same words here", into="8")
    assert proposals([*cards("same words here"), merged]) == ()
    assert alike((), ()) == 0
    assert together("le la", "of the") == []


def test_a_card_joins_the_group_it_is_most_like() -> None:
    found = together("budget cut twice", "training budget late", "training budget late again")
    assert found == [["training budget late", "training budget late again"]]


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """Of November 2026, in Paris."""
    return datetime(2026, 11, day, hour, minute, tzinfo=zone("Europe/Paris")).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (moment(24, 10), 4, moment(24, 14)),
        (moment(24, 10), 7, moment(24, 17)),
        (moment(24, 10), 8, moment(25, 10)),
        (moment(24, 20), 1, moment(25, 10)),
        (moment(24, 7), 1, moment(24, 10)),
        (moment(25, 16), 2, moment(27, 10)),  # Thursday the 26th is off
        (moment(27, 16), 2, moment(30, 10)),  # over the week-end
        (moment(28, 12), 8, moment(30, 17)),
    ],
)
def test_hours_of_a_step_are_working_hours(start: datetime, hours: int, end: datetime) -> None:
    assert PARIS.after(start, timedelta(hours=hours)) == end
    assert PARIS.between(start, end) == timedelta(hours=hours)


def test_no_time_takes_no_time() -> None:
    assert PARIS.after(moment(28, 12), timedelta()) == moment(28, 12)


def test_nothing_lies_between_a_moment_and_an_earlier_one() -> None:
    assert PARIS.between(moment(24, 12), moment(24, 10)) == timedelta()
    assert PARIS.between(moment(25, 12), moment(24, 10)) == timedelta()
