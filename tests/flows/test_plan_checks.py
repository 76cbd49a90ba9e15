"""What answers about needs, plan and vendors must respect, where stories do not go."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from flows.dialogue import plan_checks
from flows.dialogue.effects import Draft
from flows.dialogue.kinds import Refused, check
from flows.dialogue.model import Case
from flows.playbook import Playbook
from flows.project import Cast
from flows.register.needs import weights
from flows.register.said import Said
from flows.register.tasks import links
from flows.words import Words
from tests.flows.questions import NOON, answer, question, sheet

TODAY = NOON.date()


def case(number: int, item: str) -> Case:
    return Case(ref=f"TSK-{number}", title=Words.same("a task"), item=item)


@pytest.mark.parametrize(
    ("after", "known", "expected", "unknown"),
    [
        ("", (), (), ()),
        ("TSK-1", (), (0,), ()),
        ("1", (), (0,), ()),
        ("clean, TSK-1", (), (0,), ()),
        ("TSK-7", (case(7, "a"),), (0,), ()),
        ("TSK-8", (case(7, "a"),), (1,), ()),  # this very line will be TSK-8
        ("TSK-3", (case(7, "a"),), (), ()),  # deleted since
        ("TSK-7", (case(7, "gone"),), (), ()),
        ("TSK-12", (case(7, "a"),), (), ("TSK-12",)),
        ("sweep", (), (), ("sweep",)),
    ],
)
def test_what_is_typed_under_after_finds_its_tasks(
    after: str, known: tuple[Case, ...], expected: tuple[int, ...], unknown: tuple[str, ...]
) -> None:
    rows = [{"id": "a", "task": "Clean"}, {"id": "b", "task": "Load", "after": after}]
    found = links(rows, known)
    assert found.after == ((), expected)
    assert tuple(typed for _, typed in found.unknown) == unknown


def test_a_loop_is_found_in_the_order_of_the_tasks() -> None:
    rows = [{"task": "A", "after": "3"}, {"task": "B", "after": "1"}, {"task": "C", "after": "2"}]
    loop = links(rows, ()).loop
    assert len(loop) == 4
    assert loop[0] == loop[-1]
    assert all(links(rows, ()).after[after] == (before,) for before, after in pairwise(loop))


@pytest.mark.parametrize(
    ("raw", "value"),
    [("2", 2), ("0.5", 0.5), ("2,5", 2.5), (" 2.50 ", 2.5), (1.5, 1.5), (3.0, 3), (4, 4)],
)
def test_halves_are_welcome_where_content_says_so(raw: Any, value: float) -> None:
    assert check(question(kind="number", halves=True), raw) == value


@pytest.mark.parametrize(
    "raw", ["0", "0.2", "2.3", "-1", "2,5,5", "x", True, 0.25, float("inf"), "999999999"]
)
def test_other_numbers_are_refused_there(raw: Any) -> None:
    assert isinstance(check(question(kind="number", halves=True, maximum=500), raw), Refused)


@pytest.mark.parametrize("goals", ["shared", "committed"])
def test_sessions_after_goals_raise_no_warning(goals: str) -> None:
    sessions = [{"id": "1", "vendor": "Nordsoft"}]
    asked = question(kind="rows")
    assert plan_checks.goals_before_vendors(asked, sessions, sheet(elsewhere={"OBJ09": goals}), TODAY) is None
    assert plan_checks.goals_before_vendors(asked, [], sheet(), TODAY) is None
    assert plan_checks.goals_before_vendors(asked, sessions, sheet(), TODAY) is not None


def test_a_date_that_stood_there_already_may_be_past() -> None:
    asked = question(kind="date")
    known = sheet(answers={asked.id: answer("2026-01-01")})
    assert plan_checks.to_come(asked, "2026-01-01", known, TODAY) is None
    assert plan_checks.to_come(asked, "2026-01-02", known, TODAY) is not None


def test_the_board_says_nothing_while_no_size_is_known(playbook: Playbook) -> None:
    board = playbook.flows["D11"].question("NEE02")
    assert board is not None
    placed = {"REQ-1": "M", "REQ-2": "W"}
    assert plan_checks.must_share(board, placed, sheet(), TODAY) is None
    sized = sheet(answers={"NEE03@REQ-1": answer("3"), "NEE03@REQ-2": answer("8")})
    found = plan_checks.must_share(board, placed, sized, TODAY)
    assert found is not None
    assert found.en.startswith("100%"), "what is not for this time does not count"


def test_what_a_dialogue_reads_elsewhere_is_said_by_its_flow(playbook: Playbook) -> None:
    read = {flow.id: (flow.elsewhere, flow.registers) for flow in playbook.flows.values()}
    assert read["D11"] == ((), ("need", "vendor"))
    assert read["D12"] == ((), ("task",))
    assert read["D13"] == ((), ("tradeoff",))
    assert read["D14"] == (("OBJ09",), ("vendor",))
    assert read["D15"] == (("NEE11", "NEE12", "NEE13", "NEE14", "NEE15"), ("vendor",))
    others = {id: both for id, both in read.items() if id not in ("D11", "D12", "D13", "D14", "D15")}
    assert set(others.values()) == {((), ())}


def test_options_of_another_dialogue_count_as_read(playbook: Playbook) -> None:
    assert replace(playbook.flows["D11"], screens=()).cased is False
    assert playbook.flows["D11"].cased


SEEN = Case(ref="VND-1", title=Words.same("Nordsoft"), fields={"date": "2026-02-10", "attendees": ["UINES"]})
TO_COME = Case(ref="VND-2", title=Words.same("Sud"), fields={"date": "2026-02-01"})


def weighs(
    value: dict[str, int], *, by: str = "UELODIE", vendors: tuple[Case, ...] = (SEEN,)
) -> Words | None:
    """What is said of these weights, where K1 had 20 before."""
    cast = Cast(holders={"arbiter": "UCLAIRE"})
    known = sheet(person=by, cast=cast, answers={"NEE17": answer({"k1": 20})}, register={"vendor": vendors})
    return plan_checks.fixed_before_demonstrations(question(id="NEE17"), value, known, TODAY)


def test_weights_are_fixed_before_any_demonstration() -> None:
    assert weighs({"k1": 30}, vendors=()) is None
    assert weighs({"k1": 30}, vendors=(TO_COME,)) is None, "nothing was shown yet"
    assert weighs({"k1": 20}) is None, "the same as before"
    assert weighs({"k1": 30}, by="UCLAIRE") is None, "the arbiter may"
    first = sheet(person="UELODIE", cast=Cast(holders={"arbiter": "UCLAIRE"}), register={"vendor": (SEEN,)})
    none = plan_checks.fixed_before_demonstrations(question(id="NEE17"), {"k1": 30}, first, TODAY)
    assert none is None, "nothing was fixed: it is not changed"
    refused = weighs({"k1": 30}, vendors=(TO_COME, SEEN))
    assert refused is not None
    assert "only the arbiter" in refused.en


def routes(value: str, *, by: str, before: str = "UCLAIRE") -> Words | None:
    """What is said of this route, where somebody had chosen a tender."""
    cast = Cast(holders={"arbiter": "UCLAIRE"})
    known = sheet(person=by, cast=cast, answers={"RTE08": replace(answer("rfp"), author=before)})
    return plan_checks.stays_with_the_arbiter(question(id="RTE08"), value, known, TODAY)


def test_a_route_that_the_arbiter_has_decided_is_theirs_to_change() -> None:
    refused = routes("direct", by="UELODIE")
    assert refused is not None
    assert "only they change it" in refused.en
    assert routes("direct", by="UCLAIRE") is None, "the arbiter may"
    assert routes("rfp", by="UELODIE") is None, "the same as before"
    assert routes("direct", by="UELODIE", before="UMARC") is None, "it was only proposed"
    nothing = sheet(person="UELODIE", cast=Cast(holders={"arbiter": "UCLAIRE"}))
    assert plan_checks.stays_with_the_arbiter(question(id="RTE08"), "rfp", nothing, TODAY) is None


def test_weights_that_are_settled_after_a_demonstration_say_when_it_was() -> None:
    asked, here = question(id="NEE17"), sheet(register={"vendor": (SEEN,)})
    (made,) = weights(Said(question=asked, value={"k1": 20}, dialogue=here, today=TODAY))
    (fixed,) = weights(Said(question=asked, value={"k1": 20}, dialogue=sheet(), today=TODAY))
    assert isinstance(made, Draft)
    assert isinstance(fixed, Draft)
    assert made.title.en == "Weights of the evaluation are settled after VND-1 was seen"
    assert made.fields["demonstrated_on"] == "2026-02-10"
    assert "demonstrated_on" not in fixed.fields
