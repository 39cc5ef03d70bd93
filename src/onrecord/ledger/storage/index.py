"""Entries to the derived tables: which reports there are, and every statement in words to search."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.datamodel.moment import moment
from onrecord.errors import LedgerError
from onrecord.ledger.entries import instant_text, payload_of
from onrecord.ledger.storage.archive import bytes_text, fetch
from onrecord.ledger.storage.schema import DERIVED, entries, report_texts, reports, statements

# Lines of one entry that can be told apart by number; a report with more has them left out of the search.
_LINES = 100_000
_MAX_WORD_CHARS = 100
# PostgreSQL indexes no more than about a megabyte of words at one place.
_MOST_TEXT_CHARS = 600_000


def fold(words: str) -> str:
    """Words as they are searched: lower case, without accents, each word once parted by a space.

    Example:
        >>> fold("“Señor O'Neill” said 3,500")
        'senor o neill said 3 500'
    """
    plain = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(word[:_MAX_WORD_CHARS] for word in re.findall(r"[^\W_]+", bare))


def storable(words: str | None) -> str | None:
    """Words that both stores can hold: no NUL, undecodable bytes of file names as escapes."""
    if words is None:
        return None
    return words.replace("\x00", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")


def cancelled(undoings: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The entries that are undone, of (number of the undoing, number it undoes); an undoing can be undone itself."""
    gone: set[int] = set()
    for seq, target in sorted(undoings, reverse=True):
        if seq not in gone:
            gone.add(target)
    return frozenset(gone)


# The entries that derived tables are made of.
TAKEN_IN = (EntryType.READ, EntryType.ATTRIBUTED, EntryType.WITHDRAWN, EntryType.UNDONE, EntryType.DECIDED)


def take_in(connection: Connection, entry: Entry) -> None:
    """Bring the derived tables up to one more entry."""
    if entry.act is EntryType.READ:
        _report(connection, entry)
    elif entry.act is EntryType.ATTRIBUTED:
        _statements(connection, entry)
    elif entry.act in (EntryType.WITHDRAWN, EntryType.UNDONE):
        _states(connection, entry.story, entry.subject)
        _mended(connection, entry.story, entry.subject)
    elif entry.act is EntryType.DECIDED and payload_of(entry)["decision"].get("report") == entry.subject:
        _mended(connection, entry.story, entry.subject)


def empty(connection: Connection) -> None:
    """Drop all that is derived."""
    for table in DERIVED:
        connection.execute(delete(table))
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO statements_search(statements_search) VALUES ('rebuild')"))
        connection.execute(text("INSERT INTO texts_search(texts_search) VALUES ('rebuild')"))


def take_in_texts(connection: Connection) -> None:
    """Bring the words of all reports on record into the search, where an older version left them out."""
    query = select(entries.c.seq, entries.c.story, entries.c.subject, entries.c.payload)
    for row in connection.execute(query.where(entries.c.act == EntryType.READ.value).order_by(entries.c.seq)).all():
        _text(connection, row.seq, row.story, row.subject, json.loads(row.payload)["text"])


def _text(connection: Connection, seq: int, story: str, report: str, sha256: str) -> None:
    try:
        words = fold(bytes_text(fetch(connection, [sha256])[sha256]))[:_MOST_TEXT_CHARS]
    except LedgerError:
        # Damaged, as verify says: it costs the search of its own words, and nothing else.
        return
    row = {"entry": seq, "story": story, "report": report, "folded": words}
    connection.execute(insert(report_texts), [row])
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO texts_search(rowid, folded) VALUES (:entry, :folded)"), [row])


def _report(connection: Connection, entry: Entry) -> None:
    payload = payload_of(entry)
    report = payload["report"]
    published = report.get("published")
    row = {
        "entry": entry.seq,
        "story": entry.story,
        "report": report["id"],
        "root": payload["root"],
        "state": "current",
        "outlet": storable(report.get("outlet")),
        "published": published[0] if published else None,
        "headline": storable(report.get("headline")),
        "file": storable(report["file"]),
        "name": payload["name"],
        "url": storable(report.get("url")),
        "sha256": report["sha256"],
        "added_at": instant_text(entry.at),
    }
    connection.execute(insert(reports).values(row))
    _text(connection, entry.seq, entry.story, report["id"], payload["text"])
    _states(connection, entry.story, payload["root"])
    if payload["root"] != report["id"]:
        _mended(connection, entry.story, payload["root"])
    if headline := report.get("headline"):
        headline_line = {"act": "headline", "speaker": report.get("outlet"), "words": headline}
        _search(connection, [_row(entry, report["id"], 0, headline_line)])


def _statements(connection: Connection, entry: Entry) -> None:
    mine = (statements.c.story == entry.story) & (statements.c.report == entry.subject) & (statements.c.line > 0)
    _unsearch(connection, mine)
    lines = payload_of(entry)["lines"][: _LINES - 1]
    _search(connection, [_row(entry, entry.subject, number, _told(line)) for number, line in enumerate(lines, 1)])


