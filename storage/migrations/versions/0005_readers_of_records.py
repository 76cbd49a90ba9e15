"""The roles that may read a restricted record, as its question promised them."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.add_column(
        "record",
        sa.Column(
            "seen_by",
            storage.columns.Json(),
            nullable=True,
            comment="roles that read it where it is restricted; null: the usual ones",
        ),
    )


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_column("record", "seen_by")
