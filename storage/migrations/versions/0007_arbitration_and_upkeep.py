"""What is put to the arbiter, and what has been said of items that are due."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "arbitration",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("id", sa.String(length=32), nullable=False, comment="random 128-bit id, hexadecimal"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("number", sa.Integer(), nullable=False, comment="of its trade-off in the register (TRD)"),
        sa.Column("subject", sa.String(length=32), nullable=False, comment="what is contested: ISS-4, DEC-3, ARB05, OBJ08; empty: stands nowhere else"),
        sa.Column("title_en", storage.columns.Plain(), nullable=False, comment="the question, in English"),
        sa.Column("title_fr", storage.columns.Plain(), nullable=False, comment="the question, in French"),
        sa.Column("why", storage.columns.Plain(), nullable=False, comment="why it matters"),
        sa.Column("consequence", storage.columns.Plain(), nullable=False, comment="what happens if nobody decides"),
        sa.Column("functions", storage.columns.Json(), nullable=False, comment="departments it concerns"),
        sa.Column("people", storage.columns.Json(), nullable=False, comment="Slack users whose pay or post it touches"),
        sa.Column("options", storage.columns.Json(), nullable=False, comment="options that no side defends in words"),
        sa.Column("state", sa.String(length=12), nullable=False, comment="gathering, waiting, decided or withdrawn"),
        sa.Column("seat", sa.String(length=12), nullable=False, comment="arbiter, sponsor, committee or delegate: in what capacity it is settled"),
        sa.Column("arbiter", sa.String(length=32), nullable=False, comment="Slack user who settles it, or records what the committee decides"),
        sa.Column("delegated_by", sa.String(length=32), nullable=False, comment="Slack user who passed it to a delegate; empty: nobody"),
        sa.Column("out", storage.columns.Json(), nullable=False, comment="Slack users who have said they are a party"),
        sa.Column("asked_by", sa.String(length=32), nullable=False, comment="Slack user who brought it"),
        sa.Column("asked_at", storage.columns.Instant(), nullable=False, comment="when it was brought, UTC"),
        sa.Column("sent_on", sa.Date(), nullable=True, comment="the day it went to the arbiter, in the project's zone"),
        sa.Column("due", sa.Date(), nullable=True, comment="by when it is to be decided"),
        sa.Column("reminded", sa.Integer(), nullable=False, comment="0: not yet; 1: before the day; 2: past it, sponsor told"),
        sa.Column("restricted", sa.Boolean(), nullable=False, comment="shown only to the parties, the arbiter and the roles of seen_by"),
        sa.Column("seen_by", storage.columns.Json(), nullable=True, comment="roles that read it where it is restricted; null: the usual ones"),
        sa.Column("trail", storage.columns.Json(), nullable=False, comment="what happened on the way: passed on, delegated, something is missing"),
        sa.Column("outcome", storage.columns.Json(), nullable=True, comment="what was decided, with reason and loss; null: nothing yet"),
        sa.Column("decided_at", storage.columns.Instant(), nullable=True, comment="when it was decided, UTC; null: not yet"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_arbitration_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_arbitration")),
        comment="Points put to the arbiter, and what came of them. Never deleted.",
    )
    op.create_index(op.f("ix_arbitration_workspace_arbiter"), "arbitration", ["workspace", "arbiter"])
    op.create_index(op.f("ix_arbitration_workspace_project_id_state"), "arbitration", ["workspace", "project_id", "state"])
    op.create_table(
        "arbitration_position",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("arbitration_id", sa.String(length=32), nullable=False, comment="the case"),
        sa.Column("place", sa.Integer(), nullable=False, comment="1, 2, 3 … in the order in which they were named"),
        sa.Column("author", sa.String(length=32), nullable=False, comment="Slack user whose words these are"),
        sa.Column("state", sa.String(length=12), nullable=False, comment="asked, said or declined"),
        sa.Column("proposal", storage.columns.Plain(), nullable=False, comment="what they propose, in a few words"),
        sa.Column("words", storage.columns.Plain(), nullable=False, comment="why, in their own words"),
        sa.Column("option", sa.String(length=16), nullable=False, comment="the option of the case they want"),
        sa.Column("said_at", storage.columns.Instant(), nullable=True, comment="when they said it, UTC; null: not yet"),
        sa.ForeignKeyConstraint(["workspace", "arbitration_id"], ["arbitration.workspace", "arbitration.id"], name=op.f("fk_arbitration_position_arbitration"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "arbitration_id", "author", name=op.f("pk_arbitration_position")),
        comment="The sides of a case, each in its author's own words.",
    )
    op.create_index(op.f("ix_arbitration_position_workspace_author"), "arbitration_position", ["workspace", "author"])
    op.create_table(
        "upkeep",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("prefix", sa.String(length=8), nullable=False, comment="of the record"),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the record"),
        sa.Column("due", sa.Date(), nullable=False, comment="the date it is about: with another date all of this begins again"),
        sa.Column("owner", sa.String(length=32), nullable=False, comment="Slack user it is about; empty: nobody. With another it begins again"),
        sa.Column("said", sa.Integer(), nullable=False, comment="how many reminders this person has had for it; three at most"),
        sa.Column("said_on", sa.Date(), nullable=True, comment="the day of the latest, where the person is; null: none yet"),
        sa.Column("quiet_until", sa.Date(), nullable=True, comment="put off until this day; null: not"),
        sa.Column("stopped", sa.Boolean(), nullable=False, comment="never to be said again to this person"),
        sa.Column("level", sa.Integer(), nullable=False, comment="who has been told that it is overdue: 0 owner, 1 lead, 2 arbiter"),
        sa.Column("level_on", sa.Date(), nullable=True, comment="the day on which the latest level heard of it; null: none"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_upkeep_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "project_id", "prefix", "number", name=op.f("pk_upkeep")),
        comment="What has been said of an item that is due, and to whom. Never shown as a list of people.",
    )
    op.create_table(
        "handover",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("id", sa.String(length=32), nullable=False, comment="random 128-bit id, hexadecimal"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("prefix", sa.String(length=8), nullable=False, comment="of the record"),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the record"),
        sa.Column("from_user", sa.String(length=32), nullable=False, comment="Slack user who passes it on: its owner, or the lead in their place"),
        sa.Column("to_user", sa.String(length=32), nullable=False, comment="Slack user who is asked to see to it"),
        sa.Column("note", storage.columns.Plain(), nullable=True, comment="a word to them"),
        sa.Column("state", sa.String(length=12), nullable=False, comment="asked, accepted, declined or withdrawn"),
        sa.Column("asked_at", storage.columns.Instant(), nullable=False, comment="when, UTC"),
        sa.Column("settled_at", storage.columns.Instant(), nullable=True, comment="when its state last changed, UTC; null: never"),
        sa.ForeignKeyConstraint(["workspace", "project_id"], ["project.workspace", "project.id"], name=op.f("fk_handover_project"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_handover")),
        comment="Who asked whom to see to an item from now on, and what came of it.",
    )
    op.create_index(op.f("ix_handover_workspace_project_id_prefix_number"), "handover", ["workspace", "project_id", "prefix", "number"])
    op.create_index(op.f("ix_handover_workspace_to_user"), "handover", ["workspace", "to_user"])


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    for table in ("handover", "upkeep", "arbitration_position", "arbitration"):
        op.drop_table(table)
