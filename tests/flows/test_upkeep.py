"""Nobody's item rots: three reminders at most, put off or stopped, and each level hears of it once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from flows import upkeep
from flows.register.model import Kept
from flows.upkeep import Item, Upkeep, Word, step
from flows.words import Words

DUE = date(2026, 2, 12)  # a Thursday
ITEM = Item(ref="ISS-4", due=DUE, owner="ines")


def told(item: Item, days: int, kept: Upkeep | None = None) -> list[tuple[date, Word]]:
    """What is said day after day, from the due date on."""
    found = []
    for n in range(days):
        day = item.due + timedelta(days=n)
        if day.weekday() < 5:
            kept, words = step(item, kept, day)
            found += [(day, word) for word in words]
    return found


def test_three_reminders_three_working_days_apart_then_the_lead_then_the_arbiter_once_each() -> None:
    owner = [day for day, word in told(ITEM, 60) if word.whom == "owner"]
    assert owner == [DUE, date(2026, 2, 17), date(2026, 2, 20)]
    assert [(day, word.whom) for day, word in told(ITEM, 60) if word.whom != "owner"] == [
        (date(2026, 2, 19), "lead"), (date(2026, 2, 26), "arbiter"),
    ]  # fmt: skip


def test_nothing_is_said_before_the_day() -> None:
    assert step(ITEM, None, DUE - timedelta(days=1))[1] == ()


def test_stopped_means_never_again_but_it_does_not_rot() -> None:
    kept = upkeep.stopped(step(ITEM, None, DUE)[0])
    assert [word.whom for _, word in told(ITEM, 60, kept)] == ["lead", "arbiter"]


@pytest.mark.parametrize(
    ("snooze", "day"), [("1", date(2026, 2, 13)), ("3", date(2026, 2, 17)), ("week", date(2026, 2, 16))]
)
def test_a_reminder_put_off_comes_back_on_its_day(snooze: Any, day: date) -> None:
    kept = upkeep.snoozed(step(ITEM, None, DUE)[0], snooze, DUE)
    assert next(day for day, word in told(ITEM, 60, kept) if word.whom == "owner") == day


def test_an_item_that_has_nobody_asks_the_lead_to_name_somebody() -> None:
    words = [word.whom for _, word in told(replace(ITEM, owner=""), 9)]
    assert words == ["name", "name", "lead", "name"]


def test_another_owner_hears_of_it_anew_and_other_levels_do_not() -> None:
    kept, _ = step(ITEM, None, DUE)
    kept = replace(upkeep.stopped(kept), level=1, level_on=DUE)
    now, words = step(replace(ITEM, owner="paul"), kept, date(2026, 2, 20))
    assert [word.whom for word in words] == ["owner"]
    assert (now.said, now.level, now.level_on, now.stopped) == (1, 1, DUE, False)


def test_another_date_is_a_new_start() -> None:
    kept = Upkeep(ref="ISS-4", due=DUE, owner="ines", said=3, level=2, stopped=True)
    assert upkeep.current(replace(ITEM, due=DUE + timedelta(days=30)), kept).level == 0
    assert upkeep.current(ITEM, kept) == kept


def record(kind: Any, status: str, **fields: Any) -> Kept:
    return Kept(
        kind=kind, number=1, title=Words.same("t"), owner="ines", due=DUE, status=status, fields=fields,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "due"),
    [
        (record("issue", "open"), DUE),
        (record("action", "done"), None),
        (record("risk", "reduced"), DUE),
        (record("assumption", "untested"), DUE),
        (record("lot", "open"), None),
        (record("decision", "accepted", review_date="2026-06-01"), date(2026, 6, 1)),
        (record("decision", "accepted"), None),
        (record("decision", "superseded", review_date="2026-06-01"), None),
    ],
)
def test_what_is_due(kept: Kept, due: date | None) -> None:
    assert upkeep.due_of(kept) == due


def test_nobody_is_late_with_what_was_recorded_after_its_date() -> None:
    late = replace(record("issue", "open"), created_at=datetime(2026, 3, 2, tzinfo=UTC))
    assert upkeep.reckoned_from(late) == date(2026, 3, 2)
    assert upkeep.reckoned_from(record("issue", "open")) == DUE
    assert upkeep.reckoned_from(record("action", "done")) is None


def test_a_decision_is_looked_at_again_by_whoever_took_it() -> None:
    taken = replace(record("decision", "accepted", decided_by="claire"), owner=None)
    assert upkeep.owner_of(taken, here=("claire",)) == "claire"
    assert upkeep.owner_of(record("issue", "open"), here=("ines",)) == "ines"
    assert not upkeep.owner_of(record("issue", "open"), here=("claire",)), "whoever has left sees to nothing"
