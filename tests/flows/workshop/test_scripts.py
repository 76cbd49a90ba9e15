"""The twelve scripts as content: read whole, and what is wrong with a file said in sentences."""

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from flows.playbook import Playbook
from flows.playbook.loader import CRM, ContentErrors, load
from flows.playbook.workshops import WORTH, WRITTEN, WorkshopsText, findings
from flows.workshop.script import Method
from flows.written import parse
from tests.flows.workshop.making import W, step


def test_there_are_twelve_with_every_method_and_no_word_missing(playbook: Playbook) -> None:
    assert list(playbook.workshops) == [f"W{n:02}" for n in range(1, 13)]
    assert {one.method for script in playbook.workshops.values() for one in script.steps} <= set(
        get_args(Method)
    )
    steps = [one for script in playbook.workshops.values() for one in script.steps]
    assert set(playbook.methods) == {*get_args(Method), *(one.way for one in steps)}
    assert all(playbook.guidance(one) == playbook.methods[one.way] for one in steps)
    for script in playbook.workshops.values():
        said = [script.title, script.goal, script.close, script.outputs, *(one.words for one in script.steps)]
        assert all(words.en and words.fr for words in said)


def test_the_longest_takes_ten_working_days_at_most(playbook: Playbook) -> None:
    longest = max(playbook.workshops.values(), key=lambda script: script.hours)
    assert (longest.id, longest.hours) == ("W07", 76)


def test_the_plan_holds_workshops_that_have_a_script_of_the_same_name(playbook: Playbook) -> None:
    for one in playbook.plan.workshops:
        assert playbook.workshops[one.what].title == one.title


def test_what_the_text_says_of_single_steps(playbook: Playbook) -> None:
    by_id = playbook.workshops
    assert by_id["W02"].step(4).keep == {"strategic": 5, "operational": 8}
    assert [one.number for one in by_id["W04"].steps if one.sealed] == [2, 3]
    assert [one.id for one in by_id.values() if one.behind_doors] == ["W04"]
    assert by_id["W11"].step(4).gathers
    assert by_id["W04"].only == {"sponsor": (1, 5, 6)}
    assert by_id["W06"].step(2).ballot == "sizes"
    assert by_id["W06"].step(5).questions == ("NEE11", "NEE12", "NEE13", "NEE14", "NEE15")
    assert by_id["W08"].step(3).ballot == "sliders"
    assert by_id["W09"].guests == (2, 3)
    assert by_id["W10"].step(2).private
    assert by_id["W12"].step(3).keep == {"": 1}
    assert by_id["W03"].quorum == "front"
    assert by_id["W11"].rules is not None
    assert by_id["W01"].rules is None


def test_the_sealed_boxes_have_content_of_their_own(playbook: Playbook) -> None:
    worth, written = playbook.wave("worth#12"), playbook.wave("W04.3#12")
    assert worth is not None
    assert worth.questions[0].id == WORTH
    assert written is not None
    assert written.questions[0].id == WRITTEN
    assert playbook.wave("D06") is playbook.waves["D06"]
    assert playbook.wave("nothing") is None


# --- what is wrong with a file


def edited(before: str, after: str) -> str:
    text = (CRM / "workshops.yaml").read_text(encoding="utf-8")
    assert before in text
    return text.replace(before, after, 1)


def found_in(text: str, playbook: Playbook) -> str:
    """What is wrong with a file of workshops, read beside the rest of the playbook."""
    try:
        shape = WorkshopsText.model_validate(parse(text).values)
    except ValidationError as error:
        return str(error)
    asked = {q.id for flow in playbook.flows.values() for q in (*flow.questions, *flow.anonymous)}
    return "\n".join(said for _, said in findings(shape, playbook.flows, asked))


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("live_minutes: 60", "live_minutes: 61", "the steps of W01 take 60 minutes, not 61"),
        ("  - id: W02", "  - id: W01", "W01 is written twice"),
        ("needs: [D01, D03]", "needs: [D01, D99]", "W01 needs D99, which does not exist"),
        ("only: {sponsor: [1, 5, 6]}", "only: {sponsor: [1, 9]}", "W04 has no step 9"),
        ("only: {sponsor: [1, 5, 6]}", "only: {boss: [1]}", "“boss” is not a role"),
        ("asks: [OBJ04]", "asks: [OBJ99]", "question OBJ99 does not exist"),
        ("[5, 2, close, ", "[5, 2, talk, ", "W01 ends with one step “close”, and only there"),
        ("[10, 4, talk, ", "[10, 4, sing, ", "should be 'talk'"),
        (
            "{keep: {all: 3}}",
            "{sealed: true}",
            "sealed is for steps in which people write, or look at something together",
        ),
        ("{keep: {all: 3}}", "{pairs: true}", "pairs and private are for steps in which people write"),
        ("{asks: [OBJ10]}", "{gather: true}", "only what is voted on is gathered first"),
        ("{asks: [OBJ10]}", "{keep: {all: 1}}", "only dots have something to keep"),
        ("{keep: {all: 3}}", "keep", "the sixth element of a step is a mapping"),
        ("[10, 4, talk, ", "[10, talk, ", "a step is [minutes, hours, method, EN, FR]"),
        ("  talk:\n", "  chat:\n", "no method is called chat"),
        ("  talk:\n", "  chat:\n", "nothing is said about the method talk"),
        ("    rules_fr:", "    rules_xx:", "Extra inputs are not permitted"),
        ("  close:\n    name_en:", "  close:\n    nam_en:", "name_en"),
    ],
)
def test_a_mistake_is_noticed(playbook: Playbook, before: str, after: str, sentence: str) -> None:
    assert sentence in found_in(edited(before, after), playbook)


def test_rules_are_in_both_languages(playbook: Playbook) -> None:
    text = (CRM / "workshops.yaml").read_text(encoding="utf-8")
    without = re.sub(r"    rules_fr: .*\n", "", text, count=1)
    assert found_in(without, playbook) == "rules are needed in both languages, or in none"
    assert found_in(text, playbook) == ""


def test_a_mistake_is_said_with_its_line_and_a_playbook_may_have_no_workshops(tmp_path: Path) -> None:
    folder = tmp_path / "crm"
    shutil.copytree(CRM, folder)
    (folder / "workshops.yaml").write_text(edited("live_minutes: 60", "live_minutes: 61"), encoding="utf-8")
    with pytest.raises(ContentErrors, match=r"workshops.yaml, line \d+, workshop W01: the steps of W01"):
        load(folder)
    for file in ("workshops.yaml", "statements.yaml"):
        (folder / file).unlink()
    assert load(folder).workshops == {}


def test_what_is_said_about_a_step_is_said_of_its_ballot_where_that_is_another(playbook: Playbook) -> None:
    assert step(1, "fist").way == "fist"
    assert step(1, "talk").way == "talk"
    assert step(1, "vote", ballot="sliders").way == "sliders"
    unknown = step(1, "vote", ballot="ranking")
    assert playbook.guidance(unknown) == playbook.methods["vote"], "none of the twelve ranks"


def test_a_step_says_itself_what_it_is() -> None:
    assert step(1, "dots").ballot == "dots"
    assert step(1, "talk").ballot is None
    assert step(1, "talk").words == W
