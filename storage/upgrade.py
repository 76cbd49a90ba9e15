"""Bring the tables up to date with Alembic, from as many processes at once as there are."""

import time

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.exc import OperationalError

from storage.engine import postgresql_direct

_LOCK = 0x_CAD2_A6E0  # advisory lock number of the migration runner
_PATIENCE = 60.0  # seconds to wait for another process that is upgrading


def upgrade_postgresql(url: URL, revision: str = "head") -> None:
    """One process upgrades, the others wait for it. A table that is in use is asked for again,
    instead of holding up everybody behind the request (`lock_timeout`)."""
    engine = postgresql_direct(url)
    until = time.monotonic() + _PATIENCE
    try:
        while not _try_postgresql(engine, revision):
            if time.monotonic() > until:
                raise TimeoutError("another process has been upgrading the database for a minute")
            time.sleep(0.2)
    finally:
        engine.dispose()


def _try_postgresql(engine: Engine, revision: str) -> bool:
    with engine.connect() as conn, conn.begin():
        if not conn.execute(text("SELECT pg_try_advisory_xact_lock(:n)"), {"n": _LOCK}).scalar():
            return False
        conn.execute(text("SET LOCAL lock_timeout = '1s'"))
        try:
            migrate(conn, revision)
        except OperationalError as problem:
            if getattr(problem.orig, "sqlstate", None) == "55P03":  # a table is in use
                return False
            raise
    return True


def migrate(conn: Connection, revision: str) -> None:
    """Run the migrations on `conn`, inside its transaction."""
    config = configuration(conn)
    command.upgrade(config, revision)


def configuration(conn: Connection) -> Config:
    """Alembic's configuration, without a file: the migrations travel inside the package."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = conn
    return config
