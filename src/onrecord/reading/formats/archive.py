"""Web archives: WARC, plain or compressed, and WACZ."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from onrecord.datamodel.moment import moment
from onrecord.datamodel.report import Evidence
from onrecord.errors import ReadError
from onrecord.reading.decoding import decode
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.feed import FeedReader
from onrecord.reading.formats.html import HtmlReader, read_page
from onrecord.reading.formats.wire import NewsmlReader
from onrecord.reading.guarding import open_zip, unfold
from onrecord.reading.reader import Gives, Reader

_MAX_RECORD_BYTES = 30_000_000
_MAX_SKIP_BYTES = 500_000_000
_MAX_TOTAL_BYTES = 2_000_000_000
_MAX_PAGES = 20_000
_DOCUMENTS = frozenset({
    "application/pdf", "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
})  # fmt: skip
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w-]{2,30})", re.IGNORECASE)


class WarcReader:
    """Every page of an archive is an item, with its address and the instant it was captured.

    `documents` read what is no page: files of their own type among pages (PDF), and anything where nothing is a page.
    """

    def __init__(self, documents: tuple[Reader, ...] = ()) -> None:
        self.documents = documents

    gives = Gives(name="warc", endings=("warc", "warc.gz"), date=True, author=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """The version line, or gzip bytes in a file that is named as an archive."""
        return head.startswith(b"WARC/") or (head.startswith(b"\x1f\x8b") and b"warc" in name.lower().encode())

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item a page; raises ReadError where no page can be read."""
        return pages_of(source, documents=self.documents)


