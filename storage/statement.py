"""Statements that SQLite and PostgreSQL spell differently, built once for each."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects import postgresql, sqlite

_INSERT: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Both:
    """`build(insert)` for each dialect, where `insert` is the one that knows ON CONFLICT."""

    def __init__(self, build: Callable[[Callable[..., Any]], Executable]) -> None:
        self._statements = {name: build(insert) for name, insert in _INSERT.items()}

    def on(self, conn: Connection) -> Executable:
        """The statement for this connection's database."""
        return self._statements[conn.dialect.name]
