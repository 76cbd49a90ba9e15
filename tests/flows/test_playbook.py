"""Loading content: what is good is loaded, what is not is said in sentences with file, line, question."""
# ruff: noqa: E501  one mistake a line reads as a table

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.playbook import ContentErrors, load
from flows.playbook.build import group
from flows.playbook.loader import CRM
from tests.flows.questions import TEAM, choice, question, table

SMALL = """\
dialogue: D99
title_en: Small
title_fr: Petit
modal_en: Small
modal_fr: Petit
purpose: to try
who: team
mode: dm
minutes: 1
vis: open
intro_en: Hello
intro_fr: Bonjour
questions:
  - id: QUE01
    type: single
    en: Which?
    fr: Lequel ?
    why_en: To know.
    why_fr: Pour savoir.
    opts:
      - [red, Red, Rouge]
      - [green, Green, Vert, 50]
    rec: [answer]
  - id: QUE02
    type: text
    show_if: [{question: QUE01, at_least: 3}]
    en: What?
    fr: Quoi ?
    why_en: To know.
    why_fr: Pour savoir.
    rec: [answer]
"""
Edit = Callable[[str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CRM, tmp_path / "crm")
    return tmp_path / "crm"


def sentences(folder: Path, content: str, file: str = "D99.yaml") -> tuple[str, ...]:
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(ContentErrors) as raised:
        load(folder)
    return raised.value.sentences


def test_a_small_flow_loads_with_screens_of_its_own(folder: Path) -> None:
    (folder / "D99.yaml").write_text(SMALL, encoding="utf-8")
    flow = load(folder).flows["D99"]
    assert [screen.key for screen in flow.screens] == ["QUE01"]
    assert [question.id for question in flow.questions] == ["QUE01", "QUE02"]
    first, second = flow.questions
    assert first.options[1].score == 50
    assert first.short == first.words
    assert second.show_if[0].test == "at_least"


def replaced(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


TABLE = "type: rows\n    cols: [[a, single, A, A, true], [b, text, B, B, false]]"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (replaced("    en: Which?\n", ""), "D99.yaml, line 14, question QUE01: “en” is missing."),
        (replaced("why_en", "wy_en"), "D99.yaml, line 18, question QUE01: “wy_en” is not a known key."),
        (replaced("Green", "G" * 76), "D99.yaml, line 22, question QUE01: “en” has 76 characters, 75 allowed."),
        (replaced("modal_en: Small", "modal_en: " + "S" * 25), "D99.yaml, line 4: “modal_en” has 25 characters, 24 allowed."),
        (replaced("type: single", "type: radio"), "D99.yaml, line 15, question QUE01: “type”: input should be"),
        (replaced("[red, Red, Rouge]", "[red, Red]"), "D99.yaml, line 21, question QUE01: an option is [value, EN, FR]"),
        (replaced("rec: [answer]", "rec: []"), "D99.yaml, line 23, question QUE01: “rec”: list should have at least 1"),
        (replaced("at_least: 3", "at_least: 3, is: 4"), "question QUE02: a condition has exactly one of"),
        (replaced("question: QUE01", "question: QUE77"), "question QUE02: its condition reads QUE77, which does not exist here."),
        (replaced("rec: [answer]", "show_if: [{question: QUE02, is: x}]\n    rec: [answer]"), "question QUE01: its condition reads QUE02, which is asked later."),
        (replaced("50]", "{question: QUE77, is: x}]"), "question QUE01: its condition reads QUE77"),
        (replaced("who: team", "who: crowd"), "D99.yaml, line 7: “crowd” is not a role."),
        (replaced("vis: open", "vis: open\nidk_owner: crowd"), "“crowd” is not a role that can own an open point."),
        (replaced("type: text", "type: text\n    idk: crowd"), "question QUE02: “crowd” is not a role that can own"),
        (replaced("type: text", "type: text\n    seen_by: [crowd]"), "question QUE02: “crowd” is not a role."),
        (replaced("rec: [answer]", "rec: [wave]"), "D99.yaml, line 23, question QUE01: no rec is called “wave”."),
        (replaced("rec: [answer]", "rec: [team]"), "question QUE01: rec team reads a question of type rows."),
        (replaced("type: text", TABLE).replace("rec: [answer]", "rec: [strategic_goals]"),
         "question QUE02: rec strategic_goals reads columns it does not have: baseline, due, indicator, statement, target."),
        (replaced("type: text", "type: text\n    check: [wave]"), "question QUE02: no check is called “wave”."),
        (replaced("type: text", "type: rows\n    fill: wave"), "question QUE02: no fill is called “wave”."),
        (replaced("type: text", "type: rows"), "question QUE02: it has no columns (cols)."),
        (replaced("type: text", TABLE), "question QUE02: column a has no choices in column_options."),
        (replaced("type: text", "type: rows\n    cols: [[a, text]]"), "a column is [key, type, EN, FR, required]."),
        (replaced("type: text", "type: scale5"), "question QUE02: its scale (lab) is not one of the labels."),
        (replaced("type: text", "type: ranking"), "question QUE02: it has no choices (opts)."),
        (replaced("[green, Green, Vert, 50]", "[red, Green, Vert]"), "two of its choices have the same value."),
        (replaced("type: text", "type: person\n    none_en: Nobody"), "its extra button needs both languages."),
        (replaced("type: text", "type: text\n    short_fr: Quoi"), "its short title needs both languages."),
        (replaced("type: text", "type: multi\n    opts: [" + ", ".join(f"[v{n}, E, F]" for n in range(11)) + "]"), "it has 11 choices to tick; 10 at most."),
        (replaced("dialogue: D99", "dialogue: D02"), "D99.yaml, line 1: D02 is already used in D02.yaml."),
        (replaced("id: QUE02", "id: QUE01"), "D99.yaml, line 24, question QUE01: QUE01 is already used in D99.yaml."),
        (SMALL + "leader_cards:\n  - {id: LP9, question: QUE01, when: blue, strength_en: a, strength_fr: a, blind_en: a, blind_fr: a, guard_en: a, guard_fr: a}\n",
         "card LP9 goes with a choice that QUE01 does not have."),
        (SMALL + "screens:\n  - {key: a, questions: [QUE01, QUE88]}\n", "screen a asks QUE88, which is not a named question here."),
        (SMALL + "screens:\n  - {key: a, questions: [QUE01]}\n", "question QUE02: it stands on no screen."),
        (SMALL + "screens:\n  - {key: a, questions: [QUE01]}\n  - {key: a, questions: [QUE02]}\n", "two screens are called a."),
        (SMALL + "screens:\n  - {key: a, questions: [QUE01, {QUE02: [size]}]}\n", "QUE02 has no column size."),
        (replaced("type: text", "type: text\n    vis: restricted") + "screens:\n  - {key: a, questions: [{QUE01: []}, QUE02]}\n", "screen a mixes open and restricted questions."),
        (replaced("type: single", "type: single\n    follow: wave"), "question QUE01: no set of follow-ups is called “wave”."),
        (replaced("type: text", "type: text\n    per: wave"), "question QUE02: “wave” is not a kind of record."),
        (replaced("type: text", "type: text\n    per: need\n    cases: wave"), "question QUE02: no cases is called “wave”."),
        (replaced("type: text", "type: text\n    phrase: wave"), "question QUE02: no phrase is called “wave”."),
        (replaced("at_least: 3", "named: wave"), "question QUE02: no predicate is called “wave”."),
        (replaced("[red, Red, Rouge]", "[red, Red, Rouge, {question: SET08, is: it}]").replace("question: QUE01", "question: QUE09"), "question QUE02: its condition reads QUE09, which does not exist here."),
        (replaced("type: text", "type: rows\n    cols: [[a, scale5, A, A, true, {lab: wave}]]"), "question QUE02: the scale of column a is not one of the labels."),
        (SMALL + "followup_sets:\n  more:\n    - {suffix: a, when: [red], type: single, en: a, fr: a, why_en: a, why_fr: a, rec: [answer]}\n", "D99.yaml, line 34: it has no choices (opts)."),
        (SMALL + "route_rules:\n  - {when: wave, then: rfp, en: a, fr: a}\n", "D99.yaml, line 33: no test of a route is called “wave”."),
        (SMALL + "route_rules:\n  - {when: needs_vague, then: rfp, en: a, fr: a}\n", "the last route must hold always."),
        ("dialogue: [\n", "D99.yaml, line 2: this is not valid YAML."),
        ("just words", "D99.yaml: “the file”: input should be a valid dictionary"),
        ("- a\n- list", "D99.yaml: “the file”: input should be"),
        ("a: 1\na: 2\n", "D99.yaml, line 2: this is not valid YAML."),
    ],
)  # fmt: skip
def test_a_mistake_is_said_with_its_place(folder: Path, content: str, sentence: str) -> None:
    found = sentences(folder, content)
    assert any(sentence in said for said in found), found


