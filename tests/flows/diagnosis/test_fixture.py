"""Reading a company from a file (8.1): every convention, variants, and what is said of a malformed one."""
# ruff: noqa: E501  one mistake a line reads as a table

from datetime import date
from typing import Any

import pytest
from ruamel.yaml import YAML

from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import (
    Alignment,
    Annex,
    ChoiceTally,
    Domain,
    Evidence,
    Facts,
    Form,
    Gap,
    Lot,
    Named,
    Need,
    Risk,
    ScaleTally,
    Session,
    Steps,
    Task,
    Withheld,
)
from flows.diagnosis.fixture import Company, Malformed, read
from flows.playbook import Playbook
from tests.flows.diagnosis.conftest import CORVANNE

SMALL = """
fixture:
  company: {name: "Small", today: 2026-02-16}
  people:
    p1: {name: "Ada", role: sponsor, function: management}
    p2: {role: lead, function: sales}
    p3: {role: member}
    p4: {role: member, function: service}
    p5: {role: member, function: it}
    p6: {role: member, function: it}
    p7: {role: member, function: it}
"""


def company(playbook: Playbook, more: str = "", variant: str | None = None) -> Company:
    return read(SMALL + more, playbook.flows, variant)


def told(playbook: Playbook, more: str = "", variant: str | None = None) -> Evidence:
    return company(playbook, more, variant).evidence


def test_the_smallest_file(playbook: Playbook) -> None:
    found = company(playbook)
    assert (found.name, found.names["p1"], found.names["p2"]) == ("Small", "Ada", "p2")
    assert found.evidence == Evidence(today=date(2026, 2, 16), people=found.evidence.people)
    assert [person.user for person in found.evidence.team] == ["p2", "p3", "p4", "p5", "p6", "p7"]
    assert diagnose(found.evidence, playbook.diagnosis).verdict == "INSUFFICIENT"


def test_a_company_without_a_sponsor(playbook: Playbook) -> None:
    found = told(playbook, "  form: {SET11: nobody}\n  variants: {none: {people: {p1: null}}}\n", "none")
    assert found.sponsor is None
    assert len(found.team) == 6
    result = diagnose(found, playbook.diagnosis)
    assert (result.verdict, result.kind) == ("NO_GO", "prerequisite")


FORMS: list[tuple[str, str, Form]] = [
    ("SET02", "replace", Form(value="replace")), ("SET02", "null", Form()), ("SET02", "idk", Form(unknown=True)),
    ("SET04", "50_249", Form(value="50_249")), ("SET04", '"250_999"', Form(value="250_999")),
    ("SET03", "[tool, human]", Form(value=["tool", "human"])), ("INC05", "yes", Form(value="yes")),
    ("ANX08", "no", Form(value="no")), ("INC05", "true", Form(value="yes")), ("ANX08", "false", Form(value="no")),
    ("SET18", "2026-01-12", Form(value=date(2026, 1, 12))), ("SET18", '"2026-01-12"', Form(value=date(2026, 1, 12))),
    ("SET18", "2026-01-12T09:30:00", Form(value=date(2026, 1, 12))), ("SET10", "p2", Form(value="p2")),
    ("SET16", "coach@example.org", Form(value="coach@example.org")), ("SPO02", "8", Form(value=8)),
    ("CHG01", "some", Form(value="some")), ("CHG06", "[]", Form(value=[])), ("SPO09", '""', Form(value="")),
    ("RTE13", "conditions", Form(value="conditions")), ("NEE17", "{k1: 100}", Form(value={"k1": 100})),
]  # fmt: skip


@pytest.mark.parametrize(("id", "written", "form"), FORMS)
def test_a_form(playbook: Playbook, id: str, written: str, form: Form) -> None:
    assert told(playbook, f"  form: {{{id}: {written}}}\n").forms == {id: form}


