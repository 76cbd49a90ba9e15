"""The tables of what is to be said to Slack, and when it may be. Holds no query."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Sequence,
    String,
    Table,
    Text,
    text,
)

from storage.columns import Instant, Json
from storage.tables.schema import column, metadata, workspace

_WAITING = text("state IN ('ready', 'ambiguous')")

#: The order of the outbox. A refreshed row goes to the end of its lane, so it needs a new place.
outbox_place = Sequence("outbox_place", metadata=metadata)

outbox = Table(
    "outbox",
    metadata,
    Column(
        "id",
        BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        autoincrement=True,
        comment="identity",
    ),
    workspace(),
    column("key", String(160), "deterministic: what is queued twice is sent once"),
    column("lane", String(64), "what is sent in order: a channel, a thread, a person"),
    column("place", BigInteger(), "order within the lane"),
    column("op", String(8), "card, post, dm, home, file or mail"),
    column("ref", Json(), "what to render from: ids, never the text"),
    column("state", String(12), "ready, ambiguous (look up first), sent, parked or superseded"),
    column("generation", Integer(), "grows at each refresh that is asked for"),
    column("claimed_generation", Integer(), "the generation being delivered"),
    column("attempts", Integer(), "tries that count"),
    column("queued_at", Instant(), "when it was queued, UTC"),
    column("not_before", Instant(), "earliest next try, UTC"),
    column("first_try", Instant(), "when it was first claimed, UTC", empty=True),
    column("lease_by", String(64), "worker that holds it", empty=True),
    column("lease_until", Instant(), "end of the lease, by the database's clock, UTC", empty=True),
    column("done_at", Instant(), "when it was sent, parked or superseded, UTC", empty=True),
    column("remote_id", String(64), "timestamp or id Slack gave", empty=True),
    column("error", Text(), "why the last try failed; never user text", empty=True),
    Index("uq_outbox_key", "workspace", "key", unique=True),
    Index("ix_outbox_lane", "workspace", "lane", "place", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index("ix_outbox_place", "place", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index("ix_outbox_done_at", "done_at"),
    sqlite_autoincrement=True,
    comment="What is to be said to Slack, written with the change that caused it.",
)

lane = Table(
    "lane",
    metadata,
    workspace(),
    column("lane", String(64), "as in outbox"),
    column("free_at", Instant(), "earliest next message in this lane, UTC"),
    PrimaryKeyConstraint("workspace", "lane"),
    comment="Pacing: about one message a second in each lane.",
)

gate = Table(
    "gate",
    metadata,
    workspace(),
    column("op", String(64), "operation of the outbox; * for all of the workspace"),
    column("closed_until", Instant(), "when it opens again, UTC; null: when somebody resumes it", empty=True),
    column("reason", String(64), "the method that was throttled, or why the workspace is paused"),
    PrimaryKeyConstraint("workspace", "op"),
    comment="What Slack has asked us to hold back, shared by all replicas.",
)
