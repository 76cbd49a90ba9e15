"""What the tables are made of: their metadata, a column with its comment, the workspace, a parent.

Every tenant row carries `workspace` (a Slack team id), first in its primary key, and every query
of a tenant table filters on it; the few that work across workspaces say so (`ACROSS`).
"""

from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, MetaData, String
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Execution option of the statements that serve all workspaces at once: the worker's and the
#: tick's. A test refuses any other statement on a tenant table without `workspace`.
ACROSS: dict[str, Any] = {"across_workspaces": True}


def column(
    name: str,
    type_: TypeEngine[Any] | type[TypeEngine[Any]],
    comment: str,
    *,
    empty: bool = False,
    **options: Any,
) -> Column[Any]:
    """A column with its reason; NOT NULL unless `empty`."""
    return Column(name, type_, nullable=empty, comment=comment, **options)


def workspace() -> Column[Any]:
    """The first column of every tenant table."""
    return column("workspace", String(32), "Slack team id of the tenant")


def of(table: str, *columns: str) -> ForeignKeyConstraint:
    """A row of `table`, in the same workspace; deleted with it."""
    return ForeignKeyConstraint(
        ["workspace", *columns], [f"{table}.workspace", f"{table}.id"], ondelete="CASCADE"
    )
