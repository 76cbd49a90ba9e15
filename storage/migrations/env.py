"""Alembic's entry point: runs the migrations on the connection it is given."""

from alembic import context

from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
    compare_type=True,
    transactional_ddl=False,  # the caller's transaction covers everything
)
with context.begin_transaction():
    context.run_migrations()
