"""What has changed in a project since a moment, for the review of progress (W12): said, closed, done.

Reads only, and nothing of who asked for it: what earlier reviews have promised, replies to waves, open points
closed, actions done, conditions the sponsor has granted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from flows.dialogue.effects import PREFIX, RecordKind
from flows.register.life import OVER
from flows.register.model import Kept
from storage import register
from storage.tables import record_change, reply, wave, workshop

#: How far a first review looks back.
A_MONTH = timedelta(days=30)
#: The states in which something that was asked for has come about.
DONE = ("resolved", "done")
KINDS: tuple[RecordKind, ...] = ("issue", "action", "decision")
PROMISES: tuple[RecordKind, ...] = ("action", "issue")
GRANTED = "granted"

_LAST = select(func.max(workshop.c.ended_at)).where(
    workshop.c.workspace == bindparam("w"),
    workshop.c.project_id == bindparam("p"),
    workshop.c.script == bindparam("script"),
    workshop.c.state == "ended",
    workshop.c.number < bindparam("before"),
)
_REPLIES = (
    select(wave.c.what, reply.c.text)
    .join(wave, (wave.c.workspace == reply.c.workspace) & (wave.c.id == reply.c.wave_id))
    .where(
        reply.c.workspace == bindparam("w"),
        wave.c.workspace == bindparam("w"),
        wave.c.project_id == bindparam("p"),
        reply.c.at > bindparam("since"),
        reply.c.at <= bindparam("until"),
    )
    .order_by(reply.c.at)
)
_MOVED = (
    select(record_change.c.prefix, record_change.c.number)
    .where(
        record_change.c.workspace == bindparam("w"),
        record_change.c.project_id == bindparam("p"),
        record_change.c.after.in_(DONE),
        record_change.c.before != record_change.c.after,
        record_change.c.at > bindparam("since"),
        record_change.c.at <= bindparam("until"),
    )
    .distinct()
)
_EARLIER = select(workshop.c.id).where(
    workshop.c.workspace == bindparam("w"),
    workshop.c.project_id == bindparam("p"),
    workshop.c.script == bindparam("script"),
    workshop.c.state == "ended",
    workshop.c.number < bindparam("before"),
)
_STATES = (
    select(
        record_change.c.prefix, record_change.c.number, record_change.c.at, record_change.c.before,
        record_change.c.after,
    )
    .where(
        record_change.c.workspace == bindparam("w"),
        record_change.c.project_id == bindparam("p"),
        record_change.c.before != record_change.c.after,
    )
    .order_by(record_change.c.n)
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What has changed. `replies`: of which wave, and what was said and done; `granted`: conditions of
    success the sponsor said yes to; `closed`: open points and actions, each settled still."""

    since: datetime  # UTC
    replies: tuple[tuple[str, str], ...]
    granted: tuple[Kept, ...]
    closed: tuple[Kept, ...]


def since(
    conn: Connection, *, workspace: str, project_id: str, script: str, before: int, now: datetime
) -> datetime:
    """When the workshop of this script before number `before` has ended; a month ago where there was none."""
    key = {"w": workspace, "p": project_id, "script": script, "before": before}
    return conn.execute(_LAST, key).scalar() or now - A_MONTH


def changed(
    conn: Connection, *, workspace: str, project_id: str, moment: datetime, until: datetime
) -> Changed:
    """Everything after `moment` up to `until` (both UTC) that the whole team may read."""
    key = {"w": workspace, "p": project_id, "since": moment, "until": until}
    moved = {(row.prefix, row.number) for row in conn.execute(_MOVED, key)}
    kept = register.records(conn, workspace=workspace, project_id=project_id, kinds=KINDS)
    done = [one for one in kept if one.status in DONE and (PREFIX[one.kind], one.number) in moved]
    return Changed(
        since=moment,
        replies=tuple((row.what, row.text) for row in conn.execute(_REPLIES, key)),
        granted=tuple(
            one for one in kept
            if one.fields.get("condition") == GRANTED and moment < one.created_at <= until
        ),
        closed=tuple(one for one in done if not one.fields.get("condition")),
    )  # fmt: skip


def promised(
    conn: Connection, *, workspace: str, project_id: str, script: str, before: int, moment: datetime,
    until: datetime,
) -> tuple[tuple[Kept, str], ...]:  # fmt: skip
    """What reviews before number `before` have promised and had not kept at `moment` (UTC), each with its
    state at `until`. Restricted records are left out, and so is what was withdrawn."""
    here = {"w": workspace, "p": project_id}
    earlier = {row.id for row in conn.execute(_EARLIER, {**here, "script": script, "before": before})}
    kept = (
        register.records(conn, workspace=workspace, project_id=project_id, kinds=PROMISES) if earlier else ()
    )
    lines = [one for one in kept if one.dialogue in earlier]
    moves: dict[tuple[str, int], list[Any]] = {(PREFIX[one.kind], one.number): [] for one in lines}
    for row in conn.execute(_STATES, here) if moves else ():
        moves.get((row.prefix, row.number), []).append(row)
    found = []
    for one in lines:
        past = moves[PREFIX[one.kind], one.number]
        if _state(one, past, moment) not in OVER:
            found.append((one, _state(one, past, until)))
    return tuple(found)


def _state(one: Kept, past: Sequence[Any], at: datetime) -> str:
    """The state a record was in at this moment."""
    known = [row.after for row in past if row.at <= at]
    later = [row.before for row in past if row.at > at and row.before]
    return str(known[-1] if known else later[0] if later else one.status)
