"""A desk's file to a copy of it, by SQLite's own way, which a served desk may be copied by."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.ledger.storage.opening import mapped
from onrecord.ledger.storage.store import Store


def copy(store: Store, place: Path) -> None:
    """Copy a desk of a file into a new one; raises UsageError for a server's desk or a file that is there."""
    if store.engine.dialect.name != "sqlite":
        raise UsageError("a desk on a server · backup · copy it by pg_dump")
    try:
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"cannot be made: {why} · {place} · name a new file in a folder you may write to") from error
    try:
        with mapped(str(place)), store.engine.connect() as held, closing(sqlite3.connect(place)) as made:
            source = held.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.backup(made)
            # A copy is one file: nothing lies beside it.
            made.execute("PRAGMA journal_mode=DELETE")
    except BaseException:
        place.unlink(missing_ok=True)
        raise
