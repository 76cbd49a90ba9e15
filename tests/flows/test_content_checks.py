"""Content is broken on purpose, and the sentence is read: appendix A, checks 1, 3, 4, 8, 11 and 12."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from flows.document.model import SECTIONS
from flows.document.note import note
from flows.playbook import ContentErrors, Playbook, load, plan_review, words_review
from flows.playbook.loader import CRM
from flows.playbook.schema import WordsText
from flows.playbook.sending import WavesText
from flows.playbook.statements import StatementsText, findings, table
from tests.flows.test_note import facts

EDITS = {
    "plan.yaml": (
        "items: [SPO01, SPO02, SPO03, SPO04, SPO05, SPO08, SPO09, SPO10], minutes: 5",
        "items: [SPO01, SPO02, SPO03, SPO04, SPO05, SPO08, SPO09, SPO10], minutes: 4",
        "plan.yaml, line {n}: D03 takes 5 minutes here, not 4.",
    ),
    "D03.yaml": (
        'intro_en: "Your backing',
        "intro_en: \"Your team's backing",
        "D03.yaml, line {n}: “team's” has a straight apostrophe: write ’.",
    ),
    "words.yaml": (
        "  consent:",
        "  assent: [[a, A, A]]\n  consent:",
        "words.yaml, line {n}: no question offers the choices assent.",
    ),
    "statements.yaml": (
        "at: [ANX07]",
        "at: [ANX77]",
        "statements.yaml, line {n}, statement S35: “The list of supporting projects is open-ended.” has lost "
        "its last place in the product: ANX77 does not exist.",
    ),
}


def test_a_mistake_is_said_with_its_file_and_line_all_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "crm"
    shutil.copytree(CRM, folder)
    wanted = []
    for file, (old, new, sentence) in EDITS.items():
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        wanted.append(sentence.format(n=text[: text.index(old)].count("\n") + 1))
    with pytest.raises(ContentErrors) as raised:
        load(folder)
    assert sorted(raised.value.sentences) == sorted(wanted)


def test_a_playbook_may_have_no_small_wins_and_no_check_ins(tmp_path: Path) -> None:
    folder = tmp_path / "crm"
    shutil.copytree(CRM, folder)
    for file in ("statements.yaml", "wins.yaml", "calendar.yaml", "checkins.yaml"):
        (folder / file).unlink()
    without = load(folder)
    assert not without.wins.auto
    assert not without.checkins
    assert [*without.flows] == [*load().flows]


def test_a_playbook_may_have_no_statements(tmp_path: Path) -> None:
    folder = tmp_path / "crm"
    shutil.copytree(CRM, folder)
    (folder / "statements.yaml").unlink()
    assert load(folder).statements == ()
    (folder / "statements.yaml").write_text("statements: 3", encoding="utf-8")
    with pytest.raises(ContentErrors, match=r"statements\.yaml, line 1"):
        load(folder)


@pytest.mark.parametrize(
    ("where", "change", "sentence"),
    [
        (("D03", "sponsor"), {"minutes": 16}, "with this, the sponsor is asked 16 minutes in week 0"),
        (("D04", "front"), {"minutes": 26}, "with this, the lead, also in the front office is asked 33"),
        (("D05", "sponsor"), {"day": 2}, "the sponsor gets a second message on day 2 of week 3"),
        (("D06", "team"), {"week": 3, "day": 4}, "the HR contact gets a second wave in week 3"),
        (("D06", "team"), {"minutes": 4}, "D06 takes 5 minutes here, not 4"),
        (("D15", "team_all"), {"items": ()}, "no line asks RTE10 of D15"),
    ],
)  # fmt: skip
def test_the_plan_asks_nobody_too_much_and_forgets_nothing(
    playbook: Playbook, where: tuple[str, str], change: dict[str, Any], sentence: str
) -> None:
    what, to = where
    lines = playbook.plan.lines
    changed = tuple(
        replace(line, **change) if line.what == what and to in line.to else line for line in lines
    )
    plan = replace(playbook.plan, lines=changed)
    found = [said for _, said in plan_review.findings(replace(playbook, plan=plan))]
    assert any(said.startswith(sentence) for said in found), found


def test_the_plan_that_ships_is_sound(playbook: Playbook) -> None:
    assert list(plan_review.findings(playbook)) == []
    spared = replace(playbook.plan, lines=tuple(x for x in playbook.plan.lines if x.what != "D13"))
    assert list(plan_review.findings(replace(playbook, plan=spared))) == [], "a dialogue may be sent by hand"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Votre\u00a0appui", "a no-break space is stored here: it is added when the text is shown"),
        ("Votre\u202fappui", "a no-break space is stored here: it is added when the text is shown"),
        (
            "60 % of projects fail",
            "this states that 60 % of projects fail, a figure that has no primary source",
        ),
        (
            "60 pour cent des échecs",
            "this states that 60 % of projects fail, a figure that has no primary source",
        ),
        ("at most 60 % of the effort", None),
        ("the document (SET99) signed", "this text mentions SET99, which does not exist"),
        ("talk about R77 in D01", "this text mentions R77, which does not exist"),
        ("as DEC-12, TSK-4 and R05 say", None),
        ("SET99", None),  # an id by itself is a key, and looked at as one
    ],
)
def test_words_are_held_to_what_was_promised(text: str, sentence: str | None) -> None:
    tree = {"questions": [{"en": "Fine."}, {"opts": [["a", text, 3]]}]}
    found = list(words_review.findings(tree, {"R05", "D01"}))
    assert found == ([] if sentence is None else [(("questions", 1, "opts", 0, 1), sentence)])


def test_choices_of_columns_belong_to_a_column() -> None:
    shared = WordsText.model_construct(column_options={"fonction": []}, followup_options={})
    found = list(words_review.shared(shared, [], WavesText(waves=[])))
    assert found == [(("column_options", "fonction"), "no question has the column fonction")]


LOST = "“Words.” has lost its last place in the product: "


def said_of(playbook: Playbook, *statements: dict[str, Any]) -> list[str]:
    text = StatementsText.model_validate({"statements": [{"says": "Words.", **one} for one in statements]})
    return [sentence for _, sentence in findings(text, playbook)]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ({"at": ["SET02", "SET33"]}, "S1 names SET33, which does not exist: take it away"),
        ({"at": ["SET32", "SET33"]}, LOST + "SET32, SET33 do not exist"),
        ({"at": ["SET32"], "later": ["W13"]}, LOST + "SET32 does not exist"),
        ({"later": ["C01"]}, "S1 waits for C01, which is there now: move it from “later” to “at”"),
        ({"later": ["soon"]}, "S1 waits for soon, which is no id of a workshop, check-in, win or document"),
        ({"later": ["W13", "C99a", "WN99", "TR06", "DOC8"]}, None),
        ({"left_out": "on purpose"}, None),
        ({"at": ["OBJ04.revenue", "PRO02.lived", "guard:goals", "weight:3", "shift:SET04", "LP0"]}, None),
    ],
)  # fmt: skip
def test_a_statement_of_the_article_keeps_its_place(
    playbook: Playbook, statement: dict[str, Any], sentence: str | None
) -> None:
    assert said_of(playbook, {"id": "S1", **statement}) == ([] if sentence is None else [sentence])


def test_a_statement_stands_once_and_somewhere(playbook: Playbook) -> None:
    twice = {"id": "S1", "at": ["SET02"]}
    assert said_of(playbook, twice, twice) == ["this statement is written twice"]
    for wrong in ({}, {"at": ["SET02"], "left_out": "on purpose"}):
        with pytest.raises(ValidationError, match="S1 lives nowhere: name its places, or say why"):
            said_of(playbook, {"id": "S1", **wrong})


def test_taking_away_the_last_place_of_a_statement_is_told(playbook: Playbook) -> None:
    """The content loses it, not the line about it: a question, a rule."""
    text = StatementsText.model_validate(YAML(typ="safe").load((CRM / "statements.yaml").read_text("utf-8")))
    assert list(findings(text, playbook)) == []
    flow = playbook.flows["D05"]
    spared = tuple(s for s in flow.screens if "ANX07" not in [q.id for q in s.questions])
    rules = {id: rule for id, rule in playbook.rules.items() if id != "R44"}
    less = replace(
        playbook,
        flows={**playbook.flows, "D05": replace(flow, screens=spared)},
        diagnosis=replace(playbook.diagnosis, rules=rules),
    )
    found = [said for _, said in findings(text, less)]
    assert found == [
        "S12 names R44, which does not exist: take it away",
        "“The list of supporting projects is open-ended.” has lost its last place in the "
        "product: ANX07 does not exist",
        "S49 names R44, which does not exist: take it away",
        "S53 names R44, which does not exist: take it away",
    ]


def test_every_statement_but_the_call_to_action_lives_in_the_product(playbook: Playbook) -> None:
    assert [one.id for one in playbook.statements] == [f"S{n}" for n in range(1, 95)]
    assert [one.id for one in playbook.statements if not one.at] == ["S94"]
    assert [one.id for one in playbook.statements if one.left_out] == ["S94"]


def test_the_table_says_where_each_statement_lives_and_what_is_to_come(playbook: Playbook) -> None:
    found = {line.split()[0]: line.split("\n")[1].strip() for line in table(playbook)}
    assert found["S1"] == "SET02, SET03 (D01); OBJ12 (D02); C09 (check-in)"
    assert found["S44"].startswith("BEL01 (wave D07); B01 (wave C02); R26 (rule); later:")
    assert found["S94"].startswith("left out:")
    assert len(found) == 94


def test_the_sections_that_are_written_are_those_that_are_named(playbook: Playbook) -> None:
    assert tuple(section.id for section in note(playbook, facts()).sections) == SECTIONS


@pytest.mark.parametrize(
    ("file", "id", "called"),
    [("rules.yaml", "R05", "rule"), ("diagnosis.yaml", "I1.6", "indicator"), ("diagnosis.yaml", "T3", "task"),
     ("diagnosis.yaml", "G2", "gate"), ("plan.yaml", "goals", "guard"), ("D03.yaml", "SPO05", "question")],
)  # fmt: skip
def test_a_sentence_says_what_it_is_about(tmp_path: Path, file: str, id: str, called: str) -> None:
    folder = tmp_path / "crm"
    shutil.copytree(CRM, folder)
    before = (folder / file).read_text(encoding="utf-8")
    after = re.sub(
        rf"(- (?:\{{)?id: {re.escape(id)}\b)",
        r"\1, colour: red" if f"{{id: {id}" in before else r"\1\n    colour: red",
        before,
        count=1,
    )
    assert after != before
    (folder / file).write_text(after, encoding="utf-8")
    with pytest.raises(ContentErrors) as raised:
        load(folder)
    assert any(f", {called} {id}: “colour” is not a known key." in said for said in raised.value.sentences)
