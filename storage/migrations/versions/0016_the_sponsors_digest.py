"""The sponsor's digest, and copies by e-mail."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0016"
down_revision = "0010"
branch_labels = None
depends_on = None

NOW = "card, post, dm, home, file or mail"
BEFORE = "card, post, dm, home or file"


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "digest",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("period", sa.String(length=16), nullable=False, comment="the week it is of, where the sponsor is: 2026-W08"),
        sa.Column("sponsor", sa.String(length=32), nullable=False, comment="Slack user it was made for"),
        sa.Column("made_on", sa.Date(), nullable=False, comment="the day, where the sponsor is"),
        sa.Column("made_at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.Column("covers_from", sa.Date(), nullable=True, comment="the day it was due, when it is a catch-up; null: it was on time"),
        sa.Column("said", storage.columns.Json(), nullable=False, comment="what it says, by codes and figures: the next one is compared with it"),
        sa.Column("note", storage.columns.Plain(), nullable=True, comment="the facilitator's sentence"),
        sa.Column("note_by", sa.String(length=32), nullable=True, comment="Slack user whose sentence it is; null: none"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_digest_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "period", name=op.f("pk_digest")),
        comment="The digests that were made, one a week. Its words are made when it is shown.",
    )
    op.create_table(
        "digest_setting",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("rhythm", sa.String(length=12), nullable=True, comment="weekly, fortnightly or monthly; null: as the phase says"),
        sa.Column("note", storage.columns.Plain(), nullable=True, comment="the facilitator's sentence for the next digest"),
        sa.Column("note_by", sa.String(length=32), nullable=True, comment="Slack user whose sentence it is; null: none"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_digest_setting_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", name=op.f("pk_digest_setting")),
        comment="How often a project's sponsor wants the digest, and what the facilitator adds to the next one.",
    )
    op.create_table(
        "mail_choice",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user"),
        sa.Column("wanted", sa.Boolean(), nullable=False, comment="whether copies are sent"),
        sa.Column("sealed", sa.LargeBinary(), nullable=True, comment="the address, encrypted; null: none was given"),
        sa.Column("trouble", sa.String(length=300), nullable=True, comment="why the last copy was refused for good; null: it was not"),
        sa.Column("changed_at", storage.columns.Instant(), nullable=False, comment="when it was last chosen, UTC"),
        sa.PrimaryKeyConstraint("workspace", "user", name=op.f("pk_mail_choice")),
        comment="Who wants copies by e-mail, and where to. An address can be read with the application key only.",
    )
    _said_of_op(NOW, BEFORE)


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    _said_of_op(BEFORE, NOW)
    op.drop_table("mail_choice")
    op.drop_table("digest_setting")
    op.drop_table("digest")


def _said_of_op(now: str, before: str) -> None:
    """SQLite keeps no comments."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("outbox", "op", existing_type=sa.String(length=8), existing_nullable=False, comment=now, existing_comment=before)
