"""Where each card stands in Slack, so that it is updated and never posted twice."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select

from storage.statement import Both
from storage.tables import card


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One message in Slack."""

    channel: str
    ts: str


_KEY = (
    card.c.workspace == bindparam("w"),
    card.c.kind == bindparam("k"),
    card.c.object_id == bindparam("o"),
    card.c.audience == bindparam("a"),
)
_PLACE = select(card.c.channel, card.c.ts).where(*_KEY)
_AT = select(card.c.object_id).where(
    card.c.workspace == bindparam("w"),
    card.c.kind == bindparam("k"),
    card.c.channel == bindparam("c"),
    card.c.ts == bindparam("ts"),
)
_FORGET = delete(card).where(*_KEY)
_REMEMBER = Both(
    lambda insert: (new := insert(card)).on_conflict_do_update(
        index_elements=["workspace", "kind", "object_id", "audience"],
        set_={"channel": new.excluded.channel, "ts": new.excluded.ts},
    )
)


def place(conn: Connection, *, workspace: str, kind: str, object_id: str, audience: str = "") -> Place | None:
    """Where the card stands; None when it has not been posted yet."""
    row = conn.execute(_PLACE, {"w": workspace, "k": kind, "o": object_id, "a": audience}).first()
    return Place(channel=row.channel, ts=row.ts) if row else None


def at(conn: Connection, *, workspace: str, kind: str, channel: str, ts: str) -> str | None:
    """What the card of this kind at this place is about; None when none of ours stands there."""
    found: str | None = conn.execute(_AT, {"w": workspace, "k": kind, "c": channel, "ts": ts}).scalar()
    return found


def remember(
    conn: Connection, *, workspace: str, kind: str, object_id: str, audience: str = "", channel: str, ts: str
) -> None:
    """The card stands here from now on."""
    conn.execute(
        _REMEMBER.on(conn),
        {
            "workspace": workspace,
            "kind": kind,
            "object_id": object_id,
            "audience": audience,
            "channel": channel,
            "ts": ts,
        },
    )


def forget(conn: Connection, *, workspace: str, kind: str, object_id: str, audience: str = "") -> None:
    """The message is gone from Slack: the next time the card is posted anew."""
    conn.execute(_FORGET, {"w": workspace, "k": kind, "o": object_id, "a": audience})
