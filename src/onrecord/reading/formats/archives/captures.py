"""The captures inside WARC and ARC files: address, instant, answer and bytes, with what does not fit said."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.errors import ReadError
from onrecord.reading.draft import Source
from onrecord.reading.limits.record_limits import limit, raised

_SKIP_BYTES = 500_000_000
_TOTAL_BYTES = 2_000_000_000
_START = re.compile(rb"(?:^|(?<=\n))WARC/1\.[01]\r?\n(?=[A-Za-z-]+:)")
# An ARC record opens with a line of its own: address, IP, date, type, … length.
_ARC = re.compile(
    rb"(?:^|(?<=\n))([a-zA-Z][\w+.-]*:[^\s]{1,4000}) (\S+) (\d{8,14}) (\S+)(?: [^\n]{0,300}?)? (\d{1,12})\r?\n"
)
_ANSWER = re.compile(rb"^WARC-Type:[ \t]*(?:response|resource)\b", re.IGNORECASE | re.MULTILINE)
# Each record of a packed archive is a member of gzip of its own.
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_MAX_DAMAGED = 1_000
_ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha512"})


@dataclass(frozen=True, slots=True)
class Capture:
    """One captured answer: `body` as it was meant, `notes` say what of it does not fit."""

    number: int
    body: bytes
    url: str = ""
    at: str = ""
    content_type: str = ""
    charset: str | None = None
    notes: tuple[str, ...] = ()
    cut: str | None = None


@dataclass(slots=True)
class _Raw:
    headers: Mapping[str, str]
    block: bytes
    http: dict[str, str] = field(default_factory=dict)
    status: int = 200
    body: bytes = b""


def warc_captures(source: Source) -> Iterator[Capture]:
    """The successful answers of a WARC in order; what cannot be read is left out in the source, by its number."""
    for number, headers, block in _warc_records(source):
        if headers.get("warc-type", "response").lower() not in ("response", "resource"):
            continue
        try:
            if (capture := _capture(number, _Raw(headers, block))) is not None:
                yield capture
        except (ReadError, ValueError, LookupError) as error:
            source.leave_out(str(number), str(error).removeprefix(f"{source.name}: "))


def warc_count(source: Source) -> int:
    """How many records of a WARC hold an answer; none of them is read for it."""
    if source.raw.startswith(b"WARC/"):
        return len(_ANSWER.findall(source.raw))
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds, number = WarcRecordType.response | WarcRecordType.resource, 0
    try:
        for _ in ArchiveIterator(io.BytesIO(source.raw), record_types=kinds, parse_http=False):
            number += 1
    except (EOFError, ValueError, OSError):
        # An archive that stops early is said when it is read.
        return number
    return number


def arc_count(source: Source) -> int:
    """The same of an ARC file."""
    apart = Source(source.raw, source.name)
    return sum(not one.group(1).startswith(b"filedesc:") for one in _ARC.finditer(_unpacked_arc(apart)))


def arc_captures(source: Source) -> Iterator[Capture]:
    """The successful answers of an ARC file, the older form of web archives."""
    raw, number, at = _unpacked_arc(source), 0, 0
    while match := _ARC.search(raw, at):
        url, _, date, kind, length = (part.decode("utf-8", "replace") for part in match.groups())
        end = min(len(raw), match.end() + int(length))
        following = _ARC.search(raw, match.end())
        notes = []
        if following is not None and end > following.start():
            end, notes = following.start(), ["the record’s length is wrong; it was read up to the next one"]
        at = max(end, match.end())
        if url.startswith("filedesc:"):
            continue
        number += 1
        headers = {"warc-target-uri": url, "warc-date": _iso(date), "content-type": "application/http", "arc": kind}
        try:
            capture = _capture(number, _Raw(headers, raw[match.end() : end]), notes)
        except (ReadError, ValueError, LookupError) as error:
            source.leave_out(str(number), str(error))
            continue
        if capture is not None:
            yield capture


def _iso(date: str) -> str:
    parts = date.ljust(14, "0")
    return f"{parts[:4]}-{parts[4:6]}-{parts[6:8]}T{parts[8:10]}:{parts[10:12]}:{parts[12:14]}Z"


def _unpacked_arc(source: Source) -> bytes:
    """Members of gzip one behind the other, with a cap."""
    raw = source.raw
    if raw[:2] != b"\x1f\x8b":
        return raw
    parts: list[bytes] = []
    total = 0
    while raw[:2] == b"\x1f\x8b" and total < _TOTAL_BYTES:
        tool = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            part = tool.decompress(raw, _SKIP_BYTES)
        except zlib.error:
            source.leave_out(f"byte {len(source.raw) - len(raw)}", "damaged packing; the archive stops early there")
            break
        parts.append(part)
        total += len(part)
        raw = tool.unused_data
    return b"".join(parts)


def _warc_records(source: Source) -> Iterator[tuple[int, dict[str, str], bytes]]:
    """Number, headers and block of each record; records of a wrong length are cut where the next one begins."""
    if source.raw.startswith(b"WARC/"):
        starts = [match.start() for match in _START.finditer(source.raw)]
        pieces = [source.raw[one:two] for one, two in zip(starts, [*starts[1:], len(source.raw)], strict=True)]
        if not all(_fits(piece) for piece in pieces):
            yield from _by_starts(pieces, source)
            return
    yield from _by_length(source)


def _fits(piece: bytes) -> bool:
    head, found, block = _split(piece)
    told = head.get("content-length", "")
    return bool(found) and told.isdigit() and 0 <= len(block) - int(told) <= 4


def _by_starts(pieces: list[bytes], source: Source) -> Iterator[tuple[int, dict[str, str], bytes]]:
    number = 0
    for piece in pieces:
        headers, _, block = _split(piece)
        if headers.get("warc-type", "") not in ("response", "resource"):
            continue
        number += 1
        told = headers.get("content-length", "")
        longer = told.isdigit() and 0 <= len(block) - int(told) <= 4
        block = block[: int(told)] if longer else block.removesuffix(b"\r\n\r\n")
        if not longer:
            headers["wrong-length"] = "yes"
        yield number, headers, block


def _split(piece: bytes) -> tuple[dict[str, str], bytes, bytes]:
    """Header fields, what ended them (nothing where nothing did), and the rest."""
    match = re.search(rb"\r?\n\r?\n", piece)
    if match is None:
        return {}, b"", piece
    lines = re.sub(rb"\r?\n[ \t]+", b" ", piece[: match.start()]).decode("utf-8", "replace").splitlines()
    fields: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields, match.group(), piece[match.end() :]


def _by_length(source: Source) -> Iterator[tuple[int, dict[str, str], bytes]]:
    """Records by their own lengths; behind one that is damaged the next whole one is looked for."""
    size = _Size()
    at, attempts, whole = 0, 0, True
    while at >= 0 and attempts < _MAX_DAMAGED:
        damaged = at
        try:
            for place, number, headers, block in _answers_from(source, at, size):
                at, damaged, whole = place, -1, True
                yield number, headers, block
            return
        except (EOFError, ValueError, OSError):
            attempts += 1
        at = _next_start(source.raw, at + 1)
        if whole:
            place = damaged if damaged >= 0 else at if at >= 0 else len(source.raw)
            source.leave_out(f"byte {place}-", "damaged: what stands from there to the next whole record was not read")
        whole = False
    if at >= 0:
        source.leave_out(f"byte {at}-", f"damaged in more than {_MAX_DAMAGED:,} places: not read from there on")


def _next_start(raw: bytes, at: int) -> int:
    """Where the next record may begin; -1 where none does."""
    found = (_MEMBER if raw[:2] == b"\x1f\x8b" else _START).search(raw, at)
    return found.start() if found else -1


@dataclass(slots=True)
class _Size:
    """How many records were read of an archive, and how much they unfolded to."""

    number: int = 0
    total: int = 0


def _answers_from(source: Source, at: int, size: _Size) -> Iterator[tuple[int, int, dict[str, str], bytes]]:
    """Place, number, headers and block of the records from a byte on."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource
    most, stream = limit("capture_mb") * 1_000_000, io.BytesIO(source.raw)
    stream.seek(at)
    for record in ArchiveIterator(stream, record_types=kinds, parse_http=False):
        size.number += 1
        block = record.reader.read(most + 1)
        size.total += len(block)
        if size.total > _TOTAL_BYTES:
            source.leave_out(f"{size.number}-", "the archive unfolds to more than 2 GB; split it")
            return
        if len(block) > most:
            larger = record.content_length // 1_000_000
            more = raised("capture_mb", larger + 1)
            source.leave_out(str(size.number), f"a record of more than {most // 1_000_000} MB; {more}")
            if record.content_length > _SKIP_BYTES:
                source.leave_out(f"{size.number + 1}-", "what stands behind that record was not unfolded")
                return
            continue
        headers = {name.lower(): value for name, value in record.headers.items()}
        yield record.stream_pos, size.number, headers, block


