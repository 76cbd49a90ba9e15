"""The plan of one project in time: days, what is held back, which moves no guard forbids (2.1)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.plan import PlanFacts
from flows.playbook import Playbook
from flows.timetable import (
    GIVEN_BY,
    Change,
    Step,
    Timetable,
    needed_by,
    next_up,
    planned_for,
    steps,
    timetable,
    waits_for,
)
from tests.flows.stage import BOREAL, EMPTY

START = date(2026, 1, 12)  # a Monday
FACTS = PlanFacts(cast=BOREAL)


def known(playbook: Playbook) -> set[str]:
    return {*playbook.flows, *(f"wave {id}" for id in playbook.waves)}


def laid_out(
    playbook: Playbook,
    changes: Mapping[str, Change] | None = None,
    *,
    today: date = START,
    facts: PlanFacts = FACTS,
    aside: Collection[tuple[str, str]] = (),
) -> Timetable:
    every = steps(playbook.plan, known(playbook))
    return timetable(
        playbook.plan, every, start=START, changes=changes or {}, facts=facts, today=today, aside=aside
    )


def test_lines_of_one_day_about_one_thing_leave_together(playbook: Playbook) -> None:
    by_key = {step.key: step for step in steps(playbook.plan, known(playbook))}
    goals = by_key["1.2.D02"]
    assert goals.to == ("sponsor", "front", "lead")
    assert goals.items == {"OBJ02", "OBJ03"}
    assert not goals.wave
    assert by_key["1.3.D07"].wave
    assert len(by_key) == len(steps(playbook.plan, known(playbook)))


def test_what_cannot_be_sent_is_left_out(playbook: Playbook) -> None:
    some = steps(playbook.plan, {"D03", "wave D12"})
    assert [step.key for step in some if step.lines] == ["0.3.D03", "4.3.D12"]
    assert not any(
        step.what.startswith("C0") and not step.wave for step in steps(playbook.plan, known(playbook))
    )


def test_every_step_has_a_working_day_and_every_workshop_comes_after_what_it_needs(
    playbook: Playbook,
) -> None:
    table = laid_out(playbook)
    assert all(each.day.weekday() < 5 for each in table.placed)
    assert [each.day for each in table.placed] == sorted(each.day for each in table.placed)
    for each in table.placed:
        if each.step.workshop:
            needs = [p for p in table.placed if p.step.what in each.step.workshop.needs and p.step.lines]
            assert min(p.day for p in needs) <= each.day, each.step.key


def test_the_plan_itself_breaks_no_guard(playbook: Playbook) -> None:
    table = laid_out(playbook)
    for each in table.placed:
        assert table.may_move(each.step.key, each.day) is None, each.step.key


def test_a_step_is_planned_then_due_then_sent(playbook: Playbook) -> None:
    def standing(key: str, today: date, *, facts: PlanFacts = FACTS, **change: object) -> str:
        changes = {key: Change(**change)} if change else {}  # type: ignore[arg-type]
        return laid_out(playbook, changes, today=today, facts=facts).by_key[key].standing

    sends = date(2026, 1, 26)
    assert standing("2.1.D04", START) == "planned"
    assert standing("2.1.D04", sends) == "due"
    assert standing("2.1.D04", sends, state="sent") == "sent"
    assert standing("2.1.D04", sends, state="skipped", reason="done last year") == "skipped"
    assert standing("2.1.D04", sends, moved_to=sends + timedelta(days=1)) == "planned"
    assert standing("2.1.D04", sends, facts=PlanFacts(cast=EMPTY)) == "blocked"
    assert standing("4.1.D14", START) == "blocked"
    assert standing("4.1.D14", START, facts=replace(FACTS, goals="shared")) == "planned"


def test_a_blocked_step_names_what_it_waits_for(playbook: Playbook) -> None:
    placed = laid_out(playbook).by_key["4.1.D14"]
    assert [guard.id for guard in placed.guards] == ["goals"]
    assert placed.ahead
    sent = laid_out(playbook, {"4.1.D14": Change(state="sent")}).by_key["4.1.D14"]
    assert (sent.guards, sent.ahead) == ((), False)


def test_a_blocked_step_tells_which_step_it_waits_for(playbook: Playbook) -> None:
    def waiting(key: str, **changes: Change) -> list[str]:
        table = laid_out(playbook, {name.replace("_", "."): each for name, each in changes.items()})
        return [each.step.key for each in waits_for(table, table.by_key[key])]

    assert waiting("4.1.D14") == ["1.5.D02"]
    assert waiting("5.5.W08") == ["4.5.W06", "5.4.W07"]
    assert waiting("3.2.W04") == ["1.3.D07"]
    assert waiting("4.1.D14", **{"1_5_D02": Change(state="sent")}) == []
    assert waiting("2.1.D04") == []


def test_a_guard_that_was_set_aside_holds_nothing_back(playbook: Playbook) -> None:
    table = laid_out(playbook, aside=[("goals", "D14")])
    assert table.by_key["4.1.D14"].standing == "planned"
    assert table.by_key["4.4.W09"].standing == "blocked", "it was set aside for the dialogue only"
    assert table.may_move("4.1.D14", START) is None


def test_a_moved_step_stands_on_its_new_day_and_keeps_the_reason(playbook: Playbook) -> None:
    placed = laid_out(playbook, {"2.1.D04": Change(moved_to=date(2026, 2, 4), reason="holidays")}).by_key[
        "2.1.D04"
    ]
    assert (placed.day, placed.moved, placed.reason) == (date(2026, 2, 4), True, "holidays")
    assert planned_for(placed.step, START) == date(2026, 1, 26)


@pytest.mark.parametrize(
    ("key", "to", "fault", "other"),
    [
        ("2.1.D04", date(2026, 1, 11), "past", None),
        ("2.1.D04", date(2026, 1, 31), "weekend", None),
        ("2.1.D04", date(2026, 2, 4), None, None),
        ("4.1.D14", date(2026, 1, 21), "guard", "1.5.D02"),
        ("4.1.D14", date(2026, 1, 23), None, None),
        ("1.5.D02", date(2026, 3, 20), "guard", "4.1.D14"),
        ("1.5.D02", date(2026, 2, 6), None, None),
        ("3.2.W04", date(2026, 1, 27), "guard", "1.3.D07"),
        ("3.2.W04", date(2026, 1, 28), None, None),
        ("1.3.D07", date(2026, 1, 27), None, None),
        ("1.3.D07", date(2026, 1, 28), "guard", "3.2.W04"),
    ],
)
def test_a_move_keeps_the_guards(
    playbook: Playbook, key: str, to: date, fault: str | None, other: str | None
) -> None:
    refused = laid_out(playbook).may_move(key, to)
    assert (refused and refused.fault) == fault
    assert (refused.other.step.key if refused and refused.other else None) == other


def test_what_is_there_already_holds_nothing_back(playbook: Playbook) -> None:
    early = date(2026, 1, 21)
    assert laid_out(playbook, facts=replace(FACTS, goals="shared")).may_move("4.1.D14", early) is None
    assert laid_out(playbook, {"1.5.D02": Change(state="skipped")}).may_move("4.1.D14", early) is None


def test_next_comes_what_is_due_and_then_what_is_planned(playbook: Playbook) -> None:
    changes = {"0.1.D01": Change(state="sent"), "0.3.D03": Change(state="skipped")}
    found = next_up(laid_out(playbook, changes, today=date(2026, 1, 19)))
    assert [each.step.key for each in found][:4] == ["0.2.D01", "0.4.W01", "1.1.D02", "1.2.D02"]
    assert not any(each.standing == "blocked" for each in found)


def test_the_workshop_that_works_with_the_answers(playbook: Playbook) -> None:
    table = laid_out(playbook)
    assert needed_by(table, "D04") == date(2026, 1, 30)
    assert needed_by(table, "D13") == date(2026, 2, 20)
    assert needed_by(table, "D08") is None
    held = laid_out(playbook, {"2.5.W03": Change(state="sent")})
    assert needed_by(held, "D04") is None
    assert needed_by(laid_out(playbook, today=date(2026, 2, 2)), "D04") is None


def test_what_guards_wait_for_is_in_the_plan(playbook: Playbook) -> None:
    given = {name for step in steps(playbook.plan, known(playbook)) for name in step.gives}
    for names in GIVEN_BY.values():
        assert given >= {*names}
    needs = {guard.needs for guard in playbook.plan.guards}
    assert needs - {"not_no_go"} == GIVEN_BY.keys()


def test_a_step_without_lines_is_a_workshop(playbook: Playbook) -> None:
    workshop = next(step for step in steps(playbook.plan, ()) if step.what == "W03")
    assert workshop.workshop is not None
    assert (workshop.to, workshop.items, workshop.wave) == ((), frozenset(), False)
    assert isinstance(workshop, Step)
