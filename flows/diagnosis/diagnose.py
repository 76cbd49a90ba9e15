"""The diagnosis of one project, from its evidence: the one door to everything in this package."""

from flows.diagnosis.contested import pairs_apart
from flows.diagnosis.evidence import Evidence
from flows.diagnosis.families import readiness
from flows.diagnosis.figures import below
from flows.diagnosis.findings import Findings, examine
from flows.diagnosis.indicators import ANNEXES, READS
from flows.diagnosis.model import DiagnosisModel
from flows.diagnosis.reading import SEPARATE
from flows.diagnosis.result import Diagnosis
from flows.diagnosis.rules import by_weight, fired
from flows.diagnosis.tasks import must_share
from flows.diagnosis.verdict import conditions, three_points, verdict


def diagnose(evidence: Evidence, model: DiagnosisModel) -> Diagnosis:
    """Read the evidence with the weights, thresholds and rules of `model` (section 3).

    Never raises on evidence, whatever is missing. Knows neither words nor names.
    """
    f = examine(evidence, model)
    rules = by_weight(fired(f, model.rules.values()))
    said, kind = verdict(f, rules, model)
    return Diagnosis(
        verdict=said,
        kind=kind,
        readiness=readiness(f.families, f.weights),
        coverage=f.coverage,
        provisional=below(f.coverage, model.limits["provisional"]),
        weights=f.weights,
        families=f.families,
        indicators=f.indicators,
        gates=f.gates,
        rules=rules,
        contested=(*f.pairs, *f.items),
        apart=pairs_apart(f.reading, model.limits),
        tasks=f.tasks,
        collab=f.reading.collab.value,
        bpi=f.reading.bpi.value,
        must_share=must_share(evidence.needs),
        critical_path=f.plan.path,
        loop=f.plan.loop,
        disagreed=disagreed(f),
        conditions=conditions(f, rules, model) if said == "GO_CONDITIONS" else (),
        three_points=three_points(f) if kind == "score" else (),
        missing=missing(f),
    )


def disagreed(f: Findings) -> tuple[str, ...]:
    """SPO05, when sponsor and lead have answered it differently (3.4)."""
    asked = f.reading.named(SEPARATE)
    return (SEPARATE,) if asked is not None and len(set(asked.answers.values())) > 1 else ()


def missing(f: Findings) -> tuple[str, ...]:
    """The questions indicators read of which nothing can be read, each once, in the order of the
    indicators. SET15 counts only once there is an expert; what only waits for a closing is not missing."""
    read = dict.fromkeys(id for ids in READS.values() for id in ids)
    return tuple(id for id in read if id not in f.evidence.withheld and not _known(f, id))


def _known(f: Findings, id: str) -> bool:
    r = f.reading
    if id in ANNEXES:
        return id in f.evidence.annexes and f.evidence.annexes[id].choice is not None
    if (id == "SET15" and not r.one_of("SET14", "external")) or (
        id == "SET09" and r.one_of("SET08", "undecided")
    ):
        return True
    return r.value(id) is not None or r.mean(id) is not None
