"""Captures to the records of one WARC file: those that came as archives word for word, any other file as a resource."""

from __future__ import annotations

import gzip
import hashlib
import io
import mimetypes
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

_WARC_TYPE = "application/warc"
_SHOWN = frozenset({"response", "resource"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A captured input: its bytes, the address it was asked of or the name it has, its file, and when it came (ISO)."""

    raw: bytes
    address: str
    file: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record as it stands in the archive, packed by itself; without an address it is not listed."""

    packed: bytes = b""
    url: str = ""
    at: str = ""
    mime: str = ""
    status: int = 200
    digest: str = ""


def records_of(filing: Filing) -> tuple[Record, ...]:
    """The records of one capture; what is no WARC that can be read whole is a resource of that name."""
    from warcio.exceptions import ArchiveLoadFailed

    if filing.raw.startswith((b"WARC/", b"\x1f\x8b")):
        try:
            if found := tuple(_as_they_are(filing.raw)):
                return found
        except (ArchiveLoadFailed, ValueError, LookupError, OSError, EOFError):
            # Damaged, or no archive at all: it is kept as it came.
            pass
    return (_resource(filing),)


def _as_they_are(raw: bytes) -> Iterator[Record]:
    """Each record's own bytes, not written anew, so that its digests and its date hold.

    Raises ValueError where bytes are left that belong to none.
    """
    from warcio.archiveiterator import ArchiveIterator

    plain = raw.startswith(b"WARC/")
    archive, end = ArchiveIterator(io.BytesIO(raw)), 0
    found: list[tuple[Record, int]] = []
    for one in archive:
        if one.rec_type is None:
            raise ValueError("a record without a type")
        found.append((_listed(one), archive.get_record_offset()))
        one.raw_stream.read()
        end = archive.get_record_offset() + archive.get_record_length()
    if raw[end:].strip():
        raise ValueError("bytes behind the last record")
    # What parts two records goes with the first.
    ends = [*(start for _, start in found[1:]), len(raw)]
    for (record, start), stop in zip(found, ends, strict=True):
        piece = raw[start:stop]
        yield replace(record, packed=gzip.compress(piece, mtime=0) if plain else piece)


def _listed(record: Any) -> Record:
    """What a list of an archive tells of a record; nothing of a request or of what only describes another."""
    if record.rec_type not in _SHOWN:
        return Record()
    headers, http = record.rec_headers, record.http_headers
    mime = (http or headers).get_header("content-type") or ""
    status = http.get_statuscode() if http else ""
    return Record(
        url=(headers.get_header("WARC-Target-URI") or "").strip("<>"),
        at=headers.get_header("WARC-Date") or "",
        mime=mime.partition(";")[0].strip().lower(),
        status=int(status) if status.isdecimal() else 200,
        digest=headers.get_header("WARC-Payload-Digest") or "",
    )


def _resource(filing: Filing) -> Record:
    """A file that somebody gave, under the name that the desk has for it."""
    mime = mimetypes.guess_type(filing.file)[0] or "application/octet-stream"
    if filing.raw.startswith(b"WARC/"):
        mime = _WARC_TYPE
    url = quote(filing.address, safe="%/:=&?~#+!$,;'@()*[]")
    digest = f"sha1:{b32encode(hashlib.sha1(filing.raw, usedforsecurity=False).digest()).decode()}"
    headers = {
        "WARC-Type": "resource",
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, url + digest)}>",
        "WARC-Target-URI": url,
        "WARC-Date": filing.at,
        "WARC-Payload-Digest": digest,
        "WARC-Block-Digest": digest,
        "Content-Type": mime,
        "Content-Length": str(len(filing.raw)),
    }
    return Record(packed=packed_record(headers, filing.raw), url=url, at=filing.at, mime=mime, digest=digest)


def packed_record(headers: dict[str, str], block: bytes) -> bytes:
    """A record of our own, packed; the same content gives the same bytes."""
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return gzip.compress(b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n", mtime=0)
