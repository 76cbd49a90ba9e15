"""Every rule fires on its condition, stays silent just beside it, and when what it reads is missing (3.7)."""
# ruff: noqa: E501  one condition a line reads as a table

from datetime import date
from typing import Any

import pytest

from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.evidence import (
    Alignment,
    Annex,
    ChoiceTally,
    Domain,
    Evidence,
    Gap,
    Lot,
    Named,
    Need,
    Respondent,
    Risk,
    ScaleTally,
    Session,
    Steps,
    Task,
    Withheld,
)
from flows.diagnosis.rules import CONDITIONS
from flows.playbook import Playbook
from tests.flows.diagnosis.making import IDK, PEOPLE, SILENT, TODAY, annex, made

FIVE = [f"COL0{n}" for n in range(1, 9)]
WORRIES = [f"BEL0{n}" for n in range(1, 7)]
EXPERT = ["k_customer", "k_tech", "no_vendor", "no_power", "equidistant"]
MAPPED = {area: Steps(rows=1, outside=1) for area in ("marketing", "sales", "service")}
#: Six tasks one after the other, each owned.
CHAIN = tuple(Task(id=n, weeks=1, after=(n - 1,) if n > 1 else (), owner="p2") for n in range(1, 7))


def collab(mean: int) -> dict[str, Any]:
    """Eight items whose normalised value is that of `mean` (1 to 5)."""
    return {id: 5 * (6 - mean if id in ("COL06", "COL07") else mean) for id in FIVE}


def session(**fields: Any) -> Session:
    there = {"whole_team": True, "date": TODAY, "present": 4, "functions": ("marketing", "sales", "service")}
    return Session(**{**there, **fields})


