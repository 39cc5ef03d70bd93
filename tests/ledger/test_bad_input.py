"""A desk that cannot be used ends in one clear line, and nothing is changed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from onrecord.errors import StoreError
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import open_desk
from onrecord.ledger.storage import opening
from onrecord.ledger.storage.store import Store
from tests.ledger.builder import Clock, PlainBuilder, reading
from tests.ledger.flipping import run_sql

DAM = ("Ann Orr", "the dam holds")


def made(place: Path) -> Path:
    """A desk of one report, closed."""
    with open_desk(str(place), PlainBuilder(), create=True, clock=Clock()) as held:
        list(held.add("dam", [reading("01_gazette", DAM)]))
    return place


def refused(address: object, *, create: bool = False) -> str:
    """The one line that opening ends in."""
    with pytest.raises(StoreError) as caught:
        open_desk(str(address), create=create)
    line = str(caught.value)
    assert "\n" not in line and line.count(" · ") == 2
    return line


def test_files_that_are_no_desk(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>no desk</p>")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE music (song TEXT)")
    connection.close()
    before = page.read_bytes(), other.read_bytes()
    assert refused(page, create=True).startswith("not a desk (no SQLite file)")
    assert refused(other, create=True).startswith("not a desk (another program's tables)")
    assert refused(tmp_path).startswith("a folder, no desk")
    assert refused(tmp_path / "new.db").startswith("no desk there")
    assert refused(tmp_path / "nowhere" / "new.db", create=True).startswith("no such folder")
    assert (page.read_bytes(), other.read_bytes()) == before
    assert not (tmp_path / "new.db").exists()


def test_a_desk_of_a_newer_version(address: str) -> None:
    with open_desk(address, create=True) as held:
        run_sql(held.store, "UPDATE alembic_version SET version_num = '0099'")
    assert refused(address, create=True).startswith("a desk of a newer version (0099)")


def test_a_server_without_a_desk_and_no_server_at_all(postgres: str) -> None:
    assert refused(f"{postgres}/postgres?options=-csearch_path%3Dnone").startswith("no desk there")
    assert refused("postgresql://desk:secret@127.0.0.1:9/postgres").startswith("no PostgreSQL server answers")
    assert "secret" not in refused("postgresql://desk:secret@127.0.0.1:9/postgres")
    assert refused(f"{postgres}/no_such").startswith("no such database")


def test_a_truncated_file_is_told(tmp_path: Path) -> None:
    place = made(tmp_path / "desk.db")
    place.write_bytes(place.read_bytes()[:8192])
    with pytest.raises(StoreError, match="·"), open_desk(str(place)) as held:
        held.log()


def test_a_locked_desk(tmp_path: Path) -> None:
    place = made(tmp_path / "desk.db")
    other = sqlite3.connect(place)
    other.execute("BEGIN IMMEDIATE")
    try:
        with (
            Store(str(place), busy_timeout_s=0.1) as store,
            pytest.raises(StoreError, match="locked by another writer"),
            store.writer(),
        ):
            pass
    finally:
        other.close()


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    place = made(tmp_path / "desk.db")
    with open_desk(str(place), PlainBuilder()) as held:
        head = held.head()
        with held.store.engine.connect() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        big = reading("02_wire", ("Bo", os.urandom(200_000).hex()))
        with pytest.raises(StoreError, match="the disk is full, nothing was changed"):
            list(held.add("dam", [big]))
        assert held.head() == head
        assert verify(held.store).faults == ()


def test_a_read_only_folder_can_be_read_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = made(tmp_path / "desk.db")
    before = place.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_desk(str(place), PlainBuilder()) as held:
        assert len(held.story("dam").claims) == 1
        assert verify(held.store).faults == ()
        with pytest.raises(StoreError, match="the desk is read-only, nothing was changed"):
            held.withdraw("dam", "01", by="Ida", why="")
    assert place.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["desk.accounts.db", "desk.db"]


def test_migrations_that_were_released_are_never_edited() -> None:
    from hashlib import sha256

    folder = Path(opening.__file__).parents[1] / "migrations" / "versions"
    found = {one.name: sha256(one.read_bytes()).hexdigest()[:16] for one in folder.glob("0*.py")}
    assert found == {
        "0001_desk.py": "08fe4bf719fb459b",
        "0002_accounts.py": "a75ee6bd180d02f4",
        "0003_addresses.py": "821421f4daa341f1",
        "0004_alerts.py": "49a050ff49fb167d",
        "0005_access.py": "3a1c1d48a858e664",
    }


def test_the_desk_needs_no_migration_tool_once_it_is_made(tmp_path: Path) -> None:
    made(tmp_path / "desk.db")
    code = (
        "import sys; from onrecord.ledger.desk import open_desk; "
        "open_desk(sys.argv[1]).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path / "desk.db")], check=False).returncode == 0
