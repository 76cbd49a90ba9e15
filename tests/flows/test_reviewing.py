"""A decision whose review date has come: still right until the next date, or not any more."""

from datetime import UTC, date, datetime

import pytest

from flows.dialogue.effects import RecordKind
from flows.register.model import Kept
from flows.register.moves import NOT_NOW, Refused, Taken
from flows.register.reviewing import AHEAD, next_review, review_day, reviewed
from flows.register.undoing import UNDONE
from flows.upkeep import due_of
from flows.words import Words

TODAY = date(2026, 11, 23)  # a Monday


def kept(kind: RecordKind = "decision", status: str = "accepted", **fields: object) -> Kept:
    at = datetime(2026, 9, 1, tzinfo=UTC)
    return Kept(
        kind=kind, number=1, title=Words.same("Old tool"), status=status, fields=fields, created_at=at
    )


def test_only_a_decision_that_stands_has_a_review_date() -> None:
    one = kept(review_date="2026-11-23")
    assert review_day(one) == due_of(one) == TODAY
    assert review_day(kept(status="superseded", review_date="2026-11-23")) is None
    assert review_day(kept()) is None


@pytest.mark.parametrize(
    ("fields", "proposed"),
    [
        ({"review_date": "2026-11-23", "date": "2026-09-24"}, date(2027, 1, 22)),  # sixty days again
        ({"review_date": "2026-11-23", "date": "2026-01-01", "reviewed_on": "2026-11-16"},
         date(2026, 12, 23)),
        ({"review_date": "2026-11-23"}, date(2027, 2, 22)),
        ({}, date(2027, 2, 22)),
    ],
)  # fmt: skip
def test_the_next_date_that_is_proposed_is_as_far_off_as_the_last_one(
    fields: dict[str, object], proposed: date
) -> None:
    assert next_review(kept(**fields), TODAY) == proposed
    assert proposed.weekday() < 5


def test_still_right_keeps_what_was_decided_and_says_when_it_was_looked_at() -> None:
    taken = reviewed(kept(reason="Known"), again=date(2027, 1, 22), word=" Still cheaper. ", today=TODAY)
    assert taken == Taken(
        status="accepted",
        fields={"review_date": "2027-01-22", "reviewed_on": "2026-11-23"},
        reason="Still cheaper.",
    )
    never = reviewed(kept(), again=None, word="", today=TODAY)
    assert never == Taken(status="accepted", fields={"review_date": None, "reviewed_on": "2026-11-23"})
    assert "review" in UNDONE


def test_not_for_a_day_that_has_passed_nor_for_what_does_not_stand() -> None:
    assert reviewed(kept(), again=TODAY, word="", today=TODAY) == Refused(field="review_date", words=AHEAD)
    assert reviewed(kept(status="proposed"), again=None, word="", today=TODAY) == Refused(
        field="", words=NOT_NOW
    )
    assert reviewed(kept("risk", "open"), again=None, word="", today=TODAY) == Refused(
        field="", words=NOT_NOW
    )
