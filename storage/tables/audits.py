"""The tables of the audit: an append-only chain for each project, and where it ends. Holds no query."""

from sqlalchemy import BigInteger, Index, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json
from storage.tables.schema import column, metadata, of, workspace

audit = Table(
    "audit",
    metadata,
    workspace(),
    column("project_id", String(32), "the project: one chain each"),
    column("n", BigInteger(), "1, 2, 3 … in the chain, without a gap"),
    column("at", Instant(), "when it happened, UTC"),
    column("actor", String(32), "keyed hash of who did it; empty: the bot, or nobody may know"),
    column("action", String(32), "what was done: record.made, record.changed, file.taken …"),
    column("object", String(64), "what it was done to: DEC-12"),
    column("data", Json(), "states and dates as they were and are; people and texts as keyed hashes"),
    column("mac", String(64), "keyed hash of the link before and of this row"),
    PrimaryKeyConstraint("workspace", "project_id", "n"),
    of("project", "project_id"),
    Index("ix_audit_object", "workspace", "project_id", "object", "n"),
    comment="Who changed what and when. Only ever added to; each row vouches for all before it.",
)

audit_head = Table(
    "audit_head",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("n", BigInteger(), "the last link"),
    column("mac", String(64), "its keyed hash"),
    PrimaryKeyConstraint("workspace", "project_id"),
    of("project", "project_id"),
    comment="Where the chain of each project ends; held while a link is added.",
)