ANNEXES: list[tuple[str, Annex]] = [
    ("{choice: needed, owner: p2, due: 2026-04-30}", Annex(choice="needed", owner="p2", due=date(2026, 4, 30))),
    ("{choice: later, owner: null, due: idk}", Annex(choice="later")),
    ("{choice: not_needed, reason: done in 2025}", Annex(choice="not_needed", reason=True)),
    ("unknown", Annex(choice="unknown")), ("idk", Annex()), ("null", Annex()), ("{owner: p2}", Annex()),
]  # fmt: skip


@pytest.mark.parametrize(("written", "annex"), ANNEXES)
def test_a_supporting_project(playbook: Playbook, written: str, annex: Annex) -> None:
    found = told(playbook, f"  form: {{ANX03: {written}}}\n")
    assert found.annexes == {"ANX03": annex}
    assert "ANX03" not in found.forms


@pytest.mark.parametrize(
    ("written", "expected", "answers"),
    [
        ("cross", ("",), {"": "cross"}), ("{p1: cross, p2: it}", ("p1", "p2"), {"p1": "cross", "p2": "it"}),
        ("{p1: cross, p2: null}", ("p1", "p2"), {"p1": "cross"}), ("{p1: cross, p2: outside}", ("p1",), {"p1": "cross"}),
        ("idk", ("",), {}),
    ],
)  # fmt: skip
def test_spo05_is_one_value_or_two(
    playbook: Playbook, written: str, expected: tuple[str, ...], answers: dict[str, str]
) -> None:
    found = told(playbook, f"  form: {{SPO05: {written}}}\n")
    assert found.named == {"SPO05": Named(expected=expected, answers=answers)}


def test_a_named_scale(playbook: Playbook) -> None:
    found = told(playbook, '  scale: {OBJ08: {by: "p1 p2 p3 p4 p5", v: [5, null, idk, outside, 2]}}\n')
    assert found.named["OBJ08"] == Named(expected=("p1", "p2", "p3", "p5"), answers={"p1": 5, "p5": 2})


def test_an_anonymous_scale_becomes_a_tally(playbook: Playbook) -> None:
    scale = "  scale: {COL01: {by: [p2, p3, p4, p5, p6, p7], v: [1, 2, 4, 5, 3, %s]}}\n"
    assert told(playbook, scale % "idk").anonymous["COL01"] == ScaleTally(
        invited=6, n=5, total=15, polar=True
    )
    assert told(playbook, scale % "outside").anonymous["COL01"] == ScaleTally(
        invited=5, n=5, total=15, polar=True
    )
    thin = told(playbook, '  scale: {COL01: {by: "p2 p3 p4 p5 p6", v: [1, 2, 4, 5, null]}}\n')
    assert thin.anonymous["COL01"] == Withheld(invited=5)


def crowd(n: int, of_sales: int) -> tuple[str, str]:
    people = "".join(
        f"    q{k}: {{role: member, function: {'sales' if k < of_sales else 'it'}}}\n" for k in range(n)
    )
    return people, " ".join(f"q{k}" for k in range(n))


@pytest.mark.parametrize(
    ("n", "of_sales", "values", "apart"),
    [
        (10, 5, [4] * 5 + [2] * 5, ("it", "sales")), (10, 5, [4, 4, 4, 3, 3] + [2] * 5, ("it", "sales")),
        (10, 5, [4, 4, 3, 3, 3] + [2] * 5, ()), (9, 4, [5] * 4 + [1] * 5, ()),
    ],
)  # fmt: skip
def test_functions_far_apart_are_worked_out_at_closing(
    playbook: Playbook, n: int, of_sales: int, values: list[int], apart: tuple[str, ...]
) -> None:
    people, by = crowd(n, of_sales)
    kept = told(playbook, f'{people}  scale: {{BEL08: {{by: "{by}", v: {values}}}}}\n').anonymous["BEL08"]
    assert isinstance(kept, ScaleTally)
    assert kept.apart == apart


