"""Every section of the scoping note from its data, and what stands there without them (7.2)."""

from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import Alignment, Evidence
from flows.diagnosis.result import Condition, Contested, Diagnosis, Family, Fired
from flows.document.facts import Asked, Group, Judged, NoteFacts
from flows.document.model import Figure, Table
from flows.document.note import note
from flows.document.outgoing import read
from flows.playbook import Playbook
from flows.register.model import Kept
from flows.wave.model import ChoiceKept, ScaleKept
from flows.words import LANGUAGES, Language
from tests.flows.stage import HUGO, INES, MARC, SOFIA
from tests.flows.test_note import by_people, facts, form, full, record, section, text

EVERY = {f"D{n:02}": Asked(days=9, closed=True) for n in range(1, 16)}
STEP = {"id": "r1", "step": "First call", "planned": "One script", "lived": "Each their own",
        "outside": "Chat", "gap": "No shared script", "target": "One script", "severity": 4,
        "owner": HUGO}  # fmt: skip
GAP = record("gap", 1, "No shared script", source="PRO02", item="r1", respondent=HUGO, owner=HUGO,
             fields={"area": "sales", "severity": 4, "target": "One script"})  # fmt: skip
RECORDS = (
    GAP,
    record("risk", 3, "Nobody uses the script", source="PRO02", item="r1", respondent=HUGO,
           fields={"likelihood": 4, "impact": 4, "score": 16, "family": 2, "response": "Try it first"}),
    record("risk", 4, "Small", source="PLA02", fields={"likelihood": 1, "impact": 2, "score": 2}),
    record("need", 1, "See the last exchange", source="NEE01", fields={
        "priority": "M", "effort": 5, "must_reason": "Nobody can sell without it", "gap": "GAP-1",
        "function": "sales", "why": "not to ask twice"}),
    record("need", 2, "A nice chart", source="NEE01", fields={"priority": "W", "effort": 3}),
    record("need", 3, "A map", source="NEE01", fields={"priority": "C", "effort": 5}),
    record("annex", 1, "Sales steps", source="ANX01", owner=MARC, due=date(2026, 3, 1), status="open",
           fields={"topic": "ANX01", "choice": "needed", "blocks": "LOT-1"}),
    record("annex", 2, "Move the archive", source="ANX07", owner=MARC, fields={"topic": "other"}),
    record("annex", 3, "Pay of the front office", source="ANX03", restricted=True, fields={"topic": "ANX03"}),
    record("domain", 1, "Customers (ERP)", source="DAT01", fields={"domain": "contacts", "source": "ERP"}),
    record("domain", 2, "Consent", source="DAT03", fields={"data": "Consent", "use": "Mail", "future": True}),
    record("interface", 1, "ERP", source="DAT05", owner=SOFIA, fields={"api": "unknown", "critical": 4}),
    record("issue", 9, "Can “ERP” be connected?", source="DAT05", owner=SOFIA),
    record("lot", 1, "Orders", source="PLA04", due=date(2026, 9, 1),
           fields={"groups": "Sellers, Dispatch", "start": "2026-05-01", "end": "2026-09-01"}),
    record("lot", 2, "Later", source="PLA04", fields={"groups": ""}),
    record("task", 1, "Clean the data", source="PLA05", item="t1", owner=MARC, fields={"weeks": 4}),
    record("task", 2, "Migrate", source="PLA05", item="t2",
           fields={"weeks": 2.5, "after_items": ["t1", "gone"]}),
    record("constraint", 5, "The old tool stops", source="PLA08", due=date(2026, 12, 31)),
    record("assumption", 1, "They will type", source="PLA03", fields={"importance": 5, "evidence": 1}),
    record("assumption", 2, "It is fast", source="PLA03", fields={"importance": 5, "evidence": 4}),
    record("tradeoff", 1, "Quick", source="ARB10", status="decided",
           fields={"pair": "ARB01", "position": 2, "reason": "Few fields", "loss": "Rich data"}),
    record("vendor", 1, "Vendor One", source="VEN01", fields={
        "vendor": "Vendor One", "date": "2026-02-10", "whole_team": "yes", "attendees": [HUGO]}),
    record("vendor", 2, "Vendor Two", source="VEN01", fields={"whole_team": "no"}),
    record("action", 1, "Write to vendors", owner=INES, due=date(2026, 2, 20)),
    record("issue", 70, "Nobody is ranked by entries", source="W04.4",
           fields={"condition": "later", "resolution": "In March"}),
    record("issue", 71, "A time to learn", source="W04.4", status="resolved", fields={"condition": "asked"}),
    record("decision", 72, "A time to learn", source="W04.5",
           fields={"condition": "granted", "reason": "Yes", "settles": "ISS-71"}),
    record("decision", 8, "K1: required", source="NEE11", status="accepted"),
)  # fmt: skip
ANSWERS = {
    **form(
        ANX09="It keeps what we know in one place; it does not decide.", NEE02={"REQ-1": "M"},
        SET16="Jeanne, coach@example.org", CHG01=[{"id": "a", "group": "Sellers", "topic": "The tool"}],
        CHG02="internal", DAT02="several", DAT06="business", PLA07=["benefit"], NEE11="required",
        NEE17={"k1": 20}, RTE01="precise", RTE02="good", RTE03="no", RTE04="free", RTE05="yes", RTE08="rfp",
        PLA02=[{"id": "x"}], ARB10=[{"id": "x"}], INC03="study",
    ),
    **form(**{"VEN08@VND-1": "yes", "VEN08a@VND-1": "A cousin works there"}),
    **by_people("PRO01", UHUGO="sales", UINES="marketing"),
    **by_people("PRO02", UHUGO=[STEP], UINES=[]),
    **by_people("PRO03", UHUGO="Between phone and mail"),
    **by_people("ARB01", UHUGO=2),
    **by_people("VEN05@VND-1", UHUGO="We want chat"),
    **by_people("RTE11", UHUGO="4", UMARC="3"),
    **by_people("RTE13", UCLAIRE="approve"),
    **by_people("RTE13a", UCLAIRE="The old tool stops in September"),
}  # fmt: skip
SCALES = {f"COL0{n}": ScaleKept(n=6, total=18) for n in range(1, 9)}
GROUPS = {
    "D06": Group(kept=SCALES),
    "D07": Group(kept={"BEL10": ChoiceKept(n=6, top=("coach", "rules", "time"))}),
}
SAID = Diagnosis(
    verdict="NO_GO", kind="prerequisite", readiness=61.6, coverage=0.66, provisional=True,
    weights={1: 20, 2: 30, 3: 30, 4: 20},
    families={1: Family(score=72.0, coverage=1.0, low=72, high=72),
              2: Family(score=48.2, coverage=0.6, low=30, high=70),
              3: Family(score=None, coverage=0.0, low=0, high=100)},
    indicators={}, gates={"G1": "pass", "G2": "fail"},
    rules=(Fired(id="R20", severity="high", family=2), Fired(id="R62", severity="high", family=4)),
    contested=(Contested(id="ARB01"), Contested(id="ARB02"), Contested(id="PRO03")), apart=(), tasks={},
    collab=None, bpi=None, must_share=None, critical_path=None, loop=(), disagreed=(),
    conditions=(), three_points=(), missing=(),
)  # fmt: skip
JUDGED = Judged(found=SAID, history=((date(2026, 1, 19), "INSUFFICIENT"), (date(2026, 1, 26), "NO_GO")))


