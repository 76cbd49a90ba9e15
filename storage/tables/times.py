"""The tables of what is due, what was, and moments of the whole installation. Holds no query."""

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json
from storage.tables.schema import column, metadata, workspace

#: Compared byte by byte, so that all ids with one beginning lie beside each other, whatever the language of
#: the database.
_BYTES = String(128).with_variant(String(128, collation="C"), "postgresql")

schedule = Table(
    "schedule",
    metadata,
    workspace(),
    column("id", _BYTES, "deterministic: what is planned twice is planned once"),
    column("kind", String(32), "names the handler"),
    column("zone", String(64), "IANA time zone the rule is meant in"),
    column("rule", Json(), "recurrence; null: once", empty=True),
    column("data", Json(), "ids the handler needs"),
    column("next_due", Instant(), "when it is due, UTC; null: no more", empty=True),
    column("held_until", Instant(), "not before this, UTC, after its handler failed", empty=True),
    column("fired_at", Instant(), "when an occurrence was last taken, UTC", empty=True),
    column("version", Integer(), "grows at each change"),
    column("late_limit_s", Integer(), "seconds after which a missed occurrence is skipped"),
    column("skipped", Integer(), "occurrences skipped because they were too late"),
    PrimaryKeyConstraint("workspace", "id"),
    Index("ix_schedule_next_due", "next_due"),
    comment="What is due when.",
)

occurrence = Table(
    "occurrence",
    metadata,
    workspace(),
    column("schedule_id", String(128), "the schedule"),
    column("period", String(32), "local date, hour or week it stands for"),
    column("fired_at", Instant(), "when it was taken, UTC"),
    column("late", Boolean(), "too late to be useful: skipped and counted"),
    column("covered", Json(), "due times it stands for: first and last (ISO, UTC), and how many"),
    PrimaryKeyConstraint("workspace", "schedule_id", "period"),
    Index(None, "fired_at"),
    comment="At most one per schedule and local period, whatever the replicas.",
)

mark = Table(
    "mark",
    metadata,
    column("name", String(32), "what is remembered: restored_at …"),
    column("at", Instant(), "the moment, UTC"),
    PrimaryKeyConstraint("name"),
    CheckConstraint("name <> ''", name="named"),
    comment="Moments of the whole installation. Belongs to no workspace.",
)
