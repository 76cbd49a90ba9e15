"""The critical path of the key tasks, and loops (PLA05, T3, R62). Knows no dates: weeks from the start.

Thirty lines over `graphlib` of the standard library: see docs/decisions/critical-path-by-hand.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from flows.diagnosis.evidence import Task, TaskId
from flows.diagnosis.figures import exact
from flows.diagnosis.result import CriticalPath


@dataclass(frozen=True, slots=True)
class Plan:
    """What the links of the tasks make: one of the two is empty, and both are without tasks."""

    path: CriticalPath | None
    loop: tuple[TaskId, ...]  # the first one again at the end
    starts: Mapping[TaskId, float] = field(
        default_factory=dict
    )  # earliest start of each, weeks from the start


def plan(tasks: Sequence[Task]) -> Plan:
    """The chain that sets the earliest end: the tasks without slack, in the order of their start. A task
    named under "after" that no longer exists is ignored; with a loop there is no critical path."""
    weeks = {task.id: task.weeks for task in tasks}
    after = {task.id: [id for id in task.after if id in weeks] for task in tasks}
    try:
        order = list(TopologicalSorter(after).static_order())
    except CycleError as error:
        return Plan(None, tuple(error.args[1]))  # each comes before the next
    if not order:
        return Plan(None, ())
    earliest: dict[TaskId, float] = {}
    for id in order:
        earliest[id] = max((earliest[before] + weeks[before] for before in after[id]), default=0)
    end = max(earliest[id] + weeks[id] for id in order)
    latest: dict[TaskId, float] = dict.fromkeys(order, end)  # latest end of each
    for id in reversed(order):
        for before in after[id]:
            latest[before] = min(latest[before], latest[id] - weeks[id])
    tight = [id for id in weeks if exact(latest[id] - weeks[id] - earliest[id]) == 0]
    path = CriticalPath(tasks=tuple(sorted(tight, key=earliest.__getitem__)), weeks=end)
    return Plan(path, (), earliest)