def known(**more: Any) -> NoteFacts:
    fields: dict[str, Any] = {
        "answers": ANSWERS, "records": RECORDS, "dialogues": EVERY, "groups": GROUPS, "judged": JUDGED,
        "expected": {"RTE11": 8, "OBJ09": 1, "RTE13": 1, "RTE13a": 1},
        "alignment": Alignment(aligned=6, partly=1), **more,
    }  # fmt: skip
    return facts(**fields)


def part(playbook: Playbook, id: str, language: Language = "en", **more: Any) -> str:
    """One section as people read it."""
    shown = text(playbook, known(**more), language)
    return shown.partition(f"\n## {id} ")[2].partition("\n## N")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_project_has_a_full_note(playbook: Playbook, language: Language) -> None:
    shown = text(playbook, known(), language)
    assert "None" not in shown
    assert "{" not in shown
    refs = {one.ref for one in RECORDS if not one.restricted} - {"RSK-4", "ASM-2", "ISS-71"}
    assert [ref for ref in refs if ref not in shown] == []


#: What each section says of the project above, and never of an empty one.
SAYS = {
    "N01": ("No go for now, readiness 62/100", "LOT-1 Orders, go-live 1 September 2026",
            "Tender on terms of reference"),
    "N02": ("It keeps what we know in one place",),
    "N04": ("| LOT-1 | Orders | Sellers, Dispatch |", "REQ-2 A nice chart", "Area described"),
    "N07": ("| GAP-1 | First call | One script | Each their own | Chat | One script |",
            "Marketing: not described",
            "⚠ R20", "(PRO03, contested)"),
    "N08": ("| GAP-1 | No shared script | Sales | ", "| Hugo Teixeira | REQ-1, RSK-3 |"),
    "N09": ("| SID-1 |", "LOT-1", "Measuring and paying the front office: under review", "Move the archive"),
    "N10": ("To strengthen (from 5 answers)",),
    "N11": ("| DOM-1 |", "| DOM-2 | Consent | Mail |"),
    "N12": ("| ITF-1 | ERP |", "❓ Open question ISS-9: Can “ERP” be connected? — owner Sofia Lindqvist"),
    "N13": ("Someone neutral to talk to", "Jeanne, coach@example.org is neutral",
            "| ISS-70 | Nobody is ranked by entries | not yet | In March |",
            "| DEC-72 | A time to learn | yes | Yes |"),
    "N14": ("Under review.",),
    "N15": ("| Sellers | The tool |", "⚠ No training is planned for: Dispatch"),
    "N16": ("| REQ-1 | See the last exchange | not to ask twice | Sales |", "Must-haves make up 50%"),
    "N17": ("No go for now, readiness 62/100", "A foundation is missing: Sponsorship", "only 65%",
            "| Solution | Solid | 72 | — |", "| Organisation and culture | Weak | 48 | 30 to 70 |",
            "| People | — | — | — |", "| G2 | Sponsorship | Not passed |", "19 January 2026: Not enough"),
    "N18": ("| LOT-1 | Orders |", "TSK-1 → TSK-2: 6.5 weeks", "⚠ TSK-2, on the critical path, has no owner.",
            "The old tool stops", "⚠ R62"),
    "N19": ("| RSK-3 | Nobody uses the script |", "| ASM-1 | They will type |"),
    "N20": ("| TRD-1 |", "Few fields", "Rich data", "❓ Adapt to the standard ↔ adapt the tool",
            "Claire Vasseur"),
    "N21": ("(NEE17, 1 answer)", "Documented open API", "K2 One record: ⚠ To be completed"),
    "N22": ("| VND-1 | Vendor One |", "We want chat", "A cousin works there"),
    "N23": ("What the facts propose", "| ACT-1 | Write to vendors | Inès", "RTE08, 1 answer"),
    "N25": ("(RTE11, 2 answers)", "93% of 7 readings agree", "The old tool stops in September",
            "RTE13, 1 answer"),
}  # fmt: skip


