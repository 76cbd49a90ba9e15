"""A content file that changes while dialogues run neither breaks nor loses them."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

from flows.dialogue.engine import current, path, progress
from flows.dialogue.show import in_words
from flows.dialogue.turn import Turn
from flows.playbook import load
from flows.playbook.loader import CRM
from tests.flows.stage import BOREAL, CLAIRE, HUGO, NADIA, NAMES, Stage

BENEFITS = ["structure", "activity", "revenue", "experience", "trace", "steering"]


def answered() -> Stage:
    """Hugo has answered all of D02 there is for him before the workshop; Nadia half of it."""
    stage = Stage(playbook=load(), flow_id="D02", cast=BOREAL)
    goal = {"statement": "See it", "function": "sales", "indicator": "time", "target": "1"}
    for person in (HUGO, NADIA):
        stage.submits(person, "customers", OBJ01="They call one person")
        stage.submits(person, "operational", True, OBJ03=[goal])
        stage.submits(person, "benefits", OBJ04=BENEFITS)
    stage.submits(HUGO, "reasons", OBJ05="order", OBJ06="yes", OBJ07=3)
    stage.submits(HUGO, "limits", OBJ12="We stop asking twice")
    assert stage.finishes(HUGO).accepted
    return stage


def edited(stage: Stage, folder: Path, *changes: tuple[str, str]) -> Stage:
    """The same run after a restart: an edited D02, a plan that goes with it, no statements or check-ins."""
    shutil.copytree(CRM, folder / "crm")
    for beside in ("checkins.yaml", "calendar.yaml"):
        (folder / "crm" / beside).unlink(missing_ok=True)  # they ask about goals too
    file = folder / "crm" / "D02.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    plan = folder / "crm" / "plan.yaml"
    ids = set(re.findall(r"id: (OBJ\w+)", text))
    kept = re.sub(r", (OBJ\d\d)", lambda found: found[0] if found[1] in ids else "", plan.read_text("utf-8"))
    if "OBJ13" in ids:
        kept = kept.replace("OBJ10, OBJ12], minutes: 5", "OBJ10, OBJ12, OBJ13], minutes: 6")
    plan.write_text(kept, encoding="utf-8")
    (folder / "crm" / "statements.yaml").unlink()  # a playbook of one's own may have none
    return replace(stage, playbook=load(folder / "crm"))


def screen(stage: Stage, person: str) -> str | None:
    found = current(stage.flow, stage.sheet(person))
    return found.key if found else None


def says(turn: Turn) -> list[str]:
    return [problem.words.en for problem in turn.problems]


def test_a_reworded_question_keeps_its_answers(tmp_path: Path) -> None:
    stage = edited(answered(), tmp_path, ("Why now?", "Why this year?"))
    assert screen(stage, HUGO) is None
    assert screen(stage, NADIA) == "reasons"


def test_a_question_that_is_gone_leaves_its_answers_kept_and_unused(tmp_path: Path) -> None:
    old = answered()
    text = (CRM / "D02.yaml").read_text(encoding="utf-8")
    start, end = text.index("  - id: OBJ12"), len(text)
    stage = edited(old, tmp_path, (text[start:end], ""), (", OBJ12]", "]"))
    assert screen(stage, HUGO) is None
    assert stage.sheet(HUGO).answers["OBJ12"].value == "We stop asking twice"
    assert progress(stage.flow, stage.sheet(HUGO)).finished
    turn = stage.submits(HUGO, "reasons", OBJ05="order", OBJ06="partly", OBJ07=3)
    assert turn.accepted
    assert turn.dialogue.answers["OBJ12"].value == "We stop asking twice"
    assert stage.titles("promise") == ["We stop asking twice"], "what it recorded is not withdrawn"


def test_a_choice_that_is_gone_makes_its_answers_open_again_with_the_value_kept(tmp_path: Path) -> None:
    text = (CRM / "D02.yaml").read_text(encoding="utf-8")
    gone = next(line for line in text.splitlines(keepends=True) if '["order",' in line)
    stage = edited(answered(), tmp_path, (gone, ""))
    assert screen(stage, HUGO) == "reasons"
    sheet = stage.sheet(HUGO)
    assert sheet.answers["OBJ05"].value == "order"
    question = stage.flow.question("OBJ05")
    assert question is not None
    assert in_words(question, "order", NAMES).en == "order"
    assert says(stage.finishes(HUGO)) == ["Still open: Why now"]
    assert stage.submits(HUGO, "reasons", OBJ05="pain", OBJ06="yes", OBJ07=3).accepted
    assert screen(stage, HUGO) is None


def test_a_new_question_is_asked_of_those_who_had_finished(tmp_path: Path) -> None:
    new = (
        "  - id: OBJ13\n    type: text\n    en: What else?\n    fr: Quoi d’autre ?\n    why_en: To know.\n"
        "    why_fr: Pour savoir.\n    rec: [answer]\n"
    )
    stage = edited(
        answered(), tmp_path, ("questions:\n", f"questions:\n{new}"), (", OBJ12]", ", OBJ12, OBJ13]")
    )
    assert screen(stage, HUGO) == "limits"
    assert stage.submits(HUGO, "limits", OBJ12="We stop asking twice", OBJ13="Nothing").accepted


def test_a_question_of_another_kind_keeps_what_was_said_and_asks_again(tmp_path: Path) -> None:
    stage = edited(answered(), tmp_path, ("  - id: OBJ12\n    type: text", "  - id: OBJ12\n    type: number"))
    assert screen(stage, HUGO) == "limits"
    assert stage.submits(HUGO, "limits", OBJ12="18").accepted
    assert screen(stage, HUGO) is None


def test_a_column_that_became_required_opens_the_table_again(tmp_path: Path) -> None:
    old = '[due, date, "By when", "Échéance", false]'
    stage = edited(answered(), tmp_path, (old, old.replace("false", "true")))
    assert screen(stage, HUGO) == "operational"
    assert stage.titles("stake") == ["See it"]


def test_screens_that_are_laid_out_anew_find_the_answers_where_they_are(tmp_path: Path) -> None:
    text = (CRM / "D02.yaml").read_text(encoding="utf-8")
    layout = text[text.index("screens:") : text.index("questions:\n")]
    stage = edited(answered(), tmp_path, (layout, ""))
    assert screen(stage, HUGO) is None
    assert len(path(stage.flow, stage.sheet(NADIA))) > 1
    turn = stage.submits(NADIA, "reasons", OBJ05="pain", OBJ06="no", OBJ07="2")
    assert turn.accepted, "a form opened before the restart is still taken in"
    assert stage.sheet(NADIA).answers["OBJ05"].value == "pain"


def test_a_person_who_is_no_longer_asked_keeps_their_answers(tmp_path: Path) -> None:
    stage = edited(answered(), tmp_path, ('who: "team_all"', 'who: "sponsor"'))
    assert path(stage.flow, stage.sheet(HUGO)) == tuple(
        screen for screen in path(stage.flow, stage.sheet(HUGO)) if screen.key == "operational"
    )
    assert stage.sheet(HUGO).answers["OBJ05"].value == "order"
    assert says(stage.submits(HUGO, "reasons", OBJ05="pain"))[0].startswith("This question no longer waits")
    assert screen(stage, CLAIRE) == "customers"
