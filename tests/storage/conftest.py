"""Over the whole storage suite: no statement crosses workspaces unless it says so."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.databases import TenantSpy


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