@pytest.mark.parametrize("id", SAYS)
def test_a_section_says_what_is_known(playbook: Playbook, id: str) -> None:
    shown = part(playbook, id)
    assert [words for words in SAYS[id] if words not in shown] == [], shown


def test_lines_of_two_people_with_the_same_number_are_told_apart(playbook: Playbook) -> None:
    """The lines of each person's table are numbered from one."""
    hers = {**STEP, "step": "Second call", "owner": INES}
    mine = record("gap", 2, "Called twice", source="PRO02", item="r1", respondent=INES, owner=INES,
                  fields={"area": "sales", "severity": 3})  # fmt: skip
    answers = {**known().answers, **by_people("PRO02", UHUGO=[STEP], UINES=[hers])}
    answers |= by_people("PRO01", UHUGO="sales", UINES="sales")
    shown = text(playbook, known(answers=answers, records=(*RECORDS, mine)))
    assert "| GAP-1 | First call |" in shown
    assert "| GAP-2 | Second call |" in shown
    gaps = shown.partition("## N08")[2].partition("## N09")[0]
    assert "REQ-1, RSK-3" in gaps.splitlines()[6], gaps
    assert "RSK" not in gaps.splitlines()[7], gaps


def test_that_the_crm_reorganises_is_said_where_people_have_been_told(playbook: Playbook) -> None:
    """ANX08, which few read (7.2, N02): only the answer that is no secret."""
    for value, said in (("open", True), ("unofficial", False), ("no", False)):
        shown = part(playbook, "N02", answers={**known().answers, **form(ANX08=value)})
        assert ("Yes, and people have been told" in shown) is said, value
        assert "reorganising" not in shown or said


