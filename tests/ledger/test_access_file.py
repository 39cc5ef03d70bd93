"""Accounts and alerts lie beside a desk's file, never in it: an older desk's are moved over once, and none is lost."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from onrecord.cli.serve import allowed
from onrecord.errors import StoreError, UsageError
from onrecord.ledger.desk import open_desk
from onrecord.ledger.storage.access_file import TABLES, access_path, is_marked
from onrecord.ledger.storage.copying import copy
from onrecord.ledger.storage.store import Store
from onrecord.web.auth.accounts import Accounts
from onrecord.web.auth.people import Role
from onrecord.web.settings import Settings
from tests.ledger.builder import PlainBuilder

_HASH = "$argon2id$v=19$an-invented-hash"
_ADA = ("ada", "Ada", "administrator", 1, _HASH, "2031-05-04T08:00:00.000000Z")


def _add(connection: sqlite3.Connection, schema: str, row: tuple[object, ...] = _ADA) -> None:
    columns = "key, name, role, every_story, password, made_at"
    connection.execute(f"INSERT INTO {schema}.accounts ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row)


def _older(place: Path) -> None:
    """A desk as it was when all lay in one file, with an account."""
    Store(str(place), create=True).close()
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("ATTACH ? AS beside", (str(access_path(place)),))
        for (made,) in connection.execute("SELECT sql FROM beside.sqlite_master WHERE sql IS NOT NULL").fetchall():
            connection.execute(made)
        _add(connection, "main")
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
        connection.commit()
    for name in (access_path(place), place):
        for end in ("-wal", "-shm"):
            name.with_name(name.name + end).unlink(missing_ok=True)
    access_path(place).unlink()


def _names(store: Store) -> list[str]:
    with store.view() as view:
        return list(view.connection.execute(text("SELECT name FROM access.accounts")).scalars())


def test_an_older_desks_accounts_are_moved_once_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    place = tmp_path / "desk.db"
    _older(place)
    assert _HASH.encode() in place.read_bytes()
    with caplog.at_level(logging.WARNING), Store(str(place)) as store:
        assert _names(store) == ["Ada"]
    assert [one.getMessage().partition(" now ")[0] for one in caplog.records] == ["accounts and alerts (1 rows)"]
    assert _HASH.encode() not in place.read_bytes()
    with closing(sqlite3.connect(place)) as connection:
        left = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    assert not left & set(TABLES)
    assert access_path(place).name == "desk.accounts.db"
    caplog.clear()
    with caplog.at_level(logging.WARNING), Store(str(place)) as store:
        assert _names(store) == ["Ada"]
    assert not caplog.records


def test_a_move_that_broke_off_goes_on(tmp_path: Path) -> None:
    place = tmp_path / "desk.db"
    _older(place)
    kept = place.read_bytes()
    Store(str(place)).close()
    # As after a crash between the two files: the second has the rows, the first has them still.
    place.write_bytes(kept)
    with Store(str(place)) as store:
        assert _names(store) == ["Ada"]


def test_other_accounts_beside_an_older_desk_are_not_mixed_with_its_own(tmp_path: Path) -> None:
    place = tmp_path / "desk.db"
    _older(place)
    kept = place.read_bytes()
    Store(str(place)).close()
    place.write_bytes(kept)
    with closing(sqlite3.connect(access_path(place))) as connection:
        _add(connection, "main", ("eve", "Eve", *_ADA[2:]))
        connection.commit()
    with pytest.raises(StoreError, match=r"not the same · .* · move desk\.accounts\.db elsewhere"):
        Store(str(place))
    assert _HASH.encode() in place.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="permissions of files as POSIX has them")
def test_an_older_desk_that_cannot_be_written_keeps_its_accounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "desk.db"
    _older(place)
    asked = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: "desk" not in str(path) and asked(path, mode))
    with Store(str(place)) as store:
        assert _names(store) == ["Ada"]
    assert not access_path(place).exists()


def test_a_desk_that_is_handed_on_holds_no_account(tmp_path: Path) -> None:
    place, there = tmp_path / "desk.db", tmp_path / "copy.db"
    with Store(str(place), create=True) as store:
        with store.writer() as writer:
            writer.connection.execute(
                text(
                    "INSERT INTO access.accounts (key, name, role, every_story, password, made_at)"
                    f" VALUES ('ada', 'Ada', 'administrator', 1, '{_HASH}', '2031')"
                )
            )
        beside = copy(store, there)
    assert _HASH.encode() not in place.read_bytes() + there.read_bytes()
    assert beside == access_path(there) and _HASH.encode() in beside.read_bytes()
    assert {path.stat().st_mode & 0o777 for path in (access_path(place), there, beside)} == {0o600}
    with Store(str(there)) as store:
        assert _names(store) == ["Ada"]
    beside.unlink()
    with open_desk(str(there), PlainBuilder()) as desk:
        assert _names(desk.store) == []


def test_a_desk_on_a_server_keeps_accounts_in_a_second_schema(postgres: str) -> None:
    engine = create_engine(f"postgresql+psycopg{postgres.removeprefix('postgresql')}/postgres")
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA newsroom"))
    address = f"{postgres}/postgres?options=-csearch_path%3Dnewsroom"
    Store(address, create=True).close()
    # As an older version left it: all in one schema.
    with engine.begin() as connection:
        for name in TABLES:
            connection.execute(text(f"ALTER TABLE newsroom_accounts.{name} SET SCHEMA newsroom"))
        connection.execute(text("DROP SCHEMA newsroom_accounts"))
        row = f"'ada', 'Ada', 'administrator', true, '{_HASH}', '2031'"
        columns = "key, name, role, every_story, password, made_at"
        connection.execute(text(f"INSERT INTO newsroom.accounts ({columns}) VALUES ({row})"))
        connection.execute(text("UPDATE newsroom.alembic_version SET version_num = '0004'"))
    Store(address).close()
    query = text("SELECT table_name FROM information_schema.tables WHERE table_schema = :schema")
    with engine.connect() as connection:
        assert set(connection.execute(query, {"schema": "newsroom_accounts"}).scalars()) == set(TABLES)
        assert not set(connection.execute(query, {"schema": "newsroom"}).scalars()) & set(TABLES)
        assert connection.execute(text("SELECT name FROM newsroom_accounts.accounts")).scalar() == "Ada"
    engine.dispose()


def test_a_desk_whose_accounts_are_lost_is_not_everybodys(tmp_path: Path) -> None:
    place = tmp_path / "desk.db"
    with closing(Store(str(place), create=True)) as store, store.view() as view:
        assert not is_marked(view.connection)
    with closing(Store(str(place))) as store:
        Accounts(store).add("Ada", Role.ADMINISTRATOR, "a long pass phrase")
    for end in ("", "-wal", "-shm"):
        access_path(place).with_name(access_path(place).name + end).unlink(missing_ok=True)
    settings = Settings(desk=str(place), host="127.0.0.1", port=0)
    with open_desk(str(place)) as desk, pytest.raises(UsageError, match=r"had accounts.*desk\.accounts\.db.*bring"):
        allowed(desk, settings)
    with open_desk(str(place)) as desk:
        Accounts(desk.store).add("Ada", Role.ADMINISTRATOR, "another pass phrase")
        allowed(desk, settings)


def test_an_older_desks_accounts_are_noted_when_they_are_moved(tmp_path: Path) -> None:
    place = tmp_path / "desk.db"
    _older(place)
    with closing(Store(str(place))) as store, store.view() as view:
        assert is_marked(view.connection)
