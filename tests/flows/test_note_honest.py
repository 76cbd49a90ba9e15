"""The note says how sure each statement is, and accuses nobody of what was done or is known (7.1, 7.2)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from flows.document.note import note
from flows.playbook import Playbook
from tests.flows.stage import CLAIRE, HUGO, MARC
from tests.flows.test_note import by_people, form, record, section
from tests.flows.test_note_sections import ANSWERS, EVERY, GAP, RECORDS, known, part

BELONGS = by_people("SPO05", UCLAIRE="cross", UMARC="two_functions")
DIFFER = record("issue", 9, "Who does it belong to?", source="SPO05", item="SPO05-differ", owner=CLAIRE)
RISK = {"likelihood": 3, "impact": 3, "score": 9}


def answered(**values: Any) -> dict[str, Any]:
    return {"answers": {**ANSWERS, **form(**values)}}


def test_what_sponsor_and_lead_do_not_agree_on_is_said_to_be_contested(playbook: Playbook) -> None:
    more: dict[str, Any] = {"answers": {**ANSWERS, **BELONGS}}
    assert "(SPO05, contested, ISS-9)" in part(playbook, "N06", records=(*RECORDS, DIFFER), **more)
    assert "(SPO05, contesté, ISS-9)" in part(playbook, "N06", "fr", records=(*RECORDS, DIFFER), **more)
    over = replace(DIFFER, status="resolved")
    assert "(SPO05, 2 answers)" in part(playbook, "N06", records=(*RECORDS, over), **more)
    decided = record("decision", 4, "Both", source="SPO05", status="accepted")
    assert "(SPO05, decided, DEC-4)" in part(playbook, "N06", records=(*RECORDS, DIFFER, decided), **more)


def test_tables_and_lists_say_which_answer_they_come_from(playbook: Playbook) -> None:
    said = part(playbook, "N07")
    assert "**Sales** (PRO02, contested)" in said or "**Sales** (PRO02, 1 answer)" in said
    assert "(CHG01, 1 answer)" in part(playbook, "N15")
    assert "(SET16, 1 answer)" in part(playbook, "N13")
    assert "(BEL10, from 5 answers)" in part(playbook, "N13")
    assert "(D06)" in part(playbook, "N10")
    criteria = part(playbook, "N21")
    assert "| NEE11, decided, DEC-8 |" in criteria
    assert "| NEE12" not in criteria, "nobody has answered it"
    pay = replace(known().outgoing, published=("INC03",))
    assert "(INC03, 1 answer)" in part(playbook, "N14", outgoing=pay)


def test_a_supporting_project_that_nobody_can_tell_of_names_who_finds_out(playbook: Playbook) -> None:
    asked = record("issue", 12, "Decide whether it is needed", source="ANX02", owner=HUGO)
    unknown = answered(ANX02="unknown")
    said = part(playbook, "N09", records=(*RECORDS, asked), **unknown)
    assert "❓ Open question ISS-12: Decide whether it is needed — owner Hugo Teixeira" in said
    assert "Nobody knows yet whether it is needed" in part(playbook, "N09", **unknown)
    assert "unanswered" not in part(playbook, "N09", **unknown).partition("Systems that exchange")[2][:90]


def test_that_there_is_no_grave_risk_is_no_gap_of_the_note(playbook: Playbook) -> None:
    small = record("risk", 1, "Small", source="PLA02", fields={"score": 2})
    said = part(playbook, "N19", records=(small,))
    assert "No risk of 5 or more." in said
    assert "Risks kept: ⚠" not in said


def test_closed_gaps_and_a_decision_are_no_missing_gaps(playbook: Playbook) -> None:
    closed = replace(GAP, status="closed")
    said = part(playbook, "N08", records=(closed,))
    assert "**All gaps are closed**" in said
    assert "GAP-1 No shared script" in said
    decided = record("decision", 7, "No gap is worth it", source="PRO02", status="accepted")
    assert "No gap is kept: DEC-7 No gap is worth it" in part(playbook, "N08", records=(decided,))


def test_what_nobody_has_rated_is_no_main_risk(playbook: Playbook) -> None:
    worry = record("risk", 8, "They were vague", source="VEN06@VND-1", status="proposed", fields=RISK)
    rated = record("risk", 9, "The link is slow", fields=RISK)
    records = (worry, rated)
    assert "RSK-9 The link is slow" in part(playbook, "N01", records=records)
    assert "RSK-8" not in part(playbook, "N01", records=records)
    said = part(playbook, "N19", records=records)
    assert "| RSK-8 |" not in said
    assert "**Proposed, not rated yet**\n\n- RSK-8 They were vague" in said
    assert "RSK-8" not in said.partition("Risks on a grid")[2]


@pytest.mark.parametrize(
    ("trained", "left"), [("After-sales", ["Sales"]), ("Sales; After-Sales", []), ("sales", ["After-sales"])]
)
def test_a_group_whose_name_is_part_of_another_is_not_trained_with_it(
    playbook: Playbook, trained: str, left: list[str]
) -> None:
    lot = record("lot", 1, "Orders", source="PLA04", fields={"groups": "Sales, After-sales"})
    plan = answered(CHG01=[{"id": "a", "group": trained, "topic": "The tool"}])
    said = part(playbook, "N15", records=(lot,), **plan)
    for name in ("Sales", "After-sales"):
        assert (f"No training is planned for: {name}\n" in said) == (name in left)


def test_answers_about_sessions_are_counted_by_who_was_there(playbook: Playbook) -> None:
    sessions = tuple(
        record("vendor", n, f"Vendor {n}", source="VEN01", fields={"attendees": [HUGO, MARC, CLAIRE]})
        for n in (1, 2)
    )
    said = {"VEN05@VND-1": by_people("VEN05", UHUGO="a", UMARC="b", UCLAIRE="c")["VEN05"],
            "VEN05@VND-2": by_people("VEN05", UHUGO="a")["VEN05"]}  # fmt: skip
    open_ = {**EVERY, "D14": replace(EVERY["D14"], closed=False)}
    more: dict[str, Any] = {"dialogues": open_, "expected": {"VEN05": 3, "VEN02": 3}}
    shown = part(playbook, "N22", answers=said, records=sessions, **more)
    assert "⚠ 4 of 6 answers" in shown


@pytest.mark.parametrize(("weeks", "en", "fr"), [
    (1, "TSK-1: 1 week\n", "TSK-1 : 1 semaine\n"), (1.5, "1.5 weeks\n", "1,5 semaine\n"),
    (2, "2 weeks\n", "2 semaines\n"),
])  # fmt: skip
def test_weeks_agree_in_number(playbook: Playbook, weeks: float, en: str, fr: str) -> None:
    task = record("task", 1, "Clean the data", source="PLA05", owner=MARC, fields={"weeks": weeks})
    assert en in part(playbook, "N18", records=(task,))
    assert fr in part(playbook, "N18", "fr", records=(task,)).replace("\u00a0", " ")


def test_each_gap_knows_what_fills_it(playbook: Playbook) -> None:
    found = note(playbook, known(judged=replace(known().judged, found=None), groups={}))

    def filled_by(id: str) -> set[str]:
        return {getattr(block, "question", "") for block in section(found, id).blocks} - {""}

    assert "diagnosis" in filled_by("N17")
    assert "TSK-2" in filled_by("N18"), "the task that has no owner"
    assert "D06" in filled_by("N10")
    assert "ISS-9" in filled_by("N12")
    assert filled_by("N01") == {"OBJ02", "diagnosis"}
    undated = (record("lot", 1, "Orders", source="PLA04", due=date(2026, 9, 1)),)
    assert "diagnosis" in {
        getattr(one, "question", "")
        for one in section(
            note(playbook, known(records=undated, judged=replace(known().judged, found=None))), "N01"
        ).blocks
    }


def test_a_premortem_that_was_held_is_not_said_to_be_missing(playbook: Playbook) -> None:
    bare: dict[str, Any] = {"answers": {}, "records": ()}
    assert "Premortem not held" in part(playbook, "N19", **bare)
    assert "Premortem not held" not in part(playbook, "N19", answers={}, records=(), held=frozenset({"W07"}))
    fear = record("risk", 6, "Nobody had time", source="W07.4", status="proposed", fields=RISK)
    said = part(playbook, "N19", answers={}, records=(fear,))
    assert "Premortem not held" not in said
    assert "could make it fail**\n\n- RSK-6 Nobody had time" in said
    assert said.count("RSK-6") == 1


def test_a_talk_without_a_condition_was_held_all_the_same(playbook: Playbook) -> None:
    assert "no condition came out of it" in part(playbook, "N13", records=(), held=frozenset({"W04"}))
    assert "has not been held" in part(playbook, "N13", records=())


def test_rules_of_sharing_stand_one_by_one(playbook: Playbook) -> None:
    rules = record("decision", 5, "Our rules of sharing", source="W11.5", status="accepted",
                   fields={"choice": "We write the same day\n\nNobody is ranked"})  # fmt: skip
    said = part(playbook, "N10", records=(rules,))
    assert "**Our rules of sharing** (decided, DEC-5)\n\n- We write the same day\n- Nobody is ranked" in said
    empty = (replace(rules, fields={}), replace(rules, status="proposed"))
    assert "rules of sharing**" not in part(playbook, "N10", records=empty)


def test_supporting_projects_that_hold_up_a_lot_stand_beside_the_lots(playbook: Playbook) -> None:
    said = part(playbook, "N18")
    assert "**Supporting projects that hold up a lot**" in said
    assert "| SID-1 | Sales steps | LOT-1 |" in said
    assert "SID-2" not in said, "it holds up none"
    assert "hold up a lot" not in part(playbook, "N18", records=())


def test_why_the_sponsor_goes_on_stands_beside_the_verdict(playbook: Playbook) -> None:
    reason = record("decision", 6, "The sponsor goes on", fields={"override_reason": "The old tool stops"})
    assert "The old tool stops" in part(playbook, "N17", records=(reason,))


def test_the_change_plan_has_the_calendar_of_check_ins(playbook: Playbook) -> None:
    said = part(playbook, "N15")
    assert "| C03 | Sponsor check-in | every 2 weeks | every 2 weeks | weekly | every 4 weeks |" in said
    assert "| C08 |" in said
    assert "day −21 |" in said
    assert "days 1, 15, 29, 43" in said
    assert "Calendar of check-ins" not in part(replace(playbook, calendar=()), "N15")


def test_what_a_question_asks_for_no_more_is_not_said(playbook: Playbook) -> None:
    tie = {"VEN08@VND-1": form(VEN08="no")["VEN08"], "VEN08a@VND-1": form(VEN08a="A cousin")["VEN08a"]}
    said = part(playbook, "N22", answers={**ANSWERS, **tie})
    assert "A cousin" not in said
    criteria = answered(NEE12="required", NEE12a="We had no choice")
    assert "We had no choice" not in part(playbook, "N21", **criteria)
    criteria = answered(NEE12="waived", NEE12a="We had no choice")
    assert "We had no choice" in part(playbook, "N21", **criteria)
