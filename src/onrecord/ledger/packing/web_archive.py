"""A story's captures as one WACZ: what was fetched as it came, files that people gave as resources, with digests."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.errors import UsageError
from onrecord.ledger.entries import instant_text, payload_of
from onrecord.ledger.packing.wacz_signing import Signer
from onrecord.ledger.packing.warc_records import Filing, Record, packed_record, records_of
from onrecord.ledger.revisions.origins import address_of
from onrecord.ledger.storage.store import Store, View

WACZ_VERSION = "1.1.1"
ARCHIVE = "archive/data.warc.gz"
_INDEX, _BLOCKS, _PAGES = "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl"
_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_LINES_A_BLOCK = 1024
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_WWW = re.compile(r"^www\d*\.")


@dataclass(slots=True)
class _Input:
    """One captured input and the reports that were read of it: address or name to headline."""

    raw: str
    filing: Filing
    titles: dict[str, str] = field(default_factory=dict)


def web_archive(
    store: Store, story: str, title: str, beside: Mapping[str, bytes] | None = None, signer: Signer | None = None
) -> bytes:
    """The WACZ of every capture of a story, with further files beside it; the same desk gives the same bytes.

    A `signer` signs the digest of its list of files.
    Replaced and withdrawn versions are in it too, as in a pack. Raises UsageError where there is no such story.
    """
    with store.view() as view:
        found = list(_inputs(view, story))
        last = max((one.at for one in view.entries(story, acts=[EntryType.CAPTURED])), default=None)
    if last is None:
        raise UsageError(f"no story '{story}' · export · see: onrecord stories")
    created = f"{last:%Y-%m-%dT%H:%M:%SZ}"
    archive = io.BytesIO(_opening(title, created))
    archive.seek(0, io.SEEK_END)
    lines: list[str] = []
    pages: list[dict[str, str]] = []
    for one in found:
        for record in records_of(one.filing):
            if record.url:
                lines.append(_line(record, archive.tell()))
                pages.extend(_page(record, one))
            archive.write(record.packed)
    index, blocks = _indexed(sorted(lines))
    members = {ARCHIVE: archive.getvalue(), _INDEX: index, _BLOCKS: blocks, _PAGES: _listed(pages), **(beside or {})}
    package = _package(members, title, created)
    digest_file: dict[str, Any] = {"path": _PACKAGE, "hash": _hashed(package)}
    if signer is not None:
        digest_file["signedData"] = signer.signed(digest_file["hash"], created)
    return _zipped({**members, _PACKAGE: package, _DIGEST: json.dumps(digest_file).encode() + b"\n"})


def _inputs(view: View, story: str) -> Iterator[_Input]:
    """What was captured, in order and each once, with what was read of it."""
    found: dict[str, _Input] = {}
    for entry in view.entries(story, acts=[EntryType.CAPTURED, EntryType.READ]):
        payload = payload_of(entry)
        if entry.act is EntryType.CAPTURED:
            if payload["raw"] not in found:
                found[payload["raw"]] = _Input(payload["raw"], _filing(view, story, entry, payload))
        elif held := found.get(payload["raw"]):
            report = payload["report"]
            held.titles[report.get("url") or ""] = report.get("headline") or report["file"]
    yield from found.values()


def _filing(view: View, story: str, entry: Entry, payload: Mapping[str, Any]) -> Filing:
    raw = view.fetch([payload["raw"]])[payload["raw"]]
    came = address_of(str(payload["came_from"]))
    # Only what was asked of an address is filed under it: of a file that somebody gave, nobody saw that page.
    asked = came.startswith(("http://", "https://"))
    name = f"urn:onrecord:{quote(story, safe='')}:report:{quote(entry.subject, safe='')}"
    return Filing(raw=raw, address=came if asked else name, file=came, at=f"{instant_text(entry.at)[:19]}Z")


def _opening(title: str, created: str) -> bytes:
    """The record that says what made the archive."""
    block = f"software: onrecord {version('onrecord')}\r\nformat: WARC File Format 1.1\r\n".encode()
    headers = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{title} {created}')}>",
        "WARC-Date": created,
        "Content-Type": "application/warc-fields",
        "Content-Length": str(len(block)),
    }
    return packed_record(headers, block)


def _line(record: Record, offset: int) -> str:
    """A line of the index: the address as it is sorted, the instant, and where the record stands."""
    fields = {
        "url": record.url,
        "mime": record.mime,
        "status": record.status,
        "digest": record.digest,
        "length": len(record.packed),
        "offset": offset,
        "filename": ARCHIVE.rpartition("/")[2],
        "recordDigest": _hashed(record.packed),
    }
    return f"{sort_key(record.url)} {_stamp(record.at)} {json.dumps(fields)}\n"


def _stamp(at: str) -> str:
    return re.sub(r"\D", "", at.partition(".")[0])[:14]


def sort_key(url: str) -> str:
    """An address as indexes of web archives sort it (SURT): its host turned round, so that a site stands together.

    Example:
        >>> sort_key("https://www.Quay.example:8080/Ferry/?b=1&a=2")
        'example,quay:8080)/ferry?a=2&b=1'
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url.lower()
    if not host:
        return url.lower()
    turned = ",".join(reversed(_WWW.sub("", host).split(".")))
    shown = f":{port}" if port and port not in (80, 443) else ""
    query = f"?{'&'.join(sorted(parts.query.split('&')))}" if parts.query else ""
    return f"{turned}{shown}){parts.path.rstrip('/') or '/'}{query}".lower()


