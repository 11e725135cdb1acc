"""What Alembic runs: the versions, over the connection it was given."""

from alembic import context

from services.tables import Table

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Table.metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
