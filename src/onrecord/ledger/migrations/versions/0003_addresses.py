"""What the ids of claims meant when they were given out, and the words of reports and claims to search."""

import sqlalchemy as sa
from alembic import op

from onrecord.ledger.storage.index import take_in_texts

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; the texts of reports that are on record already are taken into the search."""
    op.create_table(
        "claim_addresses",
        sa.Column("story", sa.Text, primary_key=True),
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("anchor", sa.Text, nullable=False),
    )
    op.create_table(
        "report_texts",
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
    )
    op.create_table(
        "claim_words",
        sa.Column("story", sa.Text, primary_key=True),
        sa.Column("claim", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("status", sa.String(16)),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
    )
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE texts_search USING fts5(folded, content='report_texts', content_rowid='entry')"
        )
    else:
        op.execute(
            "CREATE INDEX texts_search ON report_texts USING gin (array_to_tsvector(string_to_array(folded, ' ')))"
        )
    take_in_texts(connection)


def downgrade() -> None:
    """A desk never forgets: there is no way back."""
    raise NotImplementedError("a desk cannot be made older")
