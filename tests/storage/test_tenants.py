"""The spy that watches the whole storage suite would notice a query that crosses workspaces."""

import pytest
from sqlalchemy import and_, delete, insert, select, update

from storage.database import Database
from storage.tables import ACROSS, dialogue, inbox, mark, participation, project, record
from tests.databases import TenantSpy

CROSSING = [
    select(project),
    select(project.c.workspace, project.c.id).where(project.c.id == "x"),
    update(record).where(record.c.number == 1).values(status="open"),
    delete(inbox).where(inbox.c.key == "x"),
    select(participation)
    .join(dialogue, dialogue.c.id == participation.c.dialogue_id)
    .where(participation.c.workspace == "T"),
]
KEEPING = [
    select(project).where(project.c.workspace == "T"),
    update(record).where(record.c.workspace == "T", record.c.number == 1).values(status="open"),
    select(participation)
    .join(
        dialogue,
        and_(dialogue.c.workspace == participation.c.workspace, dialogue.c.id == participation.c.dialogue_id),
    )
    .where(participation.c.workspace == "T"),
    select(project).execution_options(**ACROSS),
    select(mark),
]


@pytest.mark.parametrize("statement", CROSSING)
def test_a_statement_that_crosses_is_noticed(
    database: Database, tenants: TenantSpy, statement: object
) -> None:
    database.run_sync(lambda conn: conn.execute(statement) and None)  # type: ignore[call-overload]
    assert len(tenants.offences) == 1
    tenants.offences.clear()


@pytest.mark.parametrize("statement", KEEPING)
def test_a_statement_that_keeps_to_its_workspace_is_not(
    database: Database, tenants: TenantSpy, statement: object
) -> None:
    database.run_sync(lambda conn: conn.execute(statement) and None)  # type: ignore[call-overload]
    assert tenants.offences == []


def test_what_is_inserted_names_its_workspace(database: Database, tenants: TenantSpy) -> None:
    row = {"key": "k", "workspace": "T", "kind": "event", "at": "2026-11-24"}
    with pytest.raises(Exception, match="at"):
        database.run_sync(lambda conn: conn.execute(insert(inbox), row))
    assert tenants.offences == []
