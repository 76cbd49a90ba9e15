"""Questions about records, what other questions add to them, and what a sheet reads of the project."""

import threading
from typing import Any

import pytest
from sqlalchemy import Connection, update

from flows.dialogue.effects import Amend
from flows.dialogue.model import Case, Dialogue
from flows.dialogue.path import path
from flows.dialogue.turn import Turn
from flows.register.model import Kept
from storage import amending, dialogue, project, register, seat
from storage.tables import record
from tests.storage.scoping import ANNE, CLAIRE, KARIM, NOW, SOPHIE, Scoping, T, found
from tests.storage.test_diagnosis import keep
from tests.storage.test_register import draft
from tests.storage.test_register import record as record_of

NEED = {"why": "to answer at once", "function": "service"}


def collected(scoping: Scoping, *needs: str) -> str:
    """D11 with these needs of Anne's, and its questions of the workshop sent."""
    d11 = scoping.opens("D11")
    scoping.submits(d11, ANNE, "needs", NEE01=[{"need": need, **NEED} for need in needs])
    scoping.db.run_sync(dialogue.send_part, workspace=T, id=d11, part="W06")
    return d11


def amends(scoping: Scoping, question: str, **fields: Any) -> list[str]:
    """Carry out an Amend; returns the records that read differently. REQ_1 stands for REQ-1."""
    effect = Amend(question=question, fields={ref.replace("_", "-"): its for ref, its in fields.items()})
    here = {"workspace": T, "project_id": scoping.project}
    return [one.ref for one in scoping.db.run_sync(amending.amend, **here, effect=effect, now=NOW)]


def read(scoping: Scoping, ref: str) -> dict[str, Any]:
    """The fields people read, without those Anne typed."""
    here = {"workspace": T, "project_id": scoping.project}
    one = scoping.db.read_sync(register.get, **here, ref=ref)
    assert one is not None
    return {name: value for name, value in one.fields.items() if name not in ("need", "id", "by", *NEED)}


def screens(scoping: Scoping, sheet: Dialogue) -> list[str]:
    return [screen.key for screen in path(scoping.playbook.flows[sheet.flow], sheet)]


# ---------------------------------------------------------------- per-record questions


def test_a_sheet_has_the_live_records_its_flow_asks_about_in_the_order_of_their_numbers(
    scoping: Scoping,
) -> None:
    d11 = collected(scoping, *(f"Need {n}" for n in range(1, 11)))
    cases = scoping.sheet(d11, SOPHIE).register["need"]
    assert [case.ref for case in cases] == [f"REQ-{n}" for n in range(1, 11)]
    assert isinstance(cases[0], Case)
    assert (cases[0].title.en, cases[0].source, cases[0].fields["by"]) == ("Need 1", "NEE01", ANNE)
    assert cases[0].item == scoping.sheet(d11, ANNE).answers["NEE01"].value[0]["id"]


def test_a_need_that_was_taken_back_is_asked_about_no_more(scoping: Scoping) -> None:
    d11 = collected(scoping, "One", "Two", "Three")
    rows = scoping.sheet(d11, ANNE).answers["NEE01"].value
    scoping.submits(d11, ANNE, "needs", NEE01=[rows[0], rows[2]])
    sheet = scoping.sheet(d11, SOPHIE)
    assert [case.ref for case in sheet.register["need"]] == ["REQ-1", "REQ-3"]
    assert "sizes@REQ-1" in screens(scoping, sheet)


def test_an_answer_about_a_record_is_kept_edited_and_remembered(scoping: Scoping) -> None:
    d11 = collected(scoping, "One", "Two")
    sizes = next(key for key in screens(scoping, scoping.sheet(d11, SOPHIE)) if key.startswith("sizes"))
    first = scoping.submits(d11, SOPHIE, sizes, **{"NEE03@REQ-1": "3", "NEE03@REQ-2": "8"})
    assert [one.ref for one in first.changed] == ["REQ-1", "REQ-2"]
    scoping.submits(d11, SOPHIE, sizes, **{"NEE03@REQ-1": "5", "NEE03@REQ-2": "8"})
    sheet = scoping.sheet(d11, SOPHIE)
    assert (sheet.answers["NEE03@REQ-1"].value, sheet.answers["NEE03@REQ-1"].version) == ("5", 2)
    assert sheet.answers["NEE03@REQ-2"].version == 1
    past = scoping.db.read_sync(
        dialogue.history, workspace=T, dialogue_id=d11, question="NEE03@REQ-1", roles=None
    )
    assert [(p.respondent, p.answer.value) for p in past] == [("", "3")], "one shared answer, whoever gave it"
    assert read(scoping, "REQ-1") == {"effort": 5}
    assert [case.fields["effort"] for case in sheet.register["need"]] == [5, 8]


