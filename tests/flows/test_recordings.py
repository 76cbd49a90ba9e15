"""What the answers of D01 to D03 leave in the register."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from flows.dialogue.aftermath import recast
from flows.dialogue.checks import CHECKS
from flows.dialogue.effects import PREFIX, Amend, Assign, SetProject
from flows.dialogue.fills import FILLS, identify
from flows.dialogue.who import owner
from flows.playbook import Playbook
from flows.project import Cast
from flows.register.life import LIFE, OVER, STATES
from flows.register.model import Kept
from flows.register.recordings import RECORDINGS
from flows.register.said import Said, in_title
from flows.register.setup import treatment
from flows.words import Words
from tests.flows.questions import CAST, NOON, choice, sheet
from tests.flows.stage import CLAIRE, ELODIE, HUGO, MARC, SOFIA, Stage


@pytest.mark.parametrize(
    ("power", "interest", "how"), [(4, 4, "closely"), (5, 3, "meet"), (3, 4, "inform"), (3, 3, "watch")]
)
def test_groups_are_treated_by_power_and_interest(power: int, interest: int, how: str) -> None:
    assert treatment(power, interest) == how


def test_a_long_answer_makes_a_short_title_cut_at_a_word() -> None:
    title = in_title("word " * 60)
    assert len(title.en) <= 141
    assert title.en.endswith("word…")
    assert in_title("one\ntwo") == Words("one two", "one two")


def test_the_sponsor_does_not_stand_for_a_function_of_the_team(stage: Callable[..., Stage]) -> None:
    played = stage("D01")
    played.submits(
        ELODIE, "people", SET10=MARC, SET11=CLAIRE, SET12=CLAIRE, SET13=[{"person": HUGO}, {"person": SOFIA}]
    )
    rows = [
        {"person": HUGO, "function": "sales"}, {"person": SOFIA, "function": "it"},
        {"person": MARC, "function": "service"}, {"person": CLAIRE, "function": "marketing"},
    ]  # fmt: skip
    played.submits(ELODIE, "steering", SET13=rows, SET08="undecided")
    assert played.titles("issue") == ["Nobody in the team speaks for marketing"]


def test_undecided_is_no_decision_and_one_answer_about_ownership_stands(stage: Callable[..., Stage]) -> None:
    played = stage("D03")
    played.submits(CLAIRE, "commitment", SPO01="verbal", SPO02="2", SPO03=["thank"], SPO04="none")
    assert played.titles("decision") == []
    played.submits(MARC, "ownership", SPO05="it")
    assert [(d.title.en, d.status) for d in played.kept("decision")] == [
        ("Who the project belongs to: To IT", "proposed")
    ]
    played.exits(MARC, "SPO05", "unknown", confirmed=True)
    assert played.kept("decision") == []


def test_an_answer_that_no_longer_fits_records_nothing(stage: Callable[..., Stage]) -> None:
    played = stage("D03")
    played.submits(CLAIRE, "commitment", SPO01="written", SPO02="2", SPO03=["thank"], SPO04="none")
    kept = played.rows["SPO03", CLAIRE]
    played.rows["SPO03", CLAIRE] = replace(kept, value=["a choice content has dropped"])
    turn = played.submits(CLAIRE, "commitment", SPO01="written", SPO02="2", SPO03=["steer"], SPO04="none")
    assert turn.accepted, turn
    assert played.titles("commitment") == ["Sit in steering meetings"]


def said(name: str, value: Any, **more: Any) -> Said:
    fields = {"question": choice(), "dialogue": sheet(), "today": NOON.date(), **more}
    return Said(value=value, **fields)


@pytest.mark.parametrize("name", RECORDINGS)
def test_without_an_answer_nothing_is_recorded(name: str) -> None:
    for thing in RECORDINGS[name](said(name, None)):
        match thing:
            case Assign(user=user):
                assert user is None
            case Amend(fields=fields):
                assert all(value is None for more in fields.values() for value in more.values())
            case _:
                raise AssertionError(thing)


def test_a_choice_content_has_dropped_is_shown_as_it_was() -> None:
    assert said("", None).label("gone") == Words("gone", "gone")


@pytest.mark.parametrize(
    ("name", "value", "effect"),
    [
        ("project_name", "Boréal", SetProject(field="name", value="Boréal")),
        ("project_start", "2026-01-12", SetProject(field="start", value="2026-01-12")),
        ("project_language", "fr", SetProject(field="language", value="fr")),
    ],
)
def test_facts_of_the_project(name: str, value: str, effect: SetProject) -> None:
    assert RECORDINGS[name](said(name, value)) == (effect,)


def test_an_open_point_goes_to_the_person_themselves_when_a_project_has_nobody_else() -> None:
    alone = sheet(cast=Cast())
    assert owner(alone, "lead") == "UANA"
    assert owner(alone, None) == "UANA"
    assert owner(sheet(), "it") == "UBEN"


def test_other_effects_leave_the_cast_as_it_is() -> None:
    assert recast(CAST, [SetProject(field="name", value="x")]) == CAST


def test_content_uses_every_name_that_code_offers(playbook: Playbook) -> None:
    """A recording, check or fill nobody asks for is dead code."""
    asked = [question for flow in playbook.flows.values() for question in flow.questions]
    assert {name for q in asked for name in q.records} == set(RECORDINGS)
    assert {name for q in asked for name in q.checks} == set(CHECKS)
    assert {q.fill for q in asked if q.fill} == set(FILLS)


def test_states_have_words_and_lead_somewhere_known() -> None:
    for states in LIFE.values():
        for state, following in states.items():
            assert {state, *following} <= set(STATES)
    assert set(STATES) >= OVER


def test_a_kept_record_is_quoted_by_prefix_and_number() -> None:
    kept = Kept(kind="issue", number=3, title=Words("a", "b"), created_at=NOON)
    assert kept.ref == "ISS-3"
    assert len(set(PREFIX.values())) == len(PREFIX)


def test_a_line_keeps_the_id_it_comes_with_and_no_two_lines_have_one() -> None:
    before = [{"id": "a", "task": "Clean"}, {"id": "b", "task": "Load"}]
    rows = identify([{"id": "b", "task": "Load it"}, {"id": "b", "task": "Train"}], before, 2)
    assert [row["id"] for row in rows] == ["b", "a"]
