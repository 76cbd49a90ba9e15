"""When each diagnosis rule fires (3.7): every condition by its id, and the rules that fire.

A comparison that reads an unanswered question is false, negative ones included; a test of absence is
true when nothing is recorded, once the dialogue that asks for it has been sent. Words are content.
"""

from collections.abc import Iterable, Mapping

from flows.diagnosis.condition import Condition
from flows.diagnosis.findings import Findings
from flows.diagnosis.model import Rule, Severity
from flows.diagnosis.result import Fired
from flows.diagnosis.rules_approach import APPROACH
from flows.diagnosis.rules_organisation import ORGANISATION
from flows.diagnosis.rules_people import PEOPLE
from flows.diagnosis.rules_solution import SOLUTION

CONDITIONS: Mapping[str, Condition] = {**SOLUTION, **ORGANISATION, **PEOPLE, **APPROACH}
#: Severest first.
SEVERITIES: tuple[Severity, ...] = ("blocking", "high", "warning", "info")


def fired(findings: Findings, rules: Iterable[Rule]) -> tuple[Fired, ...]:
    """Those of `rules` whose condition holds, in the order given, each with the severity it has here."""
    return tuple(
        Fired(id=rule.id, severity=_severity(findings, rule), family=rule.family, lost=_lost(findings, rule))
        for rule in rules
        if CONDITIONS[rule.id].fires(findings, rule.limits)
    )


def by_weight(rules: Iterable[Fired]) -> tuple[Fired, ...]:
    """Severest first; inside a severity, the most points lost first, then by id (3.8)."""
    return tuple(sorted(rules, key=lambda rule: (SEVERITIES.index(rule.severity), -rule.lost, rule.id)))


def _severity(findings: Findings, rule: Rule) -> Severity:
    worse = CONDITIONS[rule.id].worse
    if worse is not None and rule.raised is not None and worse(findings, rule.limits):
        return rule.raised
    return rule.severity


def _lost(findings: Findings, rule: Rule) -> float:
    return sum(findings.lost(indicator) for indicator in rule.indicators)
