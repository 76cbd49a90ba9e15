"""Votes on a version of the note, how they were spread, and the files that documents were delivered as."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0028"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.add_column("review", sa.Column("tally", storage.columns.Json(), nullable=True, comment="how the vote on it was spread, without names; null: not counted"))
    op.add_column("review", sa.Column("alike", sa.Integer(), nullable=True, comment="percentage of readings that agreed when the sponsor signed"))
    op.create_table(
        "review_vote",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the note that is voted on"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user who votes"),
        sa.Column("points", sa.Integer(), nullable=False, comment="0 to 5 (RTE11)"),
        sa.Column("words", storage.columns.Plain(), nullable=False, comment="what would bring them to 3; empty: nothing said"),
        sa.Column("signed", sa.Boolean(), nullable=False, comment="they want their name beside their words"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_review_vote_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "version", "user", name=op.f("pk_review_vote")),
        comment="Votes on a version of the note until they are counted: then only the tally remains.",
    )
    op.create_table(
        "document_file",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the bytes that were delivered"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("doc", sa.String(length=8), nullable=False, comment="DOC1 … DOC6 (section 7 of the domain)"),
        sa.Column("version", sa.Integer(), nullable=False, comment="which version of it"),
        sa.Column("form", sa.String(length=8), nullable=False, comment="pdf, docx, html or md"),
        sa.Column("language", sa.String(length=2), nullable=False, comment="en or fr"),
        sa.Column("delivered_at", storage.columns.Instant(), nullable=False, comment="when such a file was delivered first, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_document_file_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "sha256", "project_id", "doc", "version", name=op.f("pk_document_file")),
        comment="Which files are of which version: what `cadrage verify` looks a file up in.",
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("document_file")
    op.drop_table("review_vote")
    op.drop_column("review", "alike")
    op.drop_column("review", "tally")
