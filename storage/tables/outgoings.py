"""The table of what is filled in for documents that go out. Holds no query, and nothing a question asks."""

from sqlalchemy import PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json
from storage.tables.schema import column, metadata, of, workspace

outgoing = Table(
    "outgoing",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("part", String(12), "which form: texts, dates, prototype or choice (flows/document/outgoing)"),
    column("content", Json(), "what was filled in, by field"),
    column("before", Json(), "the same before that, to go back to", empty=True),
    column("by", String(32), "Slack user who filled it in last"),
    column("at", Instant(), "when, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "part"),
    of("project", "project_id"),
    comment="What people fill in for documents that go out: texts, dates, a prototype, a direct choice.",
)