def test_somebody_who_does_not_know_about_one_record_opens_an_issue_about_that_one(scoping: Scoping) -> None:
    d11 = collected(scoping, "One", "Two")
    [issue] = scoping.does_not_know(d11, SOPHIE, "NEE03@REQ-2").created
    assert (issue.kind, issue.source) == ("issue", "NEE03@REQ-2")
    sizes = next(key for key in screens(scoping, scoping.sheet(d11, SOPHIE)) if key.startswith("sizes"))
    settled = scoping.submits(d11, SOPHIE, sizes, **{"NEE03@REQ-1": "3", "NEE03@REQ-2": "8"}).changed
    assert ("issue", "resolved") in [(one.kind, one.status) for one in settled]


def test_an_id_with_a_long_number_fits_its_columns(scoping: Scoping) -> None:
    """PostgreSQL refuses what is too long for a column."""
    d11 = collected(scoping, "One")

    def renumber(conn: Connection) -> None:
        conn.execute(
            update(record)
            .where(record.c.workspace == T, record.c.project_id == scoping.project, record.c.prefix == "REQ")
            .values(number=123456789)
        )

    scoping.db.run_sync(renumber)
    id = "NEE03@REQ-123456789"
    scoping.does_not_know(d11, SOPHIE, id)
    scoping.takes_back(d11, SOPHIE, id)
    scoping.submits(d11, SOPHIE, f"sizes@{id.partition('@')[2]}", **{id: "3"})
    scoping.submits(d11, SOPHIE, f"sizes@{id.partition('@')[2]}", **{id: "5"})
    assert scoping.sheet(d11, SOPHIE).answers[id].value == "5"
    assert read(scoping, "REQ-123456789") == {"effort": 5}


def test_the_screen_after_a_turn_asks_about_what_the_turn_recorded(scoping: Scoping) -> None:
    d14 = scoping.opens("D14")
    session = {"vendor": "Nord", "date": "2026-12-14", "scenarios": "Returns", "whole_team": "yes"}
    saved = scoping.submits(d14, SOPHIE, "sessions", VEN01=[session])
    assert saved.register is not None
    assert [case.ref for case in saved.register["vendor"]] == ["VND-1"]
    d02 = scoping.opens("D02")
    saved = scoping.submits(d02, ANNE, "reasons", OBJ05="pain", OBJ06="yes", OBJ07=3)
    assert saved.register is None, "nothing to read again"


# ---------------------------------------------------------------- what other questions add


def test_what_was_added_stays_when_the_source_of_the_record_is_answered_again(scoping: Scoping) -> None:
    d11 = collected(scoping, "One", "Two")
    assert amends(scoping, "NEE02", REQ_1={"priority": "M"}, REQ_2={"priority": "W"}) == ["REQ-1", "REQ-2"]
    rows = scoping.sheet(d11, ANNE).answers["NEE01"].value
    [changed] = scoping.submits(d11, ANNE, "needs", NEE01=[{**rows[0], "need": "Better"}, rows[1]]).changed
    assert (changed.title.en, changed.fields["priority"]) == ("Better", "M")
    assert read(scoping, "REQ-1") == {"priority": "M"}


def test_what_was_added_comes_back_with_a_record_that_comes_back(scoping: Scoping) -> None:
    d03 = scoping.opens("D03")
    record_of(scoping, d03, draft("a"))
    amends(scoping, "QUE01", DEC_1={"priority": "S"})
    record_of(scoping, d03)
    assert amends(scoping, "QUE02", DEC_1={"effort": 3}) == []
    [back] = record_of(scoping, d03, draft("a")).changed
    assert (back.ref, back.status, back.fields) == ("DEC-1", "open", {"priority": "S", "effort": 3})