SHARED = {"goals_shared_on": date(2026, 1, 22)}
HALF = ScaleTally(invited=8, n=8, total=28)  # a mean of exactly 3.5
#: rule -> what makes it fire; what is just beside it.
CASES: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = {
    "R01": [({"forms": {"NEE13": "undecided"}}, {"forms": {"NEE13": "waived"}})],
    "R02": [
        ({"forms": {"NEE11": "waived", "NEE12": "undecided"}}, {"forms": {"NEE11": "waived"}}),
        ({"forms": {"NEE11": "undecided", "NEE12": "waived"}}, {"forms": {"NEE11": "waived", "NEE12": "preferred"}}),
    ],
    "R03": [({"named": {"NEE16": [3, 2, 3, 3]}}, {"named": {"NEE16": [3, 3]}})],
    "R04": [
        ({"forms": {"DAT06": "integrator"}}, {"forms": {"DAT06": "mixed"}}),
        ({"forms": {"NEE14": "waived"}}, {"forms": {"NEE14": "preferred", "DAT06": IDK}}),
    ],
    "R05": [
        ({"forms": {"SET02": "relaunch", "SET03": ["tool"]}}, {"forms": {"SET02": "relaunch", "SET03": ["tool", "org"]}}),
        ({"forms": {"SET02": "replace", "SET03": ["tool"]}}, {"forms": {"SET02": "first", "SET03": ["tool"]}}),
    ],
    "R06": [
        ({"named": {"OBJ05": ["pain"] * 7 + ["order", "order", "fashion"]}}, {"named": {"OBJ05": ["pain"] * 5 + ["order", "order"]}}),
        ({"named": {"OBJ05": ["fashion"] + ["pain"] * 9}}, {"named": {"OBJ05": ["pain"] * 9 + ["fashion"]}}),
    ],
    "R07": [({"named": {"PRO08": [2, 3]}}, {"named": {"PRO08": [3, 3]}})],
    "R08": [({"named": {"PRO05": [2, 3]}}, {"named": {"PRO05": [3, 3]}})],
    "R09": [({"named": {"OBJ07": [3, 4]}}, {"named": {"OBJ07": [3, 4, 3]}})],
    "R10": [
        ({"forms": {"ANX08": "unofficial"}}, {"forms": {"ANX08": "open"}, "named": {"OBJ06": ["no"]}}),
        ({"forms": {"ANX08": "no"}, "named": {"OBJ06": ["no"]}}, {"forms": {"ANX08": "no"}, "named": {"OBJ06": ["partly", "no"]}}),
    ],
    "R11": [
        ({"annexes": {"ANX02": annex("needed")}}, {"annexes": {"ANX02": annex("needed", whole=True)}}),
        ({"annexes": {"ANX03": Annex(choice="later", owner="p2")}}, {"annexes": {"ANX03": annex("not_needed")}}),
        ({"annexes": {"ANX03": Annex(choice="later", due=TODAY)}}, {"annexes": {"ANX03": annex(None)}}),
    ],
    "R12": [({"annexes": {"ANX04": annex("unknown")}}, {"annexes": {"ANX04": annex(None)}})],
    "R13": [({"anonymous": collab(2)}, {"anonymous": collab(3)})],
    "R14": [({"anonymous": {"COL01": 12}}, {"anonymous": {"COL01": 15}}), ({"anonymous": {"COL01": ScaleTally(invited=10, n=10, total=24)}}, {"anonymous": {"COL01": 11}})],
    "R15": [
        ({"anonymous": {"COL06": HALF}}, {"anonymous": {"COL06": 17}}),
        ({"anonymous": {"COL10": ChoiceTally(invited=5, n=5, named=("sales",))}}, {"anonymous": {"COL10": ChoiceTally(invited=5, n=5)}}),
    ],
    "R16": [({"named": {"SPO05": ["cross", "it"]}}, {"named": {"SPO05": ["cross", "two_functions"]}})],
    "R17": [({"forms": {"OBJ09": "draft"}}, {"forms": {"OBJ09": "shared"}}), ({"forms": {"OBJ09": "none"}}, {"forms": {"OBJ09": IDK}})],
    "R18": [
        ({"sessions": (session(date=date(2026, 1, 21)),), "facts": SHARED}, {"sessions": (session(date=date(2026, 1, 22)),), "facts": SHARED}),
        ({"sessions": (Session(),)}, {"sessions": ()}),
        ({"sessions": (session(), session(date=date(2026, 1, 1), present=None, whole_team=False)), "facts": SHARED}, {"sessions": (session(date=None),), "facts": SHARED}),
    ],
    "R19": [
        ({"named": {"OBJ08": [2, 2, 3, 3, 3, 4, 4, 3]}}, {"named": {"OBJ08": [2, 3, 3, 3, 3, 4, 4, 3]}}),
        ({"named": {"OBJ11": ["yes", "not_yet"]}}, {"named": {"OBJ11": ["yes", "reserved"]}}),
        ({"named": {"OBJ07": [5, 3, 4]}}, {"named": {"OBJ07": [4, 3, 3]}}),
        ({"named": {"OBJ08": [1, 2, 3]}}, {"named": {"OBJ08": [None, 2, 3]}}),
        ({"named": {"OBJ08": [5, 3]}}, {"named": {"OBJ08": [5]}}),
    ],
    "R20": [
        ({"steps": {**MAPPED, "sales": Steps(rows=0, outside=0)}}, {"steps": MAPPED}),
        ({"steps": {**MAPPED, "sales": Steps(rows=4, outside=0)}}, {"steps": None}),
        ({"steps": {"sales": Steps(rows=4, outside=1)}}, {"steps": MAPPED}),
    ],
    "R21": [({"gaps": (Gap(area="sales", severity=4),)}, {"gaps": (Gap(area="sales", severity=4, owner="p2"), Gap(area="sales", severity=3))})],
    "R22": [({"forms": {"DAT02": "none"}}, {"forms": {"DAT02": "single"}})],
    "R23": [
        ({"domains": (Domain(domain="accounts", quality=2, move="as_is", owner="p2"),)}, {"domains": (Domain(domain="accounts", quality=2, move="clean", owner="p2"),)}),
        ({"domains": (Domain(domain="accounts", quality=5, move="clean"),)}, {"domains": (Domain(domain="accounts", quality=3, move="as_is", owner="p2"),)}),
        ({"domains": (Domain(domain="accounts", quality=None, move=None),)}, {"domains": (Domain(domain="accounts", quality=None, move="as_is", owner="p2"),)}),
    ],
    "R24": [({"anonymous": {"BEL01": 17}}, {"anonymous": {"BEL01": 16}})],
    "R25": [({"anonymous": {"BEL01": 13}}, {"anonymous": {"BEL01": 17}}), ({"anonymous": {"BEL01": 16}}, {"anonymous": {"BEL01": 12}})],
    **{f"R{n}": [({"anonymous": {f"BEL0{n - 25}": HALF}}, {"anonymous": {f"BEL0{n - 25}": 17}})] for n in range(26, 32)},
    "R32": [({"forms": {"CHG11": "boss"}}, {"forms": {"CHG11": "coach"}})],
    "R33": [({"anonymous": {"BEL08": 14}}, {"anonymous": {"BEL08": 15}})],
    "R34": [({"forms": {"INC02": "against"}}, {"forms": {"INC02": "no"}})],
    "R35": [({"forms": {"INC03": "not_discussed"}}, {"forms": {"INC03": "principle"}})],
    "R36": [({"forms": {"INC04": ["teamwork", "activity"]}}, {"forms": {"INC04": ["teamwork"]}})],
    "R37": [({"forms": {"CHG02": "none"}}, {"forms": {"CHG02": "planned"}}), ({"forms": {"SET16": IDK}}, {"forms": {"CHG02": SILENT}})],
    "R38": [({"forms": {"CHG04": "fortnightly"}}, {"forms": {"CHG04": "weekly"}})],
    "R39": [({"forms": {"CHG01": "some"}}, {"forms": {"CHG01": "all"}}), ({"anonymous": {"CHG12": 14}}, {"anonymous": {"CHG12": 15}}),
            ({"anonymous": {"C08b": 14}}, {"anonymous": {"C08b": 15}})],
    "R40": [
        ({"forms": {"CHG10": ["none"]}}, {"forms": {"CHG10": ["reviews", "training"]}}),
        ({"forms": {"SPO09": IDK}}, {"forms": {"CHG10": IDK}}),
        ({"forms": {"SPO09": ""}}, {"forms": {"SPO09": "Less mail."}}),
    ],
    "R41": [({"anonymous": {"CHG08": 14}}, {"anonymous": {"CHG08": 15}}), ({"forms": {"CHG07": "adhoc"}}, {"forms": {"CHG07": "lead"}})],
    "R42": [
        ({"anonymous": {"BEL12": 14}, "forms": {"CHG05": "draft"}}, {"anonymous": {"BEL12": 14}, "forms": {"CHG05": "signed"}}),
        ({"anonymous": {"BEL12": 14}, "forms": {"CHG05": "none"}}, {"anonymous": {"BEL12": 14}, "forms": {"CHG05": IDK}}),
    ],
    "R43": [({"forms": {"CHG09": "refuse"}}, {"forms": {"CHG09": "discussing"}})],
    "R44": [({"anonymous": {"BEL11": 14}}, {"anonymous": {"BEL11": 15}}), ({"forms": {"CHG06": []}}, {"forms": {"CHG06": [{"group": "Sales"}]}})],
    "R45": [
        ({"anonymous": {"BEL09": ChoiceTally(invited=10, n=10, counts={"out": 3, "wait": 7})}}, {"anonymous": {"BEL09": ChoiceTally(invited=10, n=10, counts={"out": 2, "wait": 8})}}),
        ({"anonymous": {"BEL09": ChoiceTally(invited=12, n=11, counts={"out": 4, "push": 7})}}, {"anonymous": {"BEL09": ChoiceTally(invited=9, n=9)}}),
        ({"anonymous": {"BEL09": ChoiceTally(invited=12, n=11, counts={"out": 4, "push": 7})}}, {"anonymous": {"BEL09": ChoiceTally(invited=12, n=11)}}),
    ],
    "R46": [
        ({"forms": {"SET19": "FR", "SET04": "ge1000", "CHG13": "na"}}, {"forms": {"SET19": "FR", "SET04": "ge1000", "CHG13": "planned"}}),
        ({"forms": {"SET19": "FR", "SET04": "50_249", "CHG13": "no"}}, {"forms": {"SET19": "FR", "SET04": "lt50", "CHG13": "no"}}),
        ({"forms": {"SET19": "FR", "SET04": "50_249", "CHG13": "no"}}, {"forms": {"SET19": "FR", "SET04": "50_249", "CHG13": IDK}}),
        ({"forms": {"SET19": "FR", "SET04": "50_249", "CHG13": "no"}}, {"forms": {"SET19": "EU", "SET04": "50_249", "CHG13": "no"}}),
    ],
    "R47": [({"forms": {"SET08": "it"}}, {"forms": {"SET08": "hybrid"}})],
    "R48": [
        ({"forms": {"SET08": "business", "SET09": ["none"]}}, {"forms": {"SET08": "business", "SET09": ["it_resource"]}}),
        ({"forms": {"SET08": "business", "SET09": ["human"]}}, {"forms": {"SET08": "business"}}),
    ],
    "R49": [
        ({"forms": {"SET08": "top", "SET09": ["human"]}}, {"forms": {"SET08": "top", "SET09": ["path_owner"]}}),
        ({"forms": {"SPO10": "dashboards"}}, {"forms": {"SPO10": "work", "SET08": "top"}}),
    ],
    "R50": [({"forms": {"SET08": "undecided"}}, {"forms": {"SET08": IDK}})],
    "R51": [
        ({"forms": {"SET08": "it", "SET09": ["human", "arbiter", "none"]}}, {"forms": {"SET08": "it", "SET09": ["human", "arbiter", "coverage"]}}),
        ({"forms": {"SET08": "it", "SET09": ["human"]}}, {"forms": {"SET08": "it"}}),
        ({"forms": {"SET08": "it", "SET09": ["human"]}}, {"forms": {"SET09": ["human"]}}),
    ],
    "R52": [({"anonymous": {"SET17": 14}}, {"anonymous": {"SET17": 15}}), ({"anonymous": {"SET17": 14}}, {"anonymous": {"SET17": Withheld(invited=5)}})],
    "R53": [({"forms": {"SPO01": "verbal"}}, {"forms": {"SPO01": "written"}})],
    "R54": [
        ({"forms": {"SPO01": "written"}, "anonymous": {"SPO06": 14}}, {"forms": {"SPO01": "written"}, "anonymous": {"SPO06": 15}}),
        ({"forms": {"SPO01": "announced"}, "anonymous": {"SPO06": 14}}, {"forms": {"SPO01": "verbal"}, "anonymous": {"SPO06": 14}}),
    ],
    "R55": [({"anonymous": {"SPO07": 14}}, {"anonymous": {"SPO07": 15}}), ({"facts": {"arbitration_days": 6}}, {"facts": {"arbitration_days": 5}})],
    "R56": [({"forms": {"SET12": SILENT}}, {"forms": {"SET12": "p1"}}), ({"forms": {"SET12": "p2", "SET10": "p2"}}, {"forms": {"SET12": "p2"}})],
    "R57": [({"forms": {"SET14": "searching"}}, {"forms": {"SET14": "internal"}})],
    "R58": [
        ({"forms": {"SET14": "external", "SET15": EXPERT[1:]}}, {"forms": {"SET14": "external", "SET15": EXPERT}}),
        ({"forms": {"SET14": "external", "SET15": ["none"]}}, {"forms": {"SET14": "external"}}),
    ],
    "R59": [
        ({"people": (Respondent(user="p1", role="sponsor", function="it"), *PEOPLE[1:4])}, {"people": PEOPLE}),
        ({"people": ()}, {"people": PEOPLE}),
    ],
    "R60": [({"needs": (Need(place="M", effort=5), Need(place="C", effort=3))}, {"needs": (Need(place="M", effort=3), Need(place="S", effort=2))})],
    "R61": [({"lots": ()}, {"lots": (Lot(name="1"),)}), ({"forms": {"PLA06": "gt6"}}, {"forms": {"PLA06": "m3_6"}})],
    "R62": [
        ({"tasks": ()}, {"tasks": None}),
        ({"tasks": CHAIN[:2]}, {"tasks": CHAIN[:3]}),
        ({"tasks": (*CHAIN[:5], Task(id=6, weeks=1, after=(5,)))}, {"tasks": (*CHAIN, Task(id=7, weeks=1))}),
        ({"tasks": (*CHAIN[1:], Task(id=1, weeks=1, after=(6,), owner="p2"))}, {"tasks": CHAIN}),
    ],
    "R63": [
        ({"risks": (Risk(likelihood=3, impact=5, response=True),)}, {"risks": (Risk(likelihood=3, impact=5, response=True, owner="p2"),)}),
        ({"risks": (Risk(likelihood=5, impact=5, owner="p2"),)}, {"risks": (Risk(likelihood=5, impact=5, status="reduced"), Risk(likelihood=3, impact=4))}),
    ],
    "R64": [
        ({"named": {"ARB01": [4, 2, 2]}}, {"named": {"ARB01": [4, 2, 2]}, "decided": ("ARB01",)}),
        ({"named": {"ARB01": [4, 2, 2], "ARB02": [5, 1]}, "decided": ("ARB01",)}, {"named": {"ARB01": [4, 2, 3]}}),
        ({"named": {"ARB03": [None, 1, 1, 5, 5]}}, {"named": {"ARB03": [None, 1, 1]}}),
    ],
    "R65": [
        ({"facts": {"phase": "P1"}}, {"facts": {"phase": "P2"}}),
        ({"facts": {"phase": "P1"}, "sessions": (session(), session(present=None))}, {"facts": {"phase": "P1"}, "sessions": (session(), session())}),
        ({"facts": {"phase": "P1"}, "sessions": (session(), session(whole_team=False))}, {"facts": {"phase": "P0"}}),
    ],
    "R66": [
        ({"sessions": (session(present=2),)}, {"sessions": (session(present=3),)}),
        ({"sessions": (session(functions=("sales",)),)}, {"sessions": (session(present=None, functions=("sales",)),)}),
        ({"sessions": (session(present=0, functions=None),)}, {"sessions": (session(functions=None),)}),
        ({"sessions": (session(functions=()),)}, {"sessions": (session(functions=()),), "people": PEOPLE[:1]}),
    ],
    "R67": [
        ({"alignment": Alignment(aligned=5, partly=2, different=1)}, {"alignment": Alignment(aligned=3, partly=2)}),
        ({"alignment": Alignment(different=1)}, {"alignment": Alignment()}),
    ],
    "R68": [
        ({"facts": {"phase": "P1"}, "forms": {"SET18": date(2025, 11, 17)}}, {"facts": {"phase": "P1"}, "forms": {"SET18": date(2025, 11, 18)}}),
        ({"facts": {"phase": "P1"}, "forms": {"SET18": date(2025, 1, 1), "RTE13": "back"}}, {"facts": {"phase": "P1"}, "forms": {"SET18": date(2025, 1, 1), "RTE13": "conditions"}}),
        ({"facts": {"phase": "P1"}, "forms": {"SET18": date(2025, 1, 1), "RTE13": IDK}}, {"facts": {"phase": "P2"}, "forms": {"SET18": date(2025, 1, 1)}}),
        ({"facts": {"phase": "P1"}, "forms": {"SET18": date(2025, 1, 1)}}, {"facts": {"phase": "P1"}}),
    ],
}  # fmt: skip
PAIRS = [(rule, *pair) for rule, pairs in CASES.items() for pair in pairs]


