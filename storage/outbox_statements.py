"""The SQL of the outbox, built once. Decides nothing."""

from typing import Any

from sqlalchemy import (
    Interval,
    String,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql

from storage.columns import Instant
from storage.statement import Both
from storage.tables import ACROSS, gate, lane, mark, outbox, outbox_place

#: Spelled out and not bound, so that the partial indexes serve.
_WAITING: tuple[Any, ...] = (literal_column("'ready'"), literal_column("'ambiguous'"))


def _place(insert: Any) -> Any:
    """The next place at the end of every lane. SQLite has one writer, so the largest will do."""
    if insert is postgresql.insert:
        return outbox_place.next_value()
    last = select(func.coalesce(func.max(outbox.c.place), 0) + 1).where(outbox.c.state.in_(_WAITING))
    return last.scalar_subquery()


def _insert(insert: Any) -> Any:
    return insert(outbox).values(
        place=_place(insert),
        workspace=bindparam("workspace"),
        key=bindparam("key"),
        lane=bindparam("lane"),
        op=bindparam("op"),
        ref=bindparam("ref"),
        state=bindparam("state"),
        queued_at=bindparam("queued_at"),
        not_before=bindparam("not_before"),
        generation=1,
        claimed_generation=0,
        attempts=0,
    )


def _refresh(insert: Any) -> Any:
    new = _insert(insert)
    waiting = outbox.c.state.in_(_WAITING)
    untried = and_(outbox.c.attempts == 0, new.excluded.not_before < outbox.c.not_before)
    return new.on_conflict_do_update(
        index_elements=["workspace", "key"],
        set_={
            "ref": new.excluded.ref,
            "lane": case((waiting, outbox.c.lane), else_=new.excluded.lane),
            "generation": outbox.c.generation + 1,
            "state": case((waiting, outbox.c.state), else_=new.excluded.state),
            "place": case((waiting, outbox.c.place), else_=new.excluded.place),
            "queued_at": case((waiting, outbox.c.queued_at), else_=new.excluded.queued_at),
            "attempts": case((waiting, outbox.c.attempts), else_=0),
            "first_try": case((waiting, outbox.c.first_try), else_=None),
            "done_at": None,
            "not_before": case((and_(waiting, ~untried), outbox.c.not_before), else_=new.excluded.not_before),
        },
    )


QUEUE = Both(lambda insert: _insert(insert).on_conflict_do_nothing(index_elements=["workspace", "key"]))
REFRESH = Both(_refresh)


def _real(insert: Any) -> Any:
    """The clock that leases go by."""
    if insert is postgresql.insert:
        return func.clock_timestamp(type_=Instant())
    return bindparam("real", type_=Instant())


def _heads(insert: Any) -> Any:
    row, earlier = outbox.alias("o"), outbox.alias("e")
    same_lane = and_(earlier.c.workspace == row.c.workspace, earlier.c.lane == row.c.lane)
    now: Any = bindparam("now", type_=Instant())
    held_back = and_(
        gate.c.workspace == row.c.workspace,
        or_(gate.c.op == row.c.op, gate.c.op == "*"),
        or_(gate.c.closed_until.is_(None), gate.c.closed_until > now),
    )
    paced = and_(lane.c.workspace == row.c.workspace, lane.c.lane == row.c.lane, lane.c.free_at > now)
    return (
        select(row.c.id)
        .where(
            row.c.state.in_(_WAITING),
            row.c.not_before <= now,
            or_(row.c.lease_until.is_(None), row.c.lease_until < _real(insert)),
            ~exists().where(same_lane, earlier.c.place < row.c.place, earlier.c.state.in_(_WAITING)),
            ~exists().where(held_back),
            ~exists().where(paced),
        )
        .order_by(row.c.place)
        .limit(bindparam("limit"))
        .with_for_update(of=row, skip_locked=True)
        .execution_options(**ACROSS)
    )


def _take(insert: Any) -> Any:
    until: Any = bindparam("until", type_=Instant())
    if insert is postgresql.insert:
        until = func.clock_timestamp() + cast(bindparam("lease"), Interval)
    return (
        update(outbox)
        .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
        .values(
            # A lease that was left over is a worker that died, perhaps after Slack took the message.
            state=case((outbox.c.lease_by.is_not(None), "ambiguous"), else_=outbox.c.state),
            lease_by=bindparam("worker"),
            lease_until=until,
            attempts=outbox.c.attempts + 1,
            first_try=func.coalesce(outbox.c.first_try, bindparam("now", type_=Instant())),
            claimed_generation=outbox.c.generation,
        )
        .returning(outbox)
        .execution_options(**ACROSS)
    )


HEADS = Both(_heads)
TAKE = Both(_take)

_MINE = (outbox.c.id == bindparam("i"), outbox.c.lease_by == bindparam("me"))


def _finish(insert: Any) -> Any:
    stale = outbox.c.generation > outbox.c.claimed_generation
    return (
        update(outbox)
        .where(*_MINE)
        .values(
            state=case((stale, "ready"), else_=bindparam("state")),
            place=case((stale, _place(insert)), else_=outbox.c.place),
            attempts=case((stale, 0), else_=outbox.c.attempts),
            first_try=case((stale, None), else_=outbox.c.first_try),
            not_before=case((stale, bindparam("now", type_=Instant())), else_=outbox.c.not_before),
            done_at=case((stale, None), else_=bindparam("now", type_=Instant())),
            remote_id=func.coalesce(bindparam("remote"), outbox.c.remote_id),
            error=bindparam("why"),
            lease_by=None,
            lease_until=None,
        )
        .returning(outbox.c.workspace, outbox.c.lane, outbox.c.op)
        .execution_options(**ACROSS)
    )


FINISH = Both(_finish)
MINE = select(outbox.c.state, outbox.c.attempts, outbox.c.first_try).where(*_MINE).execution_options(**ACROSS)
NOTE_REMOTE = update(outbox).where(*_MINE).values(remote_id=bindparam("remote")).execution_options(**ACROSS)
HELD = select(outbox.c.id).where(outbox.c.lease_by == bindparam("worker")).execution_options(**ACROSS)
AGAIN = (
    update(outbox)
    .where(*_MINE)
    .values(
        state=bindparam("state"),
        not_before=bindparam("at"),
        attempts=bindparam("attempts"),
        first_try=bindparam("first"),
        error=bindparam("why"),
        lease_by=None,
        lease_until=None,
    )
    .execution_options(**ACROSS)
)
RECOVER = (
    update(outbox)
    .where(outbox.c.lease_by.is_not(None), outbox.c.state.in_(_WAITING))
    .values(state="ambiguous", not_before=bindparam("at"), lease_by=None, lease_until=None)
    .execution_options(**ACROSS)
)
LOOK_UP_ALL = (
    update(outbox)
    .where(outbox.c.state.in_(_WAITING))
    .values(
        state="ambiguous",
        first_try=func.coalesce(outbox.c.first_try, bindparam("now", type_=Instant())),
        lease_by=None,
        lease_until=None,
    )
    .execution_options(**ACROSS)
)
SAID = select(outbox.c.done_at, outbox.c.not_before).where(
    outbox.c.workspace == bindparam("w"), outbox.c.key == bindparam("k")
)
#: A lane, with the lanes of its own that refreshes have ("channel:C1:…").
PARKED_IN_LANE = (
    select(outbox.c.id)
    .where(
        outbox.c.workspace == bindparam("w"),
        or_(outbox.c.lane == bindparam("l"), outbox.c.lane.like(bindparam("l", type_=String) + ":%")),
        outbox.c.state == "parked",
    )
    .order_by(outbox.c.place)
)
UNPARK = Both(
    lambda insert: (
        update(outbox)
        .where(outbox.c.id == bindparam("i"), outbox.c.workspace == bindparam("w"))
        .values(
            state="ready",
            place=_place(insert),
            attempts=0,
            first_try=None,
            done_at=None,
            not_before=bindparam("now"),
        )
    )
)
DEPTH = (
    select(func.count()).select_from(outbox).where(outbox.c.state.in_(_WAITING)).execution_options(**ACROSS)
)
OLDEST_DUE = (
    select(func.min(outbox.c.not_before))
    .where(outbox.c.state.in_(_WAITING), outbox.c.not_before <= bindparam("now"))
    .execution_options(**ACROSS)
)
NEXT_FREE = (
    select(func.min(lane.c.free_at))
    .where(
        lane.c.free_at > bindparam("now"),
        exists().where(
            outbox.c.workspace == lane.c.workspace,
            outbox.c.lane == lane.c.lane,
            outbox.c.state.in_(_WAITING),
            outbox.c.not_before <= bindparam("now"),
        ),
    )
    .execution_options(**ACROSS)
)
_head, _earlier = outbox.alias("o"), outbox.alias("e")
NEXT_AT = (
    select(func.min(_head.c.not_before))
    .where(
        _head.c.state.in_(_WAITING),
        _head.c.lease_by.is_(None),
        ~exists().where(
            _earlier.c.workspace == _head.c.workspace,
            _earlier.c.lane == _head.c.lane,
            _earlier.c.place < _head.c.place,
            _earlier.c.state.in_(_WAITING),
        ),
    )
    .execution_options(**ACROSS)
)
_GIVEN_UP = (
    select(
        outbox.c.id,
        outbox.c.workspace,
        outbox.c.key,
        outbox.c.lane,
        outbox.c.op,
        outbox.c.ref,
        func.coalesce(outbox.c.error, "").label("error"),
        outbox.c.done_at,
    )
    .where(outbox.c.state == "parked")
    .order_by(outbox.c.done_at.desc(), outbox.c.id.desc())
    .limit(bindparam("limit"))
)
PARKED = _GIVEN_UP.execution_options(**ACROSS)
PARKED_IN_WORKSPACE = _GIVEN_UP.where(outbox.c.workspace == bindparam("w"))
PURGE = delete(outbox).where(outbox.c.done_at < bindparam("before")).execution_options(**ACROSS)

PACE = Both(
    lambda insert: (new := insert(lane)).on_conflict_do_update(
        index_elements=["workspace", "lane"], set_={"free_at": new.excluded.free_at}
    )
)
GATE = Both(
    lambda insert: (new := insert(gate)).on_conflict_do_update(
        index_elements=["workspace", "op"],
        set_={"closed_until": new.excluded.closed_until, "reason": new.excluded.reason},
    )
)
RESUME = delete(gate).where(gate.c.workspace == bindparam("w"), gate.c.op == "*")
PAUSED = select(gate.c.workspace, gate.c.reason).where(gate.c.op == "*").execution_options(**ACROSS)
MARK = Both(
    lambda insert: (new := insert(mark)).on_conflict_do_update(
        index_elements=["name"], set_={"at": new.excluded.at}
    )
)
