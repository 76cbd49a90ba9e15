"""Vendors side by side: each person's own grid, and what vendors claim."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0029"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "vendor_grid",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("session", sa.String(length=16), nullable=False, comment="the session with a vendor, such as VND-2"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user whose grid it is: read by nobody else"),
        sa.Column("levels", storage.columns.Json(), nullable=False, comment="by criterion K1 … K5: seen, claimed, not_shown or no (VEN07)"),
        sa.Column("changed_at", storage.columns.Instant(), nullable=False, comment="when they last changed it, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_vendor_grid_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "session", "user", name=op.f("pk_vendor_grid")),
        comment="What each person saw of each criterion in a session. Shown to others only as a spread.",
    )
    op.create_table(
        "vendor_claim",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("key", sa.String(length=80), nullable=False, comment="the vendor’s name, folded: one set of answers for each vendor"),
        sa.Column("vendor", storage.columns.Plain(), nullable=False, comment="the vendor’s name as it was given"),
        sa.Column("answers", storage.columns.Json(), nullable=False, comment="by need and sub-check: what the vendor answers, and its comment"),
        sa.Column("brought_by", sa.String(length=32), nullable=False, comment="Slack user who brought the file in"),
        sa.Column("brought_at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_vendor_claim_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "key", name=op.f("pk_vendor_claim")),
        comment="What vendors claim in the file they filled in. A claim is never something that was seen.",
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("vendor_claim")
    op.drop_table("vendor_grid")
