"""The next number of a project for one prefix: never given twice, whoever asks at the same time."""

from sqlalchemy import Connection

from storage.statement import Both
from storage.tables import counter

_NEXT = Both(
    lambda insert: (
        insert(counter)
        .on_conflict_do_update(
            index_elements=["workspace", "project_id", "prefix"], set_={"last": counter.c.last + 1}
        )
        .returning(counter.c.last)
    )
)


def next_number(conn: Connection, *, workspace: str, project_id: str, prefix: str) -> int:
    """1, 2, 3 … for each prefix of a project."""
    row = {"workspace": workspace, "project_id": project_id, "prefix": prefix, "last": 1}
    return int(conn.execute(_NEXT.on(conn), row).scalar_one())
