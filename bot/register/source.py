"""A message a record was made from is edited or deleted later: the record and its card say so.

The words that were copied stay as they were. An event about any other message leaves nothing.
"""

from bot.once import once
from bot.parts import Parts
from bot.register import queueing
from bot.request import Json, Reply, Request
from storage import capturing, life, register
from storage import project as projects
from storage.capturing import State
from storage.database import Connection

#: Subtypes of Slack's `message` event that are read here, and no others.
SUBTYPES = ("message_changed", "message_deleted")


async def changed(request: Request, parts: Parts) -> Reply:
    """Slack tells that a message was edited or deleted."""
    found = what(request.payload.get("event") or {})
    if found is None:
        return Reply()
    channel, ts, state = found
    here = {"workspace": request.workspace, "channel": channel, "ts": ts}
    if await parts.db.read(capturing.made_from, **here):
        await parts.db.run(_say, request=request, parts=parts, channel=channel, ts=ts, state=state)
        parts.wake()
    return Reply()


def what(event: Json) -> tuple[str, str, State] | None:
    """Which message became what. None where its words are the same: Slack also tells of previews."""
    channel, before = str(event.get("channel") or ""), event.get("previous_message") or {}
    if event.get("subtype") == "message_deleted":
        ts = str(event.get("deleted_ts") or before.get("ts") or "")
        return (channel, ts, "deleted") if channel and ts else None
    now = event.get("message") or {}
    ts = str(now.get("ts") or "")
    if not channel or not ts:
        return None
    if now.get("subtype") == "tombstone":
        return channel, ts, "deleted"
    same = "text" in before and before.get("text") == now.get("text")
    return None if same else (channel, ts, "edited")


def _say(  # noqa: PLR0913 - which message became what, as which event tells
    conn: Connection, *, request: Request, parts: Parts, channel: str, ts: str, state: State
) -> None:
    """Every record made from it: what happened, and its card."""
    now, workspace = parts.clock.now(), request.workspace
    if not once(conn, request, now):
        return
    for project_id, ref in capturing.became(
        conn, workspace=workspace, channel=channel, ts=ts, state=state, now=now
    ):
        here = {"workspace": workspace, "project_id": project_id}
        project = projects.get(conn, workspace=workspace, id=project_id)
        record = register.get(conn, **here, ref=ref, roles=None)
        if project is None or record is None:
            continue
        life.note(
            conn, workspace=workspace, project_id=project_id, ref=ref, by="", move="source",
            before=record.status, after=record.status, now=now,
        )  # fmt: skip
        queueing.told(conn, project=project, record=record, by="", now=now)
