"""Accounts, sessions, tokens and alerts in a file beside a desk's own, so that the desk can be handed on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from onrecord.errors import StoreError
from onrecord.ledger.storage.schema import ACCESS, APPLICATION_ID, access, accounts

TABLES = tuple(sorted(table.name for table in access.tables.values()))
_DIALECT = sqlite.dialect()
# SQLite's `user_version` of a desk's own file once there was an account.
_HAS_ACCOUNTS = 1


def access_path(desk: Path) -> Path:
    """Where the accounts of a desk's file lie: `desk.accounts.db` beside `desk.db`."""
    place = desk.resolve()
    return place.with_name(f"{place.stem}.accounts{place.suffix}")


def attach(connection: sqlite3.Connection, address: str | None) -> None:
    """Attach the second file, with its tables; None stands for a desk that has none and where none can be made.

    Then the tables are this connection's own, and hold what an older desk keeps in its one file.
    """
    connection.execute(f"ATTACH DATABASE ? AS {ACCESS}", (address or ":memory:",))
    held = connection.execute(f"SELECT count(*) FROM {ACCESS}.sqlite_master WHERE type = 'table'").fetchone()[0]
    if held < len(TABLES):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for table in access.sorted_tables:
                connection.execute(str(CreateTable(table, if_not_exists=True).compile(dialect=_DIALECT)))
                for index in sorted(table.indexes, key=lambda index: str(index.name)):
                    connection.execute(str(CreateIndex(index, if_not_exists=True).compile(dialect=_DIALECT)))
            if address is None:
                _lend(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def mark(connection: Connection) -> None:
    """Note in a desk's own file that it has accounts, so that without the second file it is not everybody's."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA main.user_version = {_HAS_ACCOUNTS}"))


def is_marked(connection: Connection) -> bool:
    """Whether a desk in a file has had accounts; one on a server has no second file to lose."""
    if connection.dialect.name != "sqlite":
        return False
    return bool(connection.execute(text("PRAGMA main.user_version")).scalar_one() == _HAS_ACCOUNTS)


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether a file that is open is a desk, or empty and about to be one."""
    marked: int = connection.execute("PRAGMA main.application_id").fetchone()[0]
    if marked == APPLICATION_ID:
        return True
    return bool(connection.execute("SELECT count(*) = 0 FROM main.sqlite_master").fetchone()[0])


def copy_out(connection: Connection, address: str) -> int:
    """Copy what an older desk keeps in its one file to the second; how many rows there are.

    Raises StoreError where the second file holds others: somebody must say which are meant.
    """
    many = 0
    for name in _in_one_file(connection):
        rows = connection.execute(text(f"SELECT count(*) FROM main.{name}")).scalar_one()
        if rows and connection.execute(text(f"SELECT count(*) FROM {ACCESS}.{name}")).scalar_one() == 0:
            connection.execute(
                text(f"INSERT INTO {ACCESS}.{name} ({_columns(name)}) SELECT {_columns(name)} FROM main.{name}")
            )
        if _differ(connection, name):
            raise StoreError(
                f"accounts or alerts both in an older desk and beside it, and not the same · {address} · move "
                f"{access_path(Path(address)).name} elsewhere to keep those of the older desk"
            )
        many += rows
        if rows and name == accounts.name:
            mark(connection)
    return many


def drop_copied(connection: Connection) -> None:
    """Drop from an older desk's file what was copied out of it; raises StoreError where that is not all of it."""
    for name in _in_one_file(connection):
        if _differ(connection, name):
            raise StoreError(
                "an older version writes to the desk · accounts and alerts · stop it, and open the desk again"
            )
        connection.execute(text(f"DROP TABLE main.{name}"))


def _in_one_file(connection: Connection) -> list[str]:
    held = set(connection.execute(text("SELECT name FROM main.sqlite_master WHERE type = 'table'")).scalars())
    return [name for name in TABLES if name in held]


def _differ(connection: Connection, name: str) -> bool:
    """Whether one of a table's rows in the desk's file is not in the second file, or the other way about."""
    one, other = (f"SELECT {_columns(name)} FROM {place}.{name}" for place in ("main", ACCESS))
    query = f"SELECT count(*) FROM ({one} EXCEPT {other}) UNION ALL SELECT count(*) FROM ({other} EXCEPT {one})"
    return any(connection.execute(text(query)).scalars())


def _lend(connection: sqlite3.Connection) -> None:
    held = {row[0] for row in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
    for name in TABLES:
        if name in held:
            columns = _columns(name)
            connection.execute(f"INSERT INTO {ACCESS}.{name} ({columns}) SELECT {columns} FROM main.{name}")


def _columns(name: str) -> str:
    return ", ".join(f'"{column.name}"' for column in access.tables[f"{ACCESS}.{name}"].columns)
