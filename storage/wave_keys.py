"""Notices the open waves whose box was sealed with another application key. Reads no box."""

from sqlalchemy import Connection, select

from storage import ballot
from storage.sealing import Sealer
from storage.tables import ACROSS, wave


class OtherKey(RuntimeError):
    """Open waves were sealed with another application key. Says the setting and the remedy."""

    def __init__(self, waves: int) -> None:
        super().__init__(
            f"CADRAGE_KEY is not the key that sealed what is open now (anonymous waves: {waves}). Put the "
            "former key back. If it is lost, start with “cadrage run --new-key”: those waves take no more "
            "answers and close unread."
        )


_OPEN = (
    select(wave.c.workspace, wave.c.id, wave.c.key_mark)
    .where(wave.c.status == "open")
    .execution_options(**ACROSS)
)


def locked(conn: Connection, *, sealer: Sealer) -> int:
    """How many open waves, in all workspaces, no ballot can be put into with the key of `sealer`."""
    return sum(
        sealer.key_mark(ballot.about(row.workspace, row.id)) != row.key_mark for row in conn.execute(_OPEN)
    )
