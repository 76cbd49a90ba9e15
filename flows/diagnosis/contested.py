"""Where people disagree (3.4): items on which opinions are split, functions far apart, contested pairs.

Reads named answers and closed tallies. Of an anonymous item it knows only what was kept at closing.
"""

from collections import defaultdict
from statistics import median

from flows.diagnosis.evidence import Named, ScaleTally
from flows.diagnosis.model import DiagnosisModel, Limits
from flows.diagnosis.reading import Reading, polar
from flows.diagnosis.result import Contested
from flows.wave import closing
from flows.wave.model import Sum

#: The eight sliders of D13.
PAIRS = tuple(f"ARB0{n}" for n in range(1, 9))


def contested_items(reading: Reading, model: DiagnosisModel) -> tuple[Contested, ...]:
    """Scale items, pairs aside, that are split or on which functions are far apart; in the order of
    their ids."""
    asked = {**reading.evidence.named, **reading.evidence.anonymous}
    items = (item(reading, id, model) for id in sorted(asked) if id in model.scales and id not in PAIRS)
    return tuple(found for found in items if found is not None)


def item(reading: Reading, id: str, model: DiagnosisModel) -> Contested | None:
    """What is contested about one item, if anything is."""
    match reading.named(id) or reading.anonymous(id):
        case Named(answers=answers) as named:
            apart = far_apart(reading, named, model.limits)
            if apart or polar(list(answers.values())):
                return Contested(id=id, functions=apart)
        case ScaleTally(polar=split, apart=apart) if split or apart:
            return Contested(id=id, anonymous=True, functions=apart)
    return None


def contested_pairs(reading: Reading, limits: Limits) -> tuple[Contested, ...]:
    """Pairs of D13 that are split, or on which the sponsor is far from the team's median."""
    return tuple(Contested(id=id) for id in PAIRS if _contested_pair(reading, id, limits))


def pairs_apart(reading: Reading, limits: Limits) -> tuple[Contested, ...]:
    """Pairs on which functions are far apart: an issue opens, the pair is not contested."""
    named = ((id, reading.named(id)) for id in PAIRS)
    found = ((id, far_apart(reading, asked, limits)) for id, asked in named if asked is not None)
    return tuple(Contested(id=id, functions=apart) for id, apart in found if apart)


def _contested_pair(reading: Reading, id: str, limits: Limits) -> bool:
    sponsor, others = reading.of_sponsor(id), reading.of_others(id)
    if sponsor is not None and others and abs(sponsor - median(others)) >= limits["pair_gap"]:
        return True
    named = reading.named(id)
    return named is not None and polar(list(named.answers.values()))


def far_apart(reading: Reading, named: Named, limits: Limits) -> tuple[str, ...]:
    """The functions whose means differ too much, each with enough answers; the sponsor's answer counts
    for the sponsor's function."""
    by_function: dict[str, list[int]] = defaultdict(list)
    for person in reading.evidence.people:
        if person.function and person.user in named.answers:
            by_function[person.function].append(named.answers[person.user])
    return closing.apart(
        {
            function: Sum(len(answers), sum(answers))
            for function, answers in by_function.items()
            if len(answers) >= limits["function_answers"]
        }
    )
