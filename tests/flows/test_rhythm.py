"""The phases of a project and its calendar (0.3, 5.2)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from flows.plan import Line
from flows.playbook import Playbook
from flows.rhythm.calendar import (
    Made,
    Occasion,
    Rule,
    asked_of,
    changed,
    due,
    laid_out,
    of_plan,
    waves_apart,
)
from flows.rhythm.phases import Dates, Lot, of_lot, phase_of, stretches

START = date(2026, 1, 12)  # a Monday
LIVE = date(2026, 9, 7)
LOT = Lot(ref="LOT-1", given=LIVE)
DATES = Dates(start=START, signed=date(2026, 3, 2), contract=date(2026, 4, 1), lots=(LOT,))


def after(days: int, start: date = START) -> date:
    return start + timedelta(days=days)


def calendar(playbook: Playbook, dates: Dates, until: date) -> tuple[Occasion, ...]:
    every = (*of_plan(playbook.plan.lines, dates), *laid_out(playbook.calendar, dates, until))
    return waves_apart(every)[0]


# -- phases -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "day", "phase"),
    [
        (Dates(start=START, named=False), START, "P0"),
        (Dates(start=START), START, "P1"),
        (DATES, date(2026, 3, 1), "P1"),
        (DATES, date(2026, 3, 2), "P2"),
        (DATES, date(2026, 4, 1), "P3"),
        (DATES, date(2026, 9, 6), "P3"),
        (DATES, LIVE, "P4"),
        (DATES, after(56, LIVE), "P4"),
        (DATES, after(57, LIVE), "P5"),
        (DATES, after(180, LIVE), "P5"),
        (DATES, after(181, LIVE), "P6"),
    ],
)
def test_a_phase_begins_and_ends_on_its_days(dates: Dates, day: date, phase: str) -> None:
    assert phase_of(dates, day) == phase


def test_an_end_that_was_planned_is_no_go_live() -> None:
    lot = Lot(ref="LOT-1", planned=LIVE)
    assert lot.go_live == LIVE
    assert of_lot(lot, after(10, LIVE)) is None
    assert phase_of(replace(DATES, lots=(lot,)), after(10, LIVE)) == "P3"


def test_of_several_lots_the_one_that_needs_most_decides() -> None:
    two = replace(DATES, lots=(LOT, Lot(ref="LOT-2", given=after(90, LIVE))))
    assert phase_of(two, after(10, LIVE)) == "P4"
    assert phase_of(two, after(70, LIVE)) == "P3", "the second is still being built"
    assert phase_of(two, after(100, LIVE)) == "P4"
    assert phase_of(two, after(90 + 60, LIVE)) == "P5"
    names = [(one.name, one.n) for one in stretches(two, after(300, LIVE))]
    assert names == [
        ("dense", 1), ("scoping", 1), ("build", 1), ("launch", 1), ("build", 2), ("launch", 2),
        ("settling", 1), ("everyday", 1),
    ]  # fmt: skip


def test_stretches_cover_every_day_once() -> None:
    found = stretches(DATES, after(700))
    assert found[0].first == START
    assert found[-1].last == after(700)
    for before, one in pairwise(found):
        assert one.first == before.last + timedelta(days=1)


# -- the calendar -------------------------------------------------------------------------------------------


def test_the_first_weeks_are_those_of_the_plan(playbook: Playbook) -> None:
    found = calendar(playbook, Dates(start=START), after(48))
    days = {one.key: one.day for one in found}
    assert days["C01.plan.5.3"] == date(2026, 2, 18)
    assert days["C02.plan.6.3"] == date(2026, 2, 25)
    assert next(one for one in found if one.key == "C01.plan.5.3").added == ("CHG12",)
    assert [key for key in days if key.startswith("C04")] == [f"C04.plan.{w}" for w in
        ("1.2", "2.2", "3.2", "4.4", "5.4", "6.2")]  # fmt: skip
    assert all(one.day.weekday() in (1, 2, 3) for one in found if one.midweek)


def test_the_days_of_the_plan_end_with_the_scoping(playbook: Playbook) -> None:
    signed = Dates(start=START, signed=date(2026, 2, 2))
    assert max(one.day for one in of_plan(playbook.plan.lines, signed)) < date(2026, 2, 2)


def test_each_column_of_5_2_has_its_rhythm(playbook: Playbook) -> None:
    found = calendar(playbook, DATES, after(800, LIVE))

    def ages(what: str, low: int, high: int) -> list[int]:
        return [
            (one.day - LIVE).days
            for one in found
            if one.what == what and low <= (one.day - LIVE).days <= high
        ]

    assert ages("C01", 0, 56) == [1, 15, 29, 43]
    assert ages("C02", 0, 56) == [8, 36]
    assert len(ages("C03", 0, 56)) == len(ages("C04", 0, 56)) == 8
    assert ages("C08", -40, 0) == [-20], "a Monday is moved to the Tuesday"
    assert [age // 30 for age in ages("C09", 0, 200)] == [1, 2, 3, 6]
    assert [round(age / 365) for age in ages("C09", 300, 800)] == [1, 2]
    assert not [one for one in found if one.what == "C06" and one.day > after(181, LIVE)]
    asked = [one.added for one in found if one.what == "C01" and one.rule == "launch"]
    assert asked == [(), ("SPO06", "SPO07"), (), ("SPO06", "SPO07")]
    every_second = [bool(one.added) for one in found if one.what == "C01" and one.rule == "build"]
    assert every_second[:4] == [False, True, False, True]


def test_nothing_about_a_lot_without_a_day_and_only_what_comes_before_a_planned_one(
    playbook: Playbook,
) -> None:
    nothing = replace(DATES, lots=(Lot(ref="LOT-1"),))
    assert not [one for one in calendar(playbook, nothing, after(400, LIVE)) if one.lot]
    planned = replace(DATES, lots=(Lot(ref="LOT-1", planned=LIVE),))
    assert {one.what for one in calendar(playbook, planned, after(400, LIVE)) if one.lot} == {
        "C08",
        "C02",
        "C01",
        "D07",
    }


def test_from_the_first_go_live_on_waves_are_for_the_users_of_what_is_live(playbook: Playbook) -> None:
    """5.1, C01: "team in P1-P3; users of the lot from the week before its go-live"."""
    two = replace(DATES, lots=(LOT, Lot(ref="LOT-2", planned=after(40, LIVE))))
    found = calendar(playbook, two, after(70, LIVE))
    asked = {(one.what, one.rule, one.lot): asked_of(one, two, one.day) for one in found}
    assert asked["C01", "build", ""] == asked["C04", "launch", ""] == ()
    assert asked["C01", None, "LOT-1"] == ("LOT-1",)
    assert asked["C02", None, "LOT-2"] == ("LOT-2",)
    assert asked["C01", "launch", ""] == ("LOT-1",)
    assert asked["C09", None, "LOT-1"] == (), "named, and for the team"
    assert all(one.users for one in found if one.what == "D07")


def test_never_two_waves_in_a_week(playbook: Playbook) -> None:
    two = replace(
        DATES, lots=(LOT, Lot(ref="LOT-2", given=after(90, LIVE)), Lot(ref="LOT-3", planned=after(95, LIVE)))
    )
    weeks = [
        one.day - timedelta(days=one.day.weekday())
        for one in calendar(playbook, two, after(600, LIVE))
        if one.wave
    ]
    assert len(weeks) == len(set(weeks))


def wave(what: str, day: int, key: str = "") -> Occasion:
    return Occasion(key=key or f"{what}.{day}", what=what, day=date(2026, 6, day), wave=True, midweek=True)


def test_of_two_waves_the_order_decides_and_the_other_waits_a_week() -> None:
    kept, left_out = waves_apart([wave("C01", 2), wave("C02", 3), wave("C08", 4)])
    assert [(one.what, one.day.day, one.waits) for one in kept] == [
        ("C08", 4, False), ("C02", 10, True), ("C01", 16, True),
    ]  # fmt: skip
    assert left_out == ()


def test_what_waits_is_skipped_when_its_check_in_comes_round_again_first() -> None:
    kept, left_out = waves_apart([wave("C01", 2), wave("C02", 3), wave("C01", 9)])
    assert [one.key for one in kept] == ["C02.3", "C01.9"]
    assert [one.key for one in left_out] == ["C01.2"]


def test_a_week_in_which_another_wave_opens_is_taken() -> None:
    kept, _ = waves_apart([wave("C01", 2)], taken={date(2026, 6, 1)})
    assert [one.day.day for one in kept] == [9]
    assert waves_apart([]) == ((), ())


# -- what leaves today --------------------------------------------------------------------------------------


def test_due_on_its_day_once_and_late_only_while_nothing_newer_has_come() -> None:
    tuesday, next_ = date(2026, 6, 2), date(2026, 6, 9)
    two = [Occasion(key="a", what="C04", day=tuesday), Occasion(key="b", what="C04", day=next_)]
    assert due(two, {}, tuesday - timedelta(days=1)) == ()
    assert [one.key for one in due(two, {}, tuesday)] == ["a"]
    assert due(two, {"a": Made(state="sent")}, tuesday + timedelta(days=1)) == ()
    assert [one.key for one in due(two, {}, tuesday + timedelta(days=3))] == ["a"], "the bot was off"
    assert due(two, {}, date(2026, 6, 6)) == (), "not on a Saturday"
    assert [one.key for one in due(two, {}, next_)] == ["b"], "the older one is not sent after the newer"
    assert due(two, {}, next_ + timedelta(days=7)) == (), "too old"


def test_a_wave_waits_for_an_answer_to_the_last_one_and_for_the_middle_of_the_week() -> None:
    one = wave("C01", 2)
    assert due([one], {}, one.day, held={"C01"}) == ()
    assert due([one], {}, date(2026, 6, 5)) == (), "a Friday"
    assert due([one], {}, date(2026, 6, 16)) == (one,)


def test_an_outage_does_not_bring_two_waves_in_one_week() -> None:
    missed, own = wave("C01", 4), wave("C02", 9)
    assert [one.key for one in due([missed, own], {}, date(2026, 6, 9))] == ["C02.9"]
    sent = {"C02.9": Made(state="sent", day=date(2026, 6, 9))}
    assert due([missed, own], sent, date(2026, 6, 10)) == ()
    assert due([missed, own], sent, date(2026, 6, 16)) == (missed,)
    assert due([missed], {}, date(2026, 6, 9), taken=True) == ()


def test_what_the_facilitator_moved_or_skipped() -> None:
    two = [
        Occasion(key="a", what="C04", day=date(2026, 6, 2)),
        Occasion(key="b", what="C04", day=date(2026, 6, 9)),
    ]
    made = {"a": Made(state="skipped"), "b": Made(state="moved", day=date(2026, 6, 11))}
    found = changed(two, made)
    assert [(one.key, one.day.day) for one in found] == [("b", 11)]
    assert due(found, made, date(2026, 6, 11)) == found
    assert changed(two, {}) == tuple(two)


def test_a_line_of_the_plan_that_is_no_check_in_is_not_in_the_calendar() -> None:
    line = Line(week=0, day=1, to=("team",), what="D02", minutes=5)
    assert of_plan([line], DATES) == ()


def test_a_rule_that_names_the_first_day_of_its_rhythm() -> None:
    rule = Rule(what="C04", in_="launch", every=7, first=2)
    days = [(one.day - LIVE).days for one in laid_out([rule], DATES, after(30, LIVE))]
    assert days == [2, 9, 16, 23, 30]


def test_a_day_after_the_end_of_its_rhythm_is_none() -> None:
    rule = Rule(what="C10", in_="dense", days=(7, 21))
    early = Dates(start=START, signed=after(10))
    assert [one.day for one in laid_out([rule], early, after(60))] == [after(7)]
