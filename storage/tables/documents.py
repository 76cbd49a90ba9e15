"""The table of the versions of documents. Holds no query, and no update: a version never changes."""

from sqlalchemy import Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json
from storage.tables.schema import column, metadata, of, workspace

document = Table(
    "document",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("doc", String(8), "DOC1 … DOC6 (section 7 of the domain)"),
    column("version", Integer(), "1, 2, 3 … of this document"),
    column("made_by", String(32), "Slack user who asked for it"),
    column("made_at", Instant(), "when, UTC"),
    column("content", Json(), "what it says, in both languages; people by their ids"),
    PrimaryKeyConstraint("workspace", "project_id", "doc", "version"),
    of("project", "project_id"),
    comment="The versions of a project's documents, kept for ever. Never changed, but for the id of somebody "
    "erased.",
)
