"""The worked example and its variants (8.2 to 8.8), to two decimals, with exactly the listed rules."""

from collections.abc import Callable
from typing import Any

import pytest

from flows.diagnosis.evidence import Evidence, ScaleTally, Withheld
from flows.diagnosis.reading import Reading
from flows.diagnosis.result import Condition, CriticalPath, Diagnosis
from flows.playbook import Playbook

Said = Callable[[str | None], Diagnosis]
Told = Callable[[str | None], Evidence]

HIGH = "R07 R08 R11 R14 R21 R34 R36 R37 R42 R54 R62"
WARNING = (
    "R01 R03 R05 R12 R15 R19 R20 R22 R23 R25 R26 R33 R38 R39 R41 R44 R46 R48 R49 R51 R55 R57 R60 R64 R65"
)
NOT_IN_C = "R14 R15 R25 R26 R33 R34 R42 R44 R54 R55"


def ids(text: str) -> set[str]:
    return set(text.split())


#: 8.8: by variant, what is expected of it.
CASES: dict[str | None, dict[str, Any]] = {
    None: {
        "verdict": "GO_CONDITIONS", "kind": None, "collab": 41.07, "bpi": 40.48, "readiness": 51.46,
        "coverage": 1.0, "families": (65.10, 48.19, 47.54, 57.40), "gates": "c c c c p",
        "rules": ids(f"{HIGH} {WARNING} R43"),
    },
    "D": {
        "verdict": "GO", "kind": None, "collab": 75.0, "bpi": 25.0, "readiness": 85.90,
        "coverage": 1.0, "families": (82.20, 82.30, 85.38, 94.18), "gates": "p p p p p", "rules": {"R05"},
    },
    "B": {
        "verdict": "NO_GO", "kind": "structural", "collab": 25.0, "bpi": 25.0, "readiness": 81.40,
        "coverage": 1.0, "families": (82.20, 67.30, 85.38, 94.18), "gates": "f p p p p",
        "rules": ids("R05 R13 R15"),
    },
    "C": {
        "verdict": "GO_CONDITIONS", "kind": None, "collab": None, "bpi": None, "readiness": 55.65,
        "coverage": 0.663, "families": (65.10, 51.24, 54.64, 59.57), "gates": "n c c c p",
        "rules": ids(f"{HIGH} {WARNING} R43") - ids(NOT_IN_C),
    },
}  # fmt: skip
STANDINGS = {"p": "pass", "c": "condition", "f": "fail", "n": "not_assessed"}


def near(figure: float | None) -> Any:
    return None if figure is None else pytest.approx(figure, abs=0.005001)


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


#: 8.2: sum / n, and the normalised value, of named and anonymous items.
ITEMS = {
    "SET17": (18, 6, 50.00), "OBJ07": (27, 8, 59.38), "OBJ08": (26, 8, 56.25), "SPO06": (20, 7, 46.43),
    "SPO07": (19, 7, 42.86), "PRO05": (14, 5, 45.00), "PRO06": (12, 5, 35.00), "PRO08": (12, 5, 35.00),
    "COL01": (18, 7, 39.29), "COL02": (19, 7, 42.86), "COL03": (16, 7, 32.14), "COL04": (23, 7, 57.14),
    "COL05": (19, 7, 42.86), "COL06": (25, 7, 35.71), "COL07": (25, 7, 35.71), "COL08": (19, 7, 42.86),
    "BEL01": (25, 7, 64.29), "BEL02": (20, 7, 46.43), "BEL03": (20, 7, 46.43), "BEL04": (15, 7, 28.57),
    "BEL05": (12, 7, 17.86), "BEL06": (18, 7, 39.29), "BEL08": (19, 7, 42.86), "BEL11": (19, 7, 42.86),
    "BEL12": (20, 7, 46.43), "CHG08": (20, 7, 46.43), "CHG12": (18, 7, 39.29), "NEE16": (20, 8, 37.50),
}  # fmt: skip


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


#: 8.3 to 8.6.
INDICATORS = {
    "I1.1": 100, "I1.2": 100, "I1.3": 60, "I1.4": 100, "I1.5": 0, "I1.6": 37.5,
    "I2.1": 58.5, "I2.2": 38.33, "I2.3": 41.07, "I2.4": 50, "I2.5": 60,
    "I3.1": 59.52, "I3.2": 51.43, "I3.3": 24, "I3.4": 62.5, "I3.5": 50.95, "I3.6": 0,
    "I4.1": 50, "I4.2": 53.32, "I4.3": 30, "I4.4": 100, "I4.5": 64.29, "I4.6": 50,
}  # fmt: skip


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
