"""Run by Alembic: the connection comes from ``migrate``, inside its transaction."""

from alembic import context

from planner.store.tables import metadata

# No transaction of Alembic's own: ``opening`` holds one over all steps.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
