"""Gates in their order, the five steps of the verdict, conditions and three points (3.4 to 3.6)."""
# ruff: noqa: E501  one case a line reads as a table

from dataclasses import replace
from typing import Any

import pytest

from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import Evidence, Form, Named, Respondent, ScaleTally, Withheld
from flows.diagnosis.figures import above, at_least, below, within
from flows.diagnosis.result import Contested, Diagnosis
from flows.playbook import Playbook
from tests.flows.diagnosis.making import IDK, PEOPLE, SILENT, made

COLLAB = [f"COL0{n}" for n in range(1, 9)]


def shared(mean: float, *, invited: int = 5, n: int = 5) -> dict[str, ScaleTally]:
    """Eight items of which the normalised value is that of `mean`."""
    return {
        id: ScaleTally(
            invited=invited, n=n, total=round(n * (6 - mean if id in ("COL06", "COL07") else mean))
        )
        for id in COLLAB
    }


FELT = {"SPO06": 15}
GATES: list[tuple[str, dict[str, Any], str]] = [
    ("G1", {}, "not_assessed"),
    ("G1", {"anonymous": shared(2.2)}, "fail"), ("G1", {"anonymous": shared(2.4)}, "condition"),
    ("G1", {"anonymous": shared(3)}, "pass"), ("G1", {"anonymous": shared(1)}, "fail"),
    ("G1", {"anonymous": shared(1, invited=9)}, "not_assessed"),
    ("G1", {"anonymous": shared(3, invited=10, n=6)}, "pass"),
    ("G1", {"anonymous": {**shared(3), **dict.fromkeys(COLLAB[:4], Withheld(invited=9))}}, "not_assessed"),
    ("G2", {}, "not_assessed"), ("G2", {"forms": {"SET11": "nobody"}}, "fail"),
    ("G2", {"forms": {"SPO01": "none", "SET11": "p1"}}, "fail"),
    ("G2", {"forms": {"SPO01": "verbal"}, "anonymous": FELT}, "condition"),
    ("G2", {"forms": {"SPO01": "written"}, "anonymous": {"SPO06": 14}}, "condition"),
    ("G2", {"forms": {"SPO01": "written"}, "anonymous": {"SPO06": Withheld(invited=9, open=True)}}, "condition"),
    ("G2", {"forms": {"SPO01": "written"}}, "condition"),
    ("G2", {"forms": {"SPO01": "announced"}, "anonymous": {"SPO06": ScaleTally(invited=8, n=8, total=24, polar=True)}}, "condition"),
    ("G2", {"forms": {"SPO01": "announced"}, "anonymous": {"SPO06": ScaleTally(invited=12, n=12, total=48, apart=("it", "sales"))}}, "condition"),
    ("G2", {"forms": {"SPO01": "written"}, "anonymous": FELT}, "pass"),
    ("G3", {"named": {"SPO05": [None, None]}}, "not_assessed"), ("G3", {"named": {"SPO05": ["cross", "it"]}}, "fail"),
    ("G3", {"named": {"SPO05": ["undecided"]}}, "fail"), ("G3", {"named": {"SPO05": ["cross", "two_functions"]}}, "condition"),
    ("G3", {"named": {"SPO05": [None, "cross"]}}, "pass"), ("G3", {}, "not_assessed"),
    ("G4", {"forms": {"OBJ09": IDK}}, "not_assessed"), ("G4", {"forms": {"OBJ09": "none"}}, "fail"),
    ("G4", {"forms": {"OBJ09": "draft"}}, "condition"), ("G4", {"forms": {"OBJ09": "shared"}}, "condition"),
    ("G4", {"forms": {"OBJ09": "committed"}}, "pass"),
    ("G4", {"forms": {"OBJ09": "committed"}, "named": {"OBJ08": [1, 1, 5, 5]}}, "condition"),
    ("G4", {"forms": {"OBJ09": "none"}, "named": {"OBJ08": [1, 1, 5, 5]}}, "fail"),
    ("G5", {"forms": {"SET12": SILENT}}, "condition"), ("G5", {"forms": {"SET12": "p2", "SET10": "p2"}}, "condition"),
    ("G5", {"forms": {"SET12": "p2"}}, "pass"), ("G5", {}, "pass"),
]  # fmt: skip


@pytest.mark.parametrize(("gate", "parts", "standing"), GATES)
def test_a_gate(playbook: Playbook, gate: str, parts: dict[str, Any], standing: str) -> None:
    assert diagnose(made(**parts), playbook.diagnosis).gates[gate] == standing


def changed(evidence: Evidence, **values: Any) -> Evidence:
    """The same company, with other answers to some forms."""
    return replace(evidence, forms={**evidence.forms, **{id: Form(value=v) for id, v in values.items()}})


