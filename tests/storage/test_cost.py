"""What a turn costs: how many statements, and that none of them reads through a table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from flows.dialogue.events import Submitted
from storage import dialogue, seat
from storage.database import Database
from tests.storage.scoping import ANNE, NOW, SOPHIE, TODAY, Scoping, T, found, take

REASONS = {"OBJ05": "pain", "OBJ06": "yes", "OBJ07": 3}
NEED = {"why": "to answer at once", "function": "service"}
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


class Statements:
    """Every statement sent while it listens, as (SQL, values)."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Any]] = []

    def hear(self, _conn: object, _cursor: object, sql: str, values: Any, *_: object) -> None:
        if sql.lstrip().upper().startswith(VERBS):
            self.sent.append((sql, values))


@contextmanager
def listening() -> Iterator[Statements]:
    heard = Statements()
    event.listen(Engine, "before_cursor_execute", heard.hear)
    yield heard
    event.remove(Engine, "before_cursor_execute", heard.hear)


def statements(work: Callable[[], object]) -> list[str]:
    """The SQL of what this does."""
    with listening() as heard:
        work()
    return [sql for sql, _ in heard.sent]


def needs(scoping: Scoping, many: int) -> str:
    """D11 with so many needs, each of them a record."""
    d11 = scoping.opens("D11")
    people = (ANNE, "UMARC", "UJULIE", "UKARIM")
    for n, start in enumerate(range(0, many, 10)):
        rows = [{"need": f"Need {k}", **NEED} for k in range(start, min(many, start + 10))]
        scoping.submits(d11, people[n], "needs", NEE01=rows)
    return d11


def reads(scoping: Scoping, id: str) -> list[str]:
    """What it takes to read somebody's place in the dialogue."""
    here = {"workspace": T, "id": id, "user": SOPHIE}
    return statements(lambda: scoping.db.read_sync(seat.seat, **here, flows=scoping.playbook.flows))


def test_a_flow_that_reads_nothing_of_the_project_pays_nothing_for_it(scoping: Scoping) -> None:
    """The row of the dialogue with its project and person; the cast; the answers."""
    assert len(reads(scoping, scoping.opens("D02"))) == 3


@pytest.mark.parametrize(("flow", "more"), [("D11", 1), ("D12", 1), ("D14", 2), ("D15", 2)])
def test_what_a_flow_reads_of_the_project_is_one_statement_for_records_and_one_for_answers(
    scoping: Scoping, flow: str, more: int
) -> None:
    assert len(reads(scoping, scoping.opens(flow))) == 3 + more


def test_a_turn_takes_as_many_statements_in_a_large_project_as_in_a_small_one(scoping: Scoping) -> None:
    def turn(id: str) -> list[str]:
        return statements(lambda: scoping.submits(id, SOPHIE, "reasons", **REASONS))

    d02 = scoping.opens("D02")
    small = turn(d02)
    scoping.db.run_sync(dialogue.close, workspace=T, id=d02, by=SOPHIE, now=NOW)
    needs(scoping, 40)
    for flow in ("D03", "D04", "D05", "D08", "D14", "D15"):
        scoping.opens(flow)
    assert turn(scoping.opens("D02")) == small


def test_a_board_of_forty_needs_is_two_statements(scoping: Scoping) -> None:
    """One to read and hold the records, one to write them all."""
    d11 = needs(scoping, 40)
    scoping.db.run_sync(dialogue.send_part, workspace=T, id=d11, part="W06")
    placed = {f"REQ-{n}": "M" if n < 10 else "S" for n in range(1, 41)}
    sent = statements(lambda: scoping.submits(d11, SOPHIE, "board", NEE02=placed))
    assert sum(sql.startswith("UPDATE record") and "amended=" in sql for sql in sent) == 1
    assert len(sent) <= 20  # six of them for the log and the audit, however many records


