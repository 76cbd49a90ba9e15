"""Small wins, the keys that make each of them one for ever, and initiatives."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0015"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "win",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3 … per project: WIN-20"),
        sa.Column(
            "type", sa.String(length=8), nullable=False, comment="WN01 to WN34 (noticed) or WM1 to WM5 (told)"
        ),
        sa.Column(
            "said_en",
            storage.columns.Plain(),
            nullable=False,
            comment="as it is read in English; of a told one: the line as it was typed",
        ),
        sa.Column("said_fr", storage.columns.Plain(), nullable=False, comment="as it is read in French"),
        sa.Column("told", sa.String(length=8), nullable=False, comment="team or sponsor: to whom it is said"),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="asking, waiting, posted, told, hidden, withdrawn or dropped",
        ),
        sa.Column(
            "functions",
            storage.columns.Json(),
            nullable=False,
            comment="departments whose step it is; empty: the whole team's",
        ),
        sa.Column(
            "people",
            storage.columns.Json(),
            nullable=False,
            comment="whom it would name: [Slack user, asked or yes or no]; empty: nobody",
        ),
        sa.Column(
            "author",
            sa.String(length=32),
            nullable=False,
            comment="Slack user who told it; empty: the bot, or forgotten",
        ),
        sa.Column(
            "ref",
            sa.String(length=24),
            nullable=False,
            comment="the record it is seen in: ISS-7; empty: none",
        ),
        sa.Column(
            "found_at", storage.columns.Instant(), nullable=False, comment="when it was noticed or told, UTC"
        ),
        sa.Column(
            "channel",
            sa.String(length=32),
            nullable=False,
            comment="Slack channel it was posted in; empty: not posted",
        ),
        sa.Column(
            "posted_at",
            storage.columns.Instant(),
            nullable=True,
            comment="when it was given to the channel, UTC; null: not yet",
        ),
        sa.Column(
            "round_up",
            sa.String(length=8),
            nullable=True,
            comment="the week whose round-up says it: 2026-W07; null: none yet",
        ),
        sa.Column(
            "revoked",
            sa.Boolean(),
            nullable=False,
            comment="what it says no longer holds: left out of documents",
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f("fk_win_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "project_id", "number", name=op.f("pk_win")),
        comment="Small wins, noticed or told. Never counted by person, and never deleted.",
    )
    op.create_index(op.f("ix_win_workspace_channel_posted_at"), "win", ["workspace", "channel", "posted_at"])
    op.create_index(op.f("ix_win_workspace_project_id_state"), "win", ["workspace", "project_id", "state"])
    op.create_table(
        "win_key",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column(
            "key",
            sa.String(length=80),
            nullable=False,
            comment="what can be a win once, for ever: its detector and what it is about",
        ),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when it was taken, UTC"),
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f("fk_win_key_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "project_id", "key", name=op.f("pk_win_key")),
        comment="Keys of wins that have been noticed, and what an earlier look has noted for a later one.",
    )
    op.create_table(
        "initiative",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3 … per project: INI-4"),
        sa.Column(
            "statement",
            storage.columns.Plain(),
            nullable=False,
            comment="one line, in the words of its author",
        ),
        sa.Column(
            "author",
            sa.String(length=32),
            nullable=False,
            comment="Slack user, so that they can be answered; empty: forgotten",
        ),
        sa.Column(
            "named",
            sa.Boolean(),
            nullable=False,
            comment="the author wishes to be named; else it is a team's",
        ),
        sa.Column(
            "function",
            sa.String(length=16),
            nullable=False,
            comment="department of the author; empty: not known",
        ),
        sa.Column(
            "help",
            storage.columns.Json(),
            nullable=False,
            comment="what would help: time, access, pair, decision",
        ),
        sa.Column(
            "status",
            sa.String(length=12),
            nullable=False,
            comment="proposed, tried, kept, shared, set_aside or withdrawn",
        ),
        sa.Column(
            "answer",
            storage.columns.Plain(),
            nullable=False,
            comment="what facilitator or lead replied; empty: nothing yet",
        ),
        sa.Column(
            "answered_by",
            sa.String(length=32),
            nullable=False,
            comment="Slack user who replied; empty: nobody",
        ),
        sa.Column(
            "taken_up",
            storage.columns.Json(),
            nullable=False,
            comment="departments that do it too; never who",
        ),
        sa.Column("made_at", storage.columns.Instant(), nullable=False, comment="when it was told, UTC"),
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f("fk_initiative_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "project_id", "number", name=op.f("pk_initiative")),
        comment="What people try to make the project their own (INI).",
    )
    op.create_index(op.f("ix_initiative_workspace_author"), "initiative", ["workspace", "author"])


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("initiative")
    op.drop_table("win_key")
    op.drop_table("win")
