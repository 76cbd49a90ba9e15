"""The people of a lot, whom a wave was asked of, days on which nothing leaves, open slots of the coach."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0018"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.add_column("project", sa.Column("holidays", storage.columns.Json(), nullable=True, comment="days on which nothing leaves, as 2026-12-25; null: none given"))
    op.add_column("wave", sa.Column("lots", storage.columns.Json(), nullable=True, comment="numbers of the lots whose users it was asked of; null: asked of the team"))
    op.create_table(
        "lot_user",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("lot", sa.String(length=16), nullable=False, comment="number of the lot: LOT-1"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user who will work with it"),
        sa.Column("by", sa.String(length=32), nullable=False, comment="Slack user who named them"),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_lot_user_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "lot", "user", name=op.f("pk_lot_user")),
        comment="The people a lot is for, in the team or not; whoever leaves the list is asked nothing more.",
    )
    op.create_index(op.f("ix_lot_user_workspace_user"), "lot_user", ["workspace", "user"])
    op.create_table(
        "coach_slot",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("wave_id", sa.String(length=32), nullable=False, comment="the closed wave after which the coach was asked for them"),
        sa.Column("theme", sa.String(length=16), nullable=False, comment="desire, ability, worries or trust"),
        sa.Column("slots", storage.columns.Json(), nullable=True, comment="two moments, each day, from, to; null: not said yet"),
        sa.Column("place", storage.columns.Plain(), nullable=True, comment="where, in the coach's words; empty: not said"),
        sa.ForeignKeyConstraint(["workspace", "wave_id"], ["wave.workspace", "wave.id"], name=op.f("fk_coach_slot_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "wave_id", name=op.f("pk_coach_slot")),
        comment="Two open moments of the coach for a whole group, asked for after two heavy waves (5.4).",
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("coach_slot")
    op.drop_table("lot_user")
    op.drop_column("wave", "lots")
    op.drop_column("project", "holidays")
