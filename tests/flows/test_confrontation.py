"""Planned and lived side by side: like with like, and nothing of who said what (D04, W03)."""

from datetime import UTC, datetime
from typing import Any

from flows.confrontation import Area, applies, areas
from flows.dialogue.model import Answer
from flows.playbook import Playbook
from tests.flows.stage import HUGO, INES, MARC, NADIA, PAUL

AT = datetime(2026, 2, 2, 9, tzinfo=UTC)
TEAM = ("sales", "marketing", "service", "it")


def said(value: Any, author: str) -> tuple[str, Answer]:
    return author, Answer(value=value, author=author, at=AT)


def step(name: str, severity: Any, lived: str = "late", **cells: Any) -> dict[str, Any]:
    return {"id": name[:3], "step": name, "planned": "at once", "lived": lived, "severity": severity, **cells}


def described(*people: tuple[str, str, list[Any]]) -> dict[str, list[tuple[str, Answer]]]:
    """Who described which area, and its steps."""
    return {
        "PRO01": [said(area, who) for who, area, _ in people if area],
        "PRO02": [said(steps, who) for who, _, steps in people],
    }


def by_code(*people: tuple[str, str, list[Any]]) -> dict[str, Area]:
    return {area.code: area for area in areas(described(*people), TEAM)}


def test_only_the_dialogue_on_processes_has_two_sides(playbook: Playbook) -> None:
    assert [id for id, flow in playbook.flows.items() if applies(flow)] == ["D04"]


def test_areas_stand_on_the_customer_s_path_whoever_answered_first() -> None:
    found = areas(
        described((PAUL, "service", [step("Repair", 2)]), (MARC, "sales", [step("Quote", 4)])), TEAM
    )
    assert [area.code for area in found] == ["marketing", "sales", "service"]
    assert [len(area.steps) for area in found] == [0, 1, 1]


def test_an_area_nobody_described_stays_and_says_whether_the_team_has_it() -> None:
    found = areas(described((MARC, "sales", [step("Quote", 4)])), ("sales", "marketing"))
    assert {area.code: (area.steps == (), area.present) for area in found} == {
        "marketing": (True, True), "sales": (False, True), "service": (True, False),
    }  # fmt: skip
    assert (found[0].steps_short, found[0].outside_short) == (3, 1)


def test_one_step_has_one_name_however_it_is_spelt_and_only_in_its_own_area() -> None:
    found = by_code(
        (MARC, "sales", [step("Relance", 2)]),
        (HUGO, "sales", [step("  relancé ", 4)]),
        (NADIA, "service", [step("Relance", 5)]),
    )
    (sales,), (service,) = found["sales"].steps, found["service"].steps
    assert [one.severity for one in sales.accounts] == [4, 2]
    assert (sales.seen, service.seen) == ("apart", "once")


def test_those_who_see_the_same_distance_are_not_said_to_differ() -> None:
    def seen(first: int, second: int) -> str:
        both = ((MARC, "sales", [step("Quote", first)]), (HUGO, "sales", [step("Quote", second)]))
        return by_code(*both)["sales"].steps[0].seen

    assert seen(3, 4) == seen(1, 1) == seen(4, 4) == "alike"
    assert seen(1, 2) == "apart"  # one sees no gap at all
    assert seen(2, 4) == seen(5, 3) == "apart"


def test_descriptions_stand_in_an_order_that_tells_nobody_apart() -> None:
    people = ((MARC, "sales", [step("Quote", 2, "b")]), (HUGO, "sales", [step("Quote", 2, "a")]))
    both = by_code(*people)["sales"], by_code(*reversed(people))["sales"]
    assert [[one.cells["lived"] for one in area.steps[0].accounts] for area in both] == [["a", "b"]] * 2


def test_steps_follow_the_path_as_people_told_it() -> None:
    found = by_code(
        (MARC, "sales", [step("First call", 2), step("Quote", 2), step("Order", 2)]),
        (HUGO, "sales", [step("Leads", 2), step("Order", 2)]),
    )["sales"]
    assert [one.name for one in found.steps] == ["First call", "Leads", "Order", "Quote"]


def test_what_w03_needs_of_an_area_is_counted_by_step() -> None:
    three = [step("A", 1, outside="Chat"), step("B", 3, outside="  "), step("C", 5)]
    found = by_code((MARC, "sales", three), (INES, "marketing", three[:1]))
    assert (found["sales"].steps_short, found["sales"].outside_short) == (0, 0)
    assert (found["sales"].gaps, found["sales"].outside) == (2, 1)
    assert (found["marketing"].steps_short, found["marketing"].gaps) == (2, 0)


def test_steps_without_an_area_stand_apart_at_the_end() -> None:
    found = areas(described((MARC, "", [step("Quote", 4)]), (HUGO, "moon", [step("Order", 2)])), TEAM)
    assert found[-1].code == ""
    assert [one.name for one in found[-1].steps] == ["Order", "Quote"]


def test_exits_and_broken_lines_describe_nothing() -> None:
    unknown = Answer(value=None, exit="unknown", author=MARC, at=AT)
    given = {"PRO01": [said("sales", HUGO)], "PRO02": [(MARC, unknown), said(["?", step("—", None)], HUGO)]}
    sales = areas(given, TEAM)[1]
    assert [(one.name, one.range) for one in sales.steps] == [("—", (1, 1))]
    assert areas({}, TEAM)[0].steps == ()
