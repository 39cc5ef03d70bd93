#!/usr/bin/env python3
"""Check a pack: every digest, every link of the chain, every line's exact words; needs only Python's standard library.

Usage: python3 PACK.zip [OPTIONS], or python3 verify.py [PACK.zip] [OPTIONS] (without a pack: the folder it lies in).

--seal DIGEST       what the export said of the pack; --against FILE   heads that the desk told earlier, one a line.
Whoever changed a pack may have changed this file with it: take a verifier of your own (onrecord verify --pack).
"""

# This file is both a module of onrecord and the script that goes into each pack: one definition of what is checked.
from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

START = "0" * 64
HEADER = ("seq", "at", "by", "act", "story", "subject")
MANIFEST = "manifest.json"
# A text or a page unfolds to some ten times what it takes in a zip file.
LEAST_BOMB_BYTES, MOST_UNFOLDED = 60_000_000, 200
PIECES = (("content", "content_words"), ("source", "source_words"))


def body_digest(header: dict[str, Any], payload: bytes) -> str:
    """sha256 (hex) over an entry's header as canonical JSON, a line break, and its payload's bytes."""
    fields = json.dumps([header[name] for name in HEADER], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(fields.encode() + b"\n" + payload).hexdigest()


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
            for (start, end), wrote in zip(line["tag"].get(spans, []), words, strict=True):
                found = text[start:end]
                if not 0 <= start < end <= len(text) or found != wrote:
                    yield f"{name}, line {number}: the record says {wrote[:60]!r}, the archive holds {found[:60]!r}"


# What reading a pack of anybody's bytes may raise.
UNREADABLE = (
    OSError, LookupError, ValueError, TypeError, AttributeError, EOFError, RecursionError, MemoryError,
    NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


class Head(NamedTuple):
    """An entry's number and the hash that stands for it and all before it."""

    seq: int
    hash: str


def heads_in(text: str) -> tuple[Head, ...]:
    """The heads of a text: lines that begin with a number and a hash."""
    found = []
    for line in text.splitlines():
        words = line.replace(":", " ", 1).split()
        if len(words) > 1 and words[0].isdecimal() and len(words[1]) == 64 and set(words[1]) <= set("0123456789abcdef"):
            found.append(Head(int(words[0]), words[1]))
    return tuple(found)


def prefix_faults(heads: Iterable[Head], last: int, hash_at: Callable[[int], str | None]) -> Iterator[str]:
    """Each earlier head that is no prefix of a record of `last` entries (the model: RFC 9162, 2.1.4)."""
    for head in sorted(set(heads)):
        if head.seq > last:
            yield f"head {head.seq}: it was told earlier, and the record ends at entry {last}; what came after is gone"
        elif hash_at(head.seq) != head.hash:
            yield f"head {head.seq}: the record up to it is another than the one that was told earlier"


class Pack:
    """A pack's members, from a zip file or the folder it was unpacked to."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.zip = zipfile.ZipFile(place) if place.is_file() else None

    def read(self, name: str) -> bytes:
        """One member's bytes; raises ValueError for one that unfolds without end."""
        if self.zip is None:
            return (self.place / name).read_bytes()
        info = self.zip.getinfo(name)
        if info.file_size > max(LEAST_BOMB_BYTES, MOST_UNFOLDED * info.compress_size):
            raise ValueError(f"{name} unfolds to {info.file_size} bytes")
        return self.zip.read(name)

    def blobs(self) -> list[str]:
        """The names of the archived members."""
        if self.zip:
            return sorted(one for one in self.zip.namelist() if one.startswith("archive/"))
        return sorted(f"archive/{one.name}" for one in (self.place / "archive").iterdir())

    def members(self) -> list[str]:
        """The names of all members, one that is there twice twice."""
        if self.zip:
            return sorted(self.zip.namelist())
        found = (one.relative_to(self.place) for one in self.place.rglob("*") if one.is_file())
        # Python's own, made by looking at the pack.
        return sorted(one.as_posix() for one in found if "__pycache__" not in one.parts)


def chain_faults(lines: list[bytes], head: dict[str, Any], hashes: dict[int, str]) -> Iterator[str]:
    """Each entry that is not what its digest says, or not the next of the one before it, up to the head.

    Puts the hash of each entry into `hashes`.
    """
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
        previous = hashes[seq] = link_digest(seq, previous, body)
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


def manifest_of(members: Mapping[str, bytes], head: dict[str, Any], counts: dict[str, int]) -> bytes:
    """What a pack holds: each member's size and sha256, the head, how many entries in full and as digests only."""
    listed = {name: [len(raw), hashlib.sha256(raw).hexdigest()] for name, raw in sorted(members.items())}
    manifest = {"head": head, "entries": counts, "members": listed}
    return json.dumps(manifest, ensure_ascii=True, sort_keys=True, indent=1).encode() + b"\n"


def seal_of(manifest: bytes) -> str:
    """The digest that stands for all of a pack."""
    return hashlib.sha256(manifest).hexdigest()


def manifest_faults(pack: Pack, head: dict[str, Any], counts: dict[str, int]) -> Iterator[str]:
    """Each member that is not as it was packed: another one, one too many, one that is gone, entries made digests."""
    members = pack.members()
    if MANIFEST not in members:
        yield f"{MANIFEST}: it is missing, so that what lies beside the record cannot be checked"
        return
    manifest = json.loads(pack.read(MANIFEST))
    listed = manifest["members"]
    for name in sorted({one for one in members if members.count(one) > 1}):
        yield f"{name}: it is there twice"
    for name in sorted({*members} - {*listed} - {MANIFEST}):
        yield f"{name}: it was not packed"
    for name, (size, digest) in sorted(listed.items()):
        if name not in members:
            yield f"{name}: it is gone"
        elif len(raw := pack.read(name)) != size or hashlib.sha256(raw).hexdigest() != digest:
            yield f"{name}: it is not as it was packed"
    if manifest["head"] != head:
        yield f"{MANIFEST}: it is of another head"
    if manifest["entries"] != counts:
        yield f"{MANIFEST}: it counts {manifest['entries']} entries, the pack holds {counts}"


def check(pack: Pack, seal: str = "", heads: Sequence[Head] = ()) -> tuple[list[str], str]:
    """All faults of a pack, and one line on what was checked; against its seal and earlier heads where one has them."""
    head = json.loads(pack.read("head.json"))
    lines = pack.read("entries.jsonl").splitlines()
    entries = [entry for entry in map(json.loads, lines) if "payload" in entry]
    hashes: dict[int, str] = {}
    faults = [*chain_faults(lines, head, hashes), *archive_faults(pack, entries)]
    if not faults:
        faults.extend(span_faults(pack, entries))
    faults.extend(manifest_faults(pack, head, {"full": len(entries), "digests": len(lines) - len(entries)}))
    found = seal_of(pack.read(MANIFEST)) if MANIFEST in pack.members() else "none"
    if seal and seal != found:
        faults.append(f"seal: it is {found}, not the one that was told")
    faults.extend(prefix_faults(heads, len(lines), hashes.get))
    summary = f"{len(lines)} entries ({len(entries)} in full), {len(pack.blobs())} archived files, head {head['hash']}"
    return faults, f"{summary}, seal {found}"


def main(arguments: list[str], tell: Callable[[str], object] = print) -> int:
    """0 where all is as it was entered, 1 where something is not, 2 where there is no pack."""
    options = argparse.ArgumentParser(prog="verify.py", description="Check a pack.")
    options.add_argument("pack", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    options.add_argument("--seal", default="", help="what the export said of the pack")
    options.add_argument("--against", type=Path, help="a file of heads that the desk told earlier")
    given = options.parse_args(arguments)
    place = given.pack
    try:
        heads = heads_in(given.against.read_text("utf-8", "replace")) if given.against else ()
        faults, summary = check(Pack(place), given.seal, heads)
    except UNREADABLE as error:
        tell(f"damaged: {type(error).__name__} · {place} · ask for the pack again")
        return 1
    for fault in faults:
        tell(f"fault: {fault}")
    tell(f"{'damaged' if faults else 'whole'}: {summary}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
