"""The tables of vendors side by side: each person's own grid, and what vendors claim. Holds no query."""

from sqlalchemy import PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Json, Plain
from storage.tables.schema import column, metadata, of, workspace

vendor_grid = Table(
    "vendor_grid",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("session", String(16), "the session with a vendor, such as VND-2"),
    column("user", String(32), "Slack user whose grid it is: read by nobody else"),
    column("levels", Json(), "by criterion K1 … K5: seen, claimed, not_shown or no (VEN07)"),
    column("changed_at", Instant(), "when they last changed it, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "session", "user"),
    of("project", "project_id"),
    comment="What each person saw of each criterion in a session. Shown to others only as a spread.",
)

vendor_claim = Table(
    "vendor_claim",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("key", String(80), "the vendor’s name, folded: one set of answers for each vendor"),
    column("vendor", Plain(), "the vendor’s name as it was given"),
    column("answers", Json(), "by need and sub-check: what the vendor answers, and its comment"),
    column("brought_by", String(32), "Slack user who brought the file in"),
    column("brought_at", Instant(), "when, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "key"),
    of("project", "project_id"),
    comment="What vendors claim in the file they filled in. A claim is never something that was seen.",
)