def rules(playbook: Playbook, evidence: Evidence) -> dict[str, str]:
    """The rules that fire, with their severity."""
    return {rule.id: rule.severity for rule in diagnose(evidence, playbook.diagnosis).rules}


@pytest.mark.parametrize(
    ("rule", "parts", "beside"), PAIRS, ids=lambda part: part if isinstance(part, str) else ""
)
def test_a_rule_fires_on_its_condition_and_not_beside_it(
    playbook: Playbook, rule: str, parts: dict[str, Any], beside: dict[str, Any]
) -> None:
    assert rule in rules(playbook, made(**parts))
    assert rule not in rules(playbook, made(**beside))


def test_every_rule_has_its_test() -> None:
    assert {*CASES, "R69"} == set(CONDITIONS) == {f"R{n:02}" for n in range(1, 70)}


def test_while_nothing_has_been_sent_only_the_set_up_is_missed(playbook: Playbook) -> None:
    assert set(rules(playbook, Evidence(today=TODAY))) == {"R37", "R56", "R59"}
    assert set(rules(playbook, made())) == set()


def test_what_is_sent_and_not_answered_is_silent_but_for_tests_of_absence(playbook: Playbook) -> None:
    """Every question has been sent to everybody, and nobody has answered, or nobody knows."""
    for form in (SILENT, IDK):
        asked = [q for flow in playbook.flows.values() for q in flow.questions]
        sent = Evidence(
            today=TODAY,
            people=PEOPLE,
            forms={question.id: form for question in asked},
            named={q.id: Named(expected=("p1", "p2")) for q in asked if q.mode == "dm"},
            anonymous={id: Withheld(invited=5, open=True) for id in playbook.diagnosis.anonymous},
            annexes={f"ANX0{n}": Annex() for n in range(1, 7)},
            steps={}, gaps=(), domains=(), needs=(), risks=(), lots=(), tasks=(), sessions=(), decided=(),
            alignment=Alignment(),
        )  # fmt: skip
        assert set(rules(playbook, sent)) == {"R20", "R37", "R40", "R44", "R56", "R61", "R62"}