def test_what_was_set_aside_by_decision_says_which_and_why(playbook: Playbook) -> None:
    asked = {key: value for key, value in known().answers.items() if key != "CHG02"}
    why = record("decision", 60, "No coach", source="CHG02", status="accepted", fields={"reason": "Too few"})
    shown = part(playbook, "N15", answers=asked, records=(*RECORDS, why))
    assert "Set aside by decision DEC-60: Too few" in shown
    bare = part(playbook, "N15", answers=asked, records=(*RECORDS, replace(why, fields={})))
    assert "Set aside by decision DEC-60: ⚠ reason not given" in bare


def test_what_managers_do_is_said(playbook: Playbook) -> None:
    shown = text(playbook, known(answers={**known().answers, **form(CHG10=["training", "answer"])}))
    said = shown.partition("**What managers do themselves**")[2].split("\n\n")[1]
    assert "·" in said, said


def test_nothing_anonymous_nor_restricted_nor_about_pay_is_in_it(playbook: Playbook) -> None:
    shown = text(playbook, known())
    assert "Pay of the front office" not in shown
    assert "SID-3" not in shown
    assert "study" not in part(playbook, "N14")
    pay = {**ANSWERS, **form(INC03="study", INC04=["teamwork", "activity"], INC05="yes", INC06=None)}
    ticked = read({"rewards": {"publish": ["INC04", "INC05", "INC06", "INC08"]}})
    told = part(playbook, "N14", answers=pay, outgoing=ticked)
    assert "Team results" in told
    assert "Yes, for a set time" in told
    assert "Log-ins" not in told, "activity is no merit (R36)"
    assert "Under study" not in told, "not ticked"
    assert "Under review." in part(
        playbook, "N14", answers=pay, outgoing=read({"rewards": {"publish": ["INC06"]}})
    )
    assert "18" not in part(playbook, "N10").replace("2018", "")


def test_a_red_light_is_the_mark_of_the_draft(playbook: Playbook) -> None:
    assert note(playbook, known()).notices[0].fr == "BROUILLON — feu rouge en cours"
    assert note(playbook, known(judged=Judged())).notices[0].fr == "BROUILLON"


def test_before_a_verdict_may_be_read_the_note_says_why(playbook: Playbook) -> None:
    assert "No diagnosis has been made yet." in part(playbook, "N17", judged=Judged())
    assert "told to the sponsor" in part(playbook, "N17", judged=Judged(waits=True))
    early = replace(SAID, verdict="INSUFFICIENT", kind=None, coverage=0.31)
    assert "30% of the expected" in part(playbook, "N17", judged=Judged(found=early))
    assert "Not known yet: verdict." in part(playbook, "N01", judged=Judged(found=early))
    none = diagnose(Evidence(today=date(2026, 1, 28)), playbook.diagnosis)
    assert "Not known yet: verdict" in part(playbook, "N01", judged=Judged(found=none))