def test_a_gate_that_fails_wins_over_everything(playbook: Playbook, told: Any) -> None:
    found = diagnose(changed(told("D"), OBJ09="none"), playbook.diagnosis)
    assert (found.verdict, found.kind) == ("NO_GO", "prerequisite")
    assert found.readiness > 70
    assert diagnose(changed(told("B"), OBJ09="none"), playbook.diagnosis).kind == "structural"
    assert diagnose(made(forms={"SET11": "nobody"}), playbook.diagnosis).kind == "prerequisite", (
        "even with nothing else"
    )


def test_with_few_answers_there_is_no_verdict(playbook: Playbook) -> None:
    found = diagnose(made(), playbook.diagnosis)
    assert (found.verdict, found.kind, found.provisional) == ("INSUFFICIENT", None, True)
    assert found.conditions == found.three_points == ()


def test_too_many_weak_points(playbook: Playbook, told: Any) -> None:
    """Readiness below 50, no gate failing: the three indicators that cost most."""
    forms = {"CHG04": "none", "CHG01": "none", "CHG07": "none", "CHG11": "fade", "INC03": "refused"}
    weak = changed(told(None), **forms, SET09=["none"], SPO04="none")
    found = diagnose(weak, playbook.diagnosis)
    assert found.readiness < 50
    assert (found.verdict, found.kind) == ("NO_GO", "score")
    assert found.conditions == ()
    lost = {id: found.weights[i.family] * i.lost for id, i in found.indicators.items()}
    assert set(found.three_points) == set(sorted(lost, key=lambda id: -lost[id])[:3])
    assert len(found.three_points) == 3


def test_two_weak_families_are_too_many(playbook: Playbook, told: Any) -> None:
    base = told("D")
    poor = {
        id: replace(kept, total=kept.n * (5 if id.startswith("BEL0") and id < "BEL07" else 2 if id < "BEL" else 1))
        if id[:3] in ("BEL", "CHG") else kept
        for id, kept in base.anonymous.items()
    }  # fmt: skip
    unsettled = changed(
        base, NEE11="undecided", NEE12="undecided", NEE13="undecided", NEE14="undecided", INC03="refused",
        INC02="against", CHG01="none", CHG02="none", CHG04="none", CHG07="none", CHG09="no", CHG11="fade",
    )  # fmt: skip
    found = diagnose(replace(unsettled, anonymous=poor), playbook.diagnosis)
    assert sum((family.score or 0) < 35 for family in found.families.values()) == 2
    assert (found.verdict, found.kind) == ("NO_GO", "score")


@pytest.mark.parametrize(
    "values",
    [
        {"OBJ09": "shared"}, {"SPO01": "verbal"}, {"SET12": "p2"},  # a gate with a condition
        {"NEE11": "undecided", "NEE12": "undecided", "NEE13": "undecided", "NEE14": "undecided"},  # family 1 below 50
    ],
)  # fmt: skip
def test_what_keeps_from_go(playbook: Playbook, told: Any, values: dict[str, Any]) -> None:
    assert diagnose(told("D"), playbook.diagnosis).verdict == "GO"
    assert diagnose(changed(told("D"), **values), playbook.diagnosis).verdict == "GO_CONDITIONS"


def test_a_provisional_result_is_never_go(playbook: Playbook, told: Any) -> None:
    base = told("D")
    few = {
        id: Withheld(invited=7) if id[:3] in ("BEL", "CHG") else kept for id, kept in base.anonymous.items()
    }
    silent = {id: SILENT if id[:3] in ("NEE", "INC", "CHG") else form for id, form in base.forms.items()}
    found = diagnose(replace(base, anonymous=few, forms=silent), playbook.diagnosis)
    assert found.provisional
    assert found.readiness >= 70
    assert found.verdict == "GO_CONDITIONS"


def test_the_conditions_of_a_family_below_50_leave_out_what_has_no_value(
    playbook: Playbook, told: Any
) -> None:
    base = told(None)
    silent = {id: SILENT if id in ("INC02", "INC03") else form for id, form in base.forms.items()}
    found = diagnose(replace(base, forms=silent), playbook.diagnosis)
    named = [condition.id for condition in found.conditions if condition.id.startswith("I")]
    assert "I3.3" not in named


def test_a_threshold_is_compared_without_noise(playbook: Playbook) -> None:
    """3.3, 6: a COLLAB of 49.99999999999999 is 50."""
    noisy = 49.99999999999999
    assert at_least(noisy, 50)
    assert not below(noisy, 50)
    assert not above(50.0000000001, 50)
    assert not within(noisy, 35, 50)
    assert not any((at_least(None, 0), below(None, 9), above(None, 0), within(None, 0, 9)))


