"""Whether a gesture has been taken before: for handlers, inside the transaction of its effect.

    if not once(conn, request, now):
        return ...          # a redelivery or a double click: nothing to do again

Kept for seven days (reliability 6.3). Forms have their own nonce: `storage.inbox.form_result`.
"""

from datetime import datetime
from typing import Any

from bot.request import Json, Request
from storage import inbox
from storage.database import Connection


def once(conn: Connection, request: Request, now: datetime) -> bool:
    """Remember this gesture; False when Slack, or an impatient finger, has sent it before."""
    fresh = [
        inbox.first_time(conn, key=key, workspace=request.workspace, kind=request.kind, now=now)
        for key in keys(request)
    ]
    return all(fresh)


def taken(conn: Connection, *, workspace: str, nonce: str, now: datetime) -> Any | None:
    """The answer a form got when it was taken, or None when it is to be taken now. A second
    submission of the same form waits for the first to commit, and then gets its answer."""
    return inbox.hold_form(conn, workspace=workspace, nonce=nonce, now=now)


def keys(request: Request) -> tuple[str, ...]:
    """What makes a gesture the same one again. A message has several: one post can come as
    `message` and as `app_mention`, or twice with another time stamp. Empty: always the first."""
    match request.kind:
        case "event":
            return _event(request.payload)
        case "command":
            return (f"cmd:{request.trigger_id}",) if request.trigger_id else ()
        case "action":
            return _click(request)
        case "shortcut":
            return (f"cut:{request.trigger_id}",) if request.trigger_id else ()
        case _:
            return ()


def _event(payload: Json) -> tuple[str, ...]:
    event = payload.get("event") or {}
    found = [f"ev:{payload['event_id']}"] if payload.get("event_id") else []
    if event.get("type") in ("message", "app_mention"):
        found.append(f"msg:{event.get('channel')}:{event.get('ts')}")
        if event.get("client_msg_id"):
            found.append(f"cli:{event['client_msg_id']}")
    return tuple(key[:160] for key in found)


def _click(request: Request) -> tuple[str, ...]:
    action = request.payload["actions"][0]
    container = request.payload.get("container")
    where = container if isinstance(container, dict) else {}
    place = where.get("message_ts") or where.get("view_id") or ""
    when = action.get("action_ts")
    if not when:
        return ()
    return (f"clk:{request.user}:{place}:{action.get('action_id')}:{when}"[:160],)
