"""The sponsor's own words under a small win."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0017"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand only: the version before this one still runs on the result."""
    op.add_column("win", sa.Column("thanks", storage.columns.Plain(), nullable=True, comment="the sponsor's own words; empty: said in person; null: nothing yet"))


def downgrade() -> None:
    """Back to the tables of the version before; what only these hold is lost."""
    op.drop_column("win", "thanks")
