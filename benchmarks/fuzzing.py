"""Damaged files over each reader: how many were read, refused, crashed, and the slowest of them."""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter

from tests.reading.makers import MAKERS, PLAIN

from onrecord.errors import ReadError
from onrecord.reading.draft import Draft, Source
from onrecord.reading.finding.sidecar import Known
from onrecord.reading.finishing import finish
from onrecord.reading.formats.registry import READERS
from onrecord.reading.reader import Reader

TOKENS = (
    b"<", b">", b"&", b'"', b"\x00", b"\xff\xfe", b"<!ENTITY", b"%PDF-", b"PK\x03\x04", b"\r\n\r\n", b"{", b"[",
    b"</p>", b"(@", b" \xe2\x80\x94 ", b"-->", b"00:00:01.000", b"WARC/1.0", b"stream", b"endobj", b"9" * 30,
)  # fmt: skip


def damaged(seed: bytes, chance: random.Random) -> bytes:
    """A file with up to twenty faults: bytes changed, cut out, doubled, moved, tokens set in, ends cut off."""
    raw = bytearray(seed)
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(raw)) if raw else 0
        match chance.randrange(6):
            case 0:
                raw[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del raw[at : at + chance.randint(1, 200)]
            case 2:
                raw[at:at] = raw[at : at + chance.randint(1, 300)] * chance.randint(1, 20)
            case 3:
                raw[at:at] = chance.choice(TOKENS)
            case 4:
                raw[at : at + 40] = raw[:40]
            case _:
                if not chance.randrange(8):
                    del raw[at:]
    return bytes(raw)


def seeds_of(reader: Reader) -> list[bytes]:
    """The files that a reader takes, and for the last one plain text."""
    found = [raw for name, make in MAKERS.items() if reader.sniff((raw := make())[:4096], name)]
    return [PLAIN.encode()] if reader is READERS[-1] else found or [b"\x89PNG\r\n\x1a\n" + bytes(200)]


def fuzz(reader: Reader, count: int) -> None:
    """Read damaged files and print what became of them; a crash ends the run with its seed."""
    chance = random.Random(reader.gives.name)
    seeds, fates, slowest = seeds_of(reader), Counter[str](), 0.0
    for number in range(count):
        raw = damaged(chance.choice(seeds), chance)
        started = time.perf_counter()
        try:
            drafts: tuple[Draft, ...] = reader.read(Source(raw, "input"))
            for draft in drafts[:20]:
                finish(draft, Known(), "x", "input")
            fates["read"] += 1
        except ReadError:
            fates["refused"] += 1
        except Exception as error:  # the registry turns it into a refusal; here it is counted by its kind
            fates[f"refused as {type(error).__name__}"] += 1
        slowest = max(slowest, time.perf_counter() - started)
        assert slowest < 10, f"{reader.gives.name}: input {number} took {slowest:.1f} s"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = ", ".join(f"{fate} {number}" for fate, number in fates.most_common())
    print(
        f"{reader.gives.name:12} {count} inputs: {told}; slowest {slowest:.2f} s; {memory} MB at most so far",
        flush=True,
    )


def main() -> None:
    """Fuzz the readers asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", help="names of formats; all by default")
    parser.add_argument("--count", type=int, default=1_000)
    asked = parser.parse_args()
    for reader in READERS:
        if not asked.readers or reader.gives.name in asked.readers:
            fuzz(reader, asked.count)


if __name__ == "__main__":
    main()
