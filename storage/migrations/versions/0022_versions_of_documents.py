"""What each version of a document says."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0022"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "document",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("doc", sa.String(length=8), nullable=False, comment="DOC1 … DOC6 (section 7 of the domain)"),
        sa.Column("version", sa.Integer(), nullable=False, comment="1, 2, 3 … of this document"),
        sa.Column("made_by", sa.String(length=32), nullable=False, comment="Slack user who asked for it"),
        sa.Column("made_at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.Column("content", storage.columns.Json(), nullable=False, comment="what it says, in both languages; people by their ids"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_document_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "doc", "version", name=op.f("pk_document")),
        comment="The versions of a project's documents, kept for ever. Never changed, but for the id of somebody erased.",
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("document")
