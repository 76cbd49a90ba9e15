"""Ids of what is planned are compared byte by byte, so that those with one beginning are found by the index."""

from alembic import op

revision = "0023"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The version before this one still runs on the result. SQLite compares bytes anyway."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute('ALTER TABLE schedule ALTER COLUMN id TYPE varchar(128) COLLATE "C"')


def downgrade() -> None:
    """As the database compares other texts."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute('ALTER TABLE schedule ALTER COLUMN id TYPE varchar(128) COLLATE "default"')
