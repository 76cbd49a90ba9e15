"""The taint test: a project made to leak, and what of it a vendor reads (0.6, 7.1). Names become roles.

Every answer to every question and every field of every record bears a mark of its own. What comes out is held
against a list written here by hand, not against the one in the code.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from flows.document.direct import direct
from flows.document.facts import Group, NoteFacts
from flows.document.interest import interest
from flows.document.keeping import plain
from flows.document.model import Document, Figure, Section
from flows.document.outgoing import Outgoing, read
from flows.document.outside import may_leave, outside
from flows.document.prototype import prototype
from flows.document.sweep import MARKS, said
from flows.document.terms import terms
from flows.document.text import typed_in
from flows.playbook import Playbook
from flows.project import Cast
from flows.register.shown import FIXED
from flows.wave.model import ScaleKept
from flows.words import Words
from tests.flows.questions import answer
from tests.flows.stage import BOREAL, CLAIRE, ELODIE, HUGO, INES, JEANNE, MARC, NAMES
from tests.flows.test_documents_out import DATES, FILLED, known
from tests.flows.test_note import record
from tests.flows.test_note_sections import EVERY, JUDGED

KINDS: tuple[Any, ...] = (
    "decision", "issue", "risk", "action", "stake", "exclusion", "promise", "constraint", "commitment",
    "stakeholder", "assumption", "gap", "annex", "need", "lot", "task", "interface", "domain", "tradeoff",
    "vendor", "expectation",
)  # fmt: skip
#: What people type beside each mark: a whole name, a first name, a mention, an id, an address.
WHO = f"Hugo Teixeira, Inès, <@{MARC}|marc>, {CLAIRE}, h.teixeira@boreal.example, TEIXEIRA and rahmani"
#: Questions whose words vendors read in at least one of the three documents, and no others.
ANSWERS_OUT = {"ANX09", "CHG01", "OBJ01", "RTE03a", "RTE07", "VEN02"}
#: Fields of records, by kind, that they read.
FIELDS_OUT = {
    "stake": {"title", "indicator", "target"}, "risk": {"title"}, "exclusion": {"title"},
    "lot": {"title", "benefit", "groups", "entry", "exit"}, "need": {"title", "why"},
    "gap": {"title", "target"}, "vendor": {"scenarios"}, "assumption": {"title"}, "issue": {"title"},
    "domain": {"title", "domain", "source", "quality", "duplicates", "move", "data", "use", "horizon"},
    "interface": {"system", "data", "direction", "frequency", "critical", "api", "fate"},
}  # fmt: skip
_ANYBODY = re.compile("[" + "".join(MARKS.values()) + "]")
MAKERS: dict[str, Callable[[Playbook, NoteFacts], Document]] = {
    "DOC2": terms, "DOC3": interest, "DOC4": prototype,
}  # fmt: skip


def leaky(playbook: Playbook) -> NoteFacts:
    """Everything filled in with marks and names, nothing held back but what is anonymous by its tables."""
    answers = {
        question.id: tuple((user, answer(_value(question), by=user)) for user in (HUGO, INES))
        for flow in playbook.flows.values()
        for question in flow.questions
    }
    answers |= {f"{id}@VND-1": answers[id] for id in ("VEN02", "VEN05", "VEN06", "VEN08a")}
    records = tuple(one for kind in KINDS for one in _records(playbook, kind))
    return known(
        answers=answers, records=records, dialogues=EVERY, names={**NAMES, "UKIM": "Kim"}, judged=JUDGED,
        groups={"D06": Group(kept={"COL01": ScaleKept(n=6, total=18)})}, outgoing=read({
            "texts": {"company_en": f"Q§company {WHO}", "security_fr": f"Q§security {WHO}"}, "dates": DATES,
            "prototype": {"assumptions": ["ASM-1"], "question": f"Q§question {WHO}", "data": WHO,
                          "criteria": f"1 {WHO}\n2\n3", "price": WHO, "ownership": WHO},
            "choice": {"chosen": "VND-1", "references": f"Q§references {WHO}", "cost": "Q§cost"},
        }),
    )  # fmt: skip


def _value(question: Any) -> Any:
    mark = f"Q§{question.id}§ {WHO}"
    if question.kind == "rows":
        return [{column.key: mark for column in question.columns}]
    if question.kind in ("single", "person", "date"):
        return question.options[0].value if question.options else CLAIRE
    return {"multi": ["x"], "scale5": 4, "number": 987654, "people": [HUGO], "points100": {"exit": 7},
            "ranking": [], "moscow": {}}.get(question.kind, mark)  # fmt: skip


def _records(playbook: Playbook, kind: Any) -> list[Any]:
    """One that vendors may read, one that is restricted, one of a confidential dialogue."""
    columns = [c.key for flow in playbook.flows.values() for q in flow.questions for c in q.columns]
    fields = {key: f"R§{kind}§{key}§ {WHO}" for key in (*FIXED, *columns)}
    figures = {"importance": 5, "evidence": 1, "severity": 4, "score": 20, "likelihood": 4, "impact": 5}
    fields |= {**figures, "family": 1, "priority": "M", "shareable": "yes", "area": "sales",
               "attendees": [HUGO],
               "grid": {}, "vendor": "Nimbus", "integrator": "Pontis",
               "start": "2026-05-01", "end": "2026-09-01", "future": kind == "need"}  # fmt: skip
    met = "" if kind in ("interface", "domain") else "Nimbus"  # a system that is there keeps its name
    fields = {key: value for key, value in fields.items() if (kind, key) != ("issue", "session")}
    open_ = record(kind, 1, f"R§{kind}§title§ {WHO} {met}", owner=HUGO, source="PLA02", fields=fields)
    later = replace(open_, number=4, fields={**fields, "future": True})
    hidden = replace(open_, number=2, title=Words.same("SECRET-1"), restricted=True)
    sealed = replace(open_, number=3, title=Words.same("SECRET-2"), source="BEL10")
    return [open_, hidden, sealed, *([later] if kind == "domain" else [])]


def _words(document: Document) -> str:
    """Everything it holds, in both languages, drawings too."""
    return json.dumps(plain(document), ensure_ascii=False)


def _shown(playbook: Playbook, facts: NoteFacts, *docs: str) -> str:
    return "\n".join(_words(MAKERS[doc](playbook, facts)) for doc in docs or MAKERS)


def test_vendors_read_what_stands_in_this_list_and_nothing_else(playbook: Playbook) -> None:
    facts = leaky(playbook)
    shown = _shown(playbook, facts) + _shown(playbook, replace(facts, outgoing=Outgoing()), "DOC4")
    asked = {q.id for flow in playbook.flows.values() for q in flow.questions}
    assert {id for id in asked if f"Q§{id}§" in shown} == ANSWERS_OUT
    for kind in KINDS:
        keys = {"title", *FIXED} | {
            c.key for flow in playbook.flows.values() for q in flow.questions for c in q.columns
        }
        assert {key for key in keys if f"R§{kind}§{key}§" in shown} == FIELDS_OUT.get(kind, set()), kind


@pytest.mark.parametrize("doc", MAKERS)
def test_nobody_is_named_and_nothing_is_judged(playbook: Playbook, doc: str) -> None:
    shown = _shown(playbook, leaky(playbook), doc)
    for name in (
        *NAMES.values(),
        *NAMES,
        "Hugo",
        "Inès",
        "Teixeira",
        "TEIXEIRA",
        "rahmani",
        "Kim",
        "@boreal.example,",
    ):
        assert name not in shown, name
    for secret in (
        "SECRET",
        "h.teixeira",
        "987654",
        "Q§references",
        "Q§cost",
        "Nimbus",
        "Pontis",
        "61.6",
        "62/100",
    ):
        assert secret not in shown, secret
    assert "[membre de l’équipe projet]" in shown
    assert "[project lead]" in shown
    assert not any(mark in shown for mark in MARKS.values())


def test_the_memo_may_name_and_still_holds_nothing_restricted(playbook: Playbook) -> None:
    shown = _words(direct(playbook, leaky(playbook)))
    assert "SECRET-1" not in shown
    assert "BEL10" not in shown
    assert "Q§references" in shown


def test_what_is_ticked_leaves_and_what_is_not_stays(playbook: Playbook) -> None:
    goal = record("stake", 1, "Keep our dealers", source="OBJ02", fields={"shareable": "yes"})
    assert may_leave(playbook, goal)
    assert not may_leave(playbook, replace(goal, fields={"shareable": None}))
    assert not may_leave(playbook, replace(goal, seen_by=("hr",)))
    assert not may_leave(playbook, replace(goal, kind="commitment"))


@pytest.mark.parametrize(
    ("source", "leaves"),
    [("", True), ("PRO02", True), ("VEN06@VND-1", True), ("W07.3", True), ("W04.4", False), ("W11.2", False),
     ("SPO08", False), ("COL01", False), ("BEL10", False), ("INC07", False), ("CHG09", False),
     ("ANX03", False), ("diagnosis", False), ("R53", False)],
)  # fmt: skip
def test_where_a_record_comes_from_decides_too(playbook: Playbook, source: str, leaves: bool) -> None:
    assert may_leave(playbook, record("issue", 1, "A point", source=source)) == leaves


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("Vu avec Claire Vasseur", "Vu avec [sponsor]"), ("une vision claire", "une vision claire"),
     ("le marc de café", "le marc de café"), ("Marc le sait", "[project lead] le sait"),
     ("demander à delorme", "demander à [project lead]"), ("DELORME", "[project lead]"),
     ("Martinique", "Martinique"), ("par Élodie", "par [facilitator]"),
     ("<@UNOBODY> et <@UHUGO>", "[person of the company] et [member of the project team]"),
     ("dites-le à a.b@c.example.", "dites-le à [address taken out].")],
)  # fmt: skip
def test_a_name_becomes_a_role_and_a_word_stays_a_word(playbook: Playbook, typed: str, shown: str) -> None:
    facts = known(records=(record("need", 1, typed, source="NEE01", fields={"priority": "M"}),))
    assert f'"{shown}"' in _words(terms(playbook, facts)).replace("\ue000", "").replace("\ue001", "")


@pytest.mark.parametrize("typed", ["Weiß", "WEISS", "Weiss", "İbrahim", "E\u0301lise", "Élise"])
def test_a_name_is_found_as_it_is_written_and_in_any_case(playbook: Playbook, typed: str) -> None:
    names = {**NAMES, HUGO: "Anna Weiß", INES: "İbrahim Kaya", ELODIE: "Élise Ott"}
    facts = known(records=(record("need", 1, f"Ask {typed}", source="NEE01"),), names=names)
    assert outside(playbook, facts).taken == 1


@pytest.mark.parametrize("typed", ["Yıldız", "Yildiz", "YILDIZ"])
def test_an_i_without_a_dot_is_found_with_one_too(playbook: Playbook, typed: str) -> None:
    facts = known(records=(record("need", 1, f"Ask {typed}", source="NEE01"),), names={HUGO: "Emre Yıldız"})
    (need,) = outside(playbook, facts).facts.records
    assert need.title.en in {f"Ask {MARKS['member']}", f"Ask {MARKS['person']}"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("voir Helene Dubois-Leger", "voir {}"), ("Elodie le sait", "{} le sait"), ("ELODIE, HELENE", "{}, {}"),
     ("O’Brien et o'brien", "{} et {}"), ("OBrien", "{}"), ("d’Élodie", "d’{}"), ("Dubois", "{}"),
     ("Léger", "{}"),
     ("Dubois Léger", "{}"), ("Dubois – Léger", "{}"), ("H. Dubois", "{}"), ("h.dubois-leger", "{}"),
     ("J.-P. Martin", "{}"), ("JP Martin", "{}"), ("_Martin_", "_{}_"), ("Lukasz Zolw", "{}"), ("ŻÓŁW", "{}"),
     ("un outil léger", "un outil léger"), ("des visites d’un martinet", "des visites d’un martinet"),
     ("Des visites", "Des visites"), ("le service DSI", "le service DSI"), ("jean-pierre", "jean-pierre"),
     ("Pierre-Jean", "{}-{}"), ("MARTIN2", "MARTIN2"), ("Weißdorn", "Weißdorn"), ("ROUX", "{}"),
     ("le poil roux", "le poil {}"), ("une zone claire", "une zone claire")],
)  # fmt: skip
def test_a_name_is_found_however_one_writes_it(playbook: Playbook, typed: str, shown: str) -> None:
    names = {
        CLAIRE: "Claire O'Brien", HUGO: "Hélène Dubois-Léger", ELODIE: "Élodie Martin (DSI)",
        INES: "Łukasz Żółw", JEANNE: "Jean-Pierre Martin", MARC: "Anne Des Prés",
        "UROUX": "ROUX Claire | Ventes",
    }  # fmt: skip
    facts = known(records=(record("need", 1, typed, source="NEE01"),), names=names)
    (need,) = outside(playbook, facts).facts.records
    assert _ANYBODY.sub("{}", need.title.fr) == shown


def test_a_family_company_keeps_its_domain(playbook: Playbook) -> None:
    named = {
        "texts": {"company_fr": "Ecrivez à crm@vasseur.fr, sur https://achats.vasseur.fr/crm, à Vasseur"}
    }
    facts = known(outgoing=read(named))
    texts = outside(playbook, facts).facts.outgoing.texts
    assert texts.company is not None
    said_ = texts.company.fr.replace(MARKS["sponsor"], "{}")
    assert said_ == "Ecrivez à crm@vasseur.fr, sur https://achats.vasseur.fr/crm, à {}"
    for channel in (
        "claire@corvanne.fr",
        "c.vasseur@corvanne.fr",
        "cvasseur@corvanne.fr",
        "vasseur.crm@x.fr",
    ):
        swept = outside(playbook, known(outgoing=read({"dates": {**DATES, "channel": channel}})))
        assert swept.facts.outgoing.dates.channel == MARKS["address"], channel
    page = known(records=(record("need", 1, "Voir www.vasseur.fr/x", source="NEE01"),))
    assert MARKS["sponsor"] in outside(playbook, page).facts.records[0].title.fr


def test_a_name_alone_in_small_letters_is_no_choice(playbook: Playbook) -> None:
    fields = {"groups": "delorme", "benefit": "teixeira", "start": "2026-05-01", "end": "2026-09-01"}
    lot = record("lot", 1, "Orders", source="PLA04", fields=fields)
    (kept,) = outside(playbook, known(records=(lot,))).facts.records
    assert kept.fields == {**fields, "groups": MARKS["lead"], "benefit": MARKS["member"]}
    link = record("interface", 1, "ERP", source="DAT05", fields={"direction": "both"})
    (kept,) = outside(playbook, known(records=(link,), names={HUGO: "Anna Both"})).facts.records
    assert kept.fields == {"direction": "both"}, "a choice stays what it is"


@pytest.mark.parametrize("doc", MAKERS)
def test_the_name_of_the_project_names_nobody_either(playbook: Playbook, doc: str) -> None:
    facts = known(project=replace(known().project, name="CRM de Delorme"))
    title = MAKERS[doc](playbook, facts).title
    assert typed_in(title, "fr") == "CRM de [pilote du projet]", "its file is called so"
    shown = _shown(playbook, facts, doc)
    assert "Delorme" not in shown
    assert "CRM de [pilote du projet]" in shown
    assert "CRM de [project lead]" in shown


def test_how_much_was_taken_out_is_counted(playbook: Playbook) -> None:
    assert outside(playbook, known()).taken == 1, "the vendor in the issue"
    told = known(records=(record("need", 1, "Claire and a@b.example", source="NEE01"),))
    assert outside(playbook, told).taken == 2
    nobody = replace(known(records=()), names={}, project=replace(told.project, cast=Cast()))
    assert outside(playbook, nobody).taken == 0


def test_both_languages_of_our_own_words_and_the_people_of_a_lot(playbook: Playbook) -> None:
    cast = replace(BOREAL, lots={"LOT-1": (JEANNE,)})
    need = record("need", 1, "", source="NEE01", fields={"priority": "M"})
    both = replace(need, title=Words("See Jeanne", "Voir Jeanne Aubry"))
    found = _words(terms(playbook, known(records=(both,), project=replace(known().project, cast=cast))))
    assert "See [person of the company]" in found
    assert "Voir [personne de l’entreprise]" in found


def test_a_drawing_says_roles_too_and_stays_a_drawing() -> None:
    drawing = Words.same(f"<svg><text>{MARKS['lead']}</text></svg>")
    figure = Figure(label=Words("Lots", "Lots"), alt=Words.same(MARKS["lead"]), drawing=drawing)
    page = Document(
        title=Words("A", "B"), version=Words("1", "1"), notices=(), changes=(),
        sections=(Section(id="TR03", title=Words("A", "B"), blocks=(figure,)),),
    )  # fmt: skip
    shown = said(page).sections[0].blocks[0]
    assert isinstance(shown, Figure)
    assert shown.drawing.fr == "<svg><text>[pilote du projet]</text></svg>"
    assert shown.alt.en == "\ue000[project lead]\ue001"


def test_an_answer_that_is_no_table_any_more_is_left_out_of_tables(playbook: Playbook) -> None:
    odd = known(answers={"CHG01": (("", answer(None, by=ELODIE)),)})
    assert "Whom we plan to train" not in _words(terms(playbook, odd))


def test_what_was_filled_in_keeps_the_address_of_the_team(playbook: Playbook) -> None:
    assert "crm@boreal.example" in _words(terms(playbook, known()))
    assert FILLED.dates.channel == "crm@boreal.example"
