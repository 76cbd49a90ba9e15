"""The workbook for vendors: what is asked, nothing a spreadsheet evaluates, what a filled one answers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from flows import vendor_file
from flows.document.facts import Asked as Sent
from flows.document.outside import outside
from flows.playbook import Playbook
from flows.vendor_file import COVERS, Asked, Filled, asked, read, sheets, tally
from tests.flows.stage import HUGO
from tests.flows.test_note import facts, form, record

TOKEN = "CADRAGE-0123456789abcdef"
NEEDS = (
    record("need", 1, "See the last exchange", source="NEE01", owner=HUGO,
           fields={"priority": "S", "why": "=HYPERLINK(\"http://x\")"}),
    record("need", 2, "+33 6: call back", source="NEE01", fields={"priority": "M"}),
    record("need", 3, "A chart", source="NEE01", fields={"priority": "W"}),
    record("need", 4, "Not placed", source="NEE01"),
)  # fmt: skip
WEIGHTS = {"k1": 20, "k2": 20, "needs": 30, "ease": 30}
GIVEN = form(NEE11="required", NEE12="waived", NEE13="undecided", NEE17=WEIGHTS)


def wanted(playbook: Playbook, **more: Any) -> Asked:
    closed = {"D11": Sent(days=9, closed=True)}
    known: dict[str, Any] = {"records": NEEDS, "answers": GIVEN, "dialogues": closed, **more}
    return asked(playbook, outside(playbook, facts(**known)).facts, TOKEN)


def filled(found: Asked, said: Mapping[str, tuple[str, str]], vendor: str = "Nordsoft") -> Filled:
    """The French workbook, as a vendor sends it back."""
    grids = []
    for sheet in sheets(found, "fr"):
        rows = []
        for n, row in enumerate(sheet.rows, start=1):
            cells = {at: text for at, text in enumerate(row) if text}
            if row[0] == "Votre société":
                cells |= {1: vendor} if vendor else {}
            if row[0] in said:
                cells |= {4: said[row[0]][0], 5: said[row[0]][1]}
            rows.append((n, cells))
        grids.append((sheet.name, rows))
    return read(found, grids)


def test_what_is_placed_is_asked_by_rank_and_what_is_set_aside_is_not(playbook: Playbook) -> None:
    still = {"D11": Sent(days=2)}
    assert wanted(playbook, dialogues=still).needs == (), "as in DOC2: not before the dialogue has closed"
    found = wanted(playbook)
    assert [one.id for one in found.needs] == ["REQ-2", "REQ-1"]
    assert [one.id for one in found.checks] == [f"K{k}.{n}" for k in (1, 3, 4, 5) for n in (1, 2, 3)]
    assert found.weights[0][1] == 20
    assert [one.name for one in sheets(found, "fr")] == ["Lisez-moi", "Besoins", "Critères", "Évaluation"]
    bare = wanted(playbook, answers={}, records=())
    assert [one.name for one in sheets(bare, "en")] == ["Read me", "Needs", "Criteria"]


def test_nothing_is_a_formula_no_name_is_in_it_and_the_same_data_gives_the_same_sheets(
    playbook: Playbook,
) -> None:
    found = sheets(wanted(playbook), "en")
    cells = [cell for sheet in found for row in sheet.rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert '\'=HYPERLINK("http://x")' in cells
    assert HUGO not in str(cells)
    assert outside(playbook, facts(grids={"VND-1": [{"K1": "no"}]})).facts.grids == {}, "nor in documents"
    assert sheets(wanted(playbook), "en") == found
    assert (1, 4) in found[1].open
    assert found[1].choices == ("standard", "settings", "add-on", "custom", "no")


def test_a_name_stands_there_as_a_role_and_no_mark_of_ours_does(playbook: Playbook) -> None:
    typed = (record("need", 1, f"\ue000See <@{HUGO}>\ue001", source="NEE01",
                    fields={"priority": "M", "why": "so Hugo Teixeira knows"}),)  # fmt: skip
    project = replace(facts().project, name="CRM de Hugo Teixeira")
    found = wanted(playbook, records=typed, project=project)
    made = sheets(found, "fr")
    assert made[1].rows[1][1:3] == (
        "See [membre de l’équipe projet]", "so [membre de l’équipe projet] knows",
    )  # fmt: skip
    assert made[0].rows[0] == ("Ce que nous vous demandons : CRM de [membre de l’équipe projet]",)
    assert "[member of the project team]" in sheets(found, "en")[0].rows[0][0]


def test_a_filled_file_is_read_in_either_language_whatever_the_case(playbook: Playbook) -> None:
    found = filled(wanted(playbook), {"REQ-2": ("STANDARD", ""), "REQ-1": ("Parametrage", "2 jours"),
                                      "K1.1": ("Partly", ""), "K3.1": ("", "See page 4")})  # fmt: skip
    assert found.problems == ()
    assert found.vendor == "Nordsoft"
    assert found.answers["REQ-1"] == {"answer": "settings", "comment": "2 jours"}
    assert found.answers["K1.1"]["answer"] == "partly"
    assert found.unanswered == 11
    counts = tally(found.answers, COVERS, lambda id: id.startswith("REQ"))
    assert [(words.en, n) for words, n in counts] == [("standard", 1), ("settings", 1)]


def wrong(found: Filled) -> list[tuple[str, str]]:
    return [(one.cell, one.words.en.split(" ", 1)[0]) for one in found.problems]


def test_what_is_wrong_is_said_cell_by_cell(playbook: Playbook) -> None:
    long = "x" * (vendor_file.LONGEST + 1)
    found = filled(wanted(playbook), {"REQ-2": ("maybe", long)}, vendor="")
    assert wrong(found) == [("Besoins E2", "“maybe”"), ("Besoins F2", "A"), ("", "The")]
    assert wrong(filled(wanted(playbook), {})) == [("", "No")]
    nameless = read(wanted(playbook), [("S", [(1, {1: TOKEN}), (2, {0: "REQ-1", 4: "no"})])])
    assert nameless.problems == (vendor_file.Problem(cell="", words=vendor_file.NO_VENDOR),)


def test_a_file_of_another_project_or_of_nobody_is_refused(playbook: Playbook) -> None:
    found = wanted(playbook)
    assert read(found, [("A", [(1, {0: "x"})])]).problems[0].words == vendor_file.NOT_OURS
    other = replace(found, token="CADRAGE-ffffffffffffffff")
    rows = [(1, {0: "Code", 1: TOKEN})]
    assert read(other, [("A", rows)]).problems[0].words == vendor_file.ANOTHER


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({0: "REQ-9", 4: "no"}, "REQ-9 is not asked in this project."),
        ({0: "REQ-3", 5: "hello"}, "REQ-3 is not asked in this project."),
        ({0: "REQ-1", 4: "no"}, "REQ-1 stands there twice."),
    ],
)
def test_lines_that_are_not_asked_or_stand_twice_are_refused(
    playbook: Playbook, row: dict[int, str], said: str
) -> None:
    first = [
        (1, {0: "Your company", 1: "Sud"}),
        (2, {1: TOKEN}),
        (3, {0: "REQ-1", 4: "no"}),
        (4, {0: "REQ-7"}),
    ]
    found = read(wanted(playbook), [("S", [*first, (5, row)])])
    assert [(one.cell, one.words.en) for one in found.problems] == [("S A5", said)]
