"""All that is computed before rules and verdict: disagreement, tasks, indicators, families, gates."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.diagnosis import families as fam
from flows.diagnosis.contested import contested_items, contested_pairs
from flows.diagnosis.evidence import Evidence
from flows.diagnosis.gates import GATES
from flows.diagnosis.indicators import INDICATORS
from flows.diagnosis.model import DiagnosisModel
from flows.diagnosis.path import Plan, plan
from flows.diagnosis.reading import Reading
from flows.diagnosis.result import Contested, Family, Indicator, Standing
from flows.diagnosis.tasks import TASKS, Computed, Tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the conditions of rules read."""

    reading: Reading
    items: tuple[Contested, ...]
    pairs: tuple[Contested, ...]
    plan: Plan
    tasks: Tasks
    indicators: Mapping[str, Indicator]
    families: Mapping[int, Family]
    weights: Mapping[int, int]
    coverage: float  # overall, 0 to 1
    gates: Mapping[str, Standing]

    @property
    def evidence(self) -> Evidence:
        """What everything here was read from."""
        return self.reading.evidence

    def lost(self, indicator: str) -> float:
        """The points an indicator costs the readiness, times 10,000 (3.6, three points)."""
        found = self.indicators[indicator]
        return self.weights[found.family] * found.lost


def examine(evidence: Evidence, model: DiagnosisModel) -> Findings:
    """Compute everything once."""
    reading = Reading(evidence, model.scores)
    items = contested_items(reading, model)
    pairs = contested_pairs(reading, model.limits)
    way = plan(evidence.tasks or ())
    computed = Computed(way, tuple(pair.id for pair in pairs))
    tasks = {id: task(reading, model.tasks[id].limits, computed) for id, task in TASKS.items()}
    indicators = _indicators(reading, tasks, model)
    families = {number: fam.family(number, indicators) for number in sorted(model.weights)}
    weights = fam.weights(reading, model)
    split = frozenset(item.id for item in items)
    return Findings(
        reading=reading, items=items, pairs=pairs, plan=way, tasks=tasks, indicators=indicators,
        families=families, weights=weights, coverage=fam.coverage(families, weights),
        gates={id: gate(reading, split, model.gates[id].limits) for id, gate in GATES.items()},
    )  # fmt: skip


def _indicators(reading: Reading, tasks: Tasks, model: DiagnosisModel) -> dict[str, Indicator]:
    measured = {id: formula(reading, tasks) for id, formula in INDICATORS.items()}
    asked = ((model.indicators[id], m) for id, m in measured.items())
    return {
        gauge.id: Indicator(
            id=gauge.id, family=gauge.family, weight=gauge.weight, value=m.value, coverage=m.coverage
        )
        for gauge, m in asked
    }