def test_several_questions_add_to_one_record_without_writing_over_each_other(scoping: Scoping) -> None:
    collected(scoping, "One")
    amends(scoping, "NEE02", REQ_1={"priority": "M", "place": 1})
    amends(scoping, "NEE03@REQ-1", REQ_1={"effort": 5})
    amends(scoping, "NEE02", REQ_1={"priority": "S"})
    assert read(scoping, "REQ-1") == {"effort": 5, "place": 1, "priority": "S"}
    amends(scoping, "NEE02", REQ_1={"priority": None, "place": None})
    assert read(scoping, "REQ-1") == {"effort": 5}, "None takes away what that question gave, and no more"


@pytest.mark.parametrize("order", [("QUE01", "QUE02"), ("QUE02", "QUE01")])
def test_of_two_questions_that_add_the_same_field_the_same_one_is_always_right(
    scoping: Scoping, order: tuple[str, str]
) -> None:
    collected(scoping, "One")
    for question in order:
        amends(scoping, question, REQ_1={"effort": question})
    assert read(scoping, "REQ-1") == {"effort": "QUE02"}
    amends(scoping, "QUE02", REQ_1={"effort": None})
    assert read(scoping, "REQ-1") == {"effort": "QUE01"}


def test_what_is_added_goes_over_what_the_source_gave_and_away_again(scoping: Scoping) -> None:
    collected(scoping, "One")
    amends(scoping, "QUE01", REQ_1={"function": "sales"})
    here = {"workspace": T, "project_id": scoping.project, "ref": "REQ-1"}
    one = scoping.db.read_sync(register.get, **here)
    assert one is not None
    assert one.fields["function"] == "sales"
    amends(scoping, "QUE01", REQ_1={"function": None})
    one = scoping.db.read_sync(register.get, **here)
    assert one is not None
    assert one.fields["function"] == "service"


def test_adding_the_same_again_or_to_what_is_not_there_changes_nothing(scoping: Scoping) -> None:
    collected(scoping, "One")
    assert amends(scoping, "NEE02", REQ_1={"priority": "M"}) == ["REQ-1"]
    assert amends(scoping, "NEE02", REQ_1={"priority": "M"}) == []
    assert amends(scoping, "NEE02", REQ_9={"priority": "M"}, nothing={"priority": "M"}) == []
    assert amends(scoping, "NEE02") == []


