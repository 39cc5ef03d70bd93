"""A desk: entries, archive and head; derived tables, search, and views named for people."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_HASH = sa.String(64)


def upgrade() -> None:
    """Make the tables of a new desk."""
    _truth()
    _derived()
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in _SEARCH_POSTGRES if postgres else _SEARCH_SQLITE:
        op.execute(statement)
    for statement in views(postgres):
        op.execute(statement)


def _truth() -> None:
    op.create_table(
        "entries",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("previous", _HASH, nullable=False),
        sa.Column("hash", _HASH, nullable=False),
    )
    op.create_index("entries_by_story", "entries", ["story", "seq"])
    op.create_index("entries_by_subject", "entries", ["subject"])
    op.create_table(
        "archive",
        sa.Column("sha256", _HASH, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("packed", sa.Boolean, nullable=False),
        sa.Column("stored", sa.LargeBinary, nullable=False),
        sa.Column("stored_sha256", _HASH, nullable=False),
    )
    op.create_table(
        "head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", _HASH, nullable=False),
    )
    op.execute("INSERT INTO head (id, seq, hash) VALUES (1, 0, '" + "0" * 64 + "')")


def _derived() -> None:
    op.create_table(
        "reports",
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("headline", sa.Text),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("sha256", _HASH, nullable=False),
        sa.Column("added_at", sa.String(27), nullable=False),
    )
    op.create_index("reports_by_story", "reports", ["story", "report"])
    op.create_index("reports_by_sha256", "reports", ["story", "sha256"])
    op.create_table(
        "statements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("speaker", sa.Text),
        sa.Column("act", sa.String(16)),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("folded_speaker", sa.Text, nullable=False),
    )
    op.create_index("statements_by_report", "statements", ["story", "report"])
    op.create_table(
        "told",
        sa.Column("story", sa.Text, primary_key=True),
        sa.Column("key", _HASH, primary_key=True),
        sa.Column("head", sa.Integer, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("whole", sa.Boolean, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )


_SEARCH_SQLITE = (
    "CREATE VIRTUAL TABLE statements_search"
    " USING fts5(folded, folded_speaker, content='statements', content_rowid='id')",
)
_SEARCH_POSTGRES = (
    "CREATE INDEX statements_search ON statements USING gin (array_to_tsvector(string_to_array(folded, ' ')))",
    "CREATE INDEX speakers_search ON statements USING gin (array_to_tsvector(string_to_array(folded_speaker, ' ')))",
)


def views(postgres: bool) -> tuple[str, ...]:
    """The views that a person finds in the file."""

    def told(*names: str) -> str:
        if postgres:
            last = "".join(f"->'{name}'" for name in names[:-1])
            return f"(payload::json{last}->>'{names[-1]}')"
        return f"json_extract(payload, '$.{'.'.join(names)}')"

    return (
        "CREATE VIEW stories AS SELECT story, count(*) AS reports, max(added_at) AS last_added"
        " FROM reports WHERE state = 'current' GROUP BY story",
        'CREATE VIEW log AS SELECT seq AS entry, at, "by" AS entered_by, act, story, subject FROM entries',
        f'CREATE VIEW captures AS SELECT seq AS entry, at, "by" AS entered_by, story, subject AS report,'
        f" {told('came_from')} AS came_from, {told('tool')} AS tool, {told('size')} AS bytes, {told('raw')} AS sha256"
        " FROM entries WHERE act = 'captured'",
        f'CREATE VIEW decisions AS SELECT seq AS entry, at, "by" AS decided_by, story, subject,'
        f" {told('decision', 'verdict')} AS verdict, {told('decision', 'value')} AS value,"
        f" {told('decision', 'why')} AS why FROM entries WHERE act = 'decided'",
    )


def downgrade() -> None:
    """A desk never forgets: there is no way back."""
    raise NotImplementedError("a desk cannot be made older")