def _told(line: dict[str, Any]) -> dict[str, Any]:
    source = " … ".join(line.get("source_words", []))
    return {
        "act": line.get("act"),
        "speaker": line.get("speaker") or source or None,
        "words": " … ".join(line["content_words"]),
        "credited": f"{line.get('speaker') or ''} {source}",
    }


def _row(entry: Entry, report: str, number: int, line: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": entry.seq * _LINES + number,
        "entry": entry.seq,
        "line": number,
        "story": entry.story,
        "report": report,
        "speaker": storable(line["speaker"]),
        "act": line["act"],
        "words": storable(line["words"]),
        "folded": fold(line["words"]),
        "folded_speaker": fold(line.get("credited") or line["speaker"] or ""),
    }


def _search(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    connection.execute(insert(statements), rows)
    if connection.dialect.name == "sqlite":
        into = "INSERT INTO statements_search(rowid, folded, folded_speaker) VALUES (:id, :folded, :folded_speaker)"
        connection.execute(text(into), [{key: row[key] for key in ("id", "folded", "folded_speaker")} for row in rows])


def _unsearch(connection: Connection, mine: Any) -> None:
    if connection.dialect.name == "sqlite":
        gone = connection.execute(
            select(statements.c.id, statements.c.folded, statements.c.folded_speaker).where(mine)
        ).all()
        out = (
            "INSERT INTO statements_search(statements_search, rowid, folded, folded_speaker)"
            " VALUES ('delete', :id, :folded, :folded_speaker)"
        )
        if gone:
            connection.execute(text(out), [row._asdict() for row in gone])
    connection.execute(delete(statements).where(mine))


def _states(connection: Connection, story: str, root: str) -> None:
    """The last version is current, the ones before it revised, those entered before a withdrawal withdrawn."""
    mine = (reports.c.story == story) & (reports.c.root == root)
    versions = connection.execute(select(reports.c.entry, reports.c.state).where(mine).order_by(reports.c.entry)).all()
    if not versions:
        return
    until = _withdrawn_until(connection, story, root)
    for number, row in enumerate(versions, start=1):
        state = "withdrawn" if row.entry < until else "current" if number == len(versions) else "revised"
        if state != row.state:
            connection.execute(update(reports).where(reports.c.entry == row.entry).values(state=state))


def _mended(connection: Connection, story: str, root: str) -> None:
    """The date, outlet and headline of a report's versions, as read and as people corrected them since."""
    corrections = _corrections(connection, story, root)
    mine = (reports.c.story == story) & (reports.c.root == root)
    for row in connection.execute(select(reports.c.entry).where(mine)).all():
        payload = connection.execute(select(entries.c.payload).where(entries.c.seq == row.entry)).scalar_one()
        read = json.loads(payload)["report"]
        published = read.get("published")
        values = {
            "outlet": read.get("outlet"),
            "published": published[0] if published else None,
            "headline": read.get("headline"),
        }
        values.update({name: value for name, value in corrections.items() if name in values})
        values = {name: storable(value) for name, value in values.items()}
        connection.execute(update(reports).where(reports.c.entry == row.entry).values(values))


def _corrections(connection: Connection, story: str, root: str) -> dict[str, str]:
    """What people's decisions that stand say of a report, by field, the last of each."""
    acts = [EntryType.DECIDED.value, EntryType.UNDONE.value]
    query = select(entries.c.seq, entries.c.act, entries.c.payload).where(
        entries.c.story == story, entries.c.subject == root, entries.c.act.in_(acts)
    )
    rows = [(row.seq, row.act, json.loads(row.payload)) for row in connection.execute(query.order_by(entries.c.seq))]
    gone = cancelled([(seq, payload["entry"]) for seq, act, payload in rows if act == EntryType.UNDONE.value])
    corrections: dict[str, str] = {}
    for seq, act, payload in rows:
        meant = payload.get("decision", {})
        if act == EntryType.DECIDED.value and seq not in gone and meant.get("report") == root and meant.get("field"):
            value = meant["value"]
            # As the derived table holds instants: at the start of a day.
            corrections[meant["field"]] = moment(value).at.isoformat() if meant["field"] == "published" else value
    return corrections


def _withdrawn_until(connection: Connection, story: str, root: str) -> int:
    query = select(entries.c.seq, entries.c.act, entries.c.payload).where(
        entries.c.story == story,
        entries.c.subject == root,
        entries.c.act.in_([EntryType.WITHDRAWN.value, EntryType.UNDONE.value]),
    )
    rows = connection.execute(query).all()
    undoings = [(row.seq, json.loads(row.payload)["entry"]) for row in rows if row.act == EntryType.UNDONE.value]
    gone = cancelled(undoings)
    return max((row.seq for row in rows if row.act == EntryType.WITHDRAWN.value and row.seq not in gone), default=0)
