"""The tables of a desk: entries, archive and head are its truth, the others are derived and can be dropped."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

# The last migration; a desk that names one we do not know was written by a newer version.
REVISION = "0005"
REVISIONS = ("0001", "0002", "0003", "0004", "0005")
# "onre", in the header of every SQLite desk, so that another program's file is not taken for one.
APPLICATION_ID = 0x6F6E7265

metadata = MetaData()
# What is no part of the record, and never handed on with it: a second file beside a desk's file, which SQLite attaches
# under this name, or a second schema on a server.
ACCESS = "access"
access = MetaData(schema=ACCESS)

entries = Table(
    "entries",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("by", Text, nullable=False),
    Column("act", String(16), nullable=False),
    Column("story", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("entries_by_story", "story", "seq"),
    Index("entries_by_subject", "subject"),
)

archive = Table(
    "archive",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("packed", Boolean, nullable=False),
    Column("stored", LargeBinary, nullable=False),
    Column("stored_sha256", String(64), nullable=False),
)

# One row: whoever enters holds it, so that entries land one after the other.
head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# Derived: which reports there are, and what became of them ("current", "revised", "withdrawn").
reports = Table(
    "reports",
    metadata,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("story", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("root", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("outlet", Text),
    Column("published", Text),
    Column("headline", Text),
    Column("file", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("url", Text),
    Column("sha256", String(64), nullable=False),
    Column("added_at", String(27), nullable=False),
    Index("reports_by_story", "story", "report"),
    Index("reports_by_sha256", "story", "sha256"),
)

# Derived: each line in words; `folded` is what is searched (lower case, no accents, words only).
statements = Table(
    "statements",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("entry", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("story", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("speaker", Text),
    Column("act", String(16)),
    Column("words", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("folded_speaker", Text, nullable=False),
    Index("statements_by_report", "story", "report"),
)

# Derived: stories as they were told, by which rules; `whole` ones at no particular instant.
snapshots = Table(
    "told",
    metadata,
    Column("story", Text, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("head", Integer, nullable=False),
    Column("version", Text, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# Derived: the words of each version of a report, to search.
report_texts = Table(
    "report_texts",
    metadata,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("story", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("folded", Text, nullable=False),
)

# The claims of each story as it was built last, with what people noted on them, to search.
claim_words = Table(
    "claim_words",
    metadata,
    Column("story", Text, primary_key=True),
    Column("claim", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("status", String(16)),
    Column("notes", Text, nullable=False),
    Column("folded", Text, nullable=False),
)

# What the id of a claim meant when it was first given out: rules may change, addresses in other hands do not.
claim_addresses = Table(
    "claim_addresses",
    metadata,
    Column("story", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("head", Integer, nullable=False),
    Column("anchor", Text, nullable=False),
)

# Who may open the desk in the browser; no part of its record, in no pack and not in its file.
accounts = Table(
    "accounts",
    access,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("every_story", Boolean, nullable=False),
    Column("password", Text),
    Column("subject", Text, unique=True),
    Column("made_at", String(27), nullable=False),
)

account_stories = Table(
    "account_stories",
    access,
    Column("account", Text, primary_key=True),
    Column("story", Text, primary_key=True),
)

account_sessions = Table(
    "account_sessions",
    access,
    Column("ticket", String(64), primary_key=True),
    Column("account", Text, nullable=False),
    Column("made_at", String(27), nullable=False),
    Column("ends_at", String(27), nullable=False),
    Index("account_sessions_by_account", "account"),
)

account_tokens = Table(
    "account_tokens",
    access,
    Column("secret", String(64), primary_key=True),
    Column("account", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("made_at", String(27), nullable=False),
    Column("ends_at", String(27)),
    Index("account_tokens_by_account", "account"),
)

# Who is told of what; like accounts no part of the record, and in no pack. The lease is whose turn it is to send.
alerts = Table(
    "alerts",
    access,
    Column("id", String(16), primary_key=True),
    Column("account", Text),
    Column("story", Text),
    Column("subject", String(16), nullable=False),
    Column("value", Text, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("target", Text, nullable=False),
    Column("secret", Text),
    Column("daily", String(5)),
    Column("zone", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", String(27), nullable=False),
    Column("since", Integer, nullable=False),
    Column("paused", Text),
    Column("fault", Text),
    Column("failed", Integer, nullable=False),
    Column("failed_since", String(27)),
    Column("next_try", String(27)),
    Column("leased_until", String(27)),
)

# What was told, in order; numbers have no gap.
notices = Table(
    "notices",
    access,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("story", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("notices_by_story", "story", "seq"),
)

# The outbox: what each alert is to be told, and when it was; `batch` names the message that gathers several.
deliveries = Table(
    "deliveries",
    access,
    Column("alert", String(16), primary_key=True),
    Column("notice", Integer, primary_key=True, autoincrement=False),
    Column("due_at", String(27), nullable=False),
    Column("batch", Text),
    Column("sent_at", String(27)),
    Index("deliveries_by_state", "alert", "sent_at"),
)

# Up to which entry each story was looked at for changes, and how it was told then.
notice_cursors = Table(
    "notice_cursors",
    access,
    Column("story", Text, primary_key=True),
    Column("head", Integer, nullable=False),
    Column("version", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

DERIVED = (reports, statements, snapshots, report_texts, claim_words)
