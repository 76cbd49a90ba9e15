"""The life of records: what happened to each, what points to what, the message one was made from."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None



def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "record_change",
        *_record("of the record"),
        _column("n", sa.Integer(), "1, 2, 3 … for each record, in the order it changed"),
        _column("at", storage.columns.Instant(), "when, UTC"),
        _column("by", sa.String(length=32), "Slack user who did it; empty: the bot, following an answer"),
        _column("move", sa.String(length=16), "recorded, edited, accept, reject, resolve … (flows.register.moves)"),
        _column("before", sa.String(length=16), "status before; empty: it was new"),
        _column("after", sa.String(length=16), "status from then on"),
        _column("reason", storage.columns.Plain(), "why, in the words of whoever did it", empty=True),
        _column("changed", storage.columns.Json(), "fields that changed, each as [before, after]", empty=True),
        *_keys("record_change", "workspace", "project_id", "prefix", "number", "n"),
        comment="What happened to each record, by hand. Only added to.",
    )
    op.create_table(
        "record_link",
        *_record("of the record that points"),
        _column("link", sa.String(length=16), "supersedes, serves or settles"),
        _column("to_prefix", sa.String(length=8), "of the record it points to"),
        _column("to_number", sa.Integer(), "of the record it points to"),
        *_keys("record_link", "workspace", "project_id", "prefix", "number", "link", "to_prefix", "to_number"),
        comment="What points to what, among the records of one project; read both ways.",
    )
    op.create_index("ix_record_link_to", "record_link", ["workspace", "project_id", "to_prefix", "to_number"])
    op.create_table(
        "record_source",
        *_record("of the record"),
        _column("channel", sa.String(length=32), "Slack channel of the message it was made from"),
        _column("ts", sa.String(length=32), "the message in it"),
        _column("thread_ts", sa.String(length=32), "the thread the message stands in; empty: none"),
        _column("author", sa.String(length=32), "Slack user or bot who wrote it; empty: unknown"),
        _column("permalink", storage.columns.Plain(), "address of the message; null: Slack did not give it", empty=True),
        _column("text", storage.columns.Plain(), "the words as they were; null: a private conversation, not copied", empty=True),
        _column("state", sa.String(length=8), "there, edited or deleted, as Slack has told since"),
        _column("changed_at", storage.columns.Instant(), "when it was edited or deleted, UTC", empty=True),
        *_keys("record_source", "workspace", "project_id", "prefix", "number"),
        comment="The Slack message a record was made from, and what became of it.",
    )
    op.create_index("ix_record_source_message", "record_source", ["workspace", "channel", "ts"])
    op.add_column(
        "project",
        _column("emoji", sa.String(length=64), "reaction that offers to record a message; null: off", empty=True),
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_column("project", "emoji")
    op.drop_table("record_source")
    op.drop_table("record_link")
    op.drop_table("record_change")


def _column(name: str, type_: Any, comment: str, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=empty, comment=comment)


def _record(which: str) -> tuple[sa.Column[Any], ...]:
    """The record a row is about."""
    return (
        _column("workspace", sa.String(length=32), "Slack team id of the tenant"),
        _column("project_id", sa.String(length=32), "the project"),
        _column("prefix", sa.String(length=8), which),
        _column("number", sa.Integer(), which),
    )


def _keys(table: str, *primary: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f(f"fk_{table}_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*primary, name=op.f(f"pk_{table}")),
    )
