"""Projects, people, cards and the facts of the note."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from flows.project import Member, Person
from flows.workshop.model import Workshop
from storage import card, dialogue, document, note, person, project, workshop
from storage.card import Place
from storage.database import Connection, Database
from storage.tables import note as note_table
from tests.storage.scoping import ANNE, CLAIRE, KARIM, MARC, NOW, SOPHIE, TODAY, Scoping, T

ELSEWHERE = {"workspace": "TOTHER"}


def test_a_project_knows_its_people(scoping: Scoping) -> None:
    found = scoping.db.read_sync(project.get, workspace=T, id=scoping.project)
    assert found is not None
    assert (found.name, found.phase, found.language, found.creator) == ("Phénix", "P0", "fr", SOPHIE)
    assert found.cast.holder("facilitator") == SOPHIE
    assert found.cast.holder("arbiter") == CLAIRE
    assert found.cast.function_of(MARC) == "it"


def test_everybody_with_a_part_finds_it_and_nobody_else(scoping: Scoping) -> None:
    def theirs(user: str, workspace: str = T) -> list[str]:
        return [p.id for p in scoping.db.read_sync(project.for_user, workspace=workspace, user=user)]

    for user in (SOPHIE, CLAIRE, KARIM, ANNE):
        assert theirs(user) == [scoping.project]
    assert theirs("USTRANGER") == []
    assert theirs(ANNE, "TOTHER") == []


def test_a_channel_shows_its_projects(scoping: Scoping) -> None:
    [found] = scoping.db.read_sync(project.in_channel, workspace=T, channel="C0CRM")
    assert found.id == scoping.project
    assert scoping.db.read_sync(project.in_channel, workspace="TOTHER", channel="C0CRM") == []


def test_another_workspace_can_neither_read_nor_change_it(scoping: Scoping) -> None:
    db, id = scoping.db, scoping.project
    assert db.read_sync(project.get, id=id, **ELSEWHERE) is None
    db.run_sync(project.set_facts, id=id, name="Taken", **ELSEWHERE)
    found = db.read_sync(project.get, workspace=T, id=id)
    assert found is not None
    assert found.name == "Phénix"
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        db.run_sync(project.set_role, id=id, role="lead", user="UTHIEF", **ELSEWHERE)


def test_a_role_is_left_empty_and_given_again(scoping: Scoping) -> None:
    def lead(user: str | None) -> str | None:
        scoping.db.run_sync(project.set_role, workspace=T, id=scoping.project, role="lead", user=user)
        return scoping.db.read_sync(project.cast_of, workspace=T, id=scoping.project).holder("lead")

    assert lead(None) is None
    assert lead(ANNE) == ANNE
    assert lead(MARC) == MARC


def test_a_role_of_several_cannot_be_given_to_one(scoping: Scoping) -> None:
    with pytest.raises(ValueError, match="team is worked out"):
        scoping.db.run_sync(project.set_role, workspace=T, id=scoping.project, role="team", user=ANNE)


def test_the_team_is_replaced_in_its_order_and_a_double_keeps_the_first_line(scoping: Scoping) -> None:
    team = [Member(user="UB", function="it"), Member(user="UA", hours=4), Member(user="UB", function="hr")]
    scoping.db.run_sync(project.set_team, workspace=T, id=scoping.project, members=team)
    cast = scoping.db.read_sync(project.cast_of, workspace=T, id=scoping.project)
    assert cast.members == tuple(team[:2])


def known(**more: Any) -> Person:
    return replace(Person(workspace=T, user=ANNE, name="Anne", zone="Europe/Paris", fetched_at=NOW), **more)


def test_what_a_person_chose_survives_what_slack_says(database: Database) -> None:
    database.run_sync(person.set_language, workspace=T, user=ANNE, language="en")
    assert database.read_sync(person.get, workspace=T, user=ANNE) is None
    assert database.read_sync(person.language, workspace=T, user=ANNE) == "en"
    database.run_sync(person.remember, person=known(locale="fr-FR"))
    database.run_sync(person.set_away, workspace=T, user=ANNE, until=date(2026, 12, 1))
    database.run_sync(person.remember, person=known(name="Anne B."))
    found = database.read_sync(person.get, workspace=T, user=ANNE)
    assert found is not None
    assert (found.name, found.language, found.away_until) == ("Anne B.", "en", date(2026, 12, 1))
    assert database.read_sync(person.get, user=ANNE, **ELSEWHERE) is None


def test_a_profile_is_known_once_slack_gave_it_and_until_it_is_forgotten(database: Database) -> None:
    database.run_sync(person.remember, person=known())
    assert set(database.read_sync(person.many, workspace=T, users=[ANNE, "UNKNOWN"])) == {ANNE}
    database.run_sync(person.forget, workspace=T, user=ANNE)
    assert database.read_sync(person.language, workspace=T, user=ANNE) is None


def test_a_card_is_found_where_it_was_last_put(database: Database) -> None:
    at = {"workspace": T, "kind": "dialogue", "object_id": "d1"}
    assert database.read_sync(card.place, **at) is None
    for ts in ("1.0", "2.0"):
        database.run_sync(card.remember, channel="C1", ts=ts, **at)
    assert database.read_sync(card.place, **at) == Place(channel="C1", ts="2.0")
    assert database.read_sync(card.place, audience="U1", **at) is None
    assert database.read_sync(card.place, **{**at, **ELSEWHERE}) is None
    database.run_sync(card.forget, **at)
    assert database.read_sync(card.place, **at) is None


def facts(scoping: Scoping, workspace: str = T) -> Any:
    return scoping.db.read_sync(
        note.facts, workspace=workspace, project_id=scoping.project, flows=scoping.playbook.flows, today=TODAY
    )


def test_the_note_is_made_from_what_was_answered_and_nothing_restricted(scoping: Scoping) -> None:
    d01, d02 = scoping.opens("D01"), scoping.opens("D02", closes_on=date(2026, 12, 4))
    scoping.db.run_sync(person.remember, person=known())
    scoping.submits(d01, SOPHIE, "groups", SET21=[{"group": "Works council", "power": 5, "interest": 3}])
    scoping.submits(d02, ANNE, "reasons", OBJ05="pain", OBJ06="yes", OBJ07=3)
    scoping.does_not_know(d02, MARC, "OBJ06")
    found = facts(scoping)
    assert [(who, answer.value) for who, answer in found.answers["OBJ05"]] == [(ANNE, "pain")]
    assert {who: answer.exit for who, answer in found.answers["OBJ06"]} == {ANNE: None, MARC: "unknown"}
    assert "SET21" not in found.answers
    assert "stakeholder" not in {record.kind for record in found.records}
    assert found.names == {ANNE: "Anne"}
    assert (found.expected["OBJ05"], found.expected["OBJ02"]) == (5, 1)
    assert (found.dialogues["D02"].closed, found.dialogues["D02"].closes_on) == (False, date(2026, 12, 4))
    assert facts(scoping, "TOTHER") is None


def test_the_note_is_made_from_all_runs_of_a_dialogue(scoping: Scoping) -> None:
    """While goals are asked about again, what people said of them the time before stays in the note."""
    first = scoping.opens("D02")
    scoping.submits(first, ANNE, "reasons", OBJ05="pain", OBJ06="yes", OBJ07=3)
    closing: dict[str, Any] = {"workspace": T, "id": first, "by": SOPHIE, "now": NOW}
    scoping.db.run_sync(dialogue.close, **closing)
    again = scoping.db.run_sync(
        dialogue.open, workspace=T, project_id=scoping.project, flow="D02", opened_by=ANNE, closes_on=None,
        now=NOW + timedelta(days=30),
    )  # fmt: skip
    scoping.submits(again, MARC, "reasons", OBJ05="growth", OBJ06="yes", OBJ07=4)
    found = facts(scoping)
    assert [(who, answer.value) for who, answer in found.answers["OBJ05"]] == [(ANNE, "pain")]
    assert "OBJ05" in found.stands
    assert (found.dialogues["D02"].run, found.runs["OBJ05"][ANNE]) == (again, first)


def test_the_note_knows_which_workshops_were_held(scoping: Scoping) -> None:
    planned = Workshop(
        id="w7", workspace=T, project_id=scoping.project, number=0, script="W07", mode="live",
        facilitator=SOPHIE, channel="C1", planned_by=SOPHIE,
    )  # fmt: skip
    scoping.db.run_sync(workshop.put, workshop=planned)
    scoping.db.run_sync(workshop.put, workshop=replace(planned, id="w4", script="W04", state="ended"))
    assert facts(scoping).held == {"W04"}


def test_who_is_outside_the_scope_of_a_question_is_not_expected(scoping: Scoping) -> None:
    from flows.dialogue.events import ExitTaken  # noqa: PLC0415

    d02 = scoping.opens("D02")
    scoping.takes(d02, ExitTaken(by=MARC, question="OBJ05", exit="outside", at=NOW))
    assert facts(scoping).expected["OBJ05"] == 4


def makes(scoping: Scoping, by: str, now: datetime, doc: str = "DOC1") -> int:
    """A version of a document, kept unless the number is that of the last one."""
    here: dict[str, Any] = {"workspace": T, "project_id": scoping.project}

    def make(conn: Connection) -> int:
        number = document.next_number(conn, **here, doc=doc, by=by, now=now)
        if document.get(conn, **here, doc=doc, number=number) is None:
            version = document.Version(doc=doc, number=number, made_by=by, made_at=now, content={})
            document.keep(conn, **here, version=version)
        return number

    return scoping.db.run_sync(make)


def test_versions_of_the_note_say_which_records_have_changed_since(scoping: Scoping) -> None:
    def make(now: datetime) -> int:
        return makes(scoping, SOPHIE, now)

    d02 = scoping.opens("D02")
    assert facts(scoping).version == 1
    assert make(NOW - timedelta(days=1)) == 1
    scoping.does_not_know(d02, MARC, "OBJ06")
    assert make(NOW + timedelta(days=1)) == 2
    found = facts(scoping)
    assert (found.version, found.changes) == (2, ("ISS-1",))


def test_asking_for_the_note_twice_in_a_moment_makes_one_version(scoping: Scoping) -> None:
    def make(by: str, after: float, doc: str = "DOC1") -> int:
        return makes(scoping, by, NOW + timedelta(seconds=after), doc)

    assert [make(SOPHIE, 0), make(SOPHIE, 0.05), make(SOPHIE, 4)] == [1, 1, 1]
    assert make(MARC, 4.1) == 2
    assert make(SOPHIE, 60) == 3
    assert make(SOPHIE, 60.1, "DOC6") == 1


def test_versions_from_before_they_were_kept_keep_their_numbers(scoping: Scoping) -> None:
    """The note was posted twice before what a version says was kept: the next one is the third."""

    def posted(conn: Connection) -> None:
        row = {"workspace": T, "project_id": scoping.project, "made_by": SOPHIE, "made_at": NOW}
        conn.execute(insert(note_table), [{**row, "version": 1}, {**row, "version": 2}])

    scoping.db.run_sync(posted)
    assert makes(scoping, SOPHIE, NOW + timedelta(days=1)) == 3
    assert makes(scoping, SOPHIE, NOW + timedelta(days=2)) == 4
    assert makes(scoping, SOPHIE, NOW + timedelta(days=2), "DOC6") == 1


def test_a_run_knows_its_project_and_its_day(scoping: Scoping) -> None:
    id = scoping.opens("D03", closes_on=TODAY)
    run = scoping.db.read_sync(dialogue.run, workspace=T, id=id)
    assert run is not None
    assert (run.project_id, run.flow, run.closes_on, run.opened_by) == (scoping.project, "D03", TODAY, SOPHIE)


def test_the_days_since_a_dialogue_was_sent_are_those_of_the_project(scoping: Scoping) -> None:
    """Half past midnight in Paris is still the day before in UTC."""
    late = datetime.combine(TODAY - timedelta(days=1), time(23, 30), tzinfo=UTC)
    scoping.db.run_sync(
        dialogue.open, workspace=T, project_id=scoping.project, flow="D02", opened_by=ANNE, closes_on=None,
        now=late,
    )  # fmt: skip
    assert facts(scoping).dialogues["D02"].days == 0
