"""The table of questions passed on to a colleague. Holds no query.

Named questions only: what is anonymous is in the hands of one person and is passed on to nobody.
"""

from sqlalchemy import Date, Index, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Plain
from storage.tables.schema import column, metadata, of, workspace

delegation = Table(
    "delegation",
    metadata,
    workspace(),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("dialogue_id", String(32), "the dialogue"),
    column("question", String(32), "the question; empty: all of the dialogue"),
    column("from_user", String(32), "Slack user who asks a colleague"),
    column("to_user", String(32), "Slack user who is asked"),
    column("state", String(12), "asked, accepted, declined, expired, withdrawn or answered"),
    column("note", Plain(), "what the one who asks adds", empty=True),
    column("reason", Plain(), "why it was declined or withdrawn, where somebody said so", empty=True),
    column("asked_at", Instant(), "when it was asked, UTC"),
    column("until", Date(), "last day to accept, in the project's zone; null: none", empty=True),
    column("settled_at", Instant(), "when its state last changed, UTC; null: never", empty=True),
    PrimaryKeyConstraint("workspace", "id"),
    of("dialogue", "dialogue_id"),
    Index(None, "workspace", "dialogue_id"),
    Index(None, "workspace", "to_user"),
    comment="Who asked whom to answer in their place, and what came of it.",
)
