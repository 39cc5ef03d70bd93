"""A desk held against itself: every digest, every link of the chain, every line's exact words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, LargeBinary, cast, func, select, text
from sqlalchemy.exc import DatabaseError

from onrecord.errors import OnRecordError, UsageError
from onrecord.ledger.custody.witnessing import Head, witness_faults
from onrecord.ledger.deciding.address_faults import address_faults
from onrecord.ledger.entries import START, instant_text
from onrecord.ledger.packing.custody import body_digest, line_faults, link_digest
from onrecord.ledger.stamping import same_authority, stamp_fault
from onrecord.ledger.storage.archive import Kept, bytes_text
from onrecord.ledger.storage.planting import planted
from onrecord.ledger.storage.rederiving import derived_faults
from onrecord.ledger.storage.schema import archive, entries, head
from onrecord.ledger.storage.store import Store, View, wall_clock

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was checked, and every fault that was found, named."""

    entries: int
    files: int
    lines: int
    head: str
    faults: tuple[str, ...]
    stamps: int = 0
    unchecked_stamps: int = 0
    unnamed_stamps: int = 0
    derived: int = 0
    ahead: int = 0


class _Check:
    def __init__(self, view: View, progress: Progress | None, authority: str | None = None) -> None:
        self.view = view
        self.authority = authority
        self.progress = progress
        self.faults: list[str] = []
        self.texts: dict[tuple[str, str], str] = {}
        self.named: set[str] = set()
        self.lines = 0
        self.hashes: dict[int, str] = {}
        self.stamps = self.unchecked = self.unnamed = self.derived = 0
        self.ahead, self.soon = 0, instant_text(wall_clock() + timedelta(days=1))

    def archive(self) -> set[str]:
        """Every archived file; the names of those that are there."""
        names: set[str] = set()
        flag = cast(archive.c.packed, Integer).label("packed")
        columns = [*self._columns(archive.c.sha256, archive.c.stored_sha256), archive.c.size, archive.c.stored, flag]
        many = self.view.connection.execute(select(func.count()).select_from(archive)).scalar_one()
        query = select(*columns).order_by(archive.c.sha256).execution_options(yield_per=50)
        for number, row in enumerate(self.view.connection.execute(query), start=1):
            name, stored_digest = str(_text(row.sha256)), str(_text(row.stored_sha256))
            names.add(name)
            fault = Kept(name, row.size, bool(row.packed), row.stored, stored_digest).fault()
            if row.packed not in (0, 1):
                fault = f"{row.packed} is no answer to whether it is packed"
            if fault:
                self.faults.append(f"archive {name[:16]}…: {fault}")
            if self.progress:
                self.progress("archive", number, many)
        return names

    def _columns(self, *wanted: Any) -> list[Any]:
        """Text as raw bytes where SQLite holds it, since a flipped bit may have made it no text at all."""
        if self.view.connection.dialect.name != "sqlite":
            return list(wanted)
        return [cast(column, LargeBinary).label(column.name) for column in wanted]

    def chain(self, held: set[str]) -> tuple[int, str]:
        """Every entry in order; the last number and hash that follow from them."""
        last, previous = 0, START
        for row in self._rows():
            seq = row["seq"]
            if seq != last + 1:
                self.faults.append(f"entry {last + 1}: missing or out of order, found {seq}")
            body = body_digest(row, row["payload"])
            linked = link_digest(seq, previous, body)
            if row["previous"] != previous:
                self.faults.append(f"entry {seq}: does not follow the entry before it")
            elif linked != row["hash"]:
                self.faults.append(f"entry {seq}: its words are not those that were entered")
            else:
                self._content(row, held)
            last, previous = seq, str(row["hash"])
            self.hashes[seq] = previous
            if not self.ahead and str(row["at"]) > self.soon:
                self.ahead = seq
        return last, previous

    def _rows(self) -> Iterator[dict[str, Any]]:
        columns = self._columns(*(column for column in entries.c if column.name != "seq"))
        query = select(entries.c.seq, *columns).order_by(entries.c.seq).execution_options(yield_per=200)
        for row in self.view.connection.execute(query):
            told = {name: _text(value) for name, value in row._asdict().items()}
            told["payload"] = row.payload if isinstance(row.payload, bytes) else row.payload.encode()
            yield told

    def _content(self, row: dict[str, Any], held: set[str]) -> None:
        payload = json.loads(row["payload"])
        for digest in [payload[key] for key in ("raw", "text") if key in payload]:
            self.named.add(digest)
            if digest not in held:
                self.faults.append(f"entry {row['seq']}: archive {digest[:16]}… is missing")
        if row["act"] == "stamped":
            self._stamp(row["seq"], payload)
        key = (row["story"], row["subject"])
        if row["act"] == "read":
            self.texts[key] = payload["text"]
        elif row["act"] == "attributed" and self.texts.get(key) in held:
            self.lines += len(payload["lines"])
            self._spans(row, payload, self.texts[key])

    def _stamp(self, seq: int, payload: dict[str, Any]) -> None:
        try:
            fault = stamp_fault(payload, self.hashes)
        except UsageError:
            # The package that reads stamps is an extra: a desk is not damaged where it is missing.
            self.unchecked += 1
            return
        except (OnRecordError, LookupError, ValueError) as error:
            fault = " ".join(str(error).split())
        answered = "response" in payload and not fault
        if answered and self.authority is not None and not same_authority(payload["certificate"], self.authority):
            fault, answered = "its stamp is by another authority than the one that you name", False
        self.stamps += answered
        self.unnamed += answered and self.authority is None
        if fault:
            self.faults.append(f"entry {seq}: {fault}")

    def _spans(self, row: dict[str, Any], payload: dict[str, Any], digest: str) -> None:
        try:
            words = bytes_text(self.view.fetch([digest])[digest])
        except (OnRecordError, ValueError):
            # The archived file is at fault and named already.
            return
        self.faults.extend(line_faults(f"entry {row['seq']}, report {row['subject']}", payload, words))

    def head(self, last: tuple[int, str]) -> None:
        """The head against the chain's end."""
        rows = self.view.connection.execute(select(head)).all()
        if len(rows) != 1 or (rows[0].seq, rows[0].hash) != last:
            self.faults.append(f"head: it does not name the last entry, {last[0]}")

    def orphans(self, held: set[str]) -> None:
        """Archived files that no entry speaks of."""
        self.faults.extend(f"archive {name[:16]}…: no entry speaks of it" for name in sorted(held - self.named))

    def shadows(self) -> None:
        """What is derived, held against the entries; of a record that is damaged itself, nothing can be derived."""
        self.faults.extend(f"file: {one}" for one in planted(self.view.connection))
        if self.faults:
            return
        found = [*derived_faults(self.view), *(fault for _, _, fault in address_faults(self.view))]
        self.derived = len(found)
        self.faults.extend(found)

    def file(self) -> None:
        """SQLite's own account of its pages."""
        if self.view.connection.dialect.name == "sqlite":
            found = self.view.connection.execute(text("PRAGMA integrity_check(20)")).scalars().all()
            self.faults.extend(f"file: {' '.join(one.split())}" for one in found if one != "ok")


