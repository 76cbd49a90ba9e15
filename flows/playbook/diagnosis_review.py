"""What is wrong with the two files of the diagnosis beyond their shape, in sentences.

Each finding is a place in the file (a path of keys and indices) and a sentence.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, combinations
from typing import Protocol

from flows.diagnosis import gates, tasks
from flows.diagnosis.indicators import INDICATORS, READS, SCORED
from flows.diagnosis.model import LIMITS
from flows.diagnosis.rules import CONDITIONS
from flows.dialogue.model import Flow
from flows.playbook.diagnosis import DiagnosisText, RulesText, RuleText, ShiftText, scores
from flows.playbook.review import Finding, Place, roles

FAMILIES = (1, 2, 3, 4)
WHOLE = 100
GRAVE = ("high", "blocking")


class _Known(Protocol):
    @property
    def id(self) -> str:
        """What tells it from the others."""


def rules(text: RulesText) -> Iterator[Finding]:
    """Every rule has its condition in code and the figures it compares with; every condition has words."""
    yield from _complete("rules", text.rules, CONDITIONS, "rule")
    for number, rule in enumerate(text.rules):
        if rule.id in CONDITIONS:
            yield from ((("rules", number, *place), said) for place, said in _rule(rule))


def _rule(rule: RuleText) -> Iterator[Finding]:
    condition = CONDITIONS[rule.id]
    yield from _limits(rule.limits, condition.limits, ("limits",), f"rule {rule.id}")
    if (rule.raised is None) != (condition.worse is None):
        says = (
            "has no worse half: take “raised” away" if rule.raised else "has a worse half: it needs “raised”"
        )
        yield ("raised",), f"the condition of rule {rule.id} {says}"
    for id in rule.indicators:
        if id not in INDICATORS:
            yield ("indicators",), f"no indicator is called {id}"
    yield from roles(", ".join([rule.owner, *rule.seen_by]), ("owner",))
    if {rule.sev, rule.raised} & set(GRAVE) and not (rule.done_en and rule.done_fr):
        yield (), f"rule {rule.id} can become a condition: it needs done_en and done_fr"


def diagnosis(text: DiagnosisText, flows: Mapping[str, Flow]) -> Iterator[Finding]:
    """Everything computed has its words, its weights and its figures; weights make 100."""
    yield from _complete("indicators", text.indicators, INDICATORS, "indicator")
    yield from _complete("tasks", text.tasks, tasks.TASKS, "task")
    yield from _complete("gates", text.gates, gates.GATES, "gate")
    yield from _indicators(text)
    for number, task in enumerate(text.tasks):
        yield from _limits(task.limits, tasks.LIMITS.get(task.id, ()), ("tasks", number), f"task {task.id}")
    for number, gate in enumerate(text.gates):
        yield from roles(gate.owner, ("gates", number))
        yield from _limits(gate.limits, gates.LIMITS.get(gate.id, ()), ("gates", number), f"gate {gate.id}")
    yield from _limits(text.limits, LIMITS, ("limits",), "the verdict")
    yield from _weights(text)
    yield from _bands(text)
    yield from _questions(text, flows)


def _complete(place: str, found: Iterable[_Known], known: Collection[str], what: str) -> Iterator[Finding]:
    ids = [one.id for one in found]
    for number, id in enumerate(ids):
        if id not in known:
            yield (place, number), f"{what} {id} has no function in flows/diagnosis"
        if id in ids[:number]:
            yield (place, number), f"{what} {id} is written twice"
    for id in known:
        if id not in ids:
            yield (place,), f"the words of {what} {id} are missing"


def _limits(given: Collection[str], wanted: Collection[str], place: Place, what: str) -> Iterator[Finding]:
    for name in wanted:
        if name not in given:
            yield place, f"{what} compares with the figure “{name}”, which is missing from its limits"
    for name in given:
        if name not in wanted:
            yield place, f"{what} compares with no figure called “{name}”"


def _indicators(text: DiagnosisText) -> Iterator[Finding]:
    sums = Counter[int]()
    for number, indicator in enumerate(text.indicators):
        sums[indicator.fam] += indicator.weight
        yield from roles(indicator.owner, ("indicators", number))
    for family in FAMILIES:
        if sums[family] != WHOLE:
            yield ("indicators",), f"the weights of family {family} make {sums[family]}, not 100"


def _weights(text: DiagnosisText) -> Iterator[Finding]:
    """Weights make 100, and stay above zero after any combination of shifts."""
    for name, keys in (("weights", text.weights), ("families", text.families)):
        if sorted(keys) != list(FAMILIES):
            yield (name,), f"“{name}” has one line for each of the four families"
    if sum(text.weights.values()) != WHOLE:
        yield ("weights",), f"the weights of the families make {sum(text.weights.values())}, not 100"
    together = chain.from_iterable(combinations(text.shifts, n) for n in range(len(text.shifts) + 1))
    if any(weight <= 0 for shifts in together for weight in _shifted(text, shifts)):
        yield ("shifts",), "together these shifts leave a family without any weight"


def _shifted(text: DiagnosisText, shifts: Iterable[ShiftText]) -> Iterable[int]:
    weights = Counter[int](text.weights)
    for shift in shifts:
        weights[shift.plus] += shift.points
        weights[shift.minus] -= shift.points
    return weights.values()


def _bands(text: DiagnosisText) -> Iterator[Finding]:
    from_top = [band.min for band in text.bands]
    if from_top != sorted(from_top, reverse=True) or from_top[-1] != 0:
        yield ("bands",), "bands go from the highest to the one that starts at 0"


def _questions(text: DiagnosisText, flows: Mapping[str, Flow]) -> Iterator[Finding]:
    """What is read exists, and what is scored has a score for each of its choices."""
    asked = {q.id: q for flow in flows.values() for q in (*flow.questions, *flow.anonymous)}
    for number, shift in enumerate(text.shifts):
        values = [o.value for o in asked[shift.question].options] if shift.question in asked else []
        for value in shift.in_:
            if value not in values:
                yield ("shifts", number), f"{shift.question} has no choice {value}"
    for id in (*text.scores, *(id for ids in READS.values() for id in ids)):
        if id not in asked:
            yield ("indicators",), f"an indicator reads {id}, which no dialogue asks"
    known = {**scores(flows), **text.scores}
    for id in SCORED:
        options = [o.value for o in asked[id].options] if id in asked else []
        figures = known.get(id, {})
        if not figures or set(options) - set(figures) or not all(0 <= n <= WHOLE for n in figures.values()):
            yield (), f"{id} needs a score from 0 to 100 for each of its choices"