def test_choices(playbook: Playbook) -> None:
    found = told(
        playbook,
        "  choice:\n"
        "    OBJ06: {p1: no, p2: partly, p3: outside, p4: null}\n"
        "    COL10: {p2: [sales], p3: [sales, it], p4: [nobody], p5: [nobody], p6: null, p7: [it, finance]}\n"
        "    BEL09: {p2: out, p3: out, p4: out, p5: wait}\n"
        "    RTE12: {p1: aligned, p2: aligned, p3: partly, p4: not, p5: idk, p6: outside}\n"
        "    SPO05: {p1: cross, p2: it}\n",
    )
    assert found.named["OBJ06"] == Named(expected=("p1", "p2", "p4"), answers={"p1": "no", "p2": "partly"})
    assert found.anonymous["COL10"] == ChoiceTally(invited=6, n=5, named=("sales", "it"))
    assert found.anonymous["BEL09"] == Withheld(invited=4)
    assert found.alignment == Alignment(aligned=2, partly=1, different=1)
    assert found.named["SPO05"].answers == {"p1": "cross", "p2": "it"}


def test_from_ten_answers_the_counts_of_a_choice_are_kept(playbook: Playbook) -> None:
    people, by = crowd(10, 5)
    answers = ", ".join(f"{who}: {'out' if n < 3 else 'push'}" for n, who in enumerate(by.split()))
    kept = told(playbook, f"{people}  choice: {{BEL09: {{{answers}}}}}\n").anonymous["BEL09"]
    assert isinstance(kept, ChoiceTally)
    assert kept.counts == {"push": 7, "follow": 0, "wait": 0, "out": 3, "private": 0}


ROWS: list[tuple[str, dict[str, Any]]] = [
    ("GAP: null", {"gaps": None, "steps": None}),
    ("GAP: [{area: sales, severity: 5, owner: null, outside: true}]",
     {"gaps": (Gap(area="sales", severity=5),),
      "steps": {"marketing": Steps(rows=0, outside=0), "sales": Steps(rows=1, outside=1), "service": Steps(rows=0, outside=0)}}),
    ("GAP: [], steps_confronted: {marketing: 3, sales: 4}",
     {"gaps": (), "steps": {"marketing": Steps(rows=3, outside=0), "sales": Steps(rows=4, outside=0), "service": Steps(rows=0, outside=0)}}),
    ("steps_confronted: []", {"steps": {area: Steps(rows=0, outside=0) for area in ("marketing", "sales", "service")}}),
    ("DOM: [{domain: accounts, quality: 3, move: clean, owner: p2}, {domain: tickets}]",
     {"domains": (Domain(domain="accounts", quality=3, move="clean", owner="p2"), Domain(domain="tickets", quality=None, move=None))}),
    ("REQ: []", {"needs": ()}), ("REQ: {}", {"needs": ()}), ("REQ: null", {"needs": None}),
    ("REQ: {M: [5], S: [3], W: [8], unplaced: 1, every_must_has_reason: true}",
     {"needs": (Need(place="M", effort=5, reason=True), Need(place="S", effort=3), Need(place="W", effort=8), Need())}),
    ("REQ: {M: [5]}", {"needs": (Need(place="M", effort=5),)}),
    ("RSK: [{L: 4, I: 5, owner: p2, response: true}, {L: 1, I: 1, response: 'a plan', status: closed}]",
     {"risks": (Risk(likelihood=4, impact=5, owner="p2", response=True), Risk(likelihood=1, impact=1, response=True, status="closed"))}),
    ("LOT: [{name: One, exit: true}, {name: Two, exit: 'no'}]", {"lots": (Lot(name="One", exit=True), Lot(name="Two"))}),
    ("LOT: []", {"lots": ()}),
    ("TSK: [{id: 1, weeks: 0.5, owner: p2}, {id: TSK-2, weeks: 3, after: [1, 9]}]",
     {"tasks": (Task(id=1, weeks=0.5, owner="p2"), Task(id="TSK-2", weeks=3, after=(1, 9)))}),
    ("VND: [{whole_team: true, date: 2026-02-05, present: 5, functions: [sales]}, {whole_team: false, date: null}]",
     {"sessions": (Session(whole_team=True, date=date(2026, 2, 5), present=5, functions=("sales",)), Session())}),
    ("ARB10: [{pair: ARB01, position: 2}]", {"decided": ("ARB01",)}), ("ARB10: []", {"decided": ()}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "parts"), ROWS)
