#!/usr/bin/env python3
"""Check a pack: every digest, every link of the chain, every line's exact words; needs only Python's standard library.

Usage: python3 PACK.zip, or python3 verify.py [PACK.zip] (without an argument: the folder that it lies in).
"""

# This file is both a module of onrecord and the script that goes into each pack: one definition of what is checked.
from __future__ import annotations

import hashlib
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

START = "0" * 64
HEADER = ("seq", "at", "by", "act", "story", "subject")
PIECES = (("content", "content_words"), ("source", "source_words"))


def body_digest(header: dict[str, Any], payload: bytes) -> str:
    """sha256 (hex) over an entry's header as canonical JSON, a line break, and its payload's bytes."""
    told = json.dumps([header[name] for name in HEADER], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(told.encode() + b"\n" + payload).hexdigest()


def link_digest(seq: int, previous: str, body: str) -> str:
    """sha256 (hex) that chains an entry to the one before it."""
    return hashlib.sha256(f"{seq}\n{previous}\n{body}\n".encode()).hexdigest()


def line_faults(name: str, payload: dict[str, Any], text: str) -> Iterator[str]:
    """Each line whose recorded words are not the exact words at its place in the text."""
    for number, line in enumerate(payload["lines"], start=1):
        for spans, recorded in PIECES:
            words = line.get(recorded, [])
            if len(words) != len(line["tag"].get(spans, [])):
                yield f"{name}, line {number}: {len(words)} pieces of words for its {spans}"
                continue
            for (start, end), told in zip(line["tag"].get(spans, []), words, strict=True):
                found = text[start:end]
                if not 0 <= start < end <= len(text) or found != told:
                    yield f"{name}, line {number}: the record says {told[:60]!r}, the archive holds {found[:60]!r}"


class Pack:
    """A pack's members, from a zip file or the folder it was unpacked to."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.zip = zipfile.ZipFile(place) if place.is_file() else None

    def read(self, name: str) -> bytes:
        """One member's bytes."""
        return self.zip.read(name) if self.zip else (self.place / name).read_bytes()

    def blobs(self) -> list[str]:
        """The names of the archived members."""
        if self.zip:
            return sorted(one for one in self.zip.namelist() if one.startswith("archive/"))
        return sorted(f"archive/{one.name}" for one in (self.place / "archive").iterdir())


def chain_faults(lines: list[bytes], head: dict[str, Any]) -> Iterator[str]:
    """Each entry that is not what its digest says, or not the next of the one before it, up to the head."""
    previous, seq = START, 0
    for line in lines:
        entry = json.loads(line)
        seq += 1
        if entry["seq"] != seq:
            yield f"entry {seq}: missing or out of order, found {entry['seq']}"
            seq = entry["seq"]
        body = entry["body"]
        if "payload" in entry and body_digest(entry, entry["payload"].encode()) != body:
            yield f"entry {seq}: its words are not those that were entered"
        previous = link_digest(seq, previous, body)
    if (seq, previous) != (head["seq"], head["hash"]):
        yield f"entry {seq}: the chain ends at {previous[:16]}…, the head is entry {head['seq']}, {head['hash'][:16]}…"


def archive_faults(pack: Pack, entries: list[dict[str, Any]]) -> Iterator[str]:
    """Each archived file whose bytes are not what its name says, or that an entry names and the pack has not."""
    held = set()
    for name in pack.blobs():
        digest = name.removeprefix("archive/")
        held.add(digest)
        if hashlib.sha256(pack.read(name)).hexdigest() != digest:
            yield f"{name}: its bytes are not those that were archived"
    for entry in entries:
        payload = json.loads(entry["payload"])
        for digest in sorted({payload[key] for key in ("raw", "text") if key in payload} - held):
            yield f"entry {entry['seq']}: archive/{digest} is not in the pack"


def span_faults(pack: Pack, entries: list[dict[str, Any]]) -> Iterator[str]:
    """Each line that does not lead back to exact characters of the archived text."""
    texts: dict[tuple[str, str], str] = {}
    for entry in entries:
        payload, key = json.loads(entry["payload"]), (entry["story"], entry["subject"])
        if entry["act"] == "read":
            texts[key] = pack.read(f"archive/{payload['text']}").decode("utf-8", "surrogatepass")
        elif entry["act"] == "attributed":
            yield from line_faults(f"entry {entry['seq']}, report {entry['subject']}", payload, texts[key])


def check(pack: Pack) -> tuple[list[str], str]:
    """All faults of a pack, and one line on what was checked."""
    head = json.loads(pack.read("head.json"))
    lines = pack.read("entries.jsonl").splitlines()
    entries = [entry for entry in map(json.loads, lines) if "payload" in entry]
    faults = [*chain_faults(lines, head), *archive_faults(pack, entries)]
    if not faults:
        faults.extend(span_faults(pack, entries))
    told = f"{len(lines)} entries ({len(entries)} in full), {len(pack.blobs())} archived files, head {head['hash']}"
    return faults, told


def main(arguments: list[str], tell: Callable[[str], object] = print) -> int:
    """0 where all is as it was entered, 1 where something is not, 2 where there is no pack."""
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        faults, told = check(Pack(place))
    except (OSError, LookupError, ValueError, TypeError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        tell(f"damaged: {type(error).__name__} · {place} · ask for the pack again")
        return 1
    for fault in faults:
        tell(f"fault: {fault}")
    tell(f"{'damaged' if faults else 'whole'}: {told}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
