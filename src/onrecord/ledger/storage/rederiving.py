"""Derived tables held against the entries they were made from, and tables of the file that are none of a desk's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, create_engine, delete, func, insert, select, text
from sqlalchemy.pool import StaticPool

from onrecord.datamodel.entry import EntryType
from onrecord.ledger.entries import instant_text, payload_of
from onrecord.ledger.storage import index
from onrecord.ledger.storage.schema import archive, entries, metadata, report_texts, reports, statements
from onrecord.ledger.storage.store import View

_VIEWS = frozenset({"stories", "log", "captures", "decisions"})
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
    finally:
        engine.dispose()


def lacks_reports(view: View, story: str) -> bool:
    """Whether a story's table of reports lacks some that were entered, so that one could be entered twice."""
    read = (entries.c.story == story) & (entries.c.act == EntryType.READ.value)
    entered = view.connection.execute(select(func.count()).select_from(entries).where(read)).scalar_one()
    held = view.connection.execute(select(func.count()).select_from(reports).where(reports.c.story == story))
    return bool(entered != held.scalar_one())


def planted(connection: Connection) -> tuple[str, ...]:
    """Triggers, rules and views in the file that no desk has: they change what is read or written."""
    if connection.dialect.name == "sqlite":
        query = "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"
    else:
        query = (
            "SELECT 'trigger', trigger_name FROM information_schema.triggers WHERE trigger_schema = current_schema()"
            " UNION SELECT 'rule', rulename FROM pg_rules WHERE schemaname = current_schema()"
            " UNION SELECT 'view', table_name FROM information_schema.views WHERE table_schema = current_schema()"
        )
    found = connection.execute(text(query)).all()
    return tuple(sorted(f"{kind} '{name}'" for kind, name in found if not (kind == "view" and name in _VIEWS)))


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