def test_rows(playbook: Playbook, written: str, parts: dict[str, Any]) -> None:
    found = told(playbook, f"  rows: {{{written}}}\n")
    for name, value in parts.items():
        assert getattr(found, name) == value, name


def test_facts(playbook: Playbook) -> None:
    written = "  facts: {required_answer_rate: 79.5, obj09_shared_on: 2026-01-22, phase: P1, pending_arbitration_days: 6}\n"
    assert told(playbook, written).facts == Facts(
        required_rate=79.5, goals_shared_on=date(2026, 1, 22), phase="P1", arbitration_days=6
    )
    nothing = "  facts: {required_answer_rate: null, obj09_shared_on: null, pending_arbitration_days: null}\n"
    assert told(playbook, nothing).facts == Facts()


VARIED = """
  form: {SET02: replace, SET05: directive}
  scale: {OBJ07: {by: "p1 p2 p3", v: [1, 2, 3]}, COL01: {by: "p2 p3 p4 p5 p6 p7", v: [1, 2, 3, 4, 5, 1]}}
  choice: {OBJ06: {p1: "no", p2: "yes", p3: outside}}
  rows: {LOT: [{name: One, exit: true}], DOM: []}
  facts: {phase: P1, required_answer_rate: 50}
  variants:
    later: {today: 2026-03-01, facts: {required_answer_rate: 60}, form: {SET02: null, SET07: low}, rows: {LOT: []}}
    all: {scale_all: {OBJ07: 5, COL01: 2}, scale: {COL01: [3, 3, 3, 3, 3, idk]}}
    of_all: {base: all, choice: {OBJ06: {p2: partly}, OBJ11: {p1: "yes"}}, people: {p3: {function: hr}, p8: {role: member}}}
    few: {keep_only: {"OBJ07 D06": "p1 p2", OBJ06: [p1]}}
    asked: {scale: {NEE16: {by: "p1 p2", v: [4, 4]}}}
    empty: null
    loop: {base: pool}
    pool: {base: loop}
"""


def test_a_variant_changes_only_what_it_gives(playbook: Playbook) -> None:
    base, later = told(playbook, VARIED), told(playbook, VARIED, "later")
    assert (base.today, later.today) == (date(2026, 2, 16), date(2026, 3, 1))
    assert later.facts == Facts(phase="P1", required_rate=60)
    assert later.forms == {"SET02": Form(), "SET05": Form(value="directive"), "SET07": Form(value="low")}
    assert (base.lots, later.lots, later.domains) == ((Lot(name="One", exit=True),), (), ())
    assert later.named == base.named
    assert told(playbook, VARIED, "empty") == base


def test_everybody_gives_a_value_unless_listed(playbook: Playbook) -> None:
    found = told(playbook, VARIED, "all")
    assert found.named["OBJ07"].answers == {"p1": 5, "p2": 5, "p3": 5}
    assert found.anonymous["COL01"] == ScaleTally(invited=6, n=5, total=15)


def test_a_variant_starts_from_another(playbook: Playbook) -> None:
    found = told(playbook, VARIED, "of_all")
    assert found.named["OBJ07"].answers == {"p1": 5, "p2": 5, "p3": 5}
    assert found.named["OBJ06"] == Named(expected=("p1", "p2"), answers={"p1": "no", "p2": "partly"})
    assert found.named["OBJ11"].answers == {"p1": "yes"}
    assert [person.function for person in found.people if person.user in ("p3", "p8")] == ["hr", None]