def _capture(number: int, raw: _Raw, notes: list[str] | None = None) -> Capture | None:
    """A record as it was meant; None where the answer was no success."""
    notes = list(notes or ())
    headers, block = raw.headers, raw.block
    if "wrong-length" in headers:
        notes.append("the record’s length is wrong; it was read up to the next one")
    raw.body = block
    if block[:5] == b"HTTP/" or "application/http" in headers.get("content-type", ""):
        raw.http, found, raw.body = _split(block)
        status = re.match(rb"HTTP/\d(?:\.\d)? +(\d{3})", block)
        raw.status = int(status.group(1)) if status else 200
        if not found:
            raw.body = b"" if block[:5] == b"HTTP/" else block
    if not 200 <= raw.status < 300:
        return None
    kind = (raw.http.get("content-type") or headers.get("arc") or _own_type(headers)).strip()
    charset = re.search(r"charset\s*=\s*\"?([\w-]{2,30})", kind, re.IGNORECASE)
    plain = _dechunked(raw)
    body = _unpacked(plain, raw.http.get("content-encoding", ""), notes)
    notes.extend(_digests(headers, block, (raw.body, plain, body)))
    return Capture(
        number=number,
        body=body,
        url=headers.get("warc-target-uri", "").strip("<>"),
        at=headers.get("warc-date", ""),
        content_type=kind.partition(";")[0].strip().lower(),
        charset=charset.group(1) if charset else None,
        notes=tuple(notes),
        cut=_cut(headers, raw),
    )


