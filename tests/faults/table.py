"""Results of runs as a Markdown table, and what is wrong in sentences."""

from collections.abc import Sequence

from tests.faults.run import Result

HEAD = (
    "| database | replicas | kills | gestures acknowledged | refused | Slack faults hit | messages sent | "
    "replies | lost | doubled | missing | out of order | seconds |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)
MOST = 40  # sentences


def table(results: Sequence[Result]) -> str:
    """One line a database, then the kills by point."""
    return "\n".join([HEAD, *map(_row, results), "", *map(_points, results)])


def complaints(result: Result) -> str:
    """What is wrong, a line each; empty when nothing is."""
    wrong = result.wrong
    more = [f"… and {len(wrong) - MOST} more"] if len(wrong) > MOST else []
    return "\n".join([*wrong[:MOST], *more])


def _row(result: Result) -> str:
    memory, verdict = result.memory, result.verdict
    acknowledged = memory.acknowledged + len(result.heard.acknowledged)
    cells = (
        result.plan.name, result.plan.replicas, result.toll.total, acknowledged, memory.refused, result.hits,
        verdict.messages, verdict.replies, len(verdict.lost), len(verdict.doubled), len(verdict.missing),
        len(verdict.disorder), f"{result.seconds:.0f} + {result.drained:.0f}",
    )  # fmt: skip
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _points(result: Result) -> str:
    kills = ", ".join(f"{point} {n}" for point, n in sorted(result.toll.kills.items()))
    gave_up = len(result.heard.delivered - result.heard.acknowledged)
    more = f"Slack gave up {gave_up} of {len(result.heard.delivered)} events while no bot ran"
    return f"{result.plan.name}, kills: {kills}; seed {result.plan.seed}. {more}."
