"""The critical path of the tasks, and loops (8.6, PLA05)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.diagnosis.evidence import Task
from flows.diagnosis.path import plan
from flows.diagnosis.result import CriticalPath


def task(id: str, weeks: float, *after: str) -> Task:
    return Task(id=id, weeks=weeks, after=after)


def test_the_longest_chain_sets_the_end() -> None:
    tasks = [
        task("1", 8),
        task("2", 6),
        task("3", 5, "1"),
        task("4", 6, "1"),
        task("5", 2, "2", "4"),
        task("6", 2, "3", "5"),
    ]
    assert plan(tasks).path == CriticalPath(tasks=("1", "4", "5", "6"), weeks=18)
    assert plan(tasks[::-1]).path == plan(tasks).path, "whatever the order they are written in"


def test_chains_as_long_as_each_other_are_both_critical() -> None:
    found = plan([task("a", 2), task("b", 2), task("c", 1, "a", "b"), task("d", 0.5)]).path
    assert found == CriticalPath(tasks=("a", "b", "c"), weeks=3)


def test_halves_leave_no_noise() -> None:
    found = plan([task("a", 0.1), task("b", 0.2, "a"), task("c", 0.3)]).path
    assert found is not None
    assert found.tasks == ("a", "c", "b")


def test_a_task_that_is_gone_is_ignored() -> None:
    assert plan([task("b", 3, "a")]).path == CriticalPath(tasks=("b",), weeks=3)


def test_without_tasks_there_is_nothing() -> None:
    assert (plan([]).path, plan([]).loop) == (None, ())


@pytest.mark.parametrize(
    "tasks",
    [
        [task("a", 1, "a")],
        [task("a", 1, "b"), task("b", 1, "a")],
        [task("a", 1, "c"), task("b", 1, "a"), task("c", 1, "b"), task("d", 1)],
    ],
)
def test_a_loop_has_no_critical_path(tasks: list[Task]) -> None:
    found = plan(tasks)
    assert found.path is None
    assert found.loop[0] == found.loop[-1]
    assert len(set(found.loop)) == len([one for one in tasks if one.id != "d"])
    after = {one.id: one.after for one in tasks}
    assert all(before in after[next_] for before, next_ in pairwise(found.loop))


@given(st.lists(st.tuples(st.integers(1, 20), st.sets(st.integers(0, 11))), max_size=12))
def test_the_path_is_a_chain_as_long_as_the_plan(drawn: list[tuple[int, set[int]]]) -> None:
    """Whatever the tasks: the weeks are those of the longest chain, found by trying all of them."""
    tasks = [
        Task(id=n, weeks=weeks, after=tuple(id for id in after if id < n))
        for n, (weeks, after) in enumerate(drawn)
    ]
    found = plan(tasks).path
    if not tasks:
        assert found is None
        return
    longest: dict[int, float] = {}
    for one in tasks:
        longest[int(one.id)] = one.weeks + max((longest[int(id)] for id in one.after), default=0)
    assert found is not None
    assert found.weeks == max(longest.values())
    assert found.tasks
