"""All that a digest said, to be read again; and news drafted for the lead."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0019"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.add_column("digest", sa.Column("sent", storage.columns.Json(), nullable=True, comment="all that it said when it was made; null: made by an earlier version"))
    op.create_table(
        "news",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("day", sa.Date(), nullable=False, comment="on which it was drafted, where the project is"),
        sa.Column("state", sa.String(length=8), nullable=False, comment="drafted, posted or skipped"),
        sa.Column("text", storage.columns.Plain(), nullable=True, comment="what was posted, in the words of whoever did; null: nothing was"),
        sa.Column("by", sa.String(length=32), nullable=True, comment="Slack user who posted or skipped it; null: nobody yet"),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when it last changed, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_news_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "day", name=op.f("pk_news")),
        comment="News that were drafted for the lead, one a day at most (5.2), and what was posted of them.",
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("news")
    op.drop_column("digest", "sent")
