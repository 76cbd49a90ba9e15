"""Writes what became of an outbox row, and what follows from it, in one transaction."""

from datetime import datetime, timedelta
from typing import TypedDict

from bot.outbound.decision import Afresh, Again, Decision, Done, Drop, Give, Hold, Look, Pause
from bot.outbound.delivery import identity
from flows.project import Project
from storage import ask, card, mail, outbox, pauses, project
from storage.database import Connection
from storage.outbox import Row

TROUBLE = "delivery_trouble"  # the renderer that tells people; its own rows tell nobody
INSTEAD = "canvas_instead"  # the renderer of what goes to the channel where Slack takes no canvas
LATER = timedelta(seconds=30)  # when a paused row looks whether its workspace is back


class Mine(TypedDict):
    """How a worker proves that a row is its own."""

    row_id: int
    worker: str
    now: datetime


def mark(conn: Connection, row: Row, decision: Decision, mine: Mine, settle: timedelta) -> str:
    """Returns the row's new state, or "lost" when another worker holds it by now; then nothing
    else is written either. `settle`: how long a doubtful row waits before it is looked up."""
    state: str | bool | None
    match decision:
        case Done(channel=channel, ts=ts, remote_id=remote):
            state = outbox.sent(conn, **mine, remote_id=remote or None) and "sent"
            if state and row.op in ("card", "canvas") and ts:
                card.remember(conn, workspace=row.workspace, **identity(row), channel=channel, ts=ts)
            if state and row.ref.get("asks"):
                ask.left(conn, workspace=row.workspace, key=row.key, now=mine["now"])
        case Again(code=code, after=after, counts=counts, poison=poison):
            state = outbox.retry(conn, **mine, after=after, error=code, counts=counts, poison=poison)
        case Look(code=code):
            state = outbox.ambiguous(conn, **mine, error=code, settle=settle)
        case Drop(reason=reason):
            state = outbox.supersede(conn, **mine, reason=reason) and "superseded"
        case Hold(method=method, after=pause):
            pauses.throttle(conn, workspace=row.workspace, method=method, until=mine["now"] + pause)
            state = outbox.retry(conn, **mine, after=pause, error="throttled", counts=False)
        case Pause(code=code):
            pauses.pause(conn, workspace=row.workspace, reason=code)
            state = outbox.retry(conn, **mine, after=LATER, error=code, counts=False)
        case Afresh(code=code):
            card.forget(conn, workspace=row.workspace, **identity(row))
            state = outbox.retry(conn, **mine, after=timedelta(0), error=code)
        case Give(code=code, unreachable=unreachable):
            state = outbox.park(conn, **mine, error=code) and "parked"
            if state and (unreachable or row.op == "canvas"):
                _given_up(conn, row, code, mine["now"])
    if state in ("superseded", "parked") and row.ref.get("asks"):
        ask.forget(conn, workspace=row.workspace, key=row.key)  # it takes up nobody's day
    return str(state or "lost")


def _given_up(conn: Connection, row: Row, code: str, now: datetime) -> None:
    """What follows where something cannot arrive: a file instead of a canvas, else those who run it hear."""
    if row.op == "canvas":
        _instead(conn, row, code, now)
    else:
        _undelivered(conn, row, code, now)


def _instead(conn: Connection, row: Row, code: str, now: datetime) -> None:
    """A canvas that Slack does not take: it is not tried again by itself, and what it would have said goes to
    the channel as a file, with the reason, once for each version."""
    card.forget(conn, workspace=row.workspace, **identity(row))
    key = f"{INSTEAD}:{row.ref.get('object')}:{row.ref.get('version')}"
    ref = {**row.ref, "what": INSTEAD, "why": code}
    lane = f"{INSTEAD}:{row.ref.get('project')}"
    outbox.queue(conn, workspace=row.workspace, key=key, lane=lane, op="file", ref=ref, now=now)


def _undelivered(conn: Connection, row: Row, code: str, now: datetime) -> None:
    """Somebody, or a channel, cannot be reached. Of a copy by e-mail only they themselves hear: it stops, and
    their settings say why. The message in Slack arrives."""
    if row.op == "mail":
        mail.stop(conn, workspace=row.workspace, user=str(row.ref.get("user", "")), why=code, now=now)
    elif row.ref.get("what") != TROUBLE:
        _tell(conn, row, code, now)


def _tell(conn: Connection, row: Row, code: str, now: datetime) -> None:
    """Tell the lead and the facilitator, once for each place and reason, by private message."""
    channel, person = str(row.ref.get("channel") or ""), str(row.ref.get("user") or "")
    found = _project_of(conn, row, channel)
    if found is None:
        return
    people = (found.cast.holder("facilitator"), found.cast.holder("lead"))
    ref = {"what": TROUBLE, "project": found.id, "channel": channel, "person": person, "code": code}
    for user in dict.fromkeys(user for user in people if user and user != person):
        key = f"{TROUBLE}:{channel or person}:{code}:{user}"
        outbox.queue(
            conn,
            workspace=row.workspace,
            key=key,
            lane=f"trouble:{user}",  # its own: at night it waits, and holds up no answer
            op="dm",
            ref={**ref, "user": user},
            now=now,
        )


def _project_of(conn: Connection, row: Row, channel: str) -> Project | None:
    if row.ref.get("project"):
        return project.get(conn, workspace=row.workspace, id=str(row.ref["project"]))
    return (
        next(iter(project.in_channel(conn, workspace=row.workspace, channel=channel)), None)
        if channel
        else None
    )
