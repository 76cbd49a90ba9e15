"""What is taken away of a record: cells that open no formula, pages in the usual form, days in a calendar."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.register.model import Kept
from flows.register.takeaway import (
    OPENING,
    Reader,
    adr,
    calendar,
    cells,
    events,
    file_name,
    header,
    neutral,
    plain,
)
from flows.words import Words

NOW = datetime(2026, 2, 5, 9, 0, tzinfo=UTC)


def reader(**more: Any) -> Reader:
    said = {"language": "en", "names": {"U1": "Claire"}, "find": lambda id: None, "kinds": {}, "replaces": {}}
    return Reader(**{**said, **more})


def decision(**more: Any) -> Kept:
    said = {"kind": "decision", "number": 12, "title": Words("Alpha, not Beta", "Alpha et non Beta"),
            "status": "accepted", "created_at": NOW}  # fmt: skip
    return Kept(**{**said, **more})


@pytest.mark.parametrize(
    "cell", ["=1+1", " =HYPERLINK(1)", "+33", "-2", "@x", "\tx", "\rx", "\n=1", "\0=1", "＝1"]
)
def test_what_opens_a_formula_becomes_text(cell: str) -> None:
    assert neutral(cell).startswith("'")


@given(st.text(alphabet=st.sampled_from([*OPENING, " ", "\n", "a", "1", "é", "\u00a0"]), max_size=12))
def test_no_cell_opens_a_formula(text: str) -> None:
    kept = neutral(text)
    assert not kept.lstrip(" \n\v\f\u00a0").startswith(tuple(OPENING))
    assert kept in (text.replace("\0", ""), f"'{text}".replace("\0", ""))


def test_a_line_has_a_cell_for_each_name() -> None:
    record = decision(owner="U1", due=date(2026, 3, 1), fields={"choice": "Alpha", "reason": "=cheaper"})
    line = dict(zip(header("en"), cells(record, reader(replaces={"DEC-12": ["DEC-3"]})), strict=True))
    assert line["Number"] == "DEC-12"
    assert line["Owner"] == "Claire"
    assert line["Due"] == "2026-03-01"
    assert line["Choice"] == "Alpha"
    assert line["Because"] == "'=cheaper"
    assert line["Replaces"] == "DEC-3"
    odd = dict(
        zip(header("fr"), cells(decision(kind="stake", status="open"), reader(language="fr")), strict=True)
    )
    assert (odd["État"], odd["Porteur"]) == ("open", "")


def test_a_decision_is_a_page_in_the_usual_form() -> None:
    full = {"context": "Two *vendors*", "options": "Alpha, Beta", "choice": "Alpha", "reason": "Cheaper"}
    full |= {"loss": "Beta’s mobile app", "method": "vote", "decided_by": "U1", "date": "2026-02-05"}
    page = adr(decision(fields=full), reader(replaces={"DEC-12": ["DEC-3"]}))
    heads = [line for line in page.splitlines() if line.startswith("#")]
    assert heads == ["# DEC-12. Alpha, not Beta", "## Status", "## Context", "## Options considered",
                     "## Decision", "## Consequences", "## Who decided, and how"]  # fmt: skip
    assert "Replaces DEC-3" in page
    assert r"Two \*vendors\*" in page
    bare = adr(decision(kind="stake"), reader(language="fr"))
    assert "Raison non donnée" in bare
    assert "## Conséquences" not in bare
    assert adr(decision(fields={"loss": "X"}), reader(language="fr")).count(" : X") == 1
    waits = adr(decision(status="proposed", fields={"decided_by": "USOPHIE"}), reader(language="fr"))
    assert "À décider par : " in waits
    assert "Décidé par" not in waits
    assert file_name(decision(title=Words.same("Été — ÉCOLE & co")), "fr") == "0012-ete-ecole-co.md"
    assert file_name(decision(title=Words.same("???")), "fr") == "0012-decision.md"


def test_due_dates_and_reviews_are_events_of_whole_days_unless_it_is_over() -> None:
    record = decision(due=date(2026, 12, 31), fields={"review_date": "2027-01-15"},
                      title=Words.same("Long; very, " + "é" * 80))  # fmt: skip
    lines = list(calendar(events(record, reader(), uid="p1", stamp=NOW)))
    text = "".join(lines)
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20261231\r\n" in text
    assert "DTEND;VALUE=DATE:20270101\r\n" in text
    assert r"Long\; very\, " in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert events(decision(status="superseded", due=date(2026, 1, 1)), reader(), uid="p", stamp=NOW) == []
    assert events(decision(fields={"review_date": "soon"}), reader(), uid="p", stamp=NOW) == []


def test_for_a_program_a_record_is_codes() -> None:
    found = plain(decision(owner="U1", due=date(2026, 3, 1), source="OBJ02"), reader())
    assert (found["id"], found["status"], found["owner_name"], found["due"]) == (
        "DEC-12", "accepted", "Claire", "2026-03-01",
    )  # fmt: skip
    assert plain(decision(), reader())["due"] is None
