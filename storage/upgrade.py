"""Bring the tables up to date with Alembic, from as many processes at once as there are.

Alembic is only imported when there is something to do: a start with tables of today does without.
"""

import re
import time
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError

from storage.engine import postgresql_direct

if TYPE_CHECKING:
    from alembic.config import Config

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
    if revision == "head" and _stands_at(conn) == newest():
        return
    from alembic import command  # noqa: PLC0415 - see above

    command.upgrade(configuration(conn), revision)


def newest() -> str | None:
    """The last of the migrations, as their files say: the one that no other follows. None when that is not
    one alone, which is for Alembic to complain about."""
    versions = [
        file.read_text(encoding="utf-8")
        for file in (files("storage.migrations") / "versions").iterdir()
        if file.name.endswith(".py")
    ]
    named, followed = (
        {found[1] for one in versions if (found := re.search(rf'^{word} = "(\w+)"', one, re.MULTILINE))}
        for word in ("revision", "down_revision")
    )
    last = named - followed
    return last.pop() if len(last) == 1 else None


def _stands_at(conn: Connection) -> str | None:
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def configuration(conn: Connection) -> "Config":
    """Alembic's configuration, without a file: the migrations travel inside the package."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = conn
    return config
