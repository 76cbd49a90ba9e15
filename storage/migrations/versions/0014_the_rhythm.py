"""The rhythm: days of phases, what became of the calendar, check-ins, pauses, answers to waves."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0014"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "milestone",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("name", sa.String(length=16), nullable=False, comment="signed, contract, or the number of a lot: its go-live"),
        sa.Column("day", sa.Date(), nullable=False, comment="the day, in the project's zone"),
        sa.Column("by", sa.String(length=32), nullable=False, comment="Slack user who gave it; empty: the bot, from what is recorded"),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when it was given, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_milestone_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "name", name=op.f("pk_milestone")),
        comment="Days that the phases of a project hang on and nothing else tells (0.3).",
    )
    op.create_table(
        "occasion",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("key", sa.String(length=64), nullable=False, comment="of the occasion in the calendar (5.2): it stays when its day moves"),
        sa.Column("state", sa.String(length=8), nullable=False, comment="sent, skipped or moved"),
        sa.Column("day", sa.Date(), nullable=True, comment="the day it was sent or is moved to, in the project's zone; null: none"),
        sa.Column("by", sa.String(length=32), nullable=False, comment="Slack user who changed it; empty: the bot, by the calendar"),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_occasion_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "key", name=op.f("pk_occasion")),
        comment="What became of each occasion of the calendar; one without a row is as the calendar has it.",
    )
    op.create_table(
        "checkin",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("id", sa.String(length=32), nullable=False, comment="random 128-bit id, hexadecimal"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("what", sa.String(length=8), nullable=False, comment="id of the content: C03, C04, C06, C07, C09 or C10"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user who is asked"),
        sa.Column("occasion", sa.String(length=64), nullable=False, comment="key of the occasion in the calendar"),
        sa.Column("day", sa.Date(), nullable=False, comment="the day of the occasion, in the project's zone"),
        sa.Column("state", sa.String(length=8), nullable=False, comment="open, answered, skipped or over"),
        sa.Column("answers", storage.columns.Json(), nullable=True, comment="by question, or question@record; null: none yet"),
        sa.Column("offered", sa.Integer(), nullable=False, comment="C03: how many promises it asked about"),
        sa.Column("answered_at", storage.columns.Instant(), nullable=True, comment="when it was answered, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_checkin_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_checkin")),
        comment="Check-ins answered under one's name. Anonymous ones are waves, and are not here.",
    )
    op.create_index("uq_checkin_occasion", "checkin", ["workspace", "project_id", "occasion", "user"], unique=True)
    op.create_index(op.f("ix_checkin_workspace_user"), "checkin", ["workspace", "user"])
    op.create_table(
        "pause",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("since", sa.Date(), nullable=False, comment="its first day, in the project's zone"),
        sa.Column("until", sa.Date(), nullable=False, comment="the day on which everything goes on"),
        sa.Column("by", sa.String(length=32), nullable=False, comment="Slack user who paused it"),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_pause_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", name=op.f("pk_pause")),
        comment="A project in which nothing is sent for a while. Its reason is not kept.",
    )
    op.create_table(
        "reply",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("wave_id", sa.String(length=32), nullable=False, comment="the closed wave that it answers"),
        sa.Column("text", storage.columns.Plain(), nullable=False, comment="what was said and done, in the words of whoever posted it"),
        sa.Column("by", sa.String(length=32), nullable=False, comment="Slack user who posted it"),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.ForeignKeyConstraint(["workspace", "wave_id"], ["wave.workspace", "wave.id"], name=op.f("fk_reply_wave"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "wave_id", name=op.f("pk_reply")),
        comment="You said, we did: the answer to a wave, without which its check-in does not come again (5.2).",
    )
    op.add_column("ask", sa.Column("midweek", sa.Boolean(), nullable=True, comment="sent from Tuesday to Thursday; null: on any working day"))


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_column("ask", "midweek")
    for table in ("reply", "pause", "checkin", "occasion", "milestone"):
        op.drop_table(table)