def _own_type(headers: Mapping[str, str]) -> str:
    told = headers.get("content-type", "")
    return "" if "application/http" in told else told


def _dechunked(raw: _Raw) -> bytes:
    """The body without the chunks of its transfer, where it still has them."""
    if "chunked" not in raw.http.get("transfer-encoding", "").lower():
        return raw.body
    parts: list[bytes] = []
    at, body = 0, raw.body
    while match := re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,100}\r?\n").match(body, at):
        size = int(match.group(1), 16)
        if not size:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    # Most tools undo the chunks and leave the header.
    return b"".join(parts) if parts and at >= len(body) else raw.body


def _unpacked(body: bytes, packing: str, notes: list[str]) -> bytes:
    """Undo what HTTP packed, by the bytes where the header is wrong, with a cap: beyond it is a bomb."""
    packing = packing.strip().lower()
    if packing == "br":
        return _brotli(body, notes)
    packed = body[:2] == b"\x1f\x8b"
    if packing in ("gzip", "x-gzip") and not packed:
        notes.append("the capture says that it is packed with gzip, and is not; it was read as it is")
        return body
    if not packed and packing != "deflate":
        return body
    for bits in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        tool = zlib.decompressobj(bits)
        try:
            unfolded = tool.decompress(body, limit("capture_mb") * 1_000_000)
        except zlib.error:
            continue
        if tool.unconsumed_tail:
            raise ReadError(f"a record that unfolds beyond {limit('capture_mb')} MB")
        return unfolded
    if packed:
        raise ReadError("a record whose gzip packing is damaged")
    notes.append(f"the capture says that it is packed with {packing}, and is not; it was read as it is")
    return body


def _brotli(body: bytes, notes: list[str]) -> bytes:
    import brotli

    most = limit("capture_mb") * 1_000_000
    tool, parts, total = brotli.Decompressor(), [], 0
    try:
        for at in range(0, len(body), 4096):
            part = tool.process(body[at : at + 4096])
            parts.append(part)
            total += len(part)
            if total > most:
                raise ReadError(f"a record that unfolds beyond {limit('capture_mb')} MB")
    except brotli.error:
        notes.append("the capture says that it is packed with Brotli, and is not; it was read as it is")
        return body
    return b"".join(parts)


def _digests(headers: Mapping[str, str], block: bytes, bodies: tuple[bytes, ...]) -> Iterator[str]:
    """Which of the record's own digests do not fit its bytes: what is read is not what was captured."""
    told = (("block", "warc-block-digest", (block,)), ("payload", "warc-payload-digest", bodies))
    for part, name, held in told:
        value = headers.get(name, "")
        if value and not digest_fits(value, held):
            yield f"the {part}’s digest does not fit the record ({value[:60]}): it was changed, or written wrongly"


def digest_fits(told: str, held: tuple[bytes, ...]) -> bool:
    """Whether a digest ("sha1:…" in base 32 or base 16) is that of any of some bytes; an unknown kind fits nothing."""
    algorithm, _, value = told.partition(":")
    algorithm = algorithm.strip().lower().replace("-", "")
    if algorithm not in _ALGORITHMS:
        return False
    value = value.strip().rstrip("=").lower()
    for one in held:
        digest = hashlib.new(algorithm, one, usedforsecurity=False)
        if value in (digest.hexdigest(), base64.b32encode(digest.digest()).decode().rstrip("=").lower()):
            return True
        if base64.b64encode(digest.digest()).decode().rstrip("=") == told.partition(":")[2].strip().rstrip("="):
            return True
    return False


def _cut(headers: Mapping[str, str], raw: _Raw) -> str | None:
    if why := headers.get("warc-truncated"):
        return f"the capture was cut ({why}); its text stops early"
    told = raw.http.get("content-length", "")
    packed = raw.http.get("content-encoding") or raw.http.get("transfer-encoding")
    if told.isdigit() and not packed and int(told) > len(raw.body):
        return f"the capture holds {len(raw.body):,} of {int(told):,} bytes; its text may stop early"
    return None
