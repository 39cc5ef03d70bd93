"""One flipped bit in one value of the record, and back again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import bindparam, text

from onrecord.ledger.storage.store import Store

COLUMNS = {
    "entries": ("seq", "at", "by", "act", "story", "subject", "payload", "previous", "hash"),
    "archive": ("sha256", "size", "packed", "stored", "stored_sha256"),
}
KEYS = {"entries": "seq", "archive": "sha256"}


@dataclass(frozen=True)
class Place:
    """What was flipped; `name` is what the verifier must say."""

    name: str
    column: str
    before: object
    after: object


def run_sql(store: Store, statement: str, **values: object) -> None:
    """Change tables behind the desk's back."""
    bound = text(statement)
    if values:
        bound = bound.bindparams(*(bindparam(name, value) for name, value in values.items()))
    with store.engine.execution_options(writing=True).begin() as connection:
        connection.execute(bound)


@contextmanager
def flip_one(store: Store, chance: random.Random) -> Iterator[Place]:
    """Flip a bit of one value anywhere in entries or archive; undone at the end."""
    table = chance.choice(sorted(COLUMNS))
    key = KEYS[table]
    with store.engine.connect() as connection:
        rows = connection.execute(text(f'SELECT * FROM {table} ORDER BY "{key}"')).mappings().all()
    row = dict(rows[chance.randrange(len(rows))])
    taken = {one[key] for one in rows}
    column, before, after = _flipped(row, COLUMNS[table], chance, store.engine.dialect.name)
    while column == key and after in taken:
        # Two rows of one key are no state that a table can be in.
        column, before, after = _flipped(row, COLUMNS[table], chance, store.engine.dialect.name)
    name = f"entry {row[key]}" if table == "entries" else f"archive {str(row[key])[:16]}"
    now = row[key]
    if column == key:
        now = after
        # A renamed row is missing under its old name: an entry by its number, a file by what speaks of it.
        name = f"entry {before}" if table == "entries" else f"archive {str(before)[:16]}"
    _put(store, table, column, after, row[key])
    try:
        yield Place(name, f"{table}.{column}", before, after)
    finally:
        _put(store, table, column, before, now)


def _put(store: Store, table: str, column: str, value: object, key: object) -> None:
    mine = f'"{KEYS[table]}" = :key'
    if isinstance(key, bytes):
        mine = f'CAST("{KEYS[table]}" AS BLOB) = :key'
    if isinstance(value, bytes) and column != "stored":
        # Bytes that are no UTF-8, put where SQLite holds text.
        statement = f'UPDATE {table} SET "{column}" = CAST(:value AS TEXT) WHERE {mine}'
    else:
        statement = f'UPDATE {table} SET "{column}" = :value WHERE {mine}'
    run_sql(store, statement, value=value, key=key)


def _flipped(
    row: dict[str, object], columns: tuple[str, ...], chance: random.Random, dialect: str
) -> tuple[str, object, object]:
    while True:
        column = chance.choice(columns)
        before = row[column]
        after = _bent(before, chance, dialect)
        if after is not None and after != before:
            return column, before, after


def _bent(value: object, chance: random.Random, dialect: str) -> object:
    if column_is_flag(value):
        return not value
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(20))
    raw = bytearray(value if isinstance(value, bytes) else str(value).encode())
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    if isinstance(value, bytes):
        return bytes(raw)
    try:
        told = raw.decode()
    except UnicodeDecodeError:
        # PostgreSQL cannot hold such a text at all; SQLite can.
        return bytes(raw) if dialect == "sqlite" else None
    return None if "\x00" in told else told


def column_is_flag(value: object) -> bool:
    """Whether a value is a yes or no."""
    return isinstance(value, bool)
