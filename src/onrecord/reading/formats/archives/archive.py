"""Web archives: WARC and ARC, plain or compressed, and WACZ."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.datamodel.report import Evidence
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.decoding import decode
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.archives.captures import (
    Capture,
    arc_captures,
    arc_count,
    digest_fits,
    warc_captures,
    warc_count,
)
from onrecord.reading.formats.archives.wacz_signature import signature_notes
from onrecord.reading.formats.feed import FeedReader
from onrecord.reading.formats.html import HtmlReader, read_page
from onrecord.reading.formats.wire import NewsmlReader
from onrecord.reading.limits.guarding import open_zip, unfold
from onrecord.reading.limits.record_limits import Patience, limit, raised
from onrecord.reading.reader import Gives, Reader

# How the records of a desk's archive are called that were files and have no address.
EXPORTED = "urn:onrecord:"
_DOCUMENTS = frozenset({
    "application/pdf", "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
})  # fmt: skip


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
        count = _within_limit(warc_count(source), source)
        return pages_of(source, warc_captures(source), _Whole(count), documents=self.documents)


class ArcReader:
    """The older form of web archives: read as a WARC is."""

    def __init__(self, documents: tuple[Reader, ...] = ()) -> None:
        self.documents = documents

    gives = Gives(name="arc", endings=("arc", "arc.gz"), date=True, author=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """The line that describes the file, or gzip bytes in a file that is named as an archive."""
        return head.startswith(b"filedesc:") or (
            head.startswith(b"\x1f\x8b") and name.lower().endswith((".arc", ".arc.gz"))
        )

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item a page; raises ReadError where no page can be read."""
        count = _within_limit(arc_count(source), source)
        found = pages_of(source, arc_captures(source), _Whole(count), documents=self.documents)
        return tuple(replace(one, reader="arc" if one.reader == "warc" else one.reader) for one in found)


class WaczReader:
    """A packed web archive: the WARC files inside it, read as a WARC is."""

    def __init__(self, documents: tuple[Reader, ...] = ()) -> None:
        self.documents = documents

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
            wrong = tuple(_wrong_digests(archive, source.name))
            counts = [warc_count(Source(unfold(archive, member, source.name), source.name)) for member in members]
            whole = _Whole(_within_limit(sum(counts), source))
            drafts: list[Draft] = []
            for member, count in zip(members, counts, strict=True):
                inner = Source(unfold(archive, member, source.name), source.name, source.left_out)
                drafts.extend(pages_of(inner, warc_captures(inner), whole, documents=self.documents))
                whole.before += count
        if not drafts:
            raise ReadError(f"{source.name}: a WACZ without WARC files in it; save the pages again")
        named = (replace(one, reader="wacz" if one.reader == "warc" else one.reader) for one in drafts)
        return tuple(replace(one, notes=(*one.notes, *wrong)) for one in named)


def _wrong_digests(archive: Any, name: str) -> Iterator[str]:
    """Members of which the package lists another digest, and a list that is not the one that was signed."""
    if "datapackage.json" not in archive.namelist():
        return
    raw = unfold(archive, "datapackage.json", name)
    try:
        listed = json.loads(raw).get("resources")
    except (ValueError, AttributeError, RecursionError):
        yield "the package’s list of files is no valid JSON; nothing in it could be checked"
        return
    for one in listed if isinstance(listed, list) else ():
        path, told = (one.get("path"), one.get("hash")) if isinstance(one, dict) else (None, None)
        if not isinstance(path, str) or not isinstance(told, str):
            continue
        if path not in archive.namelist():
            yield f"the package lists {path}, which is not in it"
        elif not digest_fits(told if ":" in told else f"sha256:{told}", (unfold(archive, path, name),)):
            yield f"the digest of {path} does not fit the package’s list: it was changed, or listed wrongly"
    if "datapackage-digest.json" in archive.namelist():
        yield from _wrong_signature(unfold(archive, "datapackage-digest.json", name), raw)


def _wrong_signature(raw: bytes, listed: bytes) -> Iterator[str]:
    """What the digest of the package's list says that does not fit, and who signed it."""
    try:
        digest = json.loads(raw)
        told = digest.get("hash")
    except (ValueError, AttributeError, RecursionError):
        digest, told = {}, ""
    if not isinstance(told, str) or not digest_fits(told if ":" in told else f"sha256:{told}", (listed,)):
        yield "the digest of the package’s list does not fit it: the list was changed, or signed wrongly"
    yield from signature_notes(digest, f"sha256:{hashlib.sha256(listed).hexdigest()}")


