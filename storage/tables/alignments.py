"""The table of how the note was read. Holds no query, no reading and no author: three counts."""

from sqlalchemy import Integer, PrimaryKeyConstraint, String, Table

from storage.columns import Instant
from storage.tables.schema import column, metadata, of, workspace

alignment = Table(
    "alignment",
    metadata,
    workspace(),
    column("dialogue_id", String(32), "the run of D15"),
    column("aligned", Integer(), "readings that say what the note says"),
    column("partly", Integer(), "readings that partly do"),
    column("different", Integer(), "readings that say something else"),
    column("at", Instant(), "when they were last rated, UTC"),
    PrimaryKeyConstraint("workspace", "dialogue_id"),
    of("dialogue", "dialogue_id"),
    comment="How the note was read (RTE12), as the facilitator rated it. Only counts.",
)
