"""Alerts: who is told of what, the outbox of what is to be told, and up to where each story was looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_AT = sa.String(27)
_ID = sa.String(16)


def upgrade() -> None:
    """Add the tables; nobody is told anything yet."""
    op.create_table(
        "alerts",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("account", sa.Text),
        sa.Column("story", sa.Text),
        sa.Column("subject", sa.String(16), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("kinds", sa.Text, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("secret", sa.Text),
        sa.Column("daily", sa.String(5)),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", _AT, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("paused", sa.Text),
        sa.Column("fault", sa.Text),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("failed_since", _AT),
        sa.Column("next_try", _AT),
        sa.Column("leased_until", _AT),
    )
    op.create_table(
        "notices",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("notices_by_story", "notices", ["story", "seq"])
    op.create_table(
        "deliveries",
        sa.Column("alert", _ID, primary_key=True),
        sa.Column("notice", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("due_at", _AT, nullable=False),
        sa.Column("batch", sa.Text),
        sa.Column("sent_at", _AT),
    )
    op.create_index("deliveries_by_state", "deliveries", ["alert", "sent_at"])
    op.create_table(
        "notice_cursors",
        sa.Column("story", sa.Text, primary_key=True),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """A desk never forgets: there is no way back."""
    raise NotImplementedError("a desk cannot be made older")