@dataclass(slots=True)
class _Whole:
    """An archive of one or more files: its records, those of the files before this one, and how long it is read on."""

    count: int
    before: int = 0
    patience: Patience = field(default_factory=Patience)


def _within_limit(count: int, source: Source) -> int:
    """The count of an archive's records; raises ReadError where they are too many, before any of them is read."""
    if count > (most := limit("captures")):
        todo = f"split it, or {raised('captures', count)}"
        raise ReadError(f"{source.name}: an archive of {count:,} records, more than {most:,}; {todo}")
    return count


def pages_of(
    source: Source, captures: Iterator[Capture], whole: _Whole, documents: tuple[Reader, ...] = ()
) -> tuple[Draft, ...]:
    """The pages of an archive; what is no page is left aside, what cannot be read is counted in the source."""
    drafts: list[Draft] = []
    others: list[Capture] = []
    for capture in captures:
        capture = replace(capture, number=capture.number + whole.before)
        if whole.patience.is_over():
            whole.patience.leave_out(source, "records", capture.number, max(whole.count, capture.number))
            break
        try:
            if _is_page(capture.body[:4096]):
                drafts.extend(_page(capture, source))
            elif _is_document(capture) or not others:
                others.append(capture)
        except (ReadError, ValueError, LookupError) as error:
            source.leave_out(str(capture.number), str(error).removeprefix(f"{source.name}, record {capture.number}: "))
    for capture in others if documents else ():
        # Among pages, what has no type of a document is a part of a page: its style, its script, its pictures.
        if drafts and not _is_document(capture):
            continue
        if whole.patience.is_over():
            source.leave_out(str(capture.number), "a document that was not read: the archive took too long; split it")
            continue
        try:
            drafts.extend(_document(capture, source, documents))
        except ReadError as error:
            source.leave_out(str(capture.number), str(error))
        except Exception as error:  # one hostile document must not take the archive's other pages with it
            source.leave_out(str(capture.number), f"a document that cannot be read ({type(error).__name__})")
    if not drafts:
        why = f" ({source.left_out[0].reason})" if source.left_out else ""
        raise ReadError(f"{source.name}: an archive without a page that can be read{why}; capture the pages again")
    return tuple(drafts)


def _is_document(capture: Capture) -> bool:
    """Whether a record is a report beside the pages: by its type, or as a file that a desk was given and exported."""
    return capture.content_type in _DOCUMENTS or capture.url.startswith(EXPORTED)


def _is_page(head: bytes) -> bool:
    """Feeds and wire items are full of markup too."""
    return HtmlReader().sniff(head, "") and not (FeedReader().sniff(head, "") or NewsmlReader().sniff(head, ""))


def _page(capture: Capture, source: Source) -> Iterator[Draft]:
    name = f"{source.name}, record {capture.number}"
    address = None if capture.url.startswith(EXPORTED) else capture.url or None
    drafts = read_page(decode(capture.body, name, capture.charset), Source(capture.body, name), address)
    for draft in drafts:
        key = f"{capture.number} {draft.key}" if draft.key else str(capture.number)
        yield _captured(replace(draft, key=key), capture)


def _captured(draft: Draft, capture: Capture) -> Draft:
    at = read_date(capture.at) if capture.at else None
    undated = () if at or not capture.at else (f"the capture’s date “{capture.at[:40]}” is none; it is not known when",)
    return replace(
        draft,
        reader="live blog" if draft.reader == "live blog" else "warc",
        captured=at,
        truncated=draft.truncated or capture.cut is not None,
        notes=(*draft.notes, *capture.notes, *undated, *((capture.cut,) if capture.cut else ())),
    )


def _document(capture: Capture, source: Source, documents: tuple[Reader, ...]) -> Iterator[Draft]:
    """The items of a record that is no page; its address is theirs where they name none."""
    inner = Source(capture.body, capture.url.rpartition("/")[2] or source.name, source.left_out)
    reader = next((one for one in documents if one.sniff(inner.raw[:4096], inner.name)), None)
    if reader is None:
        return
    for draft in reader.read(inner):
        # A feed's address is none of its items'.
        own = (
            draft.reader == "feed"
            or capture.url.startswith(EXPORTED)
            or any(one.field == "url" for one in draft.evidence)
        )
        found = () if own or not capture.url else (Evidence(field="url", value=capture.url, found_in="address"),)
        key = f"{capture.number}.{draft.key}" if draft.key else str(capture.number)
        yield _captured(replace(draft, key=key, evidence=(*draft.evidence, *found)), capture)