def test_everything_wrong_is_said_at_once(folder: Path) -> None:
    content = replaced("    en: Which?\n", "").replace("who: team", "").replace("    fr: Quoi ?\n", "")
    assert len(sentences(folder, content)) == 3


def test_missing_and_unreadable_files_are_said(folder: Path) -> None:
    (folder / "words.yaml").unlink()
    (folder / "D99.yaml").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ContentErrors) as raised:
        load(folder)
    assert raised.value.sentences == (
        "words.yaml: this file of content does not exist.", "D99.yaml: this file is not UTF-8 text.",
    )  # fmt: skip
    with pytest.raises(ContentErrors, match=r"nowhere: this folder of content does not exist\."):
        load(folder / "nowhere")


def test_a_file_that_holds_a_forbidden_character_is_said(folder: Path) -> None:
    assert sentences(folder, "a: \x00") == ("D99.yaml: this is not valid YAML.",)


def test_rules_and_their_conditions_go_together(folder: Path) -> None:
    rules = (folder / "rules.yaml").read_text(encoding="utf-8")
    one = "  - {id: %s, fam: 1, sev: info, en: a, fr: a, next_en: a, next_fr: a}\n"
    assert sentences(folder, rules + one % "R99", "rules.yaml")[0].endswith(
        "rule R99 has no function in flows/diagnosis."
    )
    assert sentences(folder, rules + one % "R05", "rules.yaml")[0].endswith("rule R05 is written twice.")
    lost = sentences(folder, rules.replace("id: R05", "id: R98"), "rules.yaml")
    assert any("the words of rule R05 are missing." in said for said in lost)


