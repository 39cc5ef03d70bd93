"""Accounts, sessions, tokens and alerts out of the desk's own file or schema, which is handed on."""

from alembic import op

from onrecord.ledger.storage.access_file import TABLES, drop_copied
from onrecord.ledger.storage.schema import ACCESS

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the tables to the second schema; of a file they were copied to the second file before this."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        drop_copied(connection)
        return
    schema = connection.get_execution_options()["schema_translate_map"][ACCESS]
    op.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
    for name in TABLES:
        op.execute(f'ALTER TABLE {name} SET SCHEMA "{schema}"')


def downgrade() -> None:
    """A desk never forgets: there is no way back."""
    raise NotImplementedError("a desk cannot be made older")