@pytest.mark.parametrize(
    ("rule", "parts", "severity"),
    [
        ("R26", {"anonymous": {"BEL01": 19}}, "warning"), ("R26", {"anonymous": {"BEL01": 20}}, "high"),
        ("R31", {"anonymous": {"BEL06": 25}}, "high"),
        ("R27", {"anonymous": {"BEL02": ScaleTally(invited=5, n=5, total=12, rose=True)}}, "warning"),
        ("R38", {"forms": {"CHG04": "fortnightly"}}, "warning"), ("R38", {"forms": {"CHG04": "monthly"}}, "high"),
        ("R38", {"forms": {"CHG04": "none"}}, "high"),
        ("R53", {"forms": {"SPO01": "verbal"}}, "high"), ("R53", {"forms": {"SPO01": "none"}}, "blocking"),
    ],
)  # fmt: skip
def test_the_worse_half_of_a_condition_raises_the_severity(
    playbook: Playbook, rule: str, parts: dict[str, Any], severity: str
) -> None:
    assert rules(playbook, made(**parts))[rule] == severity


def test_a_family_left_aside(said: Any, told: Any, playbook: Playbook) -> None:
    """R69: one family below 40 % while the whole is at 40 %."""
    base = told("D")
    named = {id: asked for id, asked in base.named.items() if id not in ("NEE16",)}
    forms = {id: form for id, form in base.forms.items() if not id.startswith("NEE1")}
    aside = Evidence(**{**fields(base), "named": named, "forms": forms})
    found = diagnose(aside, playbook.diagnosis)
    assert found.families[1].score is None
    assert (found.families[1].low, found.families[1].high) == (0, 100)
    assert "R69" in {rule.id for rule in found.rules}
    assert "R69" not in {rule.id for rule in said("C").rules}
    assert found.verdict == "GO_CONDITIONS", "a family without a value is not at 50, and not below 35"


