"""A dialogue that was sent more than once: what stands of all its runs, and what waits."""

from dataclasses import replace
from typing import Any

from flows.document.facts import Asked
from flows.document.heard import Heard, Round, heard
from flows.playbook import Playbook
from tests.flows.stage import HUGO, INES
from tests.flows.test_note import by_people, form, record, text
from tests.flows.test_note_sections import EVERY, GAP, STEP, known, part


def run(id: str, *answers: Any, is_open: bool = False) -> Round:
    return Round(id=id, is_open=is_open, answers={key: said for one in answers for key, said in one.items()})


def said(found: Heard, id: str) -> dict[str, Any]:
    return {who: answer.value for who, answer in found.answers.get(id, ())}


def test_what_a_later_form_leaves_out_stands_as_it_was(playbook: Playbook) -> None:
    """D05 is prepared by the lead, and sent again before W05."""
    first = run("a", form(ANX01="needed", ANX02="later"), form(ANX01a=HUGO, ANX02a=INES))
    again = run("b", form(ANX01="not_needed"), is_open=True)
    found = heard(playbook.flows["D05"], [first, again])
    assert said(found, "ANX01") == {"": "not_needed"}
    assert said(found, "ANX02") == {"": "later"}
    assert said(found, "ANX01a") == {}, "it followed from what is not said any more"
    assert said(found, "ANX02a") == {"": INES}
    assert (found.runs["ANX01"][""], found.runs["ANX02"][""]) == ("b", "a")
    assert found.stands == frozenset()


def test_peoples_answers_of_the_time_before_stand_until_it_closes(playbook: Playbook) -> None:
    first = run("a", by_people("OBJ11", UHUGO="reserved", UINES="yes"), by_people("OBJ11a", UHUGO="Not yet"))
    again = run("b", by_people("OBJ11", UHUGO="yes"), by_people("OBJ12", UHUGO="Quick"), is_open=True)
    flow = playbook.flows["D02"]
    found = heard(flow, [first, again])
    assert said(found, "OBJ11") == {HUGO: "reserved", INES: "yes"}
    assert said(found, "OBJ12") == {HUGO: "Quick"}, "counted, and not shown: nobody had said it before"
    assert found.stands == {"OBJ11", "OBJ11a"}
    closed = heard(flow, [first, replace(again, is_open=False)])
    assert said(closed, "OBJ11") == {HUGO: "yes", INES: "yes"}
    assert said(closed, "OBJ11a") == {}
    assert closed.stands == frozenset()


def test_sessions_with_vendors_are_asked_about_one_after_the_other(playbook: Playbook) -> None:
    """The market is looked at, and looked at again after a request for expressions of interest."""
    first = run("a", by_people("VEN03@VND-1", UHUGO=4), form(**{"VEN08@VND-1": "yes", "VEN08a@VND-1": "Kin"}))
    again = run("b", by_people("VEN03@VND-2", UHUGO=2), form(**{"VEN08@VND-1": "no"}))
    found = heard(playbook.flows["D14"], [first, again])
    assert (said(found, "VEN03@VND-1"), said(found, "VEN03@VND-2")) == ({HUGO: 4}, {HUGO: 2})
    assert said(found, "VEN08a@VND-1") == {}


def test_a_question_that_content_has_no_more_is_kept_as_it_was_said(playbook: Playbook) -> None:
    found = heard(playbook.flows["D02"], [run("a", by_people("OLD1", UHUGO="x"))])
    assert said(found, "OLD1") == {HUGO: "x"}


def test_each_area_that_somebody_describes_stands_for_itself(playbook: Playbook) -> None:
    """D04 is sent for one area, then for another; who describes an area again replaces what they said."""
    sells, serves = {**STEP, "step": "First call"}, {**STEP, "step": "First visit"}
    rounds = [
        run("a", by_people("PRO01", UHUGO="sales"), by_people("PRO02", UHUGO=[STEP])),
        run("b", by_people("PRO01", UHUGO="service"), by_people("PRO02", UHUGO=[serves], UINES=[])),
        run("c", by_people("PRO01", UHUGO="sales"), by_people("PRO02", UHUGO=[sells])),
    ]
    found = heard(playbook.flows["D04"], rounds)
    assert said(found, "PRO01") == {f"{HUGO}@sales": "sales", f"{HUGO}@service": "service"}
    assert found.runs["PRO02"] == {f"{HUGO}@sales": "c", f"{HUGO}@service": "b", INES: "b"}
    records = (
        replace(GAP, dialogue="c"),
        replace(GAP, number=2, dialogue="b"),
        replace(GAP, number=3, dialogue="a"),
    )
    lines = part(playbook, "N07", answers=found.answers, runs=found.runs, records=records).splitlines()
    assert any(line.startswith("| GAP-1 | First call |") for line in lines), lines
    assert any(line.startswith("| GAP-2 | First visit |") for line in lines), lines


def test_a_risk_is_linked_to_the_gap_of_its_own_run(playbook: Playbook) -> None:
    """Lines have the same numbers in each run."""
    risk = record("risk", 3, "Nobody calls", source="PRO02", item="r1", respondent=HUGO, dialogue="b")
    gaps = (replace(GAP, dialogue="a"), replace(GAP, number=2, dialogue="b"))
    lines = part(playbook, "N08", records=(*gaps, risk)).splitlines()
    assert [line.rstrip(" |").rpartition("| ")[2] for line in lines if line.startswith("| GAP")] == [
        "—",
        "RSK-3",
    ]


def test_while_a_dialogue_is_asked_again_the_note_says_what_stood(playbook: Playbook) -> None:
    again = {**EVERY, "D04": Asked(days=1, run="b")}
    old, new = replace(GAP, dialogue="a"), replace(GAP, number=2, dialogue="b", title=GAP.title)
    facts = known(dialogues=again, stands=frozenset({"PRO01", "PRO02", "PRO03"}), records=(old, new))
    shown = text(playbook, facts)
    assert "Between phone and mail" in shown
    assert "GAP-1" in shown
    assert "GAP-2" not in shown, "it comes from an answer that waits"
