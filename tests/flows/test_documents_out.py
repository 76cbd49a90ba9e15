"""Documents that go out (7.3 to 7.6): every section from its data, what stands there without, what blocks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from flows.diagnosis.evidence import Alignment
from flows.document.direct import direct
from flows.document.facts import Judged, NoteFacts
from flows.document.interest import interest
from flows.document.markdown import markdown
from flows.document.model import Document, Missing
from flows.document.outgoing import Outgoing, named_in, read, wrong_dates, wrong_prototype
from flows.document.prototype import prototype
from flows.document.terms import terms
from flows.playbook import Playbook
from flows.project import Cast, Member
from flows.words import LANGUAGES, Language
from tests.flows.stage import BOREAL, CLAIRE, ELODIE, HUGO, INES, MARC, PAUL, SOFIA
from tests.flows.test_note import DAILY, GOAL, by_people, facts, form, record
from tests.flows.test_note_sections import ANSWERS, EVERY, JUDGED, RECORDS

Make = Callable[[Playbook, NoteFacts], Document]
MAKERS: dict[str, Make] = {"DOC2": terms, "DOC3": interest, "DOC4": prototype, "DOC5": direct}
SECTIONS = {
    "DOC2": [f"TR{n:02}" for n in range(1, 16)], "DOC3": [f"RI{n:02}" for n in range(1, 7)],
    "DOC4": [f"PT{n:02}" for n in range(1, 9)], "DOC5": [f"DC{n:02}" for n in range(1, 10)],
}  # fmt: skip
BLOCKED = {
    "DOC2": ["TR02", "TR03", "TR05", "TR12", "TR14"], "DOC3": ["RI01", "RI06"],
    "DOC4": ["PT01", "PT05"], "DOC5": ["DC01", "DC02", "DC03"],
}  # fmt: skip
TICK = {"shareable": "yes"}
TODAY = date(2026, 1, 28)
DATES = {
    "questions": "2026-03-02", "answers": "2026-03-10", "demonstrations": "2026-03-16", "decision":
        "2026-04-01",
    "channel": "crm@boreal.example", "budget": ["vendors"],
}  # fmt: skip
FILLED = read({
    "texts": {"company_fr": "Boréal fabrique des pompes.", "security_en": "Data stay in the Union."},
    "dates": DATES,
    "prototype": {
        "assumptions": ["ASM-1", "ASM-2"],
        "question": "Can a seller note a visit alone?", "criteria": "- In under 3 minutes\n5 fields at "
                                                                    "most\n\n• 8 of 10 do it",
        "weeks": 4, "data": "200 customers without names", "price": "Half if it stops", "ownership": "Ours",
    },
    "choice": {
        "chosen": "VND-1", "integrator": "Pontis", "aside": {"VND-2": "No open interface", "VND-9": ""},
        "references": "Two called", "cost": "€ 300,000", "exit": "All data in 30 days", "budget": ["memo"],
    },
})  # fmt: skip
GRID = {f"K{n}": {"level": "seen" if n < 4 else "claimed"} for n in range(1, 6)}
SEEN = {"vendor": "Nimbus", "integrator": "Pontis", "attendees": [HUGO], "grid": GRID,
        "scenarios": "- Note a visit\n- Find the last exchange\nnote a visit"}  # fmt: skip
OURS = (
    *(one for one in RECORDS if one.kind not in ("vendor", "need", "risk")),
    replace(GOAL, fields={**GOAL.fields, **TICK}), DAILY,
    record("vendor", 1, "Nimbus", source="VEN01", fields=SEEN),
    record("vendor", 2, "Stratus", source="VEN01", fields={"vendor": "Stratus", "attendees": [HUGO]}),
    record("need", 1, "See the last exchange", source="NEE01", fields={"priority": "M", "why": "not to ask"}),
    record("need", 2, "A nice chart", source="NEE01", fields={"priority": "W", "effort": 3}),
    record("risk", 3, "Nobody uses it", source="PLA02", fields={"family": "4", "score": 16, "response":
        "Try"}),
    record("risk", 5, "The link is slow", source="PLA02", fields={"family": "1", "score": 4, **TICK}),
    record("exclusion", 1, "Not a way to watch people", source="OBJ10"),
    record("assumption", 3, "Mail is read", source="PLA03", fields={"importance": 5, "evidence": 1}),
    record("issue", 31, "Is chat in the record, as Nimbus says?", source="PRO02", fields={"family": 1}),
    record("issue", 32, "After VND-1, a new need: notes by voice", source="VEN05a@VND-1",
           fields={"family": 1, "session": "VND-1"}),
    record("gap", 2, "Orders are typed twice", source="PRO02", fields={"area": "elsewhere", "severity": 5}),
    record("decision", 40, "Direct choice", source="RTE08", status="accepted", fields={"decided_by": CLAIRE}),
)  # fmt: skip
CRITERIA = {
    "NEE11": "required",
    "NEE12": "preferred",
    "NEE13": "waived",
    "NEE14": "required",
    "NEE15": "required",
}
SAID = {
    **ANSWERS,
    **form(
        **CRITERIA, NEE17={"k1": 30, "needs": 30, "exit": 40}, SET04="50_249", SET06="repeat_b2b",
        DAT07="planned", RTE07="Somebody who stays", RTE08="direct", RTE06=240000,
    ),
    **by_people("OBJ01", UHUGO="They call one person"),
    "VEN02@VND-1": by_people("VEN02", UHUGO="Does it work offline?")["VEN02"],
    "VEN03@VND-1": by_people("VEN03", **dict.fromkeys((HUGO, INES, MARC, PAUL, SOFIA), 4))["VEN03"],
    "VEN08@VND-1": form(VEN08="yes")["VEN08"], "VEN08a@VND-1": form(VEN08a="A cousin")["VEN08a"],
    "VEN08@VND-2": form(VEN08="no")["VEN08"],
}  # fmt: skip


def known(**more: Any) -> NoteFacts:
    fields: dict[str, Any] = {
        "answers": SAID, "records": OURS, "dialogues": EVERY, "outgoing": FILLED, "author": MARC,
        "expected": {"RTE13": 1}, **more,
    }  # fmt: skip
    return facts(**fields)


def text(playbook: Playbook, doc: str, language: Language = "en", **more: Any) -> str:
    return markdown(MAKERS[doc](playbook, known(**more)), language).replace("\\", "")


def part(playbook: Playbook, id: str, language: Language = "en", **more: Any) -> str:
    """One section as people read it."""
    doc = next(doc for doc, ids in SECTIONS.items() if id in ids)
    return text(playbook, doc, language, **more).partition(f"\n## {id} ")[2].partition("\n## ")[0]


@pytest.mark.parametrize("doc", MAKERS)
def test_a_project_without_anything_has_every_section_and_says_which_block(
    playbook: Playbook, doc: str
) -> None:
    found = MAKERS[doc](playbook, facts())
    assert [one.id for one in found.sections] == SECTIONS[doc]
    assert all(one.blocks for one in found.sections)
    assert [one.id for one in found.blocked] == BLOCKED[doc]
    said = [one for section in found.sections for one in section.blocks if isinstance(one, Missing)]
    assert all(one.question for one in said if one.blocking), "there is a way to fill it"


@pytest.mark.parametrize("doc", MAKERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_that_has_said_everything_is_blocked_by_nothing(
    playbook: Playbook, doc: str, language: Language
) -> None:
    assert MAKERS[doc](playbook, known()).blocked == ()
    shown = text(playbook, doc, language)
    assert "{" not in shown
    assert "None" not in shown.replace("None\n", "").replace("None |", "")


def test_the_company_says_who_it_is_in_the_language_there_is(playbook: Playbook) -> None:
    assert "Boréal fabrique des pompes." in part(playbook, "TR01")
    assert "50 to 249" in part(playbook, "TR01")
    assert "⚠ About the company: to be completed" in part(playbook, "TR01", outgoing=Outgoing())
    assert "⚠ L’entreprise : à compléter" in part(playbook, "RI01", "fr", outgoing=Outgoing())


def test_only_ticked_goals_and_risks_leave(playbook: Playbook) -> None:
    why = part(playbook, "TR02")
    assert "| GOA-1 | Keep our dealers | dealers lost | 2 | 31 December 2026 |" in why
    assert "GOA-2" not in why
    assert "It keeps what we know in one place" in why
    assert "RSK-5 The link is slow" in part(playbook, "TR10")
    assert "RSK-3" not in text(playbook, "DOC2")
    assert "⚠ No goal is ticked" in part(playbook, "TR02", records=(GOAL,))
    assert "What the tool will do, and what it will not: to be completed" in part(
        playbook, "TR02", answers={}
    )


def test_lots_without_owners_and_what_the_project_is_not(playbook: Playbook) -> None:
    scope = part(playbook, "TR03")
    assert "| LOT-1 | Orders |" in scope
    assert "EXC-1 Not a way to watch people" in scope
    assert "Picture: LOT-1 Orders" in scope
    assert "⚠ No exclusion was agreed." in part(playbook, "TR03", records=())
    undated = (record("lot", 1, "Orders", source="PLA04"),)
    assert "Picture" not in part(playbook, "TR03", records=undated)


def test_what_must_change_by_function_and_never_what_goes_wrong(playbook: Playbook) -> None:
    said = part(playbook, "TR04")
    assert "| GAP-1 | No shared script | One script |" in said
    assert "Everywhere" in said
    assert "Each their own" not in said, "what really happens stays inside"
    assert "Described in workshops with shortlisted vendors." in part(playbook, "TR04", records=())


def test_needs_are_to_be_answered_line_by_line_and_an_incomplete_board_blocks(playbook: Playbook) -> None:
    needs = part(playbook, "TR05")
    assert "| REQ-1 | See the last exchange | not to ask |  |  |  |  |  |" in needs
    assert "A nice chart" not in needs, "not this time"
    one = record("need", 4, "A map", source="NEE01")
    two = record("need", 5, "A call list", source="NEE01")
    assert "⚠ Board incomplete: 1 need not placed" in part(playbook, "TR05", records=(*OURS, one))
    assert "⚠ Board incomplete: 2 needs not placed" in part(playbook, "TR05", records=(one, two))
    assert "⚠ No need is written down." in part(playbook, "TR05", records=())


def test_criteria_are_asked_with_a_proof_and_those_set_aside_are_not(playbook: Playbook) -> None:
    said = part(playbook, "TR06")
    assert "| K1 Recent, open | Required | Documented open API covering all objects |" in said
    assert "K3" not in said
    left = part(playbook, "TR06", answers={**SAID, **form(NEE15="undecided")})
    assert "| K5 Social networks | to be confirmed |" in left
    assert "⚠ K5 Social networks: to be confirmed" in left
    waived = form(**dict.fromkeys(CRITERIA, "waived"))
    assert "No criterion is asked of you." in part(playbook, "TR06", answers=waived)


def test_data_interfaces_and_security(playbook: Playbook) -> None:
    assert "| DOM-1 | Contacts | ERP |" in part(playbook, "TR07")
    assert "| DOM-2 | Consent | Mail |" in part(playbook, "TR07")
    assert "⚠ Customer data held: to be completed" in part(playbook, "TR07", records=())
    assert "| ITF-1 |" in part(playbook, "TR08")
    assert "⚠ Systems to connect: to be completed" in part(playbook, "TR08", records=())
    assert "Data stay in the Union." in part(playbook, "TR09")
    assert "Weight of data and exit terms: 40 of 100." in part(playbook, "TR09")
    bare = part(playbook, "TR09", outgoing=Outgoing(), answers={})
    assert "Where is our data kept" in bare
    assert "weigh" not in bare


def test_what_is_expected_of_the_integrator(playbook: Playbook) -> None:
    said = part(playbook, "TR10")
    assert "Somebody who stays" in said
    assert "| Sellers | The tool |" in said
    assert "One-to-one support" in said
    bare = part(playbook, "TR10", answers={}, records=())
    assert "What do you do in the first three weeks" in bare
    assert "One-to-one support" not in bare


def test_scenarios_are_ours_first_then_one_for_each_grave_gap(playbook: Playbook) -> None:
    said = part(playbook, "TR11")
    assert said.index("Find the last exchange") < said.index("Show how this would work: GAP-2")
    assert "Show how this would work: GAP-1 No shared script → One script" in said
    assert said.casefold().count("note a visit") == 1
    assert "⚠ 2 scenarios to be written before sending." in part(playbook, "TR11", records=())


def test_weights_are_printed_and_without_them_nothing_is_issued(playbook: Playbook) -> None:
    assert "| Cover of our needs | 30 |" in part(playbook, "TR12")
    assert "shown by a reference customer" in part(playbook, "TR12")
    assert "⚠ The weights are not set" in part(playbook, "TR12", answers={})


def test_the_budget_stands_only_where_its_box_is_ticked(playbook: Playbook) -> None:
    assert "Budget over five years, all costs included: €240,000" in part(playbook, "TR13")
    assert "€240,000" in part(playbook, "DC06")
    hidden = read({"dates": {**DATES, "budget": []}, "choice": {"budget": ["memo"]}})
    assert "240" not in text(playbook, "DOC2", outgoing=hidden)
    assert "€240,000" in part(playbook, "DC06", outgoing=hidden)
    assert "here. Whoever fills in the choice" in part(playbook, "DC06", outgoing=Outgoing())
    without = {id: said for id, said in SAID.items() if id != "RTE06"}
    nobody = part(playbook, "DC06", answers=without)
    assert "not printed here" not in nobody, "the box is ticked: the figure is what is missing"
    assert "> Budget over 5 years: ⚠ To be completed" in nobody
    assert "240" not in text(playbook, "DOC2", answers={})


def test_the_schedule_says_who_decides_by_role(playbook: Playbook) -> None:
    said = part(playbook, "TR14")
    assert "| Demonstrations from | Monday 16 March 2026 |" in said
    assert "crm@boreal.example" in said
    assert "Decided by: sponsor." in said
    assert "has a tie with a bidder" in said
    over = known(today=date(2026, 3, 11))
    assert [one.id for one in terms(playbook, over).blocked] == ["TR14"]
    project = known().project
    two = replace(project, cast=Cast(holders={"arbiter": HUGO, "sponsor": CLAIRE}))
    assert "Decided by: arbiter, then sponsor." in part(playbook, "TR14", project=two)
    arbiter = replace(project, cast=Cast(holders={"arbiter": HUGO}))
    assert "Decided by: arbiter." in part(playbook, "TR14", project=arbiter)
    nobody = replace(project, cast=Cast())
    assert "Decided by: to be confirmed." in part(playbook, "TR14", project=nobody)
    some = read({"dates": {k: v for k, v in DATES.items() if k != "demonstrations"}})
    assert "Demonstrations" not in part(playbook, "TR14", outgoing=some)


def test_how_to_answer_is_never_missing(playbook: Playbook) -> None:
    assert "The table of needs (TR05), filled in line by line." in part(
        playbook, "TR15", records=(), answers={}
    )
    assert "Votre contrat type" in part(playbook, "TR15", "fr")


def test_a_request_for_interest_wants_to_learn(playbook: Playbook) -> None:
    assert "They call one person" in part(playbook, "RI01")
    assert "| LOT-1 | Orders | — | 1 September 2026 |" in part(playbook, "RI02")
    learn = part(playbook, "RI03")
    assert "Does it work offline?" in learn
    assert "Is chat in the record, as [vendor] says?" in learn, "no vendor reads of another"
    assert "voice" not in learn, "what a session with one vendor has raised is nothing for another"
    worry = record("risk", 9, "It needs a network", source="VEN06@VND-1")
    assert "network" not in part(playbook, "RI03", records=(worry,)), "its risk is not ticked"
    ticked = replace(worry, fields={"shareable": "yes"})
    assert "RSK-9" not in part(playbook, "RI03", records=(ticked,))
    assert "It needs a network" in part(playbook, "RI03", records=(ticked,))
    bare = part(playbook, "RI03", records=(), answers={**form(**{**CRITERIA, "NEE13": "undecided"})})
    assert "What do chat, messaging and artificial intelligence write" in bare
    assert "How old is the architecture" not in bare
    settled = part(playbook, "RI03", records=(), answers=form(**CRITERIA))
    assert "How old is the architecture" in settled
    assert "Note a visit" in part(playbook, "RI05")
    assert "⚠ 2 scenarios" in part(playbook, "RI05", records=())
    assert "⚠ Lots: to be completed" in part(playbook, "RI02", records=())
    waiting = {
        **EVERY,
        "D14": replace(EVERY["D14"], closed=False),
        "D02": replace(EVERY["D02"], closed=False),
    }
    assert "offline" not in part(playbook, "RI03", dialogues=waiting), "not before it has closed"
    assert "They call one person" not in part(playbook, "RI01", dialogues=waiting)


def test_a_prototype_has_a_question_criteria_and_an_end(playbook: Playbook) -> None:
    assert "Can a seller note a visit alone?" in part(playbook, "PT01")
    assert "ASM-1 They will type" in part(playbook, "PT01")
    assert "ASM-2" not in part(playbook, "PT01"), "proven by now"
    assert "ASM-3" not in part(playbook, "PT01"), "to be tested first, and not by this prototype"
    asked = form(RTE03a="Offline visits")
    assert "Offline visits" in part(playbook, "PT01", outgoing=Outgoing(), answers=asked)
    assert "- Sellers" in part(playbook, "PT02")
    bare = part(playbook, "PT02", records=())
    assert "⚠ Three to five scenarios: to be completed" in bare
    assert "200 customers without names" in part(playbook, "PT03")
    assert "DOM-1" in part(playbook, "PT03", outgoing=Outgoing())
    assert "⚠ Kinds of data: to be completed" in part(playbook, "PT03", outgoing=Outgoing(), records=())
    assert "REQ-2 A nice chart" in part(playbook, "PT04")
    criteria = part(playbook, "PT05")
    assert "- 8 of 10 do it" in criteria
    assert "K4: one of our users adds a field" in criteria
    few = read({"prototype": {"criteria": "One in 3 minutes\nTwo in 4"}})
    assert "⚠ Fewer than 3 measurable success criteria." in part(playbook, "PT05", outgoing=few)
    assert "4 weeks, with a checkpoint each week" in part(playbook, "PT06")
    busy = replace(
        known().project, cast=replace(BOREAL, members=(Member(user=HUGO, hours=6), Member(user=INES)))
    )
    assert "Time of our team: 6 hours a week" in part(playbook, "PT06", project=busy)
    assert "Who settles it if they do not agree: arbiter" in part(playbook, "PT07")
    nobody = replace(known().project, cast=Cast())
    assert "Name the arbiter." in part(playbook, "PT07", project=nobody)
    assert "Half if it stops" in part(playbook, "PT08")
    assert "⚠ Price terms: to be completed" in part(playbook, "PT08", outgoing=Outgoing())


def test_the_memo_compares_and_names(playbook: Playbook) -> None:
    assert "VND-1 Nimbus" in part(playbook, "DC01")
    assert "Pontis" in part(playbook, "DC01")
    from_session = read({"choice": {"chosen": "VND-1"}})
    assert "Pontis" in part(playbook, "DC01", outgoing=from_session)
    other = {**SAID, **form(RTE08="rfp")}
    assert "⚠ Direct choice is not the route" in part(playbook, "DC01", answers=other)
    assert "REQ-1 See the last exchange" in part(playbook, "DC02")
    undecided = {**SAID, **form(NEE11="undecided")}
    assert "⚠ Needs or criteria are not settled." in part(playbook, "DC02", answers=undecided)
    options = part(playbook, "DC03")
    assert "| VND-1 | Nimbus | 3 of 5 | proposed |" in options
    assert "| VND-2 | Stratus | not noted | No open interface |" in options
    assert "⚠ VND-2 Stratus: why it is set aside is not written." in part(
        playbook, "DC03", outgoing=from_session
    )
    assert "⚠ Fewer than 2 options were seen" in part(playbook, "DC03", records=OURS[:3])
    again = replace(next(one for one in OURS if one.ref == "VND-2"), fields={**SEEN, "vendor": "nimbus "})
    twice = part(playbook, "DC03", records=(*(one for one in OURS if one.ref != "VND-2"), again))
    assert "⚠ Fewer than 2 options were seen" in twice, "two sessions with one vendor"
    assert "why it is set aside is not written" not in twice


def test_the_memo_shows_proof_from_five_people_on_ties_costs_risks(playbook: Playbook) -> None:
    proof = part(playbook, "DC04")
    assert "4.0 of 5, 5 answers" in proof
    assert "> ⚠ Usable on an ordinary Tuesday: not published, fewer than 5 answers" in proof
    assert "Two called" in proof
    waiting = {**EVERY, "D14": replace(EVERY["D14"], closed=False)}
    soon = part(playbook, "DC04", dialogues=waiting)
    assert "4.0 of 5" not in soon
    assert "not published" not in soon, "they wait: nothing is kept back because they are few"
    assert "⚠ 5 of 5 answers; shown once this closes" in soon
    assert "⚠ Evidence: to be completed" in part(playbook, "DC04", outgoing=Outgoing())
    ties = part(playbook, "DC05")
    assert "A cousin" in ties
    assert "None" in ties
    alone = {"VEN08@VND-1": form(VEN08="yes")["VEN08"], "VEN08@VND-2": ()}
    assert "Declared" in part(playbook, "DC05", answers=alone)
    assert "⚠ Nobody was asked about ties." in part(playbook, "DC05", answers={})
    risks = part(playbook, "DC07")
    assert risks.index("RSK-3 ") < risks.index("RSK-5 ")
    assert "All data in 30 days" in risks
    bare = part(playbook, "DC07", records=(), outgoing=Outgoing())
    assert "⚠ Risks of a direct choice: to be completed" in bare


def test_the_memo_ends_with_the_verdict_and_both_signatures(playbook: Playbook) -> None:
    judged = part(playbook, "DC08", judged=JUDGED)
    assert "No go for now" in judged
    assert "LOT-1 Orders: 1 September 2026" in judged
    assert "LOT-2 Later: —" in judged
    bare = part(playbook, "DC08", records=())
    assert "⚠ Verdict: to be completed" in bare
    assert "⚠ Lots: to be completed" in bare
    signed = part(playbook, "DC09")
    assert "DEC-40 Direct choice — Claire Vasseur" in signed
    assert "Not signed" not in signed
    unnamed = (record("decision", 40, "Direct choice", source="RTE08", status="accepted"),)
    assert "DEC-40 Direct choice\n" in part(playbook, "DC09", records=unnamed)
    assert "⚠ Not signed." in part(playbook, "DC09", records=())
    assert "⚠ Not signed." in part(playbook, "DC09", answers={})


def test_a_note_that_went_round_is_signed_by_its_signature_and_by_nothing_said_before(
    playbook: Playbook,
) -> None:
    signed = part(playbook, "DC09", answers={}, review=2, signed=2)
    assert "Version 2 of the note is signed." in signed
    assert "Not signed" not in signed
    assert "⚠ Not signed." in part(playbook, "DC09", review=2)


def test_the_mark_of_a_draft_goes_with_the_signature_and_the_red_light_goes_first(playbook: Playbook) -> None:
    assert "**DRAFT**" in text(playbook, "DOC2")
    assert "**DRAFT — no go for now**" in text(playbook, "DOC2", judged=JUDGED, signed=2)
    assert "DRAFT" not in text(playbook, "DOC2", signed=2)


def test_a_red_light_marks_at_once_what_those_who_lead_make_and_is_told_to_nobody_before_its_time(
    playbook: Playbook,
) -> None:
    early = Judged(waits=True, red=True)
    assert "**DRAFT — no go for now**" in text(playbook, "DOC2", judged=early, signed=2)
    memo = text(playbook, "DOC5", judged=early, signed=2)
    assert "**DRAFT**" in memo
    assert "no go" not in memo


def test_whoever_prepares_a_document_is_named_by_role(playbook: Playbook) -> None:
    assert "Version 1, Wednesday 28 January 2026, prepared by: project lead" in text(playbook, "DOC2")
    assert "établie par : animateur" in text(playbook, "DOC3", "fr", author=ELODIE)
    assert "prepared by" not in text(playbook, "DOC4", author=INES)


def test_dates_have_an_order_and_an_address(playbook: Playbook) -> None:
    fine = read({"dates": DATES}).dates
    assert wrong_dates(fine, TODAY) == {}
    assert set(wrong_dates(Outgoing().dates, TODAY)) == {"questions", "answers", "decision", "channel"}
    late = replace(
        fine, questions=date(2026, 3, 20), decision=date(2026, 3, 1), demonstrations=date(2025, 1, 1)
    )
    assert "decision" not in wrong_dates(fine, date(2027, 1, 1), fine), "it was kept before, and has passed"
    found = wrong_dates(late, TODAY)
    assert "20 March 2026" in found["answers"].en
    assert "20 mars 2026" in found["answers"].fr
    hasty = wrong_dates(replace(fine, decision=date(2026, 3, 12)), TODAY)
    assert hasty["decision"].en == "The decision cannot come before the demonstrations (16 March 2026)."
    early = replace(fine, decision=date(2026, 3, 1))
    assert "before the answers" in wrong_dates(early, TODAY)["decision"].en
    assert "10 March 2026" in found["decision"].en
    assert found["demonstrations"].en.startswith("This date is past")
    assert "past" in wrong_dates(replace(fine, decision=date(9999, 1, 1)), TODAY)["decision"].en


def test_a_criterion_without_a_figure_is_not_measurable(playbook: Playbook) -> None:
    assert wrong_prototype(FILLED.prototype) == {}
    assert wrong_prototype(Outgoing().prototype) == {}
    vague = read({"prototype": {"criteria": "In 3 minutes\nIt is easy\nIn 2 clicks", "weeks": 9}}).prototype
    found = wrong_prototype(vague)
    assert "It is easy" in found["criteria"].en
    assert "two to six" in found["weeks"].en
    assert (
        "at least three"
        in wrong_prototype(read({"prototype": {"criteria": "In 3 minutes"}}).prototype)["criteria"].en
    )


def test_an_address_that_names_somebody_is_told(playbook: Playbook) -> None:
    fields = {"channel": "ines.rahmani@boreal.example", "other": "crm@rahmani.example", "third": "Inès"}
    found = named_in(fields, {"UINES": "Inès Rahmani", "U2": ""})
    assert list(found) == ["channel", "third"]
    assert "Inès Rahmani" in found["channel"].en


@pytest.mark.parametrize("section", ["TR14", "RI06"])
def test_an_address_that_somebody_is_named_in_blocks_what_vendors_would_read(
    playbook: Playbook, section: str
) -> None:
    filled = read({"dates": {**DATES, "channel": "claire@boreal.example"}})
    shown = part(playbook, section, outgoing=filled)
    assert "⚠ Where questions go names somebody" in shown
    assert "taken out" not in shown
    family = read({"dates": {**DATES, "channel": "crm@vasseur.example"}})
    assert "crm@vasseur.example" in part(playbook, section, outgoing=family)


def test_what_an_older_version_kept_is_read_without_a_stumble(playbook: Playbook) -> None:
    odd = read(
        {"dates": {"questions": "soon", "budget": None}, "prototype": {"weeks": "4"}, "texts": {"x": 1}}
    )
    assert odd == Outgoing()
    assert read({"texts": {"company_en": "Pumps"}}).texts.company is not None


def test_alignment_and_groups_are_not_what_vendors_read_of(playbook: Playbook) -> None:
    same = known(alignment=Alignment(aligned=6, partly=1))
    assert markdown(terms(playbook, same), "en") == text_of(terms(playbook, known()))


def text_of(document: Document) -> str:
    return markdown(document, "en")


def test_what_is_set_aside_is_asked_of_nobody(playbook: Playbook) -> None:
    live = "adds a field and a rule in front of us"
    aside = {**SAID, **form(NEE14="waived")}
    assert "change settings without you" in part(playbook, "TR10")
    assert "change settings without you" not in part(playbook, "TR10", answers=aside)
    assert live in part(playbook, "PT05")
    assert live not in part(playbook, "PT05", answers=aside)
    settled = {**aside, **form(NEE12="required", NEE13="required")}
    records = tuple(one for one in OURS if one.kind != "issue")
    asked = {id: said for id, said in settled.items() if not id.startswith(("VEN02", "VEN06"))}
    assert "how many days of training" not in part(playbook, "RI03", answers=asked, records=records)


@pytest.mark.parametrize(("phase", "words"), [
    ("P0", "nothing is decided yet"), ("P1", "nothing is chosen"), ("P2", "are being chosen"),
    ("P3", "is being set up"), ("P4", "is in service"), ("P6", "is in service"),
])  # fmt: skip
def test_vendors_read_where_the_project_stands_and_no_phase_that_is_over(
    playbook: Playbook, phase: str, words: str
) -> None:
    said = part(playbook, "RI02", project=replace(known().project, phase=phase))
    assert words in said
    assert ("nothing is chosen" in said) == (phase == "P1")


def test_the_time_of_a_team_agrees_in_number(playbook: Playbook) -> None:
    def team(*hours: int) -> str:
        members = tuple(Member(user=f"U{n}", hours=each) for n, each in enumerate(hours))
        project = replace(known().project, cast=Cast(members=members))
        return part(playbook, "PT06", "fr", project=project).replace("\u00a0", " ")

    assert "1 heure par semaine" in team(1)
    assert "3 heures par semaine" in team(1, 2)
