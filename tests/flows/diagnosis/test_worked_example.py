"""The worked example and its variants (8.2 to 8.8), to two decimals, with exactly the listed rules."""

from collections.abc import Callable

import pytest

from flows.diagnosis.evidence import Evidence, ScaleTally, Withheld
from flows.diagnosis.reading import Reading
from flows.diagnosis.result import Condition, CriticalPath, Diagnosis
from flows.playbook import Playbook
from tests.worked_example.expected import (
    CASES,
    HIGH,
    INDICATORS,
    ITEMS,
    STANDINGS,
    WARNING,
    ids,
    near,
)

Said = Callable[[str | None], Diagnosis]
Told = Callable[[str | None], Evidence]


@pytest.mark.parametrize("variant", CASES, ids=lambda variant: variant or "base")
def test_the_figures_of_the_domain_come_out(said: Said, variant: str | None) -> None:
    found, expected = said(variant), CASES[variant]
    assert (found.verdict, found.kind) == (expected["verdict"], expected["kind"])
    assert found.collab == near(expected["collab"])
    assert found.bpi == near(expected["bpi"])
    assert found.readiness == near(expected["readiness"])
    assert found.coverage == pytest.approx(expected["coverage"], abs=0.0005)
    for number, score in enumerate(expected["families"], start=1):
        assert found.families[number].score == near(score), number
    assert list(found.gates.values()) == [STANDINGS[letter] for letter in expected["gates"].split()]
    assert found.weights == {1: 10, 2: 30, 3: 40, 4: 20}
    assert found.critical_path == CriticalPath(tasks=(1, 4, 5, 6), weeks=18)


@pytest.mark.parametrize("variant", CASES, ids=lambda variant: variant or "base")
def test_exactly_the_listed_rules_fire(said: Said, variant: str | None) -> None:
    assert {rule.id for rule in said(variant).rules} == CASES[variant]["rules"]


def test_the_rules_of_the_base_have_their_severities(said: Said) -> None:
    of: dict[str, set[str]] = {"blocking": set(), "high": set(), "warning": set(), "info": set()}
    for rule in said(None).rules:
        of[rule.severity].add(rule.id)
    assert of == {"blocking": set(), "high": ids(HIGH), "warning": ids(WARNING), "info": {"R43"}}
    assert [rule.severity for rule in said("B").rules] == ["blocking", "warning", "warning"]


def test_near_misses_stay_silent(said: Said) -> None:
    silent = ids("R06 R09 R52 R27 R28 R29 R30 R31 R40 R45 R61 R63 R66 R67 R18")
    assert not silent & {rule.id for rule in said(None).rules}


@pytest.mark.parametrize("item", ITEMS)
def test_items_are_normalised(told: Told, playbook: Playbook, item: str) -> None:
    reading = Reading(told(None), playbook.diagnosis.scores)
    total, n, norm = ITEMS[item]
    assert reading.n(item) == n
    assert reading.mean(item) == pytest.approx(total / n)
    assert reading.norm(item).value == near(norm)


def test_of_ballots_only_tallies_are_left(told: Told) -> None:
    kept = told(None).anonymous["BEL03"]
    assert kept == ScaleTally(invited=7, n=7, total=20, polar=True)
    assert told("C").anonymous["BEL03"] == Withheld(invited=7)
    assert "p2" not in repr(told(None).anonymous)


def test_the_indicators_of_the_base_by_hand(said: Said) -> None:
    found = said(None)
    for id, value in INDICATORS.items():
        assert found.indicators[id].value == near(value), id
        assert found.indicators[id].coverage == 1.0, id
    assert found.tasks == {"T1": 100, "T2": 50, "T3": 50, "T4": 50, "T5": 50, "T6": 100, "T7": 50}
    assert (found.must_share, said("D").must_share) == (68.0, 54.0)


def test_people_disagree_on_pairs_and_items(said: Said) -> None:
    found = said(None)
    assert [one.id for one in found.contested] == ["ARB01", "ARB05", "BEL03", "BEL06", "OBJ08"]
    assert [one.id for one in found.contested if one.anonymous] == ["BEL03", "BEL06"]
    assert found.disagreed == ("SPO05",)
    assert said("D").disagreed == ()


def test_conditions_have_an_owner(said: Said) -> None:
    named = [condition.id for condition in said(None).conditions]
    assert named[:4] == ["G1", "G2", "G3", "G4"]
    assert set(named[4:-4]) == ids(HIGH)
    assert named[-4:] == ["I2.3", "I2.2", "I3.3", "I3.1"]
    assert Condition(id="R34", owner="sponsor") in said(None).conditions
    assert said("D").conditions == said("B").conditions == ()


def test_few_answers_show_as_a_range_and_never_as_go(said: Said) -> None:
    found = said("C")
    assert found.provisional
    assert not said(None).provisional
    ranges = {
        2: (0.70, 35.9, 65.9),
        3: (0.445, 22.6, 78.1),
        4: (0.875, 51.8, 64.3),
    }
    for number, (coverage, low, high) in ranges.items():
        family = found.families[number]
        assert (family.coverage, family.low, family.high) == pytest.approx((coverage, low, high), abs=0.05)
    assert found.indicators["I4.2"].value == near(62.0)
    assert found.indicators["I4.2"].coverage == pytest.approx(0.5)
    assert {"SPO06", "COL01", "INC02"} <= set(found.missing)
