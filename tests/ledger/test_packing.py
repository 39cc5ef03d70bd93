"""A pack checks out by itself, on any Python, and tells what was changed in it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.ledger.desk import Desk
from onrecord.ledger.packing import custody
from onrecord.ledger.packing.pack import pack
from tests.ledger.builder import reading


@pytest.fixture
def packed(desk: Desk, tmp_path: Path) -> Path:
    """The pack of one story of a desk that holds two."""
    list(desk.add("other", [reading("01_secret", ("Di Vale", "nobody may read this"))]))
    list(
        desk.add("dam", [reading("01_gazette", ("Ann Orr", "the dam “holds”")), reading("02_wire", ("Bo", "it rains"))])
    )
    desk.withdraw("dam", "02", by="Ida", why="")
    place = tmp_path / "dam.zip"
    place.write_bytes(pack(desk.store, "dam", {"brief.txt": b"told"}))
    return place


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A verifier on its own: no site packages, no environment."""
    return subprocess.run([sys.executable, "-I", "-S", *arguments], capture_output=True, text=True, check=False)


def test_a_stranger_can_check_it(packed: Path, tmp_path: Path) -> None:
    told = run(str(packed))
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.startswith("whole: 10 entries (7 in full)")
    zipfile.ZipFile(packed).extractall(tmp_path / "unpacked")
    assert run(str(tmp_path / "unpacked" / "verify.py")).stdout == told.stdout


def test_other_stories_are_in_it_as_digests_only(packed: Path) -> None:
    with zipfile.ZipFile(packed) as file:
        everything = b"".join(file.read(name) for name in file.namelist())
    assert b"nobody may read" not in everything and b"secret" not in everything


def test_the_same_record_packs_to_the_same_bytes(desk: Desk) -> None:
    list(desk.add("dam", [reading("01_gazette", ("Ann Orr", "the dam holds"))]))
    assert pack(desk.store, "dam") == pack(desk.store, "dam")
    with pytest.raises(UsageError, match="no story 'other'"):
        pack(desk.store, "other")


def change(packed: Path, name: str, old: bytes, new: bytes) -> list[str]:
    """What the verifier says after one member was rewritten."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(packed) as before, zipfile.ZipFile(buffer, "w") as after:
        for one in before.namelist():
            raw = before.read(one)
            after.writestr(one, raw.replace(old, new) if one.startswith(name) else raw)
    packed.write_bytes(buffer.getvalue())
    told: list[str] = []
    assert custody.main([str(packed)], told.append) == 1
    return told


def test_a_changed_capture_is_named(packed: Path) -> None:
    assert "its bytes are not those that were archived" in change(packed, "archive/", b"rains", b"snows")[0]


def test_a_changed_entry_is_named(packed: Path) -> None:
    assert change(packed, "entries.jsonl", b"person:Ida", b"person:Eve")[0] == (
        "fault: entry 10: its words are not those that were entered"
    )


def test_a_missing_entry_is_named(packed: Path) -> None:
    with zipfile.ZipFile(packed) as file:
        line = file.read("entries.jsonl").splitlines(keepends=True)[3]
    assert change(packed, "entries.jsonl", line, b"")[0] == "fault: entry 4: missing or out of order, found 5"


def test_a_cut_off_pack_is_damaged(packed: Path) -> None:
    packed.write_bytes(packed.read_bytes()[:-200])
    told: list[str] = []
    assert custody.main([str(packed)], told.append) == 1
    assert told[0].startswith("damaged: BadZipFile")
