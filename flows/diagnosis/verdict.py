"""The verdict (3.6): its five steps in order, the conditions it hangs on, the three points."""

from collections.abc import Iterable

from flows.diagnosis.families import readiness
from flows.diagnosis.figures import at_least, below
from flows.diagnosis.findings import Findings
from flows.diagnosis.model import DiagnosisModel, Limits
from flows.diagnosis.result import Condition, Fired, Kind, Verdict

#: Indicators named in a condition for a weak family, and points of a verdict on the score.
TWO, THREE = 2, 3


def verdict(findings: Findings, rules: Iterable[Fired], model: DiagnosisModel) -> tuple[Verdict, Kind | None]:
    """The first step that holds."""
    f, limits = findings, model.limits
    failed = [id for id, standing in f.gates.items() if standing == "fail"]
    if failed:
        structural = any(model.gates[id].structural for id in failed)
        return "NO_GO", "structural" if structural else "prerequisite"
    if below(f.coverage, limits["enough"]):
        return "INSUFFICIENT", None
    scores = [family.score for family in f.families.values()]
    score = readiness(f.families, f.weights)
    weak = sum(below(family, limits["weak_family"]) for family in scores)
    if below(score, limits["no_go"]) or weak >= limits["weak_families"]:
        return "NO_GO", "score"
    blocked = any(rule.severity == "blocking" for rule in rules)
    return ("GO" if _all_clear(f, score, limits) and not blocked else "GO_CONDITIONS"), None


def _all_clear(f: Findings, score: float, limits: Limits) -> bool:
    """Step 4, open rules aside. A family without a value is not at 50."""
    return (
        at_least(score, limits["go"])
        and all(at_least(family.score, limits["go_family"]) for family in f.families.values())
        and all(standing == "pass" for standing in f.gates.values())
        and at_least(f.coverage, limits["provisional"])
    )


def conditions(findings: Findings, rules: Iterable[Fired], model: DiagnosisModel) -> tuple[Condition, ...]:
    """What "go, with conditions" hangs on: gates that do not pass, rules that are high or blocking, and
    for each family below 50 the two indicators that lose the most points. Each has an owner (a role)."""
    gates = [id for id, standing in findings.gates.items() if standing in ("condition", "not_assessed")]
    grave = [rule.id for rule in rules if rule.severity in ("high", "blocking")]
    weak = [n for n, family in findings.families.items() if below(family.score, model.limits["go_family"])]
    worst = [id for number in weak for id in _costliest(findings, number)]
    return (
        *(Condition(id=id, owner=model.gates[id].owner) for id in gates),
        *(Condition(id=id, owner=model.rules[id].owner) for id in grave),
        *(Condition(id=id, owner=model.indicators[id].owner) for id in worst),
    )


def _costliest(findings: Findings, family: int) -> list[str]:
    mine = [i for i in findings.indicators.values() if i.family == family and i.value is not None]
    return [i.id for i in sorted(mine, key=lambda i: -i.lost)[:TWO]]


def three_points(findings: Findings) -> tuple[str, ...]:
    """The three indicators that cost the readiness most; those without a value are not ranked."""
    known = [id for id, indicator in findings.indicators.items() if indicator.value is not None]
    return tuple(sorted(known, key=lambda id: -findings.lost(id))[:THREE])
