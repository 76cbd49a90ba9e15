"""The table of what somebody is asked, and when it left. Holds no query."""

from sqlalchemy import Boolean, Date, Index, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant
from storage.tables.schema import column, metadata, of, workspace

ask = Table(
    "ask",
    metadata,
    workspace(),
    column("key", String(160), "of its row in the outbox"),
    column("user", String(32), "Slack user it goes to"),
    column("project_id", String(32), "the project"),
    column("about", String(32), "the dialogue or wave; empty: a reminder"),
    column("kind", String(8), "dialogue, wave, checkin or reminder"),
    column("earliest", Date(), "the day from which it may leave, where the person is"),
    column("minutes", Integer(), "how long answering takes"),
    column("counted", Boolean(), "false: a form of the lead or the facilitator, outside the caps (2.1)"),
    column("sponsor", Boolean(), "asked of the sponsor of the project"),
    column("needed_by", Date(), "day of the workshop that works with the answers; null: none", empty=True),
    column("midweek", Boolean(), "sent from Tuesday to Thursday; null: on any working day", empty=True),
    column("since", Instant(), "when it was decided upon, UTC"),
    column("left_at", Instant(), "when Slack took it, UTC; null: not yet", empty=True),
    PrimaryKeyConstraint("workspace", "key"),
    of("project", "project_id"),
    Index(None, "workspace", "user"),
    comment="Messages that ask somebody for answers. Never whether, or what, they answered.",
)