def test_the_answers_of_the_others_go_and_they_stay_expected(playbook: Playbook) -> None:
    found = told(playbook, VARIED, "few")
    assert found.named["OBJ07"] == Named(expected=("p1", "p2", "p3"), answers={"p1": 1, "p2": 2})
    assert found.named["OBJ06"] == Named(expected=("p1", "p2"), answers={"p1": "no"})
    assert found.anonymous["COL01"] == Withheld(invited=6)


def test_a_variant_may_ask_a_new_question(playbook: Playbook) -> None:
    assert told(playbook, VARIED, "asked").named["NEE16"].answers == {"p1": 4, "p2": 4}


MALFORMED: list[tuple[str, str]] = [
    ("  form: {SET02: replaced}", "form.SET02: should be one of first, replace, extend, relaunch, and is “replaced”"),
    ("  form: {SET99: x}", "form.SET99: no dialogue asks this question"),
    ("  form: {SET03: tool}", "form.SET03: should be a list, and is “tool”"),
    ("  form: {SET03: [tool, dragon]}", "form.SET03: should be one of tool, org, human, approach, and is “dragon”"),
    ("  form: {SET18: soon}", "form.SET18: should be a day such as 2026-02-16, and is “soon”"),
    ("  form: {SET18: 3}", "form.SET18: should be a day such as 2026-02-16, and is “3”"),
    ("  form: {SET10: [p2]}", "form.SET10: should be text, and is a list"),
    ("  form: {SPO02: many}", "form.SPO02: should be a number, and is “many”"),
    ("  form: {SPO02: .inf}", "form.SPO02: should be a number of 0 or more, and is inf"),
    ("  form: {CHG01: most}", "form.CHG01: should be one of all, some, none, and is “most”"),
    ("  form: {OBJ11: yes}", "form.OBJ11: is answered by several people: it goes under scale or choice"),
    ("  form: {COL01: 4}", "form.COL01: is answered by several people: it goes under scale or choice"),
    ("  form: {ANX01: {choice: maybe}}", "form.ANX01.choice: should be one of needed, later, not_needed, unknown, and is “maybe”"),
    ("  form: {ANX01: {choice: needed, due: tomorrow}}", "form.ANX01.due: should be a day such as 2026-02-16, and is “tomorrow”"),
    ("  form: {SPO05: ours}", "form.SPO05: should be one of cross, two_functions, one_function, it, undecided, and is “ours”"),
    ("  form: {SPO05: {p9: cross}}", "form.SPO05.p9: nobody of this name is among the people"),
    ("  form: 3", "form: should be a list of keys and values, and is “3”"),
    ('  scale: {OBJ08: {by: "p1 p2", v: [5]}}', "scale.OBJ08.v: has 1 answers, for 2 people"),
    ('  scale: {OBJ08: {by: "p1 p1", v: [5, 4]}}', "scale.OBJ08.by: somebody is there twice"),
    ('  scale: {OBJ08: {by: "p1", v: [6]}}', "scale.OBJ08.p1: should be a number from 1 to 5, and is 6"),
    ('  scale: {OBJ08: {by: "p1", v: [2.5]}}', "scale.OBJ08.p1: should be a whole number, and is 2.5"),
    ('  scale: {OBJ08: {by: "p1", v: [yes]}}', "scale.OBJ08.p1: should be a number, and is “yes”"),
    ('  scale: {OBJ08: {by: "p1", v: [true]}}', "scale.OBJ08.p1: should be a number, and is “True”"),
    ('  scale: {OBJ08: {by: "p9", v: [4]}}', "scale.OBJ08.p9: nobody of this name is among the people"),
    ('  scale: {OBJ08: {v: [4]}}', "scale.OBJ08.by: should be a list, and is empty"),
    ('  scale: {OBJ08: {by: "p1", value: [4]}}', "scale.OBJ08.value: is not a known key; known are by, v"),
    ('  scale: {OBJ06: {by: "p1", v: [4]}}', "scale.OBJ06: goes under choice"),
    ('  scale: {ANX01d: {by: "p1", v: [4]}}', "scale.ANX01d: has one answer for everybody: it goes under form"),
    ('  scale: {OBJ99: {by: "p1", v: [4]}}', "scale.OBJ99: no dialogue asks this question"),
    ("  choice: {OBJ08: {p1: 4}}", "choice.OBJ08: goes under scale"),
    ("  choice: {SPO01: {p1: none}}", "choice.SPO01: has one answer for everybody: it goes under form"),
    ("  choice: {OBJ06: {p1: perhaps}}", "choice.OBJ06.p1: should be one of yes, partly, no, and is “perhaps”"),
    ("  choice: {COL10: {p2: sales}}", "choice.COL10.p2: should be a list, and is “sales”"),
    ("  choice: {RTE12: {p2: wrong}}", "choice.RTE12.p2: should be one of aligned, partly, not, and is “wrong”"),
    ("  rows: {GAPS: []}", "rows.GAPS: is not a known key; known are ARB10, DOM, GAP, LOT, REQ, RSK, TSK, VND, steps_confronted"),
    ("  rows: {GAP: {area: sales}}", "rows.GAP: should be a list, and is a list of keys and values"),
    ("  rows: {GAP: [{area: it, severity: 3}]}", "rows.GAP.1.area: should be one of marketing, sales, service, and is “it”"),
    ("  rows: {GAP: [{area: sales}]}", "rows.GAP.1.severity: should be a number, and is empty"),
    ("  rows: {GAP: [{area: sales, severity: 3, outside: 2}]}", "rows.GAP.1.outside: should be true or false"),
    ("  rows: {steps_confronted: {sales: -1}}", "rows.steps_confronted.sales: should be a number of 0 or more, and is -1"),
    ("  rows: {DOM: [{move: away}]}", "rows.DOM.1.move: should be one of clean, as_is, archive, no, and is “away”"),
    ("  rows: {REQ: {M: [big]}}", "rows.REQ.M.1: should be a number, and is “big”"),
    ("  rows: {REQ: {X: [1]}}", "rows.REQ.X: is not a known key; known are C, M, S, W, every_must_has_reason, unplaced"),
    ("  rows: {RSK: [{L: 4}]}", "rows.RSK.1.I: should be a number, and is empty"),
    ("  rows: {RSK: [{L: 4, I: 4, status: gone}]}", "rows.RSK.1.status: should be one of open, reduced, closed, happened, and is “gone”"),
    ("  rows: {RSK: [4]}", "rows.RSK.1: should be a list of keys and values, and is “4”"),
    ("  rows: {TSK: [{id: 1, weeks: -1}]}", "rows.TSK.1.weeks: should be a number of 0 or more, and is -1"),
    ("  rows: {TSK: [{weeks: 1}]}", "rows.TSK.1.id: should be the number or the name of a task"),
    ("  rows: {TSK: [{id: 1, weeks: 1}, {id: 1, weeks: 2}]}", "rows.TSK: two tasks are called 1"),
    ("  rows: {VND: [{present: 2.5}]}", "rows.VND.1.present: should be a whole number, and is 2.5"),
    ("  rows: {VND: [{functions: [cooks]}]}", "rows.VND.1.functions: should be one of marketing, sales, service, it, data, finance, hr, management, other, and is “cooks”"),
    ("  rows: {ARB10: [{position: 2}]}", "rows.ARB10.1.pair: should name the pair that is decided, such as ARB01"),
    ("  facts: {required_answer_rate: 101}", "facts.required_answer_rate: should be a number from 0 to 100, and is 101"),
    ("  facts: {phase: P9}", "facts.phase: should be one of P0, P1, P2, P3, P4, P5, P6, and is “P9”"),
    ("  facts: {mood: good}", "facts.mood: is not a known key; known are obj09_shared_on, pending_arbitration_days, phase, required_answer_rate"),
    ("  colour: red", "fixture.colour: is not a known key; known are choice, company, facilitator, facts, form, people, rows, scale, variants"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "sentence"), MALFORMED)
