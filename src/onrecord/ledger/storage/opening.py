"""An address to an engine on a desk of this version, made or migrated where asked."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from onrecord.errors import StoreError, UsageError
from onrecord.ledger.storage.access_file import access_path, attach, copy_out, is_ours
from onrecord.ledger.storage.schema import ACCESS, APPLICATION_ID, REVISION, REVISIONS

_LOG = logging.getLogger("onrecord.ledger")
_MAGIC = b"SQLite format 3\x00"
BUSY_TIMEOUT_S = 30.0


def is_server(address: str) -> bool:
    """Whether an address names a PostgreSQL server rather than a file."""
    return address.startswith(("postgresql:", "postgres:", "postgresql+psycopg:"))


def shown(address: str) -> str:
    """An address as it may be printed to who gave it: without a password, and without options, which may hold one."""
    if not is_server(address):
        return address
    scheme, apart, rest = address.partition("://")
    if not apart:
        return address.partition(":")[0] + "://…"
    user, at, place = rest.rpartition("@")
    return f"{scheme}://{user.partition(':')[0]}{at}{place.partition('?')[0]}"


def connect(address: str, *, create: bool, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """An engine on the desk at an address, its tables brought up to this version; raises StoreError.

    Without `create` a desk that is not there is an error and nothing is made.
    """
    with mapped(address):
        engine = _server(address) if is_server(address) else _file(Path(address), create, busy_timeout_s)
        try:
            _bring_up(engine, address, create)
        except BaseException:
            engine.dispose()
            raise
        return engine


def _server(address: str) -> Engine:
    url = "postgresql+psycopg://" + address.partition("://")[2]
    try:
        engine = create_engine(url, isolation_level="READ COMMITTED", pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreError(f"no driver for PostgreSQL · {shown(address)} · pip install '.[postgres]'") from error
    with engine.connect() as connection:
        schema = connection.execute(text("SELECT current_schema()")).scalar()
    return engine.execution_options(schema_translate_map={ACCESS: f"{schema or 'public'}_accounts"})


def _file(path: Path, create: bool, busy_timeout_s: float) -> Engine:
    if path.is_dir():
        raise StoreError(f"a folder, no desk · {path} · name a file, as {path / 'desk.db'}")
    fresh = not path.exists() or path.stat().st_size == 0
    if fresh and not create:
        raise StoreError(f"no desk there · {path} · make one with: onrecord add STORY PATH... --desk {path}")
    if fresh and not path.parent.is_dir():
        raise StoreError(f"no such folder · {path.parent} · make it first")
    if not fresh and not _is_sqlite(path):
        raise StoreError(f"not a desk (no SQLite file) · {path} · name a desk, or a new file")
    if not fresh and _is_foreign(path):
        raise StoreError(f"not a desk (another program's tables) · {path} · name a desk, or a new file")
    if not path.exists():
        # Reports that nobody else may read yet: SQLite gives what it puts beside the file the same permissions.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    mode = _mode(path)
    engine = create_engine(
        f"sqlite:///file:{_place(path)}?mode={mode}&uri=true",
        connect_args={"timeout": busy_timeout_s, "check_same_thread": False},
    )
    _tune(engine, path, mode == "rwc")
    return engine


def _mode(path: Path) -> str:
    writable = os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
    # A file in a folder that cannot be written has no room for SQLite's own files beside it; nobody else writes there.
    return "rwc" if writable else "ro" if _has_wal(path) else "ro&immutable=1"


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _is_foreign(path: Path) -> bool:
    """Whether another program made the file, found out without changing a byte of it."""
    if _has_wal(path):
        # What is not in the file itself yet is looked at once it is open; nothing is migrated that is not ours.
        return False
    with path.open("rb") as file:
        header = file.read(100)
    if int.from_bytes(header[68:72], "big") == APPLICATION_ID:
        return False
    with closing(sqlite3.connect(f"file:{_place(path)}?mode=ro&immutable=1", uri=True)) as connection:
        return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _has_wal(path: Path) -> bool:
    wal = path.with_name(f"{path.name}-wal")
    return wal.exists() and wal.stat().st_size > 0


def _place(path: Path) -> str:
    return path.resolve().as_posix().replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _beside(path: Path, writable: bool) -> str | None:
    """The address of a desk's second file, made where it may be; None where there is none."""
    beside = access_path(path)
    if not beside.exists():
        if not writable:
            return None
        os.close(os.open(beside, os.O_CREAT | os.O_RDWR, 0o600))
    return f"file:{_place(beside)}?mode={_mode(beside)}"


