"""What became of the messages that tell a change of verdict: the team is told after the leaders."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.tables import outbox

_OUTCOMES = select(outbox.c.key, outbox.c.state, outbox.c.done_at).where(
    outbox.c.workspace == bindparam("w"), outbox.c.key.in_(bindparam("keys", expanding=True))
)


def outcomes(
    conn: Connection, *, workspace: str, keys: Sequence[str]
) -> dict[str, tuple[str, datetime | None]]:
    """By key of the outbox: the state of each message, and when it was done with (UTC)."""
    rows = conn.execute(_OUTCOMES, {"w": workspace, "keys": list(keys)})
    return {row.key: (row.state, row.done_at) for row in rows}
