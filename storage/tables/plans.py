"""The tables of what a facilitator changed in the plan, and of guards set aside. Holds no query."""

from sqlalchemy import Date, Index, PrimaryKeyConstraint, String, Table

from storage.columns import Instant, Plain
from storage.tables.schema import column, metadata, of, workspace

plan_step = Table(
    "plan_step",
    metadata,
    workspace(),
    column("project_id", String(32), "the project"),
    column("line", String(64), "key of the line in the plan of the content (2.1)"),
    column("state", String(8), "planned, sent or skipped"),
    column("moved_to", Date(), "the day it leaves instead, in the project's zone", empty=True),
    column("sent_as", String(32), "dialogue or wave it became; empty: none"),
    column("reason", Plain(), "why it was moved or skipped, where somebody said so", empty=True),
    column("by", String(32), "Slack user who changed or sent it; empty: the bot, by the plan"),
    column("at", Instant(), "when, UTC"),
    PrimaryKeyConstraint("workspace", "project_id", "line"),
    of("project", "project_id"),
    comment="Lines of the plan that are not as the content has them; a line without a row is planned.",
)

override = Table(
    "override",
    metadata,
    workspace(),
    column("id", String(32), "random 128-bit id, hexadecimal"),
    column("project_id", String(32), "the project"),
    column("guard", String(32), "the guard that was set aside (2.1)"),
    column("about", String(64), "what was sent or held in spite of it: D14, W09 …"),
    column("reason", Plain(), "why, in the words of whoever set it aside"),
    column("by", String(32), "Slack user who set it aside"),
    column("at", Instant(), "when, UTC"),
    PrimaryKeyConstraint("workspace", "id"),
    of("project", "project_id"),
    Index(None, "workspace", "project_id"),
    comment="Guards of the plan set aside, each with its reason. Never changed.",
)