def _tune(engine: Engine, path: Path, writable: bool) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        # SQLAlchemy begins the transactions (below), so that a writer can take its lock at once.
        connection.isolation_level = None
        ours = is_ours(connection)
        if ours:
            attach(connection, _beside(path, writable))
        if writable:
            connection.execute("PRAGMA journal_mode=WAL")
            for name in ("main", ACCESS) if ours else ("main",):
                connection.execute(f"PRAGMA {name}.synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _bring_up(engine: Engine, address: str, create: bool) -> None:
    with engine.connect() as connection:
        held = _revision(connection, address)
    if held == REVISION:
        return
    if held is None and not create:
        raise StoreError(f"no desk there · {shown(address)} · make one with: onrecord add STORY PATH... --desk ADDRESS")
    if held is not None and held not in REVISIONS:
        raise StoreError(f"a desk of a newer version ({held}) · {shown(address)} · update onrecord to open it")
    try:
        many = _moved_out(engine, address) if held is not None and engine.dialect.name == "sqlite" else 0
        with engine.execution_options(writing=True).begin() as connection:
            if engine.dialect.name == "postgresql":
                # Two that open a new desk at once make it one after the other; the number is the desk's own.
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPLICATION_ID})
            if _revision(connection, address) != REVISION:
                _migrate(connection)
    except OperationalError as error:
        # What an older desk lacks are tables beside its record: one that cannot be written can be read all the same.
        if held is None or "readonly" not in str(error.orig):
            raise
        return
    if many:
        _forget_freed(engine)
        place = access_path(Path(address))
        _LOG.warning("accounts and alerts (%d rows) now lie beside the desk, in %s: back up both files", many, place)


def _moved_out(engine: Engine, address: str) -> int:
    """Copy an older desk's accounts to the second file, on record there before any is dropped: no crash loses one."""
    with engine.execution_options(writing=True).begin() as connection:
        return copy_out(connection, address)


def _forget_freed(engine: Engine) -> None:
    """Write a file anew without the pages that were freed: those still hold digests of passwords."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        held = connection.connection.driver_connection
        assert isinstance(held, sqlite3.Connection)
        held.rollback()
        held.execute("VACUUM main")
        held.execute("PRAGMA main.wal_checkpoint(TRUNCATE)")


def _revision(connection: Connection, address: str) -> str | None:
    """The desk's version, None where there are no tables yet; raises StoreError where the tables are another's."""
    names = set(inspect(connection).get_table_names())
    if "alembic_version" in names and "entries" in names and "head" in names:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found else None
    if names - {"alembic_version"} and (connection.dialect.name == "sqlite" or "entries" in names):
        raise StoreError(f"not a desk (another program's tables) · {shown(address)} · name a desk, or a new file")
    return None


def _migrate(connection: Connection) -> None:
    # Heavy to import and needed once in a desk's life.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent.parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


@contextmanager
def mapped(address: str) -> Iterator[None]:
    """Foreign errors as StoreError: what was found, where, what to do."""
    try:
        yield
    except DataError as error:
        _LOG.debug("the store refused a value", exc_info=error)
        raise UsageError(
            "a value that the desk's store cannot hold (a NUL in it?) · this request · leave it out"
        ) from error
    except sqlite3.Error as error:
        raise StoreError(_told(str(error), shown(address))) from error
    except (OperationalError, InterfaceError, DatabaseError, DBAPIError) as error:
        raise StoreError(_told(str(error.orig or error), shown(address))) from error
    except SQLAlchemyError as error:
        # What libraries say of an address may hold all of it.
        _LOG.debug("the store failed", exc_info=error)
        why = type(error).__name__
        raise StoreError(f"the desk cannot be used ({why}) · {shown(address)} · check the address") from error
    except OSError as error:
        raise StoreError(f"the desk cannot be opened ({error.strerror}) · {shown(address)} · check the path") from error


_KNOWN = (
    ("locked", "the desk is locked by another writer", "try again when it is done"),
    ("disk is full", "the disk is full, nothing was changed", "free some space and repeat"),
    ("No space left", "the disk is full, nothing was changed", "free some space and repeat"),
    ("readonly", "the desk is read-only, nothing was changed", "change its permissions, or copy it"),
    ("read-only", "the desk is read-only, nothing was changed", "change its permissions, or copy it"),
    ("unable to open", "the desk cannot be opened", "check that its folder can be written"),
    ("malformed", "the desk's file is damaged", "restore a copy, and run onrecord verify on it"),
    ("not a database", "not a desk (no SQLite file)", "name a desk, or a new file"),
    ("UTF-8", "the desk's file is damaged (words that are no UTF-8)", "run onrecord verify"),
    ("refused", "no PostgreSQL server answers", "start it, or check the address"),
    ("No such file or directory", "no PostgreSQL server answers", "start it, or check the address"),
    ("permission denied for database", "the schema for accounts cannot be made", "let the desk's user create schemas"),
    ("password authentication", "the PostgreSQL server refuses this user", "check name and password"),
    ("does not exist", "no such database, table or role", "check the address"),
)


def _told(cause: str, place: str) -> str:
    for sign, what, todo in _KNOWN:
        if sign in cause:
            return f"{what} · {place} · {todo}"
    return f"the desk cannot be used · {place} · run onrecord verify; --debug tells more"