def test_a_go_with_conditions_says_what_it_hangs_on(playbook: Playbook) -> None:
    hangs = tuple(Condition(id=id, owner="lead") for id in ("G2", "R53", "I2.3", "R35"))
    found = replace(SAID, verdict="GO_CONDITIONS", kind=None, provisional=False, conditions=hangs)
    shown = part(playbook, "N17", judged=Judged(found=found))
    assert "G2 Sponsorship. Met when: the commitment is written" in shown
    assert ".. Met when" not in shown
    assert ". Met when" in shown.partition("R53")[2]
    assert "R53" in shown
    assert "reaches 70 of 100" in shown
    page = part(playbook, "N01", judged=Judged(found=found))
    assert "- G2 Sponsorship\n" in page
    assert "done when" not in page, "one page"
    go = part(playbook, "N17", judged=Judged(found=replace(found, verdict="GO", conditions=())))
    assert "**Conditions**\n\nNo condition." in go


def test_what_is_for_a_few_roles_is_no_condition_of_the_note(playbook: Playbook) -> None:
    secret = next(rule for rule in playbook.rules.values() if rule.seen_by)
    hangs = (Condition(id=secret.id, owner="sponsor"),)
    found = replace(
        SAID,
        verdict="GO_CONDITIONS",
        conditions=hangs,
        rules=(Fired(id=secret.id, severity="high", family=3),),
    )
    assert secret.id not in text(playbook, known(judged=Judged(found=found)))


def test_an_anonymous_dialogue_shows_nothing_below_five_and_no_figure_below_ten(playbook: Playbook) -> None:
    def said(**more: Any) -> str:
        return part(playbook, "N10", **more)

    assert "fewer than 5 answers" in said(groups={"D06": Group()})
    assert "Open until 3 February 2026" in said(groups={"D06": Group(open_until=date(2026, 2, 3))})
    assert "not asked yet" in said(groups={})
    many = {id: ScaleKept(n=12, total=36) for id in SCALES}
    power = {"COL09": ChoiceKept(n=12, named=("sales",)), "COL10": ChoiceKept(n=6, named=("sales",))}
    shown = said(groups={"D06": Group(kept={**many, **power})})
    assert "To strengthen, 50/100 (from 10 answers)" in shown
    assert shown.count("- Sales") == 1
    assert "fewer than 5 answers" in part(playbook, "N13", groups={"D07": Group()})
    assert "not asked yet" in part(playbook, "N13", groups={})


def test_what_is_empty_says_so_and_whom_it_was_asked_of(playbook: Playbook) -> None:
    def empty(id: str, **more: Any) -> str:
        return part(playbook, id, **{"answers": {}, "records": (), "judged": Judged(), **more})

    assert "Main steps: ⚠" in empty("N07")
    assert "⚠" in empty("N08")
    answered = by_people("PRO02", UHUGO=[{**STEP, "severity": 1}])
    assert "No gap is kept" in empty("N08", answers=answered)
    assert "asked of the project lead and the facilitator, unanswered for 9 days" in empty("N09")
    assert "W04" in empty("N13")
    assert "Not addressed." in empty("N14", dialogues={})
    assert "No training" not in empty("N15")
    assert "Needs: ⚠" in empty("N16")
    assert "⚠ No lot." in empty("N18")
    assert "no task is recorded" in empty("N18")
    assert "Premortem not held" in empty("N19")
    assert "⚠" in empty("N20")
    placed = by_people("ARB01", UHUGO=3)
    calm = Judged(found=replace(SAID, contested=()))
    assert "No trade-off is contested." in empty("N20", answers=placed, judged=calm)
    assert "no diagnosis has been made yet" in empty("N20", answers=placed)
    later = empty("N20", answers=placed, judged=Judged(waits=True))
    assert "a working day after a change of verdict" in later
    assert "No trade-off" not in later
    settled = empty("N20", answers=placed, judged=calm, records=RECORDS)
    assert "| TRD-1 |" in settled
    assert "No trade-off" not in settled
    assert "No discovery session" in empty("N22")
    assert "Route not decided" in empty("N23")
    assert "Not signed." in empty("N25")