def _text(value: object) -> object:
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def verify(
    store: Store, progress: Progress | None = None, *, heads: Sequence[Head] = (), authority: str | None = None
) -> Verified:
    """Check all of a desk; a fault is told, never raised, as long as the desk opens at all.

    `heads` are earlier heads, which must be prefixes of what is there; `authority` is the certificate (PEM) of the one
    whose stamps count, else those of whatever certificate the desk itself names. `ahead` is the first entry that is
    dated later than tomorrow, since a clock that once ran ahead dates all that follows; 0 where there is none.
    """
    with store.view() as view:
        check = _Check(view, progress, authority)
        last, held = (0, START), set()
        try:
            held = check.archive()
            last = check.chain(held)
            check.head(last)
            check.orphans(held)
            check.file()
            check.shadows()
            check.faults.extend(witness_faults(view, heads, last[0]))
        except (DatabaseError, OnRecordError) as error:
            check.faults.append(f"file: it cannot be read on ({' '.join(str(error).split())[:160]})")
        return Verified(
            entries=last[0],
            files=len(held),
            lines=check.lines,
            head=last[1],
            faults=tuple(dict.fromkeys(check.faults)),
            stamps=check.stamps,
            unchecked_stamps=check.unchecked,
            unnamed_stamps=check.unnamed,
            derived=check.derived,
            ahead=check.ahead,
        )