class WaczReader:
    """A packed web archive: the WARC files inside it."""

    gives = Gives(name="wacz", endings=("wacz",), date=True, author=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """A zip file that names archive members first, or is named so."""
        return head.startswith(b"PK\x03\x04") and (
            name.lower().endswith(".wacz") or b"archive/" in head or b"datapackage" in head
        )

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item a page; raises ReadError where no page can be read."""
        with open_zip(source) as archive:
            members = sorted(one for one in archive.namelist() if re.search(r"\.warc(?:\.gz)?$", one))
            drafts: list[Draft] = []
            for member in members:
                inner = Source(unfold(archive, member, source.name), source.name)
                drafts.extend(pages_of(inner, len(drafts)))
        if not drafts:
            raise ReadError(f"{source.name}: a WACZ without WARC files in it; save the pages again")
        return tuple(replace(one, reader="wacz") for one in drafts)


def pages_of(source: Source, before: int = 0, documents: tuple[Reader, ...] = ()) -> tuple[Draft, ...]:
    """The pages of a WARC; what is no page is left out, what cannot be read is counted in the first page's notes."""
    drafts: list[Draft] = []
    failed: list[str] = []
    others: list[tuple[int, Any, bytes]] = []
    for number, (record, packed) in enumerate(_records(source, failed), before + 1):
        try:
            if (body := _body(record, packed)) is None:
                continue
            if _is_page(body[:4096]):
                drafts.append(_page((record, body), source, number))
            elif str(record.http_content_type or "").lower() in _DOCUMENTS or not others:
                others.append((number, record, body))
        except (ReadError, ValueError, LookupError) as error:
            failed.append(str(error).removeprefix(f"{source.name}: "))
    for number, record, body in others if documents else ():
        # Among pages, what has no type of a document is a part of a page: its style, its script, its pictures.
        if drafts and str(record.http_content_type or "").lower() not in _DOCUMENTS:
            continue
        try:
            drafts.extend(_document((record, body), source, number, documents))
        except ReadError as error:
            failed.append(str(error))
        except Exception as error:  # one hostile document must not take the archive's other pages with it
            failed.append(f"record {number} cannot be read ({type(error).__name__})")
    if not drafts:
        why = f" ({failed[0]})" if failed else ""
        raise ReadError(f"{source.name}: an archive without a page that can be read{why}; capture the pages again")
    if failed:
        told = f"{len(failed)} records of the archive could not be read: {'; '.join(dict.fromkeys(failed))[:300]}"
        drafts[0] = replace(drafts[0], notes=(*drafts[0].notes, told))
    return tuple(drafts)


def _records(source: Source, failed: list[str]) -> Iterator[tuple[Any, bytes]]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource
    total = 0
    try:
        for count, record in enumerate(ArchiveIterator(io.BytesIO(source.raw), record_types=kinds, parse_http=True), 1):
            body = record.reader.read(_MAX_RECORD_BYTES + 1)
            total += len(body)
            if count > _MAX_PAGES or total > _MAX_TOTAL_BYTES:
                failed.append("the archive is larger than 20,000 records or 2 GB; split it")
                return
            if len(body) > _MAX_RECORD_BYTES:
                failed.append("a record of more than 30 MB")
                if record.content_length > _MAX_SKIP_BYTES:
                    failed.append("what stands behind it was not unfolded")
                    return
                continue
            yield record, body
    except (EOFError, ValueError, OSError) as error:
        failed.append(f"the archive stops early ({type(error).__name__})")


def _is_page(head: bytes) -> bool:
    """Feeds and wire items are full of markup too."""
    return HtmlReader().sniff(head, "") and not (FeedReader().sniff(head, "") or NewsmlReader().sniff(head, ""))


def _body(record: Any, packed: bytes) -> bytes | None:
    """A record's bytes as they were meant, None where the answer was no success."""
    status = record.http_headers.status_code if record.http_headers else 200
    return None if status is not None and not 200 <= status < 300 else _unpacked(packed, record)


def _page(told: tuple[Any, bytes], source: Source, number: int) -> Draft:
    record, body = told
    content_type = str(record.http_content_type or record.headers.get("Content-Type") or "")
    declared = record.http_charset or (match.group(1) if (match := _CHARSET.search(content_type)) else None)
    name = f"{source.name}, record {number}"
    draft = read_page(decode(body, name, declared), Source(body, name), record.headers.get("WARC-Target-URI"))
    return _captured(replace(draft, sha256=hashlib.sha256(body).hexdigest(), key=str(number)), told)


def _captured(draft: Draft, told: tuple[Any, bytes]) -> Draft:
    cut, date = _cut(*told), told[0].headers.get("WARC-Date")
    return replace(
        draft,
        reader="warc",
        captured=moment(date) if date else None,
        truncated=draft.truncated or cut is not None,
        notes=(*draft.notes, *((cut,) if cut else ())),
    )


def _document(told: tuple[Any, bytes], source: Source, number: int, documents: tuple[Reader, ...]) -> Iterator[Draft]:
    """The items of a record that is no page; its address is theirs where they name none."""
    record, body = told
    address = str(record.headers.get("WARC-Target-URI") or "")
    inner = Source(body, address.rpartition("/")[2] or source.name)
    reader = next((one for one in documents if one.sniff(body[:4096], inner.name)), None)
    if reader is None:
        return
    for draft in reader.read(inner):
        # A feed's address is none of its items'.
        own = draft.reader == "feed" or any(one.field == "url" for one in draft.evidence)
        found = () if own or not address else (Evidence(field="url", value=address, found_in="address"),)
        key = f"{number}.{draft.key}" if draft.key else str(number)
        yield _captured(replace(draft, key=key, evidence=(*draft.evidence, *found)), told)


def _unpacked(body: bytes, record: Any) -> bytes:
    """Undo what HTTP packed, with a cap: a page that unfolds beyond it is a bomb."""
    import zlib

    packing = (record.http_headers.get("Content-Encoding") or "").lower() if record.http_headers else ""
    if packing not in ("gzip", "x-gzip", "deflate"):
        return body
    tool = zlib.decompressobj(zlib.MAX_WBITS | 32 if packing != "deflate" else zlib.MAX_WBITS)
    try:
        unfolded = tool.decompress(body, _MAX_RECORD_BYTES)
    except zlib.error as error:
        raise ReadError(f"a record whose {packing} packing is damaged") from error
    if tool.unconsumed_tail:
        raise ReadError("a record that unfolds beyond 30 MB")
    return unfolded


def _cut(record: Any, body: bytes) -> str | None:
    if why := record.headers.get("WARC-Truncated"):
        return f"the capture was cut ({why}); its text stops early"
    told = record.http_headers.get("Content-Length") if record.http_headers else None
    packed = record.http_headers.get("Content-Encoding") if record.http_headers else None
    if told and told.isdigit() and not packed and int(told) > len(body):
        return f"the capture holds {len(body):,} of {int(told):,} bytes; its text may stop early"
    return None
