"""What people fill in for documents that go out: texts, dates, a prototype, a direct choice."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0027"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "outgoing",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("part", sa.String(length=12), nullable=False, comment="which form: texts, dates, prototype or choice (flows/document/outgoing)"),
        sa.Column("content", storage.columns.Json(), nullable=False, comment="what was filled in, by field"),
        sa.Column("before", storage.columns.Json(), nullable=True, comment="the same before that, to go back to"),
        sa.Column("by", sa.String(length=32), nullable=False, comment="Slack user who filled it in last"),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_outgoing_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "part", name=op.f("pk_outgoing")),
        comment="What people fill in for documents that go out: texts, dates, a prototype, a direct choice.",
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("outgoing")
