"""The seven tasks of scoping, T1 to T7, each 0, 50 or 100 (3.2): computed from records, never asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flows.diagnosis.contested import PAIRS
from flows.diagnosis.evidence import Need, Task
from flows.diagnosis.figures import Figure, at_least, exact
from flows.diagnosis.model import Limits
from flows.diagnosis.path import Plan
from flows.diagnosis.reading import Reading

DONE, HALF_DONE, NOT_DONE = 100, 50, 0
#: T1 … T7 with their values.
Tasks = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Computed:
    """What the tasks read that has been computed already."""

    plan: Plan
    contested: tuple[str, ...]  # ids of the contested pairs


def must_share(needs: Sequence[Need] | None) -> Figure:
    """The must-haves' share of the effort of Must, Should and Could, in percent (NEE03); None while these
    three are empty."""
    effort = dict.fromkeys("MSCW", 0.0)
    for need in needs or ():
        if need.place is not None:
            effort[need.place] += need.effort
    total = effort["M"] + effort["S"] + effort["C"]
    return effort["M"] * 100 / total if total else None


def unowned(tasks: Sequence[Task] | None, plan: Plan) -> bool:
    """Some task of the critical path has no owner (T3, R62). False while there is no such path."""
    critical = plan.path.tasks if plan.path else ()
    return any(task.id in critical and not task.owner for task in tasks or ())


def seen_before_goals(r: Reading) -> bool:
    """The condition of R18: a session dated before the day the goals were first shared, or some session
    while they never have been."""
    sessions, shared = r.evidence.sessions or (), r.evidence.facts.goals_shared_on
    if shared is None:
        return bool(sessions)
    return any(session.date is not None and session.date < shared for session in sessions)


def questions(r: Reading, limits: Limits, c: Computed) -> int:
    """T1 The right questions were asked."""
    rate = r.evidence.facts.required_rate
    if at_least(rate, limits["done"]):
        return DONE
    return HALF_DONE if at_least(rate, limits["half"]) else NOT_DONE


def goals(r: Reading, limits: Limits, c: Computed) -> int:
    """T2 Goals validated."""
    return {"committed": DONE, "shared": HALF_DONE}.get(r.value("OBJ09"), NOT_DONE)


def critical_path(r: Reading, limits: Limits, c: Computed) -> int:
    """T3 Critical path identified."""
    tasks = r.evidence.tasks or ()
    if len(tasks) >= limits["done"] and not c.plan.loop and not unowned(tasks, c.plan):
        return DONE
    return HALF_DONE if len(tasks) >= limits["half"] else NOT_DONE


def obstacles(r: Reading, limits: Limits, c: Computed) -> int:
    """T4 Obstacles foreseen: risks of any status."""
    risks = r.evidence.risks or ()
    grave = [risk for risk in risks if risk.likelihood * risk.impact >= limits["score"]]
    if len(risks) >= limits["done"] and all(risk.owner and risk.response for risk in grave):
        return DONE
    return HALF_DONE if len(risks) >= limits["half"] else NOT_DONE


def priorities(r: Reading, limits: Limits, c: Computed) -> int:
    """T5 Must-haves and priorities fixed."""
    needs = r.evidence.needs or ()
    if not needs or any(need.place is None for need in needs):
        return NOT_DONE
    share = must_share(needs)
    reasoned = all(need.reason for need in needs if need.place == "M")
    return DONE if share is not None and exact(share) <= limits["most"] and reasoned else HALF_DONE


def lots(r: Reading, limits: Limits, c: Computed) -> int:
    """T6 Project divided into lots."""
    found = r.evidence.lots or ()
    if len(found) >= limits["done"] and all(lot.exit for lot in found):
        return DONE
    return HALF_DONE if len(found) >= limits["half"] else NOT_DONE


def trade_offs(r: Reading, limits: Limits, c: Computed) -> int:
    """T7 Trade-offs settled."""
    if not c.contested:
        return DONE if all(r.n(pair) for pair in PAIRS) else NOT_DONE
    decided = sum(pair in (r.evidence.decided or ()) for pair in c.contested)
    if decided == len(c.contested):
        return DONE
    return HALF_DONE if decided * 2 >= len(c.contested) else NOT_DONE


TASKS: Mapping[str, Callable[[Reading, Limits, Computed], int]] = {
    "T1": questions, "T2": goals, "T3": critical_path, "T4": obstacles, "T5": priorities, "T6": lots,
    "T7": trade_offs,
}  # fmt: skip
#: The figures of content that each task compares with.
LIMITS: Mapping[str, tuple[str, ...]] = {
    "T1": ("done", "half"), "T2": (), "T3": ("done", "half"), "T4": ("done", "half", "score"),
    "T5": ("most",), "T6": ("done", "half"), "T7": (),
}  # fmt: skip
