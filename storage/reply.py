"""You said, we did: what answers a closed wave (5.2). Reads no answer of anybody."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.statement import Both
from storage.tables import reply, wave

_PUT = Both(lambda insert: insert(reply).on_conflict_do_nothing().returning(reply.c.wave_id))
_TEXT = select(reply.c.text).where(reply.c.workspace == bindparam("w"), reply.c.wave_id == bindparam("v"))
#: Whoever answers fewer people than the threshold has nothing to answer: only waves that were read count.
_LAST = (
    select(wave.c.id, reply.c.wave_id)
    .outerjoin(reply, (reply.c.workspace == wave.c.workspace) & (reply.c.wave_id == wave.c.id))
    .where(
        wave.c.workspace == bindparam("w"),
        wave.c.project_id == bindparam("p"),
        wave.c.what == bindparam("what"),
        wave.c.outcome == "kept",
    )
    .order_by(wave.c.closed_on.desc(), wave.c.id.desc())
    .limit(1)
)


def owed(conn: Connection, *, workspace: str, project_id: str, what: str) -> str:
    """The last wave of this check-in that gave results, while nobody has answered it; "" when none waits."""
    row = conn.execute(_LAST, {"w": workspace, "p": project_id, "what": what}).first()
    return str(row.id) if row is not None and row.wave_id is None else ""


def post(conn: Connection, *, workspace: str, wave_id: str, text: str, by: str, now: datetime) -> bool:
    """Keep the answer to a wave. False when it has one already."""
    row = {"workspace": workspace, "wave_id": wave_id, "text": text, "by": by, "at": now}
    return conn.execute(_PUT.on(conn), row).first() is not None


def text(conn: Connection, *, workspace: str, wave_id: str) -> str:
    """What was posted in answer to this wave, or ""."""
    return str(conn.execute(_TEXT, {"w": workspace, "v": wave_id}).scalar() or "")
