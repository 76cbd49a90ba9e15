"""The tables of documents: versions, and the files they were delivered as. Holds no query, and no update: a
version never changes."""

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

document_file = Table(
    "document_file",
    metadata,
    workspace(),
    column("sha256", String(64), "of the bytes that were delivered"),
    column("project_id", String(32), "the project"),
    column("doc", String(8), "DOC1 … DOC6 (section 7 of the domain)"),
    column("version", Integer(), "which version of it"),
    column("form", String(8), "pdf, docx, html or md"),
    column("language", String(2), "en or fr"),
    column("delivered_at", Instant(), "when such a file was delivered first, UTC"),
    PrimaryKeyConstraint("workspace", "sha256", "project_id", "doc", "version"),
    of("project", "project_id"),
    comment="Which files are of which version: what `cadrage verify` looks a file up in.",
)