def _page(record: Record, held: _Input) -> Iterator[dict[str, str]]:
    """A page for what was read as reports; a picture or a style among them is none."""
    title = held.titles.get(record.url)
    if title is None and len(held.titles) == 1:
        title = next(iter(held.titles.values()))
    if record.status == 200 and (title or record.mime == "text/html"):
        fields = {"url": record.url, "ts": record.at, "title": title or record.url}
        ident = hashlib.sha256(f"{record.url} {record.at}".encode()).hexdigest()[:22]
        yield {"id": ident, **fields}


def _listed(pages: Sequence[Mapping[str, str]]) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    return "".join(f"{json.dumps(one)}\n" for one in (head, *pages)).encode()


def _indexed(lines: Sequence[str]) -> tuple[bytes, bytes]:
    """The index in packed blocks, and the list of the blocks."""
    packed = io.BytesIO()
    head = {"format": "cdxj-gzip-1.0", "filename": _INDEX.rpartition("/")[2]}
    blocks = [f"!meta 0 {json.dumps(head)}\n"]
    for start in range(0, len(lines), _LINES_A_BLOCK):
        some = lines[start : start + _LINES_A_BLOCK]
        block = gzip.compress("".join(some).encode(), mtime=0)
        block_fields = {
            "offset": packed.tell(),
            "length": len(block),
            "digest": _hashed(block),
            "filename": head["filename"],
        }
        blocks.append(f"{' '.join(some[0].split(' ', 2)[:2])} {json.dumps(block_fields)}\n")
        packed.write(block)
    return packed.getvalue(), "".join(blocks).encode()


def _package(members: Mapping[str, bytes], title: str, created: str) -> bytes:
    """The list of all members with their digests."""
    package = {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "title": title,
        "created": created,
        "software": f"onrecord {version('onrecord')}",
        "resources": [
            {"name": path.rpartition("/")[2].lower(), "path": path, "hash": _hashed(raw), "bytes": len(raw)}
            for path, raw in members.items()
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def _hashed(raw: bytes) -> str:
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def _zipped(members: Mapping[str, bytes]) -> bytes:
    """All members; what is packed already is stored, so that a reader may jump into it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, raw in members.items():
            info = zipfile.ZipInfo(name, _NO_DAY)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            file.writestr(info, raw)
    return buffer.getvalue()
