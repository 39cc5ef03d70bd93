"""Any entry that can be taken back, whatever it did: a decision, a withdrawal, a move, a kept search."""

from __future__ import annotations

from onrecord.datamodel.entry import EntryType
from onrecord.ledger.desk import Desk, EntryReceipt
from onrecord.ledger.moving import moved_to, undo_move
from onrecord.ledger.searches import drop_search


def take_back(desk: Desk, seq: int, *, by: str, why: str) -> EntryReceipt:
    """Take an entry back by another; of a move, all that were moved together. Raises UsageError where it cannot be."""
    meant = desk.entry(seq)
    if meant.act is EntryType.KEPT:
        return drop_search(desk, seq, by=by, why=why)
    if moved_to(meant):
        return EntryReceipt(entry=undo_move(desk, seq, by=by, why=why)[0])
    return desk.undo(seq, by=by, why=why)