PLAN = [
    (
        "needs: people_named",
        "needs: wave",
        "plan.yaml, line 11, guard people: no test of a guard is called “wave”.",
    ),
    ("to: [lead], what: D01", "to: [crowd], what: D01", "“crowd” is not a role."),
    ("what: D03, items: [SPO05]", "what: D33, items: [SPO05]", "dialogue D33 does not exist."),
    ("what: steering_support", "what: steering", "wave steering does not exist."),
    ("items: [SPO05]", "items: [SPO77]", "question SPO77 does not exist."),
    ("what: W02, needs: [D02]", "what: W02, needs: [D33]", "dialogue D33 does not exist."),
]
TOO_LONG = "      - {items: [P06], head_en: More, head_fr: Plus}\n"  # a third screen, before what is added
WAVES = [
    ("items: [PLA01]", "items: [PLA02]", "PLA02 is not an anonymous question."),
    ("items: [PLA01]", "items: [COL01, PLA01]", "COL01 is already asked in D06."),
    ("[BEL08, BEL11, BEL12, BEL09]", "[BEL08, BEL11, BEL12]", "anonymous question BEL09 is in no wave."),
    ("BEL06], head", "BEL06, COL01], head", "one scale a screen."),
    ("COL04], head", "COL04, COL11], head", "long texts stand on the last screen."),
    (
        "items: [B07, B08]",
        "items: [B07]",
        "B08 must be on one screen of C02, and be no question of a dialogue.",
    ),
    ("P01, step: awareness, lab: agree", "P01, step: awareness, lab: wave", "no scale called “wave”."),
    ("opts_set: consent", "opts_set: wave", "there are no choices called “wave”."),
    ("step: awareness,", "step: wave,", "nothing is said of what to do about “wave”."),
    ("[CHG12, SPO06, SPO07]", "[CHG12, SPO06, SPO08]", "SPO08 is not an anonymous question."),
    ("[CHG12, SPO06, SPO07]", "[CHG12, SPO06, BEL01]", "one scale a screen."),
    ("    added: {", TOO_LONG + "    added: {", "3 screens at most, with what is added."),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [*(("plan.yaml", *one) for one in PLAN), *(("waves.yaml", *one) for one in WAVES)],
)
def test_a_mistake_in_what_is_sent_is_said(
    folder: Path, file: str, old: str, new: str, sentence: str
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    found = sentences(folder, text.replace(old, new, 1), file)
    assert any(said.endswith(sentence) for said in found), found


def test_a_condition_may_read_a_question_of_another_dialogue(folder: Path) -> None:
    content = replaced("question: QUE01, at_least: 3", "question: SET08, is: it")
    (folder / "D99.yaml").write_text(content, encoding="utf-8")
    assert load(folder).flows["D99"].elsewhere == ("SET08",)


def test_a_choice_may_hang_on_a_question_of_another_dialogue(folder: Path) -> None:
    content = replaced("[red, Red, Rouge]", "[red, Red, Rouge, {question: SET08, is: it}]")
    (folder / "D99.yaml").write_text(content, encoding="utf-8")
    assert load(folder).flows["D99"].elsewhere == ("SET08",)


def test_a_broken_rules_file_is_said(folder: Path) -> None:
    assert sentences(folder, "rules: 3", "rules.yaml") == (
        "rules.yaml, line 1: “rules”: input should be a valid list.",
    )


def test_questions_without_screens_are_laid_out() -> None:
    named = [choice(f"QUE0{n}") for n in range(1, 6)]
    other = question("QUE06", audience=TEAM, mode="form")
    laid = group(
        (*named, other, question("QUE07", "long_text", mode="form"), table("QUE08"), choice("QUE09"))
    )
    assert [len(screen.questions) for screen in laid] == [4, 1, 1, 1, 1, 1]
    assert group(()) == ()
