"""How the note is read (RTE12): the facilitator's three counts, and nothing else."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "alignment",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("dialogue_id", sa.String(length=32), nullable=False, comment="the run of D15"),
        sa.Column("aligned", sa.Integer(), nullable=False, comment="readings that say what the note says"),
        sa.Column("partly", sa.Integer(), nullable=False, comment="readings that partly do"),
        sa.Column("different", sa.Integer(), nullable=False, comment="readings that say something else"),
        sa.Column("at", storage.columns.Instant(), nullable=False, comment="when they were last rated, UTC"),
        sa.ForeignKeyConstraint(["workspace", "dialogue_id"], ["dialogue.workspace", "dialogue.id"], name=op.f("fk_alignment_dialogue"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "dialogue_id", name=op.f("pk_alignment")),
        comment="How the note was read (RTE12), as the facilitator rated it. Only counts.",
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("alignment")
