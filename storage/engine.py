"""Engines: one way to open SQLite, one way to open PostgreSQL. Runs no query of its own."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, NullPool, QueuePool, StaticPool, create_engine, event

#: What every connection of an engine carries (storage/audit.py: the key of the audit).
Options = dict[str, Any]

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL may lose the last commits at a power cut
    "PRAGMA busy_timeout=2000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


def sqlite_writer(url: URL, options: Options) -> Engine:
    """One connection, whose transactions begin IMMEDIATE: a read that is written back later must
    not be overtaken. Used by one thread only."""
    folder = Path(url.database or "").parent
    folder.mkdir(parents=True, exist_ok=True)
    return _sqlite(
        url, begin="BEGIN IMMEDIATE", pragmas=_SQLITE_PRAGMAS, poolclass=StaticPool, execution_options=options
    )


def sqlite_reader(url: URL, size: int, options: Options) -> Engine:
    """`size` connections that cannot write, and are not held up by the writer."""
    pragmas = (*_SQLITE_PRAGMAS[2:3], "PRAGMA query_only=ON")
    return _sqlite(
        url, begin="BEGIN", pragmas=pragmas, poolclass=QueuePool, pool_size=size, max_overflow=0,
        execution_options=options,
    )  # fmt: skip


def _sqlite(url: URL, *, begin: str, pragmas: tuple[str, ...], **options: Any) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False}, **options)

    @event.listens_for(engine, "connect")
    def _configure(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # transactions are ours: sqlite3 would begin them late
        for pragma in pragmas:
            raw.execute(pragma).close()

    def _begin(raw: Any) -> None:
        raw.driver_connection.execute(begin).close()

    # not a "begin" event: one listener makes every statement go round by the slow way
    engine.dialect.do_begin = _begin  # type: ignore[assignment]
    return engine


def postgresql(url: URL, *, size: int, statement_ms: int, options: Options) -> Engine:
    """`size` connections at READ COMMITTED. No pre-ping: the runner repeats, on a fresh connection,
    what a dead one refused, which saves a round trip a turn."""
    settings = {
        "timezone": "UTC",
        "statement_timeout": statement_ms,
        "lock_timeout": 1500,
        "idle_in_transaction_session_timeout": 10_000,
    }
    return create_engine(
        _with_settings(url, settings), pool_size=size, max_overflow=0, pool_timeout=2, connect_args=_CONNECT,
        execution_options=options,
    )  # fmt: skip


def postgresql_direct(url: URL) -> Engine:
    """Connections without limits or pool, for the migration runner alone."""
    return create_engine(_with_settings(url, {"timezone": "UTC"}), poolclass=NullPool, connect_args=_CONNECT)


_CONNECT: dict[str, Any] = {
    "connect_timeout": 2,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "application_name": "cadrage",
    "target_session_attrs": "read-write",  # after a failover, find the primary
}


def _with_settings(url: URL, settings: dict[str, Any]) -> URL:
    given = url.query.get("options", ())
    options = " ".join([given] if isinstance(given, str) else given)
    ours = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return url.update_query_dict({"options": f"{ours} {options}".strip()})
