"""Whatever is not as it was entered is found and named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import text

from onrecord.errors import LedgerError
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import Desk, open_desk
from tests.ledger.builder import Clock, PlainBuilder, reading
from tests.ledger.flipping import flip_one, run_sql

TRIALS = 25


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk with a revision, a withdrawal and an undoing."""
    list(desk.add("dam", [reading("01_gazette", ("Ann “Å” Orr", "the dam holds"), ("Bo", "it rains"))]))
    list(desk.add("dam", [reading("02_wire", ("Cy", "the dam holds and holds and holds and holds"))]))
    list(desk.add("dam", [reading("01_gazette", ("Ann “Å” Orr", "the dam held"))]))
    desk.withdraw("dam", "02", by="Ida", why="ä")
    desk.undo(desk.head()[0], by="Ida", why="")
    return desk


def test_one_flipped_bit_is_found_and_named(filled: Desk) -> None:
    chance = random.Random(5)
    assert verify(filled.store).faults == ()
    for _ in range(TRIALS):
        with flip_one(filled.store, chance) as place:
            faults = verify(filled.store).faults
            assert faults, place
            assert any(place.name in fault for fault in faults), (place, faults)
    assert verify(filled.store).faults == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("DELETE FROM entries WHERE seq = 5", "entry 5: missing or out of order, found 6"),
        ("DELETE FROM entries WHERE seq = 12", "head: it does not name the last entry, 11"),
        ("UPDATE entries SET \"by\" = 'person:Eve' WHERE seq = 11", "entry 11: its words are not those"),
        ("UPDATE entries SET seq = 100 WHERE seq = 3", "entry 3: missing or out of order, found 4"),
        ("DELETE FROM archive", "is missing"),
        ("UPDATE head SET seq = 3", "head: it does not name the last entry, 12"),
        ("DELETE FROM head", "head: it does not name the last entry, 12"),
    ],
)
def test_a_broken_desk_is_told(filled: Desk, change: str, fault: str) -> None:
    run_sql(filled.store, change)
    assert any(fault in one for one in verify(filled.store).faults), verify(filled.store).faults


def test_nothing_is_entered_behind_a_broken_head(filled: Desk) -> None:
    run_sql(filled.store, "UPDATE head SET hash = 'x'")
    with pytest.raises(LedgerError, match="nothing was changed"):
        list(filled.add("dam", [reading("03_new", ("Di", "it snows"))]))


def test_a_damaged_capture_is_not_told(filled: Desk) -> None:
    run_sql(
        filled.store,
        "UPDATE archive SET stored = stored_sha256" if _sqlite(filled) else "UPDATE archive SET stored = 'x'",
    )
    with pytest.raises(LedgerError, match="run onrecord verify"):
        filled.story("dam")


def _sqlite(desk: Desk) -> bool:
    return desk.store.engine.dialect.name == "sqlite"


def test_any_bit_of_the_file_that_matters_is_found(tmp_path: Path) -> None:
    """Bits of a SQLite file that hold nothing of the record (free space, derived tables) may flip unseen."""
    place = tmp_path / "desk.db"
    with open_desk(str(place), PlainBuilder(), create=True, clock=Clock()) as held:
        list(held.add("dam", [reading("01_gazette", ("Ann Orr", "the dam holds"))]))
        with held.store.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        entry = held.log()[0]
    whole = place.read_bytes()
    at = whole.index(entry.payload.encode())
    chance = random.Random(7)
    for _ in range(10):
        bent = bytearray(whole)
        bent[at + chance.randrange(len(entry.payload))] ^= 1 << chance.randrange(8)
        place.write_bytes(bent)
        with open_desk(str(place)) as held:
            assert any("entry 1:" in fault for fault in verify(held.store).faults)