def test_needs_without_a_place_are_counted_and_listed(playbook: Playbook) -> None:
    loose = tuple(record("need", n, f"Need {n}", source="NEE01") for n in (1, 2))
    shown = part(playbook, "N16", records=loose)
    assert "2 needs not placed" in shown
    assert "| REQ-2 | Need 2 | — |" in shown
    assert "1 need not placed" in part(playbook, "N16", records=loose[:1])


def test_tasks_that_wait_for_one_another_have_no_path(playbook: Playbook) -> None:
    loop = tuple(
        record("task", n, f"Task {n}", item=f"t{n}", source="PLA05", fields={"after_items": [f"t{3 - n}"]})
        for n in (1, 2)
    )
    assert "wait for one another: TSK-" in part(playbook, "N18", records=loop)


def test_people_answers_wait_for_the_closing_and_what_they_recorded_too(playbook: Playbook) -> None:
    still = {**EVERY, "D04": Asked(days=2), "D11": Asked(days=2)}
    shown = text(playbook, known(dialogues=still))
    assert "No shared script" not in shown
    assert "REQ-1" not in shown.partition("## N16")[2].partition("## N17")[0]


def test_a_tie_that_is_not_told_in_full_is_still_told(playbook: Playbook) -> None:
    answers = {key: value for key, value in ANSWERS.items() if key != "VEN08a@VND-1"}
    said = part(playbook, "N22", answers=answers)
    assert "(VEN08, 1 answer)" in said
    assert "- VND-1 Vendor One: Yes" in said, said


def test_a_tie_that_nobody_has_told_is_missing(playbook: Playbook) -> None:
    answers = {key: value for key, value in ANSWERS.items() if not key.startswith("VEN08")}
    assert "> A tie with the vendor: ⚠ To be completed" in part(playbook, "N22", answers=answers)


def test_contested_without_an_arbiter_says_that_nobody_is_named(playbook: Playbook) -> None:
    here = known()
    alone = replace(here.project.cast, holders={})
    document = note(playbook, replace(here, project=replace(here.project, cast=alone)))
    said = [getattr(block, "words", None) for block in section(document, "N20").blocks]
    assert any(words is not None and "no arbiter is named" in words.en for words in said)


def test_a_record_by_hand_stands_beside_those_of_answers(playbook: Playbook) -> None:
    by_hand: Kept = record(
        "risk", 5, "The only seller leaves", fields={"likelihood": 5, "impact": 5, "score": 25}
    )
    table = section(note(playbook, known(records=(*RECORDS, by_hand))), "N19").blocks[0]
    assert isinstance(table, Table)
    assert table.rows[0][0].en == "RSK-5", "the highest score first"


def test_the_first_lot_without_dates_is_the_first_by_number(playbook: Playbook) -> None:
    undated = (record("lot", 2, "Second", source="PLA04"), record("lot", 1, "First", source="PLA04"))
    said = part(playbook, "N01", records=undated)
    assert "> ⚠ First lot, LOT-1 First: no go-live date yet." in said


def test_the_old_note_still_says_what_it_said(playbook: Playbook) -> None:
    assert "RSK-1 As last time: people" in text(playbook, full())