def test_no_statement_of_a_turn_reads_through_a_table(
    sqlite_database: Database, scoping_of: Callable[[Database], Scoping]
) -> None:
    """However many projects there are: SQLite says how it would carry out each statement."""
    scoping = scoping_of(sqlite_database)
    with listening() as heard:
        for flow in ("D02", "D11", "D14", "D15"):
            reads(scoping, scoping.opens(flow))
        scoping.submits(scoping.opens("D02"), ANNE, "reasons", **REASONS)
        needs(scoping, 2)
    through = sqlite_database.read_sync(read_through, heard.sent)
    assert through == []


def read_through(conn: Connection, sent: list[tuple[str, Any]]) -> list[str]:
    """The statements that read a whole table, or all that a workspace has in one (but for its bots)."""
    found = []
    for sql, values in sent:
        if isinstance(values, list):
            continue
        for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values):
            whole = row.detail.startswith("SCAN ") and "SUBQUERY" not in row.detail
            workspace = row.detail.endswith("(workspace=?)") and "ix_person_bots" not in row.detail
            if whole or workspace:
                found.append(f"{row.detail}: {sql}")
    return found


@pytest.fixture
def scoping_of(playbook: Any) -> Callable[[Database], Scoping]:
    """The example project in a given database."""
    return lambda db: Scoping(db=db, playbook=playbook, project=db.run_sync(found))


def test_many_dialogues_are_opened_on_one_connection(database: Database) -> None:
    """PostgreSQL plans a prepared statement anew, for any value, after it has run ten times: then the
    condition of the partial index must still be there to be seen, and not be a parameter."""

    def many(conn: Connection) -> list[str]:
        ids = []
        for n in range(12):
            project = found(conn, name=f"Project {n}")
            for _ in range(2):  # the second finds the first
                ids.append(
                    dialogue.open(
                        conn, workspace=T, project_id=project, flow="D02", opened_by=SOPHIE, closes_on=TODAY,
                        now=NOW,
                    )
                )  # fmt: skip
        return ids

    ids = database.run_sync(many)
    assert ids[::2] == ids[1::2]
    assert len({*ids}) == 12


def test_many_turns_are_taken_on_one_connection(scoping: Scoping) -> None:
    """As above, for every statement of a turn: none changes its mind once it is prepared."""
    d02, d14 = scoping.opens("D02"), scoping.opens("D14")

    def many(conn: Connection) -> None:
        for n in range(15):
            values = {**REASONS, "OBJ07": n % 5 + 1}
            turn = Submitted(by=ANNE, screen="reasons", values=values, at=NOW, confirmed=True)
            take(conn, flows=scoping.playbook.flows, project_id=scoping.project, id=d02, event=turn)
            row = {"vendor": f"Vendor {n}", "date": "2026-12-14", "scenarios": "A", "whole_team": "yes"}
            sent = Submitted(by=SOPHIE, screen="sessions", values={"VEN01": [row]}, at=NOW, confirmed=True)
            take(conn, flows=scoping.playbook.flows, project_id=scoping.project, id=d14, event=sent)

    scoping.db.run_sync(many)
    assert scoping.sheet(d02, ANNE).answers["OBJ07"].version == 15
    assert [case.title.en for case in scoping.sheet(d14, SOPHIE).register["vendor"]] == ["Vendor 14"]


def test_all_the_sheets_of_a_person_take_as_many_statements_as_one(scoping: Scoping) -> None:
    """What App Home is made from, whatever was sent so far."""
    needs(scoping, 3)
    ids = {flow: scoping.opens(flow) for flow in ("D02", "D11", "D12", "D14", "D15")}
    scoping.submits(ids["D02"], ANNE, "reasons", **REASONS)
    here = {"workspace": T, "project_id": scoping.project, "person": ANNE, "flows": scoping.playbook.flows}
    sent = statements(lambda: scoping.db.read_sync(dialogue.sheets, **here))
    assert len(sent) == 5
    together = scoping.db.read_sync(dialogue.sheets, **here)
    assert together == {id: scoping.sheet(id, ANNE) for id in ids.values()}
    assert scoping.db.read_sync(dialogue.sheets, **{**here, "workspace": "TOTHER"}) == {}