def fields(evidence: Evidence) -> dict[str, Any]:
    return {name: getattr(evidence, name) for name in evidence.__dataclass_fields__}


def test_advice_comes_severest_first_then_by_the_points_lost(said: Any) -> None:
    order = [(rule.severity, -rule.lost) for rule in said(None).rules]
    ranks = ["blocking", "high", "warning", "info"]
    assert order == sorted(order, key=lambda rule: (ranks.index(rule[0]), rule[1]))
    assert said(None).rules[0].id == "R34", "incentives cost the readiness most"


def test_what_is_restricted_names_its_readers(playbook: Playbook) -> None:
    """3.8: the team never sees these."""
    seen = {id: set(rule.seen_by) for id, rule in playbook.rules.items() if rule.seen_by}
    pay = {"sponsor", "hr", "lead", "facilitator"}
    assert seen == {**dict.fromkeys(("R10", "R34", "R35", "R36", "R43"), pay), "R52": {"sponsor", "lead"}}


def test_a_rule_for_the_sponsor_is_owned_by_the_sponsor(playbook: Playbook) -> None:
    for rule in playbook.rules.values():
        assert (rule.owner == "sponsor") == rule.words.en.endswith("(sponsor)"), rule.id
        assert rule.words.en.endswith("(sponsor)") == rule.words.fr.endswith("(sponsor)"), rule.id


def test_r13_says_what_the_verdict_says(playbook: Playbook) -> None:
    assert playbook.rules["R13"].words == playbook.diagnosis.texts["no_go_structural"]
