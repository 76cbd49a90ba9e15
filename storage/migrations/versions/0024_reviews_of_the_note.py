"""Versions of the note in review: what is said of them, and who signs."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "review",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("version", sa.Integer(), nullable=False, comment="of its scoping note (DOC1)"),
        sa.Column("fingerprint", sa.String(length=64), nullable=False, comment="SHA-256 of what that version says: what is signed"),
        sa.Column("sponsor", sa.String(length=32), nullable=False, comment="Slack user whose signature freezes it"),
        sa.Column("signers", storage.columns.Json(), nullable=False, comment="Slack users who are asked to sign, the sponsor among them"),
        sa.Column("state", sa.String(length=12), nullable=False, comment="review, signed, back or replaced"),
        sa.Column("opened_by", sa.String(length=32), nullable=False, comment="Slack user who sent it round"),
        sa.Column("opened_at", storage.columns.Instant(), nullable=False, comment="when it was sent round, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_review_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "version", name=op.f("pk_review")),
        comment="Versions of the note that were sent round. Never deleted.",
    )
    op.create_table(
        "remark",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the note it is about"),
        sa.Column("id", sa.String(length=32), nullable=False, comment="random 128-bit id, hexadecimal"),
        sa.Column("section", sa.String(length=8), nullable=False, comment="N01 … N25"),
        sa.Column("author", sa.String(length=32), nullable=False, comment="Slack user who made it"),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="change, reservation or question"),
        sa.Column("words", storage.columns.Plain(), nullable=False, comment="in their own words"),
        sa.Column("made_at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.Column("state", sa.String(length=12), nullable=False, comment="open, accepted or answered"),
        sa.Column("reply", storage.columns.Plain(), nullable=False, comment="what becomes of it, in the words of whoever runs the project"),
        sa.Column("issue", sa.String(length=16), nullable=False, comment="the open point it became, such as ISS-7; empty: none"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_remark_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "version", "id", name=op.f("pk_remark")),
        comment="Remarks on a section of the note (RTE10), under their author's name.",
    )
    op.create_table(
        "signature",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("version", sa.Integer(), nullable=False, comment="of the note that is signed"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user who signs"),
        sa.Column("role", sa.String(length=16), nullable=False, comment="in what role, as the note prints it"),
        sa.Column("choice", sa.String(length=12), nullable=False, comment="carry, approve, conditions or back (RTE13)"),
        sa.Column("words", storage.columns.Plain(), nullable=False, comment="the conditions, or why it goes back"),
        sa.Column("override", storage.columns.Plain(), nullable=False, comment="why it is signed against the verdict (3.6)"),
        sa.Column("fingerprint", sa.String(length=64), nullable=False, comment="of what was signed"),
        sa.Column("signed_at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_signature_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "version", "user", name=op.f("pk_signature")),
        comment="Signatures of a version of the note. Taken back by deleting one, until the sponsor has signed.",
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("signature")
    op.drop_table("remark")
    op.drop_table("review")