def weights(playbook: Playbook, **forms: Any) -> tuple[int, ...]:
    found: Diagnosis = diagnose(made(forms=forms), playbook.diagnosis)
    return tuple(found.weights.values())


def test_weights_shift_with_the_context(playbook: Playbook) -> None:
    assert weights(playbook) == (10, 30, 35, 25)
    assert weights(playbook, SET04="250_999") == weights(playbook, SET04="ge1000") == (5, 35, 35, 25)
    assert weights(playbook, SET04="50_249", SET05="participative") == (10, 30, 35, 25)
    assert weights(playbook, SET05="directive", SET07="low") == (10, 30, 45, 15)
    assert weights(playbook, SET06="volume") == (15, 25, 35, 25)
    assert weights(playbook, SET04="ge1000", SET05="directive", SET06="volume", SET07="low") == (
        10,
        30,
        45,
        15,
    )


def test_bands(playbook: Playbook) -> None:
    model = playbook.diagnosis
    assert [model.band(score).code for score in (100, 70, 69.9, 50, 35, 34.9, 0)] == [
        "solid", "solid", "fragile", "fragile", "weak", "critical", "critical",
    ]  # fmt: skip


TEAM = tuple(
    Respondent(user=f"p{n}", role="sponsor" if n == 1 else "member", function="sales" if n < 5 else "it")
    for n in range(1, 9)
)


def contested(playbook: Playbook, **parts: Any) -> tuple[Contested, ...]:
    return diagnose(made(people=TEAM, **parts), playbook.diagnosis).contested


def test_functions_far_apart_contest_an_item(playbook: Playbook) -> None:
    far = contested(playbook, named={"OBJ08": [5, 5, 5, 5, 3, 4, 3, 4]})
    assert far == (Contested(id="OBJ08", functions=("it", "sales")),)
    assert contested(playbook, named={"OBJ08": [5, 5, 5, 4, 3, 4, 3, 4]}) == ()


def test_the_sponsor_counts_for_the_sponsors_function(playbook: Playbook) -> None:
    assert contested(playbook, named={"OBJ08": [5, 5, 5, None, 3, 3, 3, 3]})[0].functions == ("it", "sales")
    assert contested(playbook, named={"OBJ08": [None, 5, 5, None, 3, 3, 3, 3]}) == (), (
        "never with fewer than 3 answers"
    )


def test_functions_far_apart_on_a_pair_open_an_issue_and_contest_nothing(playbook: Playbook) -> None:
    found = diagnose(made(people=TEAM, named={"ARB02": [5, 5, 5, 5, 3, 4, 3, 4]}), playbook.diagnosis)
    assert found.contested == ()
    assert found.apart == (Contested(id="ARB02", functions=("it", "sales")),)


def test_only_scales_are_contested(playbook: Playbook) -> None:
    assert contested(playbook, named={"OBJ06": ["yes", "yes", "no", "no"]}) == ()
    assert contested(playbook, named={"NEE16": [1, 1, 5, 5]}) == (Contested(id="NEE16"),)
    assert contested(playbook, anonymous={"CHG08": ScaleTally(invited=9, n=8, total=24, polar=True)})[
        0
    ].anonymous


@pytest.mark.parametrize(
    ("answers", "is_contested"),
    [
        ([4, 2, 2, 2], True), ([4, 2, 3, 2], True), ([4, 2, 3], False), ([3, 1, 1, 2], True), ([3, 1, 1, 2, 2], False),
        ([1, 3, 3], True), ([None, 1, 5, 1, 5], True), ([None, 1, 5, 5], False), ([5], False), ([None, 2], False),
    ],
)  # fmt: skip
def test_a_pair_is_contested_by_the_sponsors_distance_or_by_a_split(
    playbook: Playbook, answers: list[int | None], is_contested: bool
) -> None:
    assert bool(contested(playbook, named={"ARB04": answers})) is is_contested


def test_what_is_missing_is_named_once(playbook: Playbook, said: Any) -> None:
    assert said(None).missing == ()
    missing = diagnose(made(forms={"SET08": "undecided"}), playbook.diagnosis).missing
    assert len(set(missing)) == len(missing)
    assert {"ANX01", "COL01", "NEE11", "SPO05"} <= set(missing)
    assert not {"SET08", "SET09", "SET15"} & set(missing)
    assert "SET15" in diagnose(made(forms={"SET14": "external"}), playbook.diagnosis).missing


def test_two_answers_of_the_sponsor_and_the_lead_that_agree_are_one(playbook: Playbook) -> None:
    found = diagnose(
        made(named={"SPO05": Named(expected=("p1", "p2"), answers={"p1": "cross", "p2": "cross"})}),
        playbook.diagnosis,
    )
    assert found.disagreed == ()
    assert PEOPLE