def test_of_many_questions_that_add_at_once_none_is_lost(scoping: Scoping) -> None:
    """Two dialogues may add to the same records at the same moment."""
    collected(scoping, "One", "Two")

    def add(n: int) -> None:
        amends(scoping, f"QUE{n:02}", REQ_1={f"field{n}": n}, REQ_2={f"field{n}": -n})

    threads = [threading.Thread(target=add, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read(scoping, "REQ-1") == {f"field{n}": n for n in range(8)}
    assert read(scoping, "REQ-2") == {f"field{n}": -n for n in range(8)}


def test_a_record_another_project_has_under_the_same_number_is_left_alone(scoping: Scoping) -> None:
    collected(scoping, "One")
    other = Scoping(
        db=scoping.db, playbook=scoping.playbook, project=scoping.db.run_sync(found, name="Other")
    )
    collected(other, "One")
    amends(other, "NEE02", REQ_1={"priority": "M"})
    assert read(scoping, "REQ-1") == {}
    assert read(other, "REQ-1") == {"priority": "M"}


def test_a_record_made_and_added_to_in_one_turn_is_told_once(scoping: Scoping) -> None:
    d11 = scoping.opens("D11")
    saved = scoping.submits(d11, ANNE, "needs", NEE01=[{"need": "One", **NEED}])
    again = Amend(question="NEE02", fields={"REQ-1": {"priority": "M"}})
    more = Amend(question="NEE03", fields={"REQ-1": {"effort": 5}})
    turn = Turn(dialogue=scoping.sheet(d11, SOPHIE), effects=(again, more))
    told: list[Kept] = [*saved.created]
    saved = scoping.db.run_sync(
        dialogue.save, workspace=T, project_id=scoping.project, flow=scoping.playbook.flows["D11"],
        turn=turn, now=NOW,
    )  # fmt: skip
    assert [one.ref for one in told] == ["REQ-1"]
    [changed] = saved.changed
    assert (changed.fields["priority"], changed.fields["effort"]) == ("M", 5)


# ---------------------------------------------------------------- the rest of the project


def goals(scoping: Scoping, state: str) -> str:
    """Where the goals stand (OBJ09), as the facilitator says in a run of D02; returns its id."""
    d02 = scoping.opens("D02")
    scoping.db.run_sync(dialogue.send_part, workspace=T, id=d02, part="after_W02")
    scoping.submits(d02, SOPHIE, "state", OBJ09=state)
    return d02


def test_a_sheet_reads_the_latest_shared_answer_of_other_dialogues(scoping: Scoping) -> None:
    d14 = scoping.opens("D14")
    assert scoping.sheet(d14, SOPHIE).elsewhere == {}
    d02 = goals(scoping, "draft")
    assert scoping.sheet(d14, SOPHIE).elsewhere == {"OBJ09": "draft"}
    goals(scoping, "shared")
    assert scoping.sheet(d14, KARIM).elsewhere == {"OBJ09": "shared"}, "the same for everybody"
    assert scoping.sheet(d02, SOPHIE).elsewhere == {}, "D02 reads nothing of others"


def test_an_answer_of_an_earlier_run_counts_until_a_later_one_has_it(scoping: Scoping) -> None:
    first = goals(scoping, "draft")
    scoping.db.run_sync(dialogue.close, workspace=T, id=first, by=SOPHIE, now=NOW)
    scoping.opens("D02")
    d14 = scoping.opens("D14")
    assert scoping.sheet(d14, SOPHIE).elsewhere == {"OBJ09": "draft"}


def test_an_exit_is_no_answer_and_another_project_has_none_of_it(scoping: Scoping) -> None:
    other = Scoping(
        db=scoping.db, playbook=scoping.playbook, project=scoping.db.run_sync(found, name="Other")
    )
    goals(other, "draft")
    d14, d02 = scoping.opens("D14"), scoping.opens("D02")
    scoping.db.run_sync(dialogue.send_part, workspace=T, id=d02, part="after_W02")
    scoping.does_not_know(d02, SOPHIE, "OBJ09")
    assert scoping.sheet(d02, SOPHIE).exits
    assert scoping.sheet(d14, SOPHIE).elsewhere == {}


def test_a_restricted_record_is_nobodys_question(scoping: Scoping) -> None:
    d11 = collected(scoping, "One", "Two")

    def restrict(conn: Connection) -> None:
        mine = (record.c.workspace == T, record.c.project_id == scoping.project, record.c.number == 2)
        conn.execute(update(record).where(*mine).values(restricted=True))

    scoping.db.run_sync(restrict)
    assert [case.ref for case in scoping.sheet(d11, ANNE).register["need"]] == ["REQ-1"]


def test_a_sheet_knows_the_latest_verdict_and_the_currency_once_there_are_any(scoping: Scoping) -> None:
    d15 = scoping.opens("D15")
    facts = scoping.sheet(d15, CLAIRE).facts
    assert "verdict" not in facts
    assert "currency" not in facts
    keep(scoping.db, scoping.project)
    scoping.db.run_sync(project.set_facts, workspace=T, id=scoping.project, currency="francs suisses")
    facts = scoping.sheet(d15, CLAIRE).facts
    assert (facts["verdict"], facts["currency"]) == ("NO_GO", "francs suisses")
    place = scoping.db.read_sync(seat.seat, workspace=T, id=d15, user=CLAIRE, flows=scoping.playbook.flows)
    assert place is not None
    assert (place.sheet.facts["verdict"], place.sheet.facts["currency"]) == ("NO_GO", "francs suisses")
    assert place.project.currency == "francs suisses"
