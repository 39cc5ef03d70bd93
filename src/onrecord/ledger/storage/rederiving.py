"""Derived tables, and the search over them, held against the entries they were made from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Any

from sqlalchemy import Column, Connection, Table, create_engine, delete, func, insert, select, text
from sqlalchemy.pool import StaticPool

from onrecord.datamodel.entry import EntryType
from onrecord.ledger.entries import instant_text, payload_of
from onrecord.ledger.storage import index
from onrecord.ledger.storage.schema import archive, entries, metadata, report_texts, reports, statements
from onrecord.ledger.storage.store import View

# Faults of one table that are named one by one.
_NAMED = 20
_BITE = 500


def derived_faults(view: View) -> Iterator[str]:
    """Each derived row that is not what the entries give: edited, dropped, or put there."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as made:
            _derive(view, made)
            for table, key, name in (
                (reports, reports.c.entry, "report"),
                (statements, statements.c.id, "statement"),
                (report_texts, report_texts.c.entry, "text"),
            ):
                yield from islice(_differences(view.connection, made, (table, key, name)), _NAMED)
            if view.connection.dialect.name == "sqlite":
                for table_name in ("statements_search", "texts_search"):
                    yield from _index_faults(view.connection, made, table_name)
    finally:
        engine.dispose()


def lacks_reports(view: View, story: str) -> bool:
    """Whether a story's table of reports lacks some that were entered, so that one could be entered twice."""
    read = (entries.c.story == story) & (entries.c.act == EntryType.READ.value)
    entered = view.connection.execute(select(func.count()).select_from(entries).where(read)).scalar_one()
    held = view.connection.execute(select(func.count()).select_from(reports).where(reports.c.story == story))
    return bool(entered != held.scalar_one())


def _derive(view: View, made: Connection) -> None:
    metadata.create_all(made, tables=[archive, entries, reports, statements, report_texts])
    made.execute(text("CREATE VIRTUAL TABLE statements_search USING fts5(folded, folded_speaker, content='')"))
    made.execute(text("CREATE VIRTUAL TABLE texts_search USING fts5(folded, content='')"))
    for entry in view.entries(acts=index.TAKEN_IN):
        if entry.act is not EntryType.ATTRIBUTED:
            # What became of a report, and what people corrected of it, is found out from these entries themselves.
            row = {name: getattr(entry, name) for name in ("seq", "by", "story", "subject", "payload", "previous")}
            made.execute(insert(entries).values(at=instant_text(entry.at), act=entry.act.value, hash=entry.hash, **row))
        if entry.act is EntryType.READ:
            _lend(view.connection, made, payload_of(entry)["text"])
        index.take_in(made, entry)
        made.execute(delete(archive))


def _lend(held: Connection, made: Connection, sha256: str) -> None:
    """Put an archived text where it can be read while its report is taken in."""
    row = held.execute(select(archive).where(archive.c.sha256 == sha256)).first()
    if row is not None:
        made.execute(insert(archive).values(row._asdict()))


def _differences(held: Connection, made: Connection, what: tuple[Table, Column[Any], str]) -> Iterator[str]:
    table, key, name = what
    query = select(table).order_by(key).execution_options(yield_per=_BITE)
    ours, theirs = (iter(connection.execute(query)) for connection in (made, held))
    want, have = next(ours, None), next(theirs, None)
    while want is not None or have is not None:
        # The key is the first column of both tables.
        if have is None or (want is not None and want[0] < have[0]):
            assert want is not None
            yield f"derived {name} of entry {want.entry}: it is missing"
            want = next(ours, None)
        elif want is None or have[0] < want[0]:
            yield f"derived {name} of entry {have.entry}: no entry gives it"
            have = next(theirs, None)
        else:
            if tuple(want) != tuple(have):
                yield f"derived {name} of entry {want.entry}: it does not say what was entered"
            want, have = next(ours, None), next(theirs, None)


def _index_faults(held: Connection, made: Connection, name: str) -> Iterator[str]:
    """Whether the search finds other words, or at other places, than the entries give; told once."""
    ours, theirs = _indexed(made, name), _indexed(held, name)
    for want, have in zip_longest(ours, theirs):
        if want != have:
            word = (want or have or ("",))[0]
            yield f"derived search {name}: it does not find what was entered (at '{word}')"
            return


def _indexed(connection: Connection, name: str) -> Iterator[tuple[Any, ...]]:
    """Every word of a search with each of its places, in order."""
    vocabulary = f"{name}_words"
    connection.execute(text(f"DROP TABLE IF EXISTS temp.{vocabulary}"))
    connection.execute(text(f"CREATE VIRTUAL TABLE temp.{vocabulary} USING fts5vocab('main', '{name}', 'instance')"))
    query = text(f"SELECT term, doc, col, offset FROM temp.{vocabulary}").execution_options(yield_per=_BITE)
    for row in connection.execute(query):
        yield tuple(row)
