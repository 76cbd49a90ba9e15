"""The words of the log kept as a vector on PostgreSQL, so that a search parses nothing. SQLite stays as it is.

See storage/tables/logs.py, whose statements stand here as they were.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

UP = (
    "DROP INDEX log_text",
    "ALTER TABLE log_entry ADD COLUMN log_text_vector tsvector GENERATED ALWAYS AS "
    "(to_tsvector('simple'::regconfig, text) || array_to_tsvector(ARRAY['_' || project_id])) STORED",
    "CREATE INDEX log_text ON log_entry USING gin (log_text_vector) WITH (fastupdate = off)",
)
DOWN = (
    "ALTER TABLE log_entry DROP COLUMN log_text_vector",
    "CREATE INDEX log_text ON log_entry USING gin (to_tsvector('simple'::regconfig, text))",
)


def upgrade() -> None:
    """The version before this one still runs on the result, where its searches read every line. Writes the
    table anew once."""
    _each(UP)


def downgrade() -> None:
    """Back to an index of what is parsed with each search. Nothing is lost."""
    _each(DOWN)


def _each(statements: tuple[str, ...]) -> None:
    conn = op.get_bind()
    if conn.dialect.name == "postgresql":
        for statement in statements:
            conn.exec_driver_sql(statement)
