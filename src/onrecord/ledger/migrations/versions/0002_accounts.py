"""Accounts of a desk that several people open in the browser: who may sign in, see what, and by which tokens."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_HASH = sa.String(64)
_AT = sa.String(27)


def upgrade() -> None:
    """Add the tables; a desk without accounts is one person's."""
    op.create_table(
        "accounts",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("every_story", sa.Boolean, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("subject", sa.Text, unique=True),
        sa.Column("made_at", _AT, nullable=False),
    )
    op.create_table(
        "account_stories",
        sa.Column("account", sa.Text, primary_key=True),
        sa.Column("story", sa.Text, primary_key=True),
    )
    op.create_table(
        "account_sessions",
        sa.Column("ticket", _HASH, primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("made_at", _AT, nullable=False),
        sa.Column("ends_at", _AT, nullable=False),
    )
    op.create_index("account_sessions_by_account", "account_sessions", ["account"])
    op.create_table(
        "account_tokens",
        sa.Column("secret", _HASH, primary_key=True),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("made_at", _AT, nullable=False),
        sa.Column("ends_at", _AT),
    )
    op.create_index("account_tokens_by_account", "account_tokens", ["account"])


def downgrade() -> None:
    """A desk never forgets: there is no way back."""
    raise NotImplementedError("a desk cannot be made older")
