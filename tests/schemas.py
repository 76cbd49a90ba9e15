"""Schemas on a PostgreSQL server: an empty one for a test, or all the tables, for many tests in turn."""

import secrets

from sqlalchemy import Engine, create_engine, delete, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from storage.tables import metadata

#: Whoever still holds something of the schema: a connection that the test before has lost sight of.
_END = text(
    "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = :schema AND l.pid <> pg_backend_pid()"
)
_RESTART = text(
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) "
    "FROM pg_sequences WHERE schemaname = :schema"
)


class own_schema:  # noqa: N801 - reads as a function: `with own_schema(server) as url`
    """A schema of its own on a PostgreSQL server, gone afterwards."""

    def __init__(self, server: str) -> None:
        self._server = make_url(server).set(drivername="postgresql+psycopg")
        self.name = f"t_{secrets.token_hex(6)}"

    def __enter__(self) -> str:
        execute(self._server.render_as_string(hide_password=False), f"CREATE SCHEMA {self.name}")
        options = {"options": f"-csearch_path={self.name}"}
        url = self._server.set(drivername="postgresql").update_query_dict(options)
        return url.render_as_string(hide_password=False)

    def __exit__(self, *_: object) -> None:
        execute(self._server.render_as_string(hide_password=False), f"DROP SCHEMA {self.name} CASCADE")


class Tables:
    """A schema with all the tables. To make one takes most of a second, to empty it some milliseconds; so it
    is emptied after each test, and made again only when that cannot be done. Nothing is vacuumed: rows lie in
    the order in which they came, as in tables that are new."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._schema: own_schema | None = None
        self._engine: Engine | None = None
        self._url = ""

    def url(self) -> str:
        """Its address. There are no rows, and every number begins at one."""
        if self._engine is None:
            self._schema = own_schema(self._server)
            self._url = self._schema.__enter__()
            address = make_url(self._url).set(drivername="postgresql+psycopg")
            # to empty all tables is of no workspace
            self._engine = create_engine(address, execution_options={"across_workspaces": True})
            metadata.create_all(self._engine)
            with self._engine.begin() as conn:
                for name in metadata.tables:
                    conn.execute(text(f"ALTER TABLE {name} SET (autovacuum_enabled = off)"))
        return self._url

    def empty(self) -> None:
        """Take every row out, and whoever still holds one."""
        assert self._engine is not None
        assert self._schema is not None
        try:
            with self._engine.begin() as conn:
                conn.execute(text("SET LOCAL lock_timeout = '5s'"))
                conn.execute(_END, {"schema": self._schema.name})
                for table in reversed(metadata.sorted_tables):
                    conn.execute(delete(table))
                conn.execute(_RESTART, {"schema": self._schema.name})
        except SQLAlchemyError:
            self.drop()

    def drop(self) -> None:
        """Let go of it; the next test gets another one."""
        if self._engine is not None and self._schema is not None:
            self._engine.dispose()
            self._schema.__exit__()
        self._engine = self._schema = None


def execute(server: str, *statements: str) -> None:
    """Each statement by itself, without a transaction."""
    engine = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as conn:
        for statement in statements:
            conn.execute(text(statement))
    engine.dispose()
