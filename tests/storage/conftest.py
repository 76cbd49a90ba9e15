"""Over the whole storage suite: no statement crosses workspaces unless it says so."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from flows.playbook import Playbook
from storage.database import Database
from tests.databases import TenantSpy
from tests.storage.scoping import Scoping, found


@pytest.fixture(autouse=True)
def tenants() -> Iterator[TenantSpy]:
    """Fails the test whose statements reach a tenant table without its workspace."""
    with TenantSpy() as spy:
        yield spy
    assert spy.offences == []


@pytest.fixture
def now() -> datetime:
    """A moment of the example project: Tuesday 24 November 2026, 10:00 in Paris."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def scoping(database: Database, playbook: Playbook) -> Scoping:
    """The example project in a database of its own."""
    return Scoping(db=database, playbook=playbook, project=database.run_sync(found))
