"""Workshops: where each stands, who is in it, cards, held votes, results."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.create_table(
        "workshop",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("id", sa.String(length=32), nullable=False, comment="random 128-bit id, hexadecimal"),
        sa.Column("project_id", sa.String(length=32), nullable=False, comment="the project"),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3 … per project"),
        sa.Column("script", sa.String(length=8), nullable=False, comment="W01 to W12"),
        sa.Column("mode", sa.String(length=8), nullable=False, comment="live or async"),
        sa.Column(
            "state", sa.String(length=12), nullable=False, comment="planned, open, paused, ended or cancelled"
        ),
        sa.Column(
            "facilitator", sa.String(length=32), nullable=False, comment="Slack user who facilitates now"
        ),
        sa.Column("channel", sa.String(length=32), nullable=False, comment="Slack channel of its card"),
        sa.Column("planned_by", sa.String(length=32), nullable=False, comment="Slack user who planned it"),
        sa.Column(
            "planned_for",
            storage.columns.Instant(),
            nullable=True,
            comment="when it is to begin, UTC; null: not said",
        ),
        sa.Column(
            "about",
            sa.String(length=24),
            nullable=False,
            comment="the record it is about: VND-2; empty: none",
        ),
        sa.Column(
            "plays",
            storage.columns.Json(),
            nullable=False,
            comment="numbers of the steps it plays; empty: all",
        ),
        sa.Column(
            "step", sa.Integer(), nullable=False, comment="number of the step it stands at; 0: not begun"
        ),
        sa.Column(
            "phase",
            sa.String(length=12),
            nullable=False,
            comment="of the step: preparing, open, between or shown; empty: none",
        ),
        sa.Column("move", sa.Integer(), nullable=False, comment="counts what has happened to its course"),
        sa.Column("began", storage.columns.Instant(), nullable=True, comment="when the phase began, UTC"),
        sa.Column(
            "due",
            storage.columns.Instant(),
            nullable=True,
            comment="when the phase ends, UTC; null: not by the clock",
        ),
        sa.Column("left", sa.Integer(), nullable=False, comment="seconds to go while it is paused"),
        sa.Column(
            "ballot",
            storage.columns.Json(),
            nullable=True,
            comment="what is voted on, without votes; null: nothing",
        ),
        sa.Column(
            "speaker",
            sa.String(length=32),
            nullable=False,
            comment="Slack user whose turn it is in a round; empty: nobody's",
        ),
        sa.Column(
            "pairs",
            storage.columns.Json(),
            nullable=False,
            comment="Slack users who write together in this step",
        ),
        sa.Column(
            "opened_at", storage.columns.Instant(), nullable=True, comment="when it began, UTC; null: not yet"
        ),
        sa.Column(
            "ended_at", storage.columns.Instant(), nullable=True, comment="when it ended, UTC; null: not yet"
        ),
        sa.Column(
            "trail",
            storage.columns.Json(),
            nullable=False,
            comment="who steered what when; no contribution, no vote",
        ),
        sa.Column("version", sa.Integer(), nullable=False, comment="counts every change"),
        sa.ForeignKeyConstraint(
            ["workspace", "project_id"],
            ["project.workspace", "project.id"],
            name=op.f("fk_workshop_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_workshop")),
        comment="Workshops (4.), planned, under way and over.",
    )
    op.create_index(
        op.f("ix_workshop_workspace_project_id_state"), "workshop", ["workspace", "project_id", "state"]
    )
    op.create_table(
        "workshop_person",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("workshop_id", sa.String(length=32), nullable=False, comment="the workshop"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user"),
        sa.Column(
            "place", sa.Integer(), nullable=False, comment="1, 2, 3 … in the order in which they were invited"
        ),
        sa.Column("function", sa.String(length=16), nullable=False, comment="department; empty: not known"),
        sa.Column("vote", sa.Boolean(), nullable=False, comment="team and sponsor"),
        sa.Column(
            "counted", sa.Boolean(), nullable=False, comment="belongs to those of whom 60 % must be there"
        ),
        sa.Column("arbiter", sa.Boolean(), nullable=False, comment="arbiter, or stands in for them"),
        sa.Column("sponsor", sa.Boolean(), nullable=False, comment="the sponsor"),
        sa.Column(
            "guest",
            sa.Boolean(),
            nullable=False,
            comment="a vendor or visitor: reads no card, sees no ballot",
        ),
        sa.Column(
            "steps",
            storage.columns.Json(),
            nullable=False,
            comment="numbers of the steps they take part in; empty: all",
        ),
        sa.Column(
            "seat", sa.String(length=8), nullable=False, comment="invited, coming, cannot, here or left"
        ),
        sa.Column(
            "answered",
            sa.Integer(),
            nullable=False,
            comment="what is open now and they have answered; 0 again once it closes",
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "workshop_id"],
            ["workshop.workspace", "workshop.id"],
            name=op.f("fk_workshop_person_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "workshop_id", "user", name=op.f("pk_workshop_person")),
        comment="Who is in a workshop. Says who is waited for, never what anybody said.",
    )
    op.create_index(op.f("ix_workshop_person_workspace_user"), "workshop_person", ["workspace", "user"])
    op.create_table(
        "workshop_card",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("workshop_id", sa.String(length=32), nullable=False, comment="the workshop"),
        sa.Column(
            "id",
            sa.String(length=32),
            nullable=False,
            comment="random, so that the order of cards tells nothing",
        ),
        sa.Column("step", sa.Integer(), nullable=False, comment="number of the step"),
        sa.Column(
            "kind",
            sa.String(length=12),
            nullable=False,
            comment="idea, note, row, to_three, decision, parked or pleased",
        ),
        sa.Column("text", storage.columns.Plain(), nullable=False, comment="as it was typed"),
        sa.Column(
            "fields", storage.columns.Json(), nullable=False, comment="of a row: what stands in each column"
        ),
        sa.Column(
            "author",
            sa.String(length=32),
            nullable=False,
            comment="Slack user, until the step closes; empty: not kept",
        ),
        sa.Column(
            "signed", sa.Boolean(), nullable=False, comment="the author wants their name to stand there"
        ),
        sa.Column(
            "into",
            sa.String(length=32),
            nullable=False,
            comment="id of the card it was merged into; empty: none",
        ),
        sa.Column(
            "ref",
            sa.String(length=24),
            nullable=False,
            comment="the record it has become: RSK-3; empty: none",
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "workshop_id"],
            ["workshop.workspace", "workshop.id"],
            name=op.f("fk_workshop_card_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "workshop_id", "id", name=op.f("pk_workshop_card")),
        comment="What people put on the table.",
    )
    op.create_table(
        "workshop_vote",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("workshop_id", sa.String(length=32), nullable=False, comment="the workshop"),
        sa.Column("ballot", sa.Integer(), nullable=False, comment="number of the ballot, which is open"),
        sa.Column("user", sa.String(length=32), nullable=False, comment="Slack user"),
        sa.Column(
            "choices",
            storage.columns.Json(),
            nullable=False,
            comment="what they chose, by item; {}: an abstention",
        ),
        sa.Column("why", storage.columns.Json(), nullable=False, comment="their reasons, by item"),
        sa.Column(
            "signed", sa.Boolean(), nullable=False, comment="they want their name beside their choices"
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "workshop_id"],
            ["workshop.workspace", "workshop.id"],
            name=op.f("fk_workshop_vote_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "workshop_id", "ballot", "user", name=op.f("pk_workshop_vote")),
        comment="Votes of ballots that are open. Deleted when the ballot is revealed, in the same transaction.",
    )
    op.create_table(
        "workshop_result",
        sa.Column("workspace", sa.String(length=32), nullable=False, comment="Slack team id of the tenant"),
        sa.Column("workshop_id", sa.String(length=32), nullable=False, comment="the workshop"),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the ballot, unique in its workshop"),
        sa.Column("step", sa.Integer(), nullable=False, comment="number of the step"),
        sa.Column(
            "kind",
            sa.String(length=12),
            nullable=False,
            comment="dots, fist, grid, sizes, points, moscow, choice, sliders, levels or ranking",
        ),
        sa.Column("attempt", sa.Integer(), nullable=False, comment="1, or 2 for a second vote or run-off"),
        sa.Column("voters", sa.Integer(), nullable=False, comment="how many could vote"),
        sa.Column("n", sa.Integer(), nullable=False, comment="how many did"),
        sa.Column("abstained", sa.Integer(), nullable=False, comment="how many abstained"),
        sa.Column(
            "indicative", sa.Boolean(), nullable=False, comment="without quorum: not decided, to be replayed"
        ),
        sa.Column("verdict", sa.String(length=8), nullable=False, comment="settled, again, failed or empty"),
        sa.Column(
            "lines",
            storage.columns.Json(),
            nullable=False,
            comment="what came of each item: distribution, figures, unsigned reasons",
        ),
        sa.Column(
            "signed",
            storage.columns.Json(),
            nullable=False,
            comment="choices of those who wished to sign, by Slack user",
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "workshop_id"],
            ["workshop.workspace", "workshop.id"],
            name=op.f("fk_workshop_result_workshop"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "workshop_id", "number", name=op.f("pk_workshop_result")),
        comment="Revealed ballots: counts, and no vote.",
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_table("workshop_result")
    op.drop_table("workshop_vote")
    op.drop_table("workshop_card")
    op.drop_table("workshop_person")
    op.drop_table("workshop")
