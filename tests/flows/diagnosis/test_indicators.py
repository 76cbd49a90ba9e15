"""Each indicator and each scoping task by its formula: value and coverage, parts missing, caps (3.2, 3.3)."""
# ruff: noqa: E501  one formula a line reads as a table

from datetime import date
from typing import Any

import pytest

from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import (
    Annex,
    ChoiceTally,
    Lot,
    Named,
    Need,
    Respondent,
    Risk,
    ScaleTally,
    Session,
    Task,
    Withheld,
)
from flows.diagnosis.indicators import INDICATORS
from flows.diagnosis.reading import Reading
from flows.playbook import Playbook
from tests.flows.diagnosis.making import IDK, PEOPLE, TODAY, annex, made

NOTHING = (None, 0.0)
HALF_ASKED = Named(expected=("p1", "p2"), answers={"p1": 3})
HELD = Session(whole_team=True, date=TODAY, present=4, functions=("sales",))
SHARED = {"goals_shared_on": date(2026, 1, 1)}

CASES: list[tuple[str, dict[str, Any], tuple[float | None, float]]] = [
    ("I1.1", {"forms": {"NEE11": "required"}}, (100, 1)),
    ("I1.2", {"forms": {"NEE12": "preferred"}}, (60, 1)),
    ("I1.3", {"forms": {"NEE13": "waived"}}, (60, 1)),
    ("I1.4", {"forms": {"NEE14": "undecided"}}, (0, 1)),
    ("I1.5", {"forms": {"NEE15": IDK}}, NOTHING),
    ("I1.5", {"forms": {"NEE15": "an option that content has dropped"}}, NOTHING),
    ("I1.6", {"named": {"NEE16": HALF_ASKED}}, (50, 0.5)),
    ("I1.6", {"named": {"NEE16": Named(expected=())}}, NOTHING),
    ("I2.1", {"forms": {"OBJ09": "shared"}, "named": {"OBJ08": [3, 3]}}, (56, 1)),
    ("I2.1", {"forms": {"OBJ09": "shared"}}, (60, 0.6)),
    ("I2.1", {"named": {"OBJ08": HALF_ASKED}}, (50, 0.2)),
    ("I2.2", {"named": {"PRO05": [3, 3], "PRO06": [5, None]}}, (75, 0.5)),
    ("I2.3", {"anonymous": {"COL01": 25, "COL06": 25}}, (50, 0.25)),
    ("I2.3", {"anonymous": {"COL01": ScaleTally(invited=10, n=5, total=25)}}, (100, 0.0625)),
    ("I2.3", {"anonymous": {"COL01": Withheld(invited=9, open=True)}}, NOTHING),
    ("I2.4", {"named": {"SPO05": ["cross", "undecided"]}, "forms": {"SPO04": "weekly"}}, (40, 1)),
    ("I2.4", {"named": {"SPO05": [None, "two_functions"]}}, (50, 0.6)),
    ("I2.4", {"named": {"SPO05": [None, None]}, "forms": {"SPO04": "none"}}, (0, 0.4)),
    ("I2.5", {"annexes": {"ANX01": annex("needed", whole=True), "ANX02": annex("later")}}, (65, 1 / 3)),
    ("I2.5", {"annexes": {"ANX01": annex("not_needed", whole=True), "ANX02": annex("unknown")}}, (50, 1 / 3)),
    ("I2.5", {"annexes": {"ANX01": annex("not_needed"), "ANX02": Annex()}}, (0, 1 / 6)),
    ("I3.1", {"anonymous": {"BEL01": 20, "BEL02": 5}}, (62.5, 1 / 3)),
    ("I3.1", {}, NOTHING),
    ("I3.2", {"anonymous": {"BEL08": 20}, "forms": {"CHG11": "fade"}}, (37.5, 1)),
    ("I3.3", {"forms": {"INC03": "study", "INC02": "partly"}}, (62, 1)),
    ("I3.3", {"forms": {"INC02": "partly"}}, (50, 0.4)),
    ("I3.4", {"forms": {"CHG01": "some", "CHG02": "internal", "CHG04": "twice", "CHG10": ["training", "none"]}}, (63.75, 1)),
    ("I3.4", {"forms": {"CHG10": ["reviews", "training", "mistakes", "no_sheets", "answer"]}}, (100, 0.25)),
    ("I3.5", {"anonymous": {"CHG08": 15, "BEL12": 20}, "forms": {"CHG07": "adhoc"}}, (155 / 3, 1)),
    ("I3.6", {"forms": {"CHG09": "discussing"}}, (50, 1)),
    ("I4.1", {"forms": {"SET08": "it", "SET09": ["human", "arbiter", "coverage"]}, "anonymous": {"SET17": 15}}, (57.5, 1)),
    ("I4.1", {"forms": {"SET08": "top", "SET09": ["human", "none"]}}, (25, 0.75)),
    ("I4.1", {"forms": {"SET08": "undecided"}, "anonymous": {"SET17": 25}}, (25, 1)),
    ("I4.1", {"forms": {"SET08": "top"}, "anonymous": {"SET17": 25}}, (100, 0.25)),
    ("I4.1", {"forms": {"SET09": ["human"]}}, NOTHING),
    ("I4.2", {"forms": {"SPO01": "written", "SPO04": "monthly"}}, (62, 0.5)),
    ("I4.2", {"forms": {"SPO01": "announced"}, "anonymous": {"SPO06": 15, "SPO07": ScaleTally(invited=8, n=6, total=6)}}, (42.5 / 0.8, 0.7375)),
    ("I4.3", {"forms": {"SET14": "external", "SET15": ["k_tech", "no_vendor"]}}, (70, 1)),
    ("I4.3", {"forms": {"SET14": "external"}}, (50, 0.5)),
    ("I4.3", {"forms": {"SET14": "external", "SET15": ["none"]}}, (50, 1)),
    ("I4.3", {"forms": {"SET14": "internal"}}, (60, 1)),
    ("I4.3", {"forms": {"SET14": "none"}}, (0, 1)),
    ("I4.3", {}, NOTHING),
    ("I4.4", {}, (100, 1)),
    ("I4.4", {"people": (Respondent(user="p1", role="sponsor", function="it"), *PEOPLE[1:3])}, (50, 1)),
    ("I4.4", {"people": ()}, (0, 1)),
    ("I4.5", {}, (0, 1)),
    ("I4.5", {"facts": {"required_rate": 80}, "forms": {"OBJ09": "shared"}}, (150 / 7, 1)),
    ("I4.6", {}, (0, 1)),
    ("I4.6", {"sessions": (HELD,), "facts": SHARED}, (50, 1)),
    ("I4.6", {"sessions": (HELD, HELD, HELD), "facts": SHARED}, (100, 1)),
    ("I4.6", {"sessions": (HELD, HELD)}, (50, 1)),
    ("I4.6", {"sessions": (HELD, Session(whole_team=True, date=TODAY)), "facts": SHARED}, (50, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("id", "parts", "expected"), CASES)
def test_an_indicator_by_its_formula(
    playbook: Playbook, id: str, parts: dict[str, Any], expected: tuple[float | None, float]
) -> None:
    found = diagnose(made(**parts), playbook.diagnosis).indicators[id]
    assert (found.value, found.coverage) == pytest.approx(expected)


def test_every_indicator_has_its_test() -> None:
    assert {id for id, _, _ in CASES} == set(INDICATORS)


def risks(n: int, **fields: Any) -> tuple[Risk, ...]:
    return tuple(
        Risk(**{"likelihood": 2, "impact": 5, "owner": "p2", "response": True, **fields}) for _ in range(n)
    )


def tasks(n: int, **fields: Any) -> tuple[Task, ...]:
    return tuple(
        Task(**{"id": k, "weeks": 1, "after": (k - 1,), "owner": "p2", **fields}) for k in range(1, n + 1)
    )


LOOP = (Task(id="a", weeks=1, after=("b",)), Task(id="b", weeks=1, after=("a",)), Task(id="c", weeks=1))
MUST = Need(place="M", effort=3, reason=True)
SLIDERS = {f"ARB0{n}": [3, 3] for n in range(1, 9)}
TASKS: list[tuple[str, dict[str, Any], int]] = [
    ("T1", {"facts": {"required_rate": 80}}, 100), ("T1", {"facts": {"required_rate": 79.9}}, 50),
    ("T1", {"facts": {"required_rate": 50}}, 50), ("T1", {"facts": {"required_rate": 49.9}}, 0), ("T1", {}, 0),
    ("T2", {"forms": {"OBJ09": "committed"}}, 100), ("T2", {"forms": {"OBJ09": "shared"}}, 50),
    ("T2", {"forms": {"OBJ09": "draft"}}, 0), ("T2", {"forms": {"OBJ09": IDK}}, 0),
    ("T3", {"tasks": tasks(5)}, 100), ("T3", {"tasks": tasks(4)}, 50), ("T3", {"tasks": tasks(5, owner=None)}, 50),
    ("T3", {"tasks": LOOP}, 50), ("T3", {"tasks": tasks(2)}, 0), ("T3", {}, 0),
    ("T4", {"risks": risks(5)}, 100), ("T4", {"risks": risks(5, owner=None)}, 50),
    ("T4", {"risks": risks(5, response=False)}, 50), ("T4", {"risks": risks(5, impact=4, owner=None)}, 100),
    ("T4", {"risks": risks(5, status="closed")}, 100), ("T4", {"risks": risks(1)}, 50), ("T4", {"risks": ()}, 0),
    ("T5", {"needs": (MUST, Need(place="S", effort=2))}, 100),
    ("T5", {"needs": (MUST, Need(place="C", effort=1))}, 50),
    ("T5", {"needs": (Need(place="M", effort=3), Need(place="S", effort=2))}, 50),
    ("T5", {"needs": (Need(place="W", effort=8),)}, 50), ("T5", {"needs": (MUST, Need())}, 0),
    ("T5", {"needs": ()}, 0), ("T5", {}, 0),
    ("T6", {"lots": (Lot(name="1", exit=True), Lot(name="2", exit=True))}, 100),
    ("T6", {"lots": (Lot(name="1", exit=True), Lot(name="2"))}, 50), ("T6", {"lots": (Lot(name="1", exit=True),)}, 50),
    ("T6", {"lots": ()}, 0),
    ("T7", {"named": SLIDERS}, 100), ("T7", {"named": {**SLIDERS, "ARB08": [None, None]}}, 0), ("T7", {}, 0),
    ("T7", {"named": {"ARB01": [5, 1], "ARB02": [5, 1]}, "decided": ("ARB01", "ARB02")}, 100),
    ("T7", {"named": {"ARB01": [5, 1], "ARB02": [5, 1]}, "decided": ("ARB02", "ARB07")}, 50),
    ("T7", {"named": {"ARB01": [5, 1], "ARB02": [5, 1], "ARB03": [5, 1]}, "decided": ("ARB02",)}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("id", "parts", "expected"), TASKS)
def test_a_task_of_scoping(playbook: Playbook, id: str, parts: dict[str, Any], expected: int) -> None:
    assert diagnose(made(**parts), playbook.diagnosis).tasks[id] == expected


def test_figures_of_nobody_are_missing() -> None:
    reading = Reading(made(people=(), named={"OBJ07": [3]}), {})
    assert (reading.of_sponsor("OBJ07"), reading.of_others("OBJ07")) == (None, [3])
    assert (reading.n("OBJ08"), reading.cov("OBJ08"), reading.mean("OBJ08")) == (0, 0.0, None)
    assert reading.share("OBJ07", 3) == 1.0  # type: ignore[arg-type]


def test_an_anonymous_choice_is_counted_and_has_no_mean() -> None:
    reading = Reading(made(anonymous={"COL10": ChoiceTally(invited=7, n=6)}), {})
    assert (reading.n("COL10"), reading.cov("COL10"), reading.mean("COL10")) == (6, 0.0, None)


def test_more_answers_than_people_expected_are_not_more_than_all() -> None:
    """Somebody answered, then said that it is outside their scope."""
    asked = Named(expected=("p1",), answers={"p1": 3, "p2": 4})
    assert Reading(made(named={"OBJ07": asked}), {}).cov("OBJ07") == 1.0


@pytest.mark.parametrize(
    "figures", [{"n": 4, "total": 12}, {"n": 6, "total": 12}, {"n": 5, "total": 26}, {"n": 5, "total": 4}]
)
def test_a_tally_that_no_wave_can_have_left_is_refused(figures: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="answers"):
        ScaleTally(invited=5, **figures)


def test_a_choice_below_five_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 5"):
        ChoiceTally(invited=9, n=4)
