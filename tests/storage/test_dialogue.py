"""Dialogues as they are remembered: sheets, turns, parts, invitations, closing."""

import threading
from datetime import date
from typing import Any

import pytest

from flows.dialogue.events import ExitTaken, Submitted
from flows.playbook import Playbook
from storage import dialogue, project
from storage.answer import Overtaken
from storage.database import Database
from storage.dialogue import Counts
from tests.storage.scoping import (
    ANNE,
    CLAIRE,
    JULIE,
    KARIM,
    MARC,
    NOW,
    SOPHIE,
    Scoping,
    T,
    found,
    take,
)

REASONS = {"OBJ05": "pain", "OBJ06": "yes", "OBJ07": 3}
GOALS = [
    {
        "statement": "Answer in a day",
        "indicator": "Hours",
        "baseline": "40",
        "target": "24",
        "due": "2027-06-01",
    }
]


def test_a_sheet_holds_my_answers_and_the_shared_ones_and_nobody_elses(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.submits(d02, ANNE, "reasons", **REASONS)
    scoping.submits(d02, MARC, "reasons", **{**REASONS, "OBJ05": "growth"})
    scoping.submits(d02, CLAIRE, "strategic", OBJ02=GOALS)
    sheet = scoping.sheet(d02, ANNE)
    assert sheet.answers["OBJ05"].value == "pain"
    assert sheet.answers["OBJ05"].author == ANNE
    assert sheet.answers["OBJ02"].author == CLAIRE
    assert set(sheet.answers) == {"OBJ05", "OBJ06", "OBJ07", "OBJ02"}
    assert sheet.cast.people("team") == (KARIM, ANNE, MARC, JULIE)
    assert "OBJ05" not in scoping.sheet(d02, JULIE).answers


def test_an_answer_given_twice_changes_nothing(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    event = Submitted(by=ANNE, screen="reasons", values=REASONS, at=NOW)
    turn, _ = scoping.takes(d02, event)
    again = scoping.db.run_sync(
        dialogue.save, workspace=T, project_id=scoping.project, flow=scoping.playbook.flows["D02"],
        turn=turn, now=NOW,
    )  # fmt: skip
    assert again.created == ()
    assert scoping.sheet(d02, ANNE).answers["OBJ05"].version == 1


def test_an_edited_answer_keeps_what_it_said_before(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    for why in ("pain", "growth", "order"):
        scoping.submits(d02, ANNE, "reasons", **{**REASONS, "OBJ05": why})
    assert scoping.sheet(d02, ANNE).answers["OBJ05"].version == 3
    past = scoping.db.read_sync(dialogue.history, workspace=T, dialogue_id=d02, question="OBJ05")
    assert [(p.answer.version, p.answer.value, p.fate) for p in past] == [
        (1, "pain", "replaced"),
        (2, "growth", "replaced"),
    ]


def test_both_texts_of_a_conflict_are_kept(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.submits(d02, CLAIRE, "strategic", OBJ02=GOALS)
    mine = [{**GOALS[0], "statement": "Know our customers"}]
    event = Submitted(by=KARIM, screen="strategic", values={"OBJ02": mine}, at=NOW, seen={"OBJ02": 0})
    turn, _ = scoping.takes(d02, event)
    assert len(turn.conflicts) == 1
    [refused] = scoping.db.read_sync(dialogue.history, workspace=T, dialogue_id=d02, question="OBJ02")
    assert refused.fate == "refused"
    assert refused.answer.author == KARIM
    assert refused.answer.value[0]["statement"] == "Know our customers"
    assert scoping.sheet(d02, KARIM).answers["OBJ02"].author == CLAIRE


def test_a_turn_decided_on_an_old_sheet_is_refused(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    event = Submitted(by=CLAIRE, screen="strategic", values={"OBJ02": GOALS}, at=NOW)
    stale, _ = scoping.takes(d02, event)
    scoping.submits(d02, KARIM, "strategic", OBJ02=[{**GOALS[0], "statement": "Other"}])
    with pytest.raises(Overtaken, match="OBJ02"):
        scoping.db.run_sync(
            dialogue.save, workspace=T, project_id=scoping.project, flow=scoping.playbook.flows["D02"],
            turn=stale, now=NOW,
        )  # fmt: skip


def test_of_many_on_one_form_at_once_none_is_lost(scoping: Scoping) -> None:
    """Eight threads send the same form, each having seen nothing: one is accepted, the others are
    told, and all eight texts are kept."""
    d02 = scoping.opens("D02")
    turns = []

    def send(n: int) -> None:
        values: dict[str, Any] = {"OBJ02": [{**GOALS[0], "statement": f"Goal {n}"}]}
        by = CLAIRE if n % 2 else KARIM
        event = Submitted(by=by, screen="strategic", values=values, at=NOW, seen={"OBJ02": 0})
        turns.append(scoping.takes(d02, event)[0])

    threads = [threading.Thread(target=send, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(turn.accepted for turn in turns) == 1
    assert sum(len(turn.conflicts) for turn in turns) == 7
    assert scoping.sheet(d02, KARIM).answers["OBJ02"].version == 1


def test_one_persons_exit_does_not_speak_for_the_form(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.does_not_know(d02, KARIM, "OBJ02")
    karim, claire = scoping.sheet(d02, KARIM), scoping.sheet(d02, CLAIRE)
    assert karim.exits["OBJ02"].exit == "unknown"
    assert "OBJ02" not in karim.answers
    assert "OBJ02" not in claire.exits


def test_what_the_core_compares_comes_from_everybody(scoping: Scoping) -> None:
    d03 = scoping.opens("D03")
    scoping.submits(d03, CLAIRE, "ownership", SPO05="cross")
    scoping.submits(d03, KARIM, "ownership", SPO05="it")
    assert scoping.sheet(d03, CLAIRE).facts["SPO05"] == {CLAIRE: "cross", KARIM: "it"}
    assert "SPO05" not in scoping.sheet(d03, SOPHIE).answers


def test_bots_are_known_to_the_sheet(scoping: Scoping) -> None:
    from flows.project import Person  # noqa: PLC0415
    from storage import person  # noqa: PLC0415

    robot = Person(workspace=T, user="UBOT", name="Robot", is_bot=True, fetched_at=NOW)
    scoping.db.run_sync(person.remember, person=robot)
    assert scoping.sheet(scoping.opens("D01"), SOPHIE).facts["bots"] == frozenset({"UBOT"})


def test_answers_set_the_roles_the_team_and_the_facts_of_the_project(scoping: Scoping) -> None:
    d01 = scoping.opens("D01")
    scoping.submits(d01, SOPHIE, "project", SET01="Cap Client", SET02="first", SET20="en", SET18="2026-11-02")
    saved = scoping.submits(
        d01, SOPHIE, "people", SET10=KARIM, SET11=CLAIRE, SET12="UPAUL",
        SET13=[{"person": user} for user in (KARIM, ANNE, "UNEW")],
    )  # fmt: skip
    found = scoping.db.read_sync(project.get, workspace=T, id=scoping.project)
    assert found is not None
    assert (found.name, found.language, found.start) == ("Cap Client", "en", date(2026, 11, 2))
    assert found.cast.holder("arbiter") == "UPAUL"
    assert [member.user for member in found.cast.members] == [KARIM, ANNE, "UNEW", "UPAUL"]
    assert saved.joined == ("UNEW", "UPAUL")
    assert saved.left == (JULIE, MARC)


def test_opening_twice_is_one_dialogue_and_a_closed_one_may_be_run_again(scoping: Scoping) -> None:
    first = scoping.opens("D02", closes_on=date(2026, 12, 4))
    assert scoping.opens("D02") == first
    assert scoping.db.run_sync(dialogue.close, workspace=T, id=first, by=SOPHIE, now=NOW)
    assert not scoping.db.run_sync(dialogue.close, workspace=T, id=first, by=SOPHIE, now=NOW)
    second = scoping.opens("D02")
    assert second != first
    runs = scoping.db.read_sync(dialogue.runs, workspace=T, project_id=scoping.project)
    assert {(run.id, run.status) for run in runs} == {(first, "closed"), (second, "open")}
    assert scoping.sheet(first, ANNE).closed


def test_opening_from_many_places_at_once_is_one_dialogue(scoping: Scoping) -> None:
    ids: list[str] = []
    threads = [threading.Thread(target=lambda: ids.append(scoping.opens("D03"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 8
    assert len(set(ids)) == 1


def test_people_are_invited_once(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    invite = {"workspace": T, "dialogue_id": d02, "by": SOPHIE, "now": NOW}
    assert scoping.db.run_sync(dialogue.invite, users=[ANNE, MARC, ANNE], **invite) == [ANNE, MARC]
    assert scoping.db.run_sync(dialogue.invite, users=[MARC, JULIE], **invite) == [JULIE]
    scoping.submits(d02, KARIM, "reasons", **REASONS)
    counts = scoping.db.read_sync(dialogue.counts, workspace=T, dialogue_id=d02)
    assert counts == Counts(invited=3, started=1, done=0)
    scoping.db.run_sync(dialogue.withdraw_invitations, workspace=T, dialogue_id=d02, users=[JULIE])
    assert scoping.db.read_sync(dialogue.counts, workspace=T, dialogue_id=d02).invited == 2


def test_who_is_done_is_remembered_and_forgotten_when_something_opens_again(scoping: Scoping) -> None:
    d03 = scoping.opens("D03")
    scoping.submits(d03, KARIM, "ownership", SPO05="cross")
    saved = scoping.finishes(d03, KARIM)
    assert saved.completed == (KARIM,)
    [part] = scoping.db.read_sync(dialogue.participations, workspace=T, dialogue_id=d03)
    assert (part.user, part.started_at, part.done_at) == (KARIM, NOW, NOW)
    scoping.db.run_sync(dialogue.reopen, workspace=T, dialogue_id=d03, users=[KARIM])
    [part] = scoping.db.read_sync(dialogue.participations, workspace=T, dialogue_id=d03)
    assert part.done_at is None


def test_replacing_a_colleagues_text_is_a_start_too(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.submits(d02, CLAIRE, "strategic", OBJ02=GOALS)
    scoping.submits(d02, KARIM, "strategic", OBJ02=[{**GOALS[0], "statement": "Other"}])
    scoping.submits(d02, KARIM, "reasons", **REASONS)
    parts = scoping.db.read_sync(dialogue.participations, workspace=T, dialogue_id=d02)
    assert [(part.user, part.started_at) for part in parts] == [(CLAIRE, NOW), (KARIM, NOW)]


def test_later_is_noted_for_the_reminder(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    _, saved = scoping.takes(d02, ExitTaken(by=ANNE, question="OBJ01", exit="later", at=NOW))
    assert saved.later == (ANNE,)
    [part] = scoping.db.read_sync(dialogue.participations, workspace=T, dialogue_id=d02)
    assert part.later_at == NOW


def test_a_part_is_sent_once(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    assert scoping.db.run_sync(dialogue.send_part, workspace=T, id=d02, part="after_W02")
    assert not scoping.db.run_sync(dialogue.send_part, workspace=T, id=d02, part="after_W02")
    assert scoping.sheet(d02, ANNE).parts == frozenset({"after_W02"})


def test_a_dialogue_that_is_taken_up_again_keeps_its_answers(scoping: Scoping) -> None:
    """A later part of a closed dialogue is asked in the same run: a second one would ask everything again,
    and hide what was said."""
    d03 = scoping.opens("D03")
    scoping.submits(d03, KARIM, "ownership", SPO05="cross")
    key = {"workspace": T, "project_id": scoping.project, "flow": "D03"}
    assert not scoping.db.run_sync(dialogue.take_up, **key)  # it is open
    scoping.db.run_sync(dialogue.close, workspace=T, id=d03, by=SOPHIE, now=NOW)
    assert scoping.db.run_sync(dialogue.take_up, **key)
    assert scoping.opens("D03") == d03
    run = scoping.db.read_sync(dialogue.run, workspace=T, id=d03)
    assert (run.status, run.closed_at, run.closed_by) == ("open", None, None)  # type: ignore[union-attr]
    assert scoping.sheet(d03, KARIM).answers["SPO05"].value == "cross"
    assert not scoping.db.run_sync(dialogue.take_up, **{**key, "flow": "D04"})  # never sent


def test_my_dialogues_are_those_i_am_asked_or_have_answered(scoping: Scoping) -> None:
    d02, d03 = scoping.opens("D02"), scoping.opens("D03")
    scoping.db.run_sync(dialogue.invite, workspace=T, dialogue_id=d02, users=[ANNE], by=SOPHIE, now=NOW)
    scoping.submits(d03, KARIM, "ownership", SPO05="cross")
    mine = scoping.db.read_sync(dialogue.for_user, workspace=T, user=ANNE)
    assert [(found.run.id, found.part.invited_at) for found in mine] == [(d02, NOW)]
    assert [f.run.id for f in scoping.db.read_sync(dialogue.for_user, workspace=T, user=KARIM)] == [d03]
    assert scoping.db.read_sync(dialogue.for_user, workspace="TOTHER", user=ANNE) == []


def test_restricted_answers_are_read_by_the_roles_that_were_promised(scoping: Scoping) -> None:
    d01 = scoping.opens("D01")
    groups = [{"group": "Works council", "power": 5, "interest": 3}]
    scoping.submits(d01, SOPHIE, "groups", SET21=groups)

    def read(roles: Any) -> set[str]:
        return set(scoping.db.read_sync(dialogue.answers, workspace=T, dialogue_id=d01, roles=roles))

    assert read(()) == set()
    assert read(("team",)) == set()
    assert read(("team", "lead")) == {"SET21"}
    assert read(None) == {"SET21"}


def test_another_workspace_sees_nothing_of_it(scoping: Scoping) -> None:
    d02 = scoping.opens("D02")
    scoping.submits(d02, ANNE, "reasons", **REASONS)
    other = {"workspace": "TOTHER"}
    db = scoping.db
    assert db.read_sync(dialogue.sheet, id=d02, person=ANNE, flows=scoping.playbook.flows, **other) is None
    assert db.read_sync(dialogue.run, id=d02, **other) is None
    assert db.read_sync(dialogue.runs, project_id=scoping.project, **other) == []
    assert db.read_sync(dialogue.answers, dialogue_id=d02, roles=None, **other) == {}
    assert db.read_sync(dialogue.participations, dialogue_id=d02, **other) == []
    assert not db.run_sync(dialogue.close, id=d02, by=ANNE, now=NOW, **other)
    with pytest.raises(AssertionError):
        db.run_sync(
            take, flows=scoping.playbook.flows, project_id=scoping.project, id=d02, workspace="TOTHER",
            event=Submitted(by=ANNE, screen="reasons", values=REASONS, at=NOW),
        )  # fmt: skip


def test_a_damaged_answer_is_open_again_and_its_raw_text_kept(
    sqlite_database: Database, playbook: Playbook
) -> None:
    scoping = Scoping(db=sqlite_database, playbook=playbook, project=sqlite_database.run_sync(found))
    d02 = scoping.opens("D02")
    scoping.submits(d02, ANNE, "reasons", **REASONS)
    damage = "UPDATE answer SET value = '{broken' WHERE workspace = ? AND question = 'OBJ05'"
    sqlite_database.run_sync(lambda conn: conn.exec_driver_sql(damage, (T,)) and None)
    sheet = scoping.sheet(d02, ANNE)
    assert not sheet.answers["OBJ05"].given
    scoping.submits(d02, ANNE, "reasons", **REASONS)
    assert scoping.sheet(d02, ANNE).answers["OBJ05"].version == 2
    raw = "SELECT value FROM answer_past WHERE workspace = ? AND question = 'OBJ05'"
    kept = sqlite_database.read_sync(lambda conn: conn.exec_driver_sql(raw, (T,)).scalar_one())
    assert kept == "{broken"
