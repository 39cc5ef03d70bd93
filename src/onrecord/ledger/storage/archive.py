"""Content-addressed bytes: what was captured, and the texts read from it, each under its sha256."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from onrecord.errors import LedgerError
from onrecord.ledger.storage.schema import archive

# PostgreSQL and SQLite both take this many bound values in one statement.
_AT_ONCE = 500


def digest(raw: bytes) -> str:
    """sha256 in hex."""
    return hashlib.sha256(raw).hexdigest()


def text_bytes(text: str) -> bytes:
    """A report's text as it is archived; for a plain UTF-8 file these are the file's own bytes."""
    return text.encode("utf-8", "surrogatepass")


def bytes_text(raw: bytes) -> str:
    """The text that `text_bytes` archived."""
    return raw.decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Kept:
    """One archived row: the bytes as they are stored, whether they are packed, and digests of both forms."""

    sha256: str
    size: int
    packed: bool
    stored: bytes
    stored_sha256: str

    def fault(self) -> str | None:
        """What is wrong with it, None where each bit is as it was archived."""
        if not isinstance(self.stored, bytes) or digest(self.stored) != self.stored_sha256:
            return "its stored bytes are not those that were archived"
        try:
            raw = self.raw()
        except LedgerError as error:
            return str(error)
        if digest(raw) != self.sha256:
            return "its bytes are not what its name says"
        return None if len(raw) == self.size else f"{len(raw)} bytes, {self.size} on record"

    def raw(self) -> bytes:
        """The archived bytes; raises LedgerError where they cannot be unpacked."""
        if not isinstance(self.stored, bytes):
            raise LedgerError(f"archive {self.sha256[:16]}… is damaged (no bytes) · run onrecord verify")
        if not self.packed:
            return self.stored
        try:
            return zlib.decompress(self.stored)
        except zlib.error as error:
            raise LedgerError(f"archive {self.sha256[:16]}… is damaged · run onrecord verify") from error


def keep(connection: Connection, raw: bytes) -> str:
    """Archive bytes, once; their sha256."""
    name = digest(raw)
    known = connection.execute(select(archive.c.size).where(archive.c.sha256 == name)).first()
    if known is None:
        packed = zlib.compress(raw, 6)
        smaller = len(packed) < len(raw)
        stored = packed if smaller else raw
        row = {"sha256": name, "size": len(raw), "packed": smaller, "stored": stored, "stored_sha256": digest(stored)}
        connection.execute(insert(archive).values(row))
    return name


def fetch(connection: Connection, names: Iterable[str]) -> Mapping[str, bytes]:
    """Archived bytes by sha256; raises LedgerError where one is missing or is not what its name says."""
    wanted = sorted(set(names))
    found: dict[str, bytes] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(archive).where(archive.c.sha256.in_(wanted[start : start + _AT_ONCE]))
        for row in connection.execute(query):
            raw = Kept(row.sha256, row.size, row.packed, row.stored, row.stored_sha256).raw()
            if digest(raw) != row.sha256:
                raise LedgerError(f"archive {row.sha256[:16]}… is not what its name says · run onrecord verify")
            found[row.sha256] = raw
    if missing := [name for name in wanted if name not in found]:
        raise LedgerError(f"archive {missing[0][:16]}… is missing · run onrecord verify")
    return found
