"""The Slack message a record was made from, both ways, and what became of that message since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.register import place_of
from storage.tables import record_source as table

State = Literal["there", "edited", "deleted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Where a message stands, who wrote it, and what it said when it was copied."""

    channel: str
    ts: str
    thread_ts: str = ""  # "": it stands in no thread
    author: str = ""  # Slack user or bot; "": unknown
    permalink: str | None = None
    text: str | None = None  # None: a private conversation, not copied
    state: State = "there"
    changed_at: datetime | None = None  # UTC


_ADD = insert(table)
_OF = select(table).where(
    table.c.workspace == bindparam("w"), table.c.project_id == bindparam("p"),
    table.c.prefix == bindparam("x"), table.c.number == bindparam("n"),
)  # fmt: skip
_MADE_FROM = (
    select(table)
    .where(
        table.c.workspace == bindparam("w"), table.c.channel == bindparam("c"), table.c.ts == bindparam("t")
    )
    .order_by(table.c.project_id, table.c.prefix, table.c.number)
)
_BECAME = (
    update(table)
    .where(
        table.c.workspace == bindparam("w"), table.c.channel == bindparam("c"),
        table.c.ts == bindparam("t"), table.c.state != "deleted",
    )
    .values(state=bindparam("new_state"), changed_at=bindparam("now"))
)  # fmt: skip
_REFRESH = (
    update(table)
    .where(
        table.c.workspace == bindparam("w"), table.c.project_id == bindparam("p"),
        table.c.prefix == bindparam("x"), table.c.number == bindparam("n"), table.c.state == "edited",
    )
    .values(text=bindparam("new_text"), state="there", changed_at=bindparam("now"))
)  # fmt: skip


def remember(conn: Connection, *, workspace: str, project_id: str, ref: str, message: Message) -> None:
    """The record was made from this message."""
    prefix, number = place_of(ref) or ("", 0)
    row = {
        "workspace": workspace, "project_id": project_id, "prefix": prefix, "number": number,
        "channel": message.channel, "ts": message.ts, "thread_ts": message.thread_ts,
        "author": message.author, "permalink": message.permalink, "text": message.text,
        "state": message.state, "changed_at": None,
    }  # fmt: skip
    conn.execute(_ADD, row)


def source(conn: Connection, *, workspace: str, project_id: str, ref: str) -> Message | None:
    """The message the record was made from; None for one that was not made from any."""
    place = place_of(ref)
    if place is None:
        return None
    row = conn.execute(_OF, {"w": workspace, "p": project_id, "x": place[0], "n": place[1]}).first()
    if row is None:
        return None
    return Message(
        channel=row.channel, ts=row.ts, thread_ts=row.thread_ts, author=row.author,
        permalink=row.permalink, text=row.text, state=row.state, changed_at=row.changed_at,
    )  # fmt: skip


def made_from(conn: Connection, *, workspace: str, channel: str, ts: str) -> list[tuple[str, str]]:
    """The records made from a message, as (project id, "DEC-12")."""
    rows = conn.execute(_MADE_FROM, {"w": workspace, "c": channel, "t": ts})
    return [(row.project_id, f"{row.prefix}-{row.number}") for row in rows]


def became(
    conn: Connection, *, workspace: str, channel: str, ts: str, state: State, now: datetime
) -> list[tuple[str, str]]:
    """The message was edited or deleted: every record made from it says so. Which ones those are."""
    conn.execute(_BECAME, {"w": workspace, "c": channel, "t": ts, "new_state": state, "now": now})
    return made_from(conn, workspace=workspace, channel=channel, ts=ts)


def refresh(conn: Connection, *, workspace: str, project_id: str, ref: str, text: str, now: datetime) -> bool:
    """The words of an edited message are copied anew, so that they are the same again. False where it was
    not edited, or is gone meanwhile."""
    prefix, number = place_of(ref) or ("", 0)
    key = {"w": workspace, "p": project_id, "x": prefix, "n": number}
    return conn.execute(_REFRESH, {**key, "new_text": text, "now": now}).rowcount == 1
