"""Lines of a table that become issues and decisions, or are refused with their reason."""

from datetime import date
from typing import Any

import pytest

from flows.register.bringing import Known, Refused, Taken, columns, read
from flows.register.takeaway import header
from flows.words import Language

HEAD = ["Number", "Kind", "Title", "State", "Owner", "Due", "Because", "How", "Can be undone", "Family",
        "Blocking", "To be reviewed on", "Colour"]  # fmt: skip


def brought(*rows: dict[str, str], kind: Any = None, **known: Any) -> list[Taken | Refused]:
    found = columns(HEAD)
    people = {"claire vasseur": "U1"}
    lines = [(n, [row.get(name, "") for name in HEAD]) for n, row in enumerate(rows, start=2)]
    return list(read(lines, found, Known(people=people, **known), kind=kind, batch="import-1"))


def test_a_whole_line_makes_a_record() -> None:
    [made] = brought(
        {"Kind": "Decisions", "Title": "Alpha", "State": "acceptée", "Owner": "@Claire VASSEUR",
         "Due": "31/03/2026",
         "Because": "'=cheaper", "How": "Vote", "Can be undone": "oui", "Family": "Humain",
         "To be reviewed on": "2026-09-01"},
    )  # fmt: skip
    assert isinstance(made, Taken)
    draft = made.draft
    assert (draft.kind, draft.title.fr, draft.status, draft.owner) == ("decision", "Alpha", "accepted", "U1")
    assert (draft.due, draft.item) == (date(2026, 3, 31), "import-1:2")
    assert draft.fields == {"reason": "=cheaper", "review_date": "2026-09-01", "method": "vote",
                            "reversible": "yes", "family": "3"}  # fmt: skip


def test_what_is_not_said_is_as_it_begins_and_empty_lines_are_passed_over() -> None:
    one, two = brought(
        {"Title": "Who pays?", "Blocking": "yes"}, {}, {"Title": "=1+1", "Kind": "DEC"}, kind="issue"
    )
    assert isinstance(one, Taken)
    assert isinstance(two, Taken)
    assert (one.draft.kind, one.draft.status, one.draft.fields) == ("issue", "open", {"blocking": True})
    assert (two.line, two.draft.kind, two.draft.status, two.draft.title.en) == (
        4,
        "decision",
        "proposed",
        "=1+1",
    )


REFUSED = [
    ({"Title": ""}, "Title"),
    ({"Title": "x" * 201}, "Title"),
    ({"Title": "A", "Kind": "win"}, "Kind"),
    ({"Title": "A", "State": "happened"}, "State"),
    ({"Title": "A", "State": "nonsense"}, "State"),
    ({"Title": "A", "State": "retirée"}, "State"),
    ({"Title": "A", "Owner": "Nobody"}, "Owner"),
    ({"Title": "A", "Due": "soon"}, "Due"),
    ({"Title": "A", "Due": "2026-02-30"}, "Due"),
    ({"Title": "A", "Because": "x" * 3001}, "Because"),
    ({"Title": "A", "How": "dice"}, "How"),
    ({"Title": "A", "How": "arbitrage"}, "Because"),
]


@pytest.mark.parametrize(("row", "column"), REFUSED)
def test_what_cannot_be_taken_says_line_column_and_remedy(row: dict[str, str], column: str) -> None:
    [found] = brought({"Kind": "decision", **row} | row)
    assert isinstance(found, Refused)
    assert (found.line, found.column) == (2, column)
    assert found.why.en != found.why.fr
    assert found.why.en.endswith(".")


def test_the_same_number_or_title_twice_is_taken_once() -> None:
    row = {"Kind": "issue", "Title": "Qui paie ?"}
    known = {"titles": {("decision", "alpha"): "DEC-3"}}
    first, again, here, number, other = brought(
        {**row, "Number": "ISS-1"}, {**row, "Title": "QUI PAIE ?"}, {"Kind": "decision", "Title": "Álpha"},
        {**row, "Title": "New", "Number": "iss-1"}, {"Kind": "decision", "Title": "Qui paie ?"}, **known,
    )  # fmt: skip
    assert isinstance(first, Taken)
    assert isinstance(again, Refused)
    assert "L2" in again.why.en
    assert isinstance(here, Refused)
    assert "DEC-3" in here.why.fr
    assert isinstance(number, Refused)
    assert number.column == "Number"
    assert isinstance(other, Taken)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_taken_away_can_be_brought_in(language: Language) -> None:
    found = columns([*header(language), "", "Colour", header(language)[2]])
    assert "Colour" in found.unknown
    assert {"id", "kind", "title", "status", "owner", "due", "reason", "choice", "loss"} <= found.at.keys()
