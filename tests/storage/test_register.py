"""Records: numbers that stay, what is withdrawn and comes back, who knows and who may read."""

import threading
from typing import Any

import pytest

from flows.dialogue.effects import Draft, Record, Source
from flows.dialogue.turn import Turn
from flows.register.model import Kept
from flows.words import Words
from storage import dialogue, register
from tests.storage.scoping import ANNE, CLAIRE, JULIE, KARIM, MARC, NOW, SOPHIE, Scoping, T, found

REASONS = {"OBJ05": "pain", "OBJ06": "yes", "OBJ07": 3}


def goal(statement: str, **more: Any) -> dict[str, Any]:
    row = {"indicator": "Hours", "baseline": "40", "target": "24", "due": "2027-06-01"}
    return {"statement": statement, **row, **more}


def all_records(scoping: Scoping, **filters: Any) -> list[Kept]:
    where = {"workspace": T, "project_id": scoping.project, "roles": None}
    return scoping.db.read_sync(register.records, **{**where, **filters})


def refs(scoping: Scoping, **filters: Any) -> list[str]:
    return [record.ref for record in all_records(scoping, **filters)]


def test_a_record_keeps_its_number_when_its_answer_is_edited(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    first = scoping.submits(d02, CLAIRE, "strategic", OBJ02=[goal("One"), goal("Two")])
    assert [record.ref for record in first.created] == ["GOA-1", "GOA-2"]
    rows = scoping.sheet(d02, CLAIRE).answers["OBJ02"].value
    second = scoping.submits(
        d02, CLAIRE, "strategic", OBJ02=[{**rows[0], "statement": "One, better"}, rows[1]]
    )
    assert [(record.ref, record.title.en) for record in second.changed] == [("GOA-1", "One, better")]
    assert second.created == ()


def test_what_a_source_no_longer_gives_is_withdrawn_and_its_number_not_used_again(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.submits(d02, CLAIRE, "strategic", OBJ02=[goal("One"), goal("Two")])
    rows = scoping.sheet(d02, CLAIRE).answers["OBJ02"].value
    less = scoping.submits(d02, CLAIRE, "strategic", OBJ02=[rows[0]])
    assert [record.ref for record in less.withdrawn] == ["GOA-2"]
    more = scoping.submits(d02, CLAIRE, "strategic", OBJ02=[rows[0], goal("Three")])
    assert [record.ref for record in more.created] == ["GOA-3"]
    assert refs(scoping, kinds=["stake"]) == ["GOA-1", "GOA-3"]
    assert refs(scoping, kinds=["stake"], status="withdrawn") == ["GOA-2"]


def test_numbers_are_counted_per_project(scoping: Scoping) -> None:
    other = Scoping(
        db=scoping.db, playbook=scoping.playbook, project=scoping.db.run_sync(found, name="Other")
    )
    for project in (scoping, other):
        saved = project.submits(project.opens("D02"), CLAIRE, "strategic", OBJ02=[goal("One")])
        assert [record.ref for record in saved.created] == ["GOA-1"]


def draft(item: str, **more: Any) -> Draft:
    return Draft(kind="decision", item=item, title=Words.same(f"About {item}"), **more)


def record(scoping: Scoping, id: str, *drafts: Draft) -> dialogue.Saved:
    """One source gives exactly these."""
    source = Source(dialogue=id, question="SPO01", respondent=CLAIRE)
    turn = Turn(dialogue=scoping.sheet(id, CLAIRE), effects=(Record(source=source, drafts=drafts),))
    return scoping.db.run_sync(
        dialogue.save, workspace=T, project_id=scoping.project, flow=scoping.playbook.flows["D03"],
        turn=turn, now=NOW,
    )  # fmt: skip


def test_what_comes_back_is_itself_again(scoping: Scoping) -> None:
    d03 = scoping.opens("D03")
    record(scoping, d03, draft("a", status="proposed"))
    assert [r.status for r in record(scoping, d03).withdrawn] == ["withdrawn"]
    [back] = record(scoping, d03, draft("a", status="proposed")).changed
    assert (back.ref, back.status) == ("DEC-1", "proposed")


def test_recording_the_same_again_changes_nothing(scoping: Scoping) -> None:
    d03 = scoping.opens("D03")
    record(scoping, d03, draft("a"), draft("b", owner=KARIM))
    assert record(scoping, d03, draft("a"), draft("b", owner=KARIM)) == dialogue.Saved()


def test_records_of_many_sources_at_once_get_numbers_without_holes(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    people = (CLAIRE, KARIM)
    ids = [d02, scoping.opens("D03")]

    def work(n: int) -> None:
        source = Source(dialogue=ids[n % 2], question=f"Q{n}", respondent=people[n % 2])
        turn = Turn(
            dialogue=scoping.sheet(ids[n % 2], CLAIRE),
            effects=(Record(source=source, drafts=(draft("a"), draft("b"))),),
        )
        scoping.db.run_sync(
            dialogue.save, workspace=T, project_id=scoping.project, flow=scoping.playbook.flows["D03"],
            turn=turn, now=NOW,
        )  # fmt: skip

    threads = [threading.Thread(target=work, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [r.number for r in all_records(scoping, kinds=["decision"])] == list(range(1, 21))


def test_several_who_do_not_know_feed_one_issue_that_names_none_of_them(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    first = scoping.does_not_know(d02, ANNE, "OBJ06")
    [issue] = first.created
    assert (issue.ref, issue.owner, issue.asked_by) == ("ISS-1", KARIM, 1)
    for person in (MARC, JULIE):
        [issue] = scoping.does_not_know(d02, person, "OBJ06").changed
    assert (issue.ref, issue.asked_by) == ("ISS-1", 3)
    said = repr(issue)
    assert not any(person in said for person in (ANNE, MARC, JULIE))


def test_an_answer_closes_the_issue_as_answered(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.does_not_know(d02, ANNE, "OBJ06")
    scoping.submits(d02, MARC, "reasons", **REASONS)
    [issue] = all_records(scoping, kinds=["issue"])
    assert (issue.status, issue.fields["resolution"]) == ("resolved", "answered")


def test_taking_the_exit_back_drops_the_issue_once_nobody_is_left(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.does_not_know(d02, ANNE, "OBJ06")
    scoping.does_not_know(d02, MARC, "OBJ06")
    scoping.takes_back(d02, ANNE, "OBJ06")
    [issue] = all_records(scoping, kinds=["issue"])
    assert (issue.status, issue.asked_by) == ("open", 1)
    scoping.takes_back(d02, MARC, "OBJ06")
    [issue] = all_records(scoping, kinds=["issue"])
    assert (issue.status, issue.asked_by) == ("dropped", 0)
    [again] = scoping.does_not_know(d02, JULIE, "OBJ06").changed
    assert (again.ref, again.status, again.asked_by) == ("ISS-1", "open", 1)


def test_the_issue_of_a_form_is_not_withdrawn_with_the_records_of_the_form(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.does_not_know(d02, KARIM, "OBJ02")
    scoping.submits(d02, CLAIRE, "strategic", OBJ02=[goal("One")])
    assert "withdrawn" not in {record.status for record in all_records(scoping, kinds=["issue"])}


def test_restricted_records_are_read_by_the_roles_that_may(scoping: Scoping) -> None:
    d01 = scoping.opens("D01")
    scoping.submits(d01, SOPHIE, "groups", SET21=[{"group": "Works council", "power": 5, "interest": 3}])
    assert "STK-1" in refs(scoping)
    assert "STK-1" not in refs(scoping, roles=())
    assert "STK-1" not in refs(scoping, roles=("team", "expert"))
    assert "STK-1" in refs(scoping, roles=("sponsor",))
    one = {"workspace": T, "project_id": scoping.project, "ref": "stk-1"}
    assert scoping.db.read_sync(register.get, **one) is None
    assert scoping.db.read_sync(register.get, roles=("hr",), **one) is not None


def test_a_restricted_record_is_read_by_those_its_question_promised(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.submits(d02, CLAIRE, "strategic", OBJ02=[goal("One")])
    sheet = scoping.sheet(d02, CLAIRE)
    source = Source(dialogue=d02, question="OBJ02", respondent="")
    draft = Draft(kind="stake", item="x", title=Words.same("X"), restricted=True, seen_by=("coach",))
    turn = Turn(dialogue=sheet, effects=(Record(source=source, drafts=(draft,)),))
    scoping.db.run_sync(
        dialogue.save, workspace=T, project_id=scoping.project, flow=scoping.playbook.flows["D02"], turn=turn,
        now=NOW,
    )  # fmt: skip
    place = {"workspace": T, "project_id": scoping.project, "ref": "GOA-2"}
    assert scoping.db.read_sync(register.get, **place, roles={"sponsor", "lead"}) is None
    kept = scoping.db.read_sync(register.get, **place, roles={"coach"})
    assert kept is not None
    assert (kept.seen_by, kept.dialogue, kept.source) == (("coach",), d02, "OBJ02")
    here = {"workspace": T, "dialogue_id": d02}
    assert [one.ref for one in scoping.db.read_sync(register.of_dialogue, **here, roles={"coach"})] == [
        "GOA-2"
    ]
    assert scoping.db.read_sync(register.of_dialogue, **here) == []


def test_what_i_see_to_comes_with_the_next_due_first(scoping: Scoping) -> None:
    d03 = scoping.opens("D03")
    soon = NOW.date()
    record(scoping, d03, draft("later", owner=ANNE), draft("soon", owner=ANNE, due=soon), draft("not mine"))
    mine = scoping.db.read_sync(register.owned, workspace=T, user=ANNE)
    assert [(project, kept.title.en) for project, kept in mine] == [
        (scoping.project, "About soon"),
        (scoping.project, "About later"),
    ]
    assert scoping.db.read_sync(register.owned, workspace="TOTHER", user=ANNE) == []


@pytest.mark.parametrize(
    "ref", ["", "DEC", "DEC-", "DEC-x", "DEC--1", "DEC-²", "DEC-99999999999999", "XXX-1", "-1"]
)
def test_a_reference_somebody_made_up_finds_nothing(scoping: Scoping, ref: str) -> None:
    where = {"workspace": T, "project_id": scoping.project, "roles": None}
    assert scoping.db.read_sync(register.get, ref=ref, **where) is None
