"""What people are asked, and when it left, so that nobody is asked too much over all their projects."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "ask",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("key", sa.String(length=160), nullable=False, comment="of its row in the outbox"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user it goes to"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("about", sa.String(length=32), nullable=False, comment="the dialogue or wave; empty: a reminder"),
        sa.Column("kind", sa.String(length=8), nullable=False, comment="dialogue, wave, checkin or reminder"),
        sa.Column("earliest", sa.Date(), nullable=False, comment="the day from which it may leave, where the person is"),
        sa.Column("minutes", sa.Integer(), nullable=False, comment="how long answering takes"),
        sa.Column("counted", sa.Boolean(), nullable=False, comment="false: a form of the lead or the facilitator, outside the caps (2.1)"),
        sa.Column("sponsor", sa.Boolean(), nullable=False, comment="asked of the sponsor of the project"),
        sa.Column("needed_by", sa.Date(), nullable=True, comment="day of the workshop that works with the answers; null: none"),
        sa.Column("since", storage.columns.Instant(), nullable=False, comment="when it was decided upon, UTC"),
        sa.Column("left_at", storage.columns.Instant(), nullable=True, comment="when Slack took it, UTC; null: not yet"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_ask_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_ask")),
        comment="Messages that ask somebody for answers. Never whether, or what, they answered.",
    )
    op.create_index(op.f("ix_ask_workspace_user"), "ask", ["workspace", "user"])


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("ask")