def test_pictures_have_the_same_in_words_and_are_sound_svg(playbook: Playbook) -> None:
    answers = {**ANSWERS, **by_people("OBJ04", UHUGO=["trace", "structure", "activity"])}
    hostile = record(
        "task", 3, "<script>& a very long name of a task that has no end", item="t3", fields={"weeks": 1}
    )
    crowd = tuple(
        record("risk", n, "Crowd", fields={"likelihood": 4, "impact": 4, "score": 16}) for n in range(10, 17)
    )
    dated = record("lot", 9, "Third", due=date(2026, 8, 1), fields={"start": "2026-09-01"})
    document = note(playbook, known(answers=answers, records=(*RECORDS, hostile, *crowd, dated)))
    drawn = {s.id: [b for b in s.blocks if isinstance(b, Figure)] for s in document.sections}
    assert {id: len(found) for id, found in drawn.items() if found} == {
        "N03": 1,
        "N17": 1,
        "N18": 2,
        "N19": 1,
    }
    for figure in (one for found in drawn.values() for one in found):
        for language in LANGUAGES:
            ElementTree.fromstring(figure.drawing.in_(language))  # noqa: S314 - ours
            assert figure.alt.in_(language)
    lots, tasks = drawn["N18"]
    assert lots.alt.en == "LOT-1 Orders from 1 May 2026 to 1 September 2026"
    assert "TSK-2 week 4 to 6.5, critical" in tasks.alt.en
    assert "TSK-3 week 0 to 1;" in tasks.alt.en + ";"
    assert "<script>" not in tasks.drawing.en
    assert "Solution 72 of 100, Organisation and culture 48 of 100" in drawn["N17"][0].alt.en
    assert "+ 3" in drawn["N19"][0].drawing.en
    assert drawn["N19"][0].alt.en.startswith("Critical: RSK-3")
    assert drawn["N03"][0].alt.fr.startswith("1. ")


def test_benefits_that_nobody_has_ranked_have_no_picture(playbook: Playbook) -> None:
    gone = {**ANSWERS, **by_people("OBJ04", UHUGO=["no longer offered"])}
    assert not any(isinstance(b, Figure) for b in section(note(playbook, known(answers=gone)), "N03").blocks)


def test_tasks_without_a_length_have_no_picture(playbook: Playbook) -> None:
    empty = (record("task", 1, "Task", item="t1", source="PLA05"),)
    assert not any(isinstance(b, Figure) for b in section(note(playbook, known(records=empty)), "N18").blocks)


@pytest.mark.parametrize(("day", "first"), [("2026-02-12", "12 February 2026"), (None, "—")])
def test_weights_that_were_settled_after_a_demonstration_say_so(
    playbook: Playbook, day: str | None, first: str
) -> None:
    fields = {"demonstrated_on": "2026-02-10", "date": day, "reason": "A heading was forgotten"}
    late = record("decision", 90, "Weights changed", source="NEE17", status="accepted", fields=fields)
    before = record("decision", 91, "Weights fixed", source="NEE17", status="accepted")
    shown = part(playbook, "N21", records=(*RECORDS, late, before))
    assert (
        f"settled on {first}, after the first demonstration (10 February 2026), by decision DEC-90" in shown
    )
    assert "A heading was forgotten" in shown
    assert "after the first demonstration" not in part(playbook, "N21")
    first_time = replace(late, fields={key: fields[key] for key in ("demonstrated_on", "date")})
    assert "Reason:" not in part(playbook, "N21", records=(*RECORDS, first_time))
    gone = replace(late, status="superseded")
    assert "after the first demonstration" not in part(playbook, "N21", records=(*RECORDS, gone))


def test_grids_of_five_people_or_more_stand_as_a_spread_without_names(playbook: Playbook) -> None:
    apart = [{"K1": level, "K2": "seen"} for level in ("seen", "seen", "claimed", "no", "seen")]
    shown = part(playbook, "N22", grids={"VND-1": apart, "VND-2": apart[:4]})
    assert "VND-1 Vendor One: what people saw (5 grids)" in shown
    assert "| K1 Recent, open | 3 | 1 | 0 | 1 | Claimed to Seen working |" in shown
    assert "| K2 One record | 5 | 0 | 0 | 0 | Seen working |" in shown
    assert "4 grids" not in shown
