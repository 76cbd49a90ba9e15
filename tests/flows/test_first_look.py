"""The first look quotes the answers each advice comes from, and gives no score."""

from typing import Any

import pytest

from flows.diagnosis.early import early
from flows.diagnosis.findings import examine
from flows.diagnosis.first_look import FirstLook, first_look
from flows.diagnosis.rules import fired
from flows.dialogue.model import Answer
from flows.playbook import Playbook
from flows.project import Cast, Member
from tests.flows.questions import answer
from tests.flows.stage import BOREAL, CLAIRE, ELODIE, MARC, NAMES

TEAM_ROWS = [
    {"person": m.user, "function": m.function, "daci": m.daci, "id": str(n)}
    for n, m in enumerate(BOREAL.members)
]
#: The worked example's set-up (8.1).
BASE: dict[str, Any] = {
    "SET01": "Boréal", "SET02": "replace", "SET03": ["tool"], "SET04": "50_249", "SET05": "directive",
    "SET06": "complex_b2b", "SET07": "mixed", "SET08": "business", "SET09": ["arbiter", "coverage"],
    "SET10": MARC, "SET11": CLAIRE, "SET12": CLAIRE, "SET13": TEAM_ROWS, "SET14": "searching",
    "SET18": "2026-01-12", "SET19": "FR", "SET20": "fr",
    "SET21": [{"group": "Works council", "power": 5, "interest": 5}],
}  # fmt: skip


def answers(**changes: Any) -> dict[str, Answer]:
    given = {id: answer(value, by=ELODIE) for id, value in {**BASE, **changes}.items() if value is not None}
    return {**given, "SET16": answer(exit="unknown", by=ELODIE)}


def look(playbook: Playbook, cast: Cast = BOREAL, **changes: Any) -> FirstLook:
    return first_look(playbook, answers(**changes), cast, NAMES)


def rules(found: FirstLook) -> list[str]:
    return [advice.rule for advice in found.advice]


def test_the_worked_example_on_its_first_day(playbook: Playbook) -> None:
    found = look(playbook)
    assert found.verdict.en == "Not enough answers to conclude"
    assert rules(found) == ["R05", "R48", "R51", "R57"]
    assert found.answers == 17, "the restricted one and the unknown one are not counted"
    assert found.card is not None
    assert found.card.id == "LP2"
    assert found.steers is not None
    assert found.steers.en == "A business or functional director"


def test_an_advice_quotes_the_answers_it_comes_from(playbook: Playbook) -> None:
    blamed = look(playbook).advice[0]
    assert [(quote.question, quote.answer.en) for quote in blamed.quotes] == [
        ("SET02", "Replacing a tool that is still used"), ("SET03", "The product itself"),
    ]  # fmt: skip
    assert blamed.next.en == "talk about it in the kick-off (W01)"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"SET08": "it"}, "R47"), ({"SET08": "top"}, "R49"), ({"SET08": "undecided", "SET09": None}, "R50"),
        ({"SET12": None}, "R56"), ({"SET12": MARC}, "R56"), ({"SET14": "none"}, "R57"),
        ({"SET14": "external", "SET15": ["k_tech"]}, "R58"),
    ],
)  # fmt: skip
def test_a_rule_fires_on_its_answer(playbook: Playbook, changes: dict[str, Any], rule: str) -> None:
    assert rule in rules(look(playbook, **changes))


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"SET03": ["tool", "org"]}, "R05"), ({"SET02": "first"}, "R05"),
        ({"SET09": None}, "R48"), ({"SET09": None}, "R51"), ({"SET09": ["it_resource"]}, "R48"),
        ({"SET09": ["human", "arbiter", "coverage"]}, "R51"), ({"SET08": None}, "R51"),
        ({"SET14": "external"}, "R58"), ({"SET14": "internal"}, "R57"),
    ],
)  # fmt: skip
def test_a_rule_stays_silent_otherwise_and_without_an_answer(
    playbook: Playbook, changes: dict[str, Any], rule: str
) -> None:
    assert rule not in rules(look(playbook, **changes))


def test_what_is_absent_is_quoted_as_such(playbook: Playbook) -> None:
    found = look(playbook, SET12=None)
    assert found.advice[0].quotes[0].answer.en == "no answer yet"


def test_a_team_that_misses_a_function(playbook: Playbook) -> None:
    cast = Cast(holders=BOREAL.holders, members=(Member(user=MARC, function="sales"),))
    assert "R59" in rules(look(playbook, cast=cast))


def test_no_sponsor_is_a_missing_foundation(playbook: Playbook) -> None:
    found = look(playbook, SET11="nobody")
    assert found.verdict.fr == "Feu rouge pour l’instant"
    assert "Sponsorship" in found.why.en


def test_with_nothing_answered_there_is_no_card(playbook: Playbook) -> None:
    found = first_look(playbook, {}, Cast(), NAMES)
    assert (found.answers, found.card, found.steers) == (0, None, None)


def test_the_sponsors_word_alone_is_not_enough(playbook: Playbook) -> None:
    findings = examine(early({"SPO01": answer("verbal")}, BOREAL), playbook.diagnosis)
    assert [rule.id for rule in fired(findings, [playbook.rules["R53"]])] == ["R53"]
