"""A desk's two files to copies of them, by SQLite's own way, which a served desk may be copied by."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.ledger.storage.access_file import access_path
from onrecord.ledger.storage.opening import mapped
from onrecord.ledger.storage.schema import ACCESS
from onrecord.ledger.storage.store import Store


def copy(store: Store, place: Path) -> Path:
    """Copy a desk of a file into a new one, and its accounts and alerts into a second one beside it; where those are.

    Raises UsageError for a server's desk or a file that is there; then nothing is left behind.
    """
    if store.engine.dialect.name != "sqlite":
        raise UsageError("a desk on a server · backup · copy it by pg_dump, both its schemas")
    beside = access_path(place)
    made: list[Path] = []
    try:
        for target in (place, beside):
            _make(target)
            made.append(target)
        with mapped(str(place)), store.engine.connect() as held:
            source = held.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)
            for target, name in ((place, "main"), (beside, ACCESS)):
                with closing(sqlite3.connect(target)) as written:
                    source.backup(written, name=name)
                    # A copy is one file: nothing lies beside it.
                    written.execute("PRAGMA journal_mode=DELETE")
    except BaseException:
        for target in made:
            target.unlink(missing_ok=True)
        raise
    return beside


def _make(place: Path) -> None:
    try:
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"cannot be made: {why} · {place} · name a new file in a folder you may write to") from error