def test_a_malformed_file_says_which_key_and_why(playbook: Playbook, more: str, sentence: str) -> None:
    with pytest.raises(Malformed) as raised:
        company(playbook, more + "\n")
    assert str(raised.value) == sentence
    assert sentence.startswith(raised.value.key)


WHOLE: list[tuple[str, str]] = [
    ("fixture: [", "line 1: this is not valid YAML"),
    ("fixture:\n  form: {SET02: first, SET02: first}", "line 2: this is not valid YAML: found duplicate key"),
    ("\x00", "this is not valid YAML"),
    ("", "fixture: is missing: the file starts with it"),
    ("[]", "should be a list of keys and values, and is a list"),
    ("company: {}", "company: is not a known key; known are fixture"),
    ("fixture: null", "people: is missing: who is in the project, with role and function"),
    ("fixture: {people: {p1: {role: boss}}}", "people.p1.role: should be one of sponsor, lead, member, and is “boss”"),
    ("fixture: {people: {p1: {role: lead, function: cook}}}", "people.p1.function: should be one of marketing"),
    ("fixture: {people: {p1: {role: lead}, p2: {role: lead}}}", "people: has more than one lead"),
    ("fixture: {people: {p1: {role: lead}}}", "company.today: should be a day such as 2026-02-16, and is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), WHOLE)
def test_a_file_that_is_no_company_says_so(playbook: Playbook, text: str, sentence: str) -> None:
    with pytest.raises(Malformed) as raised:
        read(text, playbook.flows)
    assert str(raised.value).startswith(sentence)


VARIANTS: list[tuple[str, str, str]] = [
    ("nowhere", "", "variants: there is no variant “nowhere”; there is none"),
    ("nowhere", "{a: {}}", "variants: there is no variant “nowhere”; there is a"),
    ("a", "{a: {base: b}, b: {base: a}}", "variants.a.base: this variant starts from itself"),
    ("a", "{a: {base: z}}", "variants: there is no variant “z”; there is a"),
    ("a", "{a: {shape: round}}", "variants.a.shape: is not a known key"),
    ("a", "{a: {scale_all: {OBJ08: 4}}}", "variants.a.scale_all.OBJ08: this scale is not in the base"),
    ("a", "{a: {scale: {OBJ08: [4]}}}", "variants.a.scale.OBJ08: this scale is not in the base"),
    ("a", "{a: {keep_only: {D99: p2}}}", "variants.a.keep_only.D99: D99 is neither a question nor a dialogue"),
    ("a", "{a: {keep_only: {D06: 4}}}", "variants.a.keep_only.D06: should be a list, and is “4”"),
    ("a", "[a]", "variants: should be a list of keys and values, and is a list"),
]  # fmt: skip


@pytest.mark.parametrize(("variant", "variants", "sentence"), VARIANTS)
def test_a_malformed_variant_says_so(playbook: Playbook, variant: str, variants: str, sentence: str) -> None:
    with pytest.raises(Malformed) as raised:
        company(playbook, f"  variants: {variants or '{}'}\n", variant)
    assert str(raised.value).startswith(sentence)


def test_the_worked_example_is_data_that_any_reader_can_read() -> None:
    tree = YAML(typ="safe").load(CORVANNE.read_text(encoding="utf-8"))
    assert set(tree["fixture"]["variants"]) == {"D", "B", "C"}
