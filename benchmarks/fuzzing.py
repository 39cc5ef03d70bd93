"""Hostile input over each reader: coverage-guided by atheris where it is installed, else damaged at random, and bombs.

python -m benchmarks.fuzzing                   10,000 inputs a reader, each reader in a process of its own
python -m benchmarks.fuzzing html pdf --count 500
python -m benchmarks.fuzzing --hostile         bombs, entities, endless lines, deep nesting: time and memory of each
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.reading.makers import MAKERS, PLAIN

from onrecord.datamodel.report import Report
from onrecord.errors import ReadError
from onrecord.reading.assemble_report import finish
from onrecord.reading.draft import Source
from onrecord.reading.finding.sidecar import Known
from onrecord.reading.formats.registry import READERS, read_source
from onrecord.reading.intake import read
from onrecord.reading.reader import Gives, Reader

LIMIT_S = 10
LIMIT_MB = 1_000

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
    return (
        [PLAIN.encode()] if reader is READERS[-1] else found or [picture(ending) for ending in ("png", "tiff", "gif")]
    )


def picture(ending: str) -> bytes:
    """A small picture of a line of text."""
    from PIL import Image, ImageDraw

    held, drawn = io.BytesIO(), Image.new("L", (160, 40), 255)
    ImageDraw.Draw(drawn).text((8, 12), "The crane fell.", fill=0)
    drawn.save(held, format=ending)
    return held.getvalue()


class Seldom:
    """The OCR program, asked for the first pictures and then for one in fifty: it is slow, and what is fuzzed is ours.

    Between, its last answer stands in for it, so that all that is made of an answer is still done.
    """

    FIRST, THEN = 100, 50

    def __init__(self) -> None:
        self.ask = subprocess.run
        self.pictures = self.asked = 0
        self.answer: Any = None

    def __call__(self, *line: Any, **told: Any) -> Any:
        """As `subprocess.run`."""
        self.pictures += 1
        if self.answer is None or self.pictures <= self.FIRST or self.pictures % self.THEN == 0:
            self.asked += 1
            self.answer = self.ask(*line, **told)
        return self.answer


class Unasked:
    """A reader that takes whatever it is given, so that no input is lost at the door."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.read = reader.read

    @property
    def gives(self) -> Gives:
        """As the reader tells."""
        return self.reader.gives

    def sniff(self, head: bytes, name: str) -> bool:
        """Always."""
        return True


def offline() -> None:
    """Let any question to the network end the run."""

    def asked(*_: object, **__: object) -> None:
        raise AssertionError("a reader asked the network")

    socket.socket.connect = asked  # type: ignore[method-assign]
    socket.getaddrinfo = asked  # type: ignore[assignment]


def fate_of(reader: Reader, raw: bytes) -> str:
    """What becomes of one input: read, or refused; any other error goes through, as a crash."""
    try:
        for draft in read_source(Source(raw, "input"), (Unasked(reader),))[:20]:
            checked(finish(draft, Known(), "x", "input"))
    except ReadError as error:
        found = str(error.__cause__.__class__.__name__) if "that cannot be read (" in str(error) else ""
        return f"refused as {found}" if found else "refused"
    return "read"


def checked(report: Report) -> None:
    """Every place lies in the text."""
    places = [one.span for one in report.passages] + [one.span for one in report.loci]
    ends = [span.end for span in (*places, *(one.span for one in report.posts), *report.doubtful)]
    assert max(ends, default=0) <= len(report.text), "a place behind the end of the text"


def fuzz(reader: Reader, count: int) -> None:
    """Read damaged files and print what became of them; a crash ends the run."""
    subprocess.run = Seldom()
    chance = random.Random(reader.gives.name)
    seeds, fates, slowest = seeds_of(reader), Counter[str](), Slowest()
    for number in range(count):
        raw = damaged(chance.choice(seeds), chance)
        with slowest:
            fates[fate_of(reader, raw)] += 1
        assert slowest.took < LIMIT_S, f"{reader.gives.name}: input {number} took {slowest.took:.1f} s"
    tell(reader.gives.name, count, fates, slowest)


class Slowest:
    """The longest that one input took, by the clock and of the processor, which a busy machine does not stretch."""

    def __init__(self) -> None:
        self.inputs, self.took, self.processor = 0, 0.0, 0.0

    def __enter__(self) -> None:
        self.started, self.used = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.inputs += 1
        self.took = max(self.took, time.perf_counter() - self.started)
        self.processor = max(self.processor, time.process_time() - self.used)


def tell(name: str, count: int, fates: Counter[str], slowest: Slowest) -> None:
    """One line for a reader."""
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = ", ".join(f"{fate} {number}" for fate, number in fates.most_common())
    print(
        f"{name:12} {count} inputs: {told}; slowest {slowest.took:.2f} s ({slowest.processor:.2f} of the processor); "
        f"{memory} MB at most{recognised()}",
        flush=True,
    )


def recognised() -> str:
    """How many pictures came so far as to be read, and for how many the OCR program itself was asked."""
    told = subprocess.run
    return f"; {told.pictures} pictures, OCR asked for {told.asked}" if isinstance(told, Seldom) and told.asked else ""


def guided(reader: Reader, count: int) -> None:
    """Let atheris look for inputs that reach new code; a crash, a hang or too much memory ends the process with 77."""
    atheris: Any = import_module("atheris")
    subprocess.run = Seldom()
    fates, slowest = Counter[str](), Slowest()

    def one(raw: bytes) -> None:
        with slowest:
            fates[fate_of(reader, raw)] += 1
        if slowest.inputs == count:
            tell(f"{reader.gives.name} (guided)", count, fates, slowest)

    for module in [name for name in sys.modules if name.startswith("onrecord.reading.")]:
        for part in vars(sys.modules[module]).values():
            if callable(part) and getattr(part, "__module__", "") == module and hasattr(part, "__code__"):
                atheris.instrument_func(part)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds_of(reader)):
            (Path(corpus) / str(number)).write_bytes(seed)
        limits = [
            # The OCR program is held to eight seconds of the processor, which a busy machine stretches.
            f"-timeout={LIMIT_S * 6 if reader.gives.name == 'image' else LIMIT_S}",
            f"-rss_limit_mb={LIMIT_MB}",
            "-max_len=20000",
            "-verbosity=0",
            "-seed=1",
            f"-artifact_prefix={corpus}/",
        ]
        atheris.Setup([sys.argv[0], f"-runs={count}", *limits, corpus], one)
        atheris.Fuzz()


def hostile(name: str) -> None:
    """Read one bomb and print what became of it."""
    from tests.reading.formats.test_hostile import HOSTILE

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(HOSTILE[name]())
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        started = time.perf_counter()
        intake = read([path])
        took = time.perf_counter() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    fates = Counter(one.fate.value for one in intake.outcomes)
    told = ", ".join(f"{fate} {number}" for fate, number in sorted(fates.items()))
    print(f"{name:14} {told}; {took:.2f} s; {memory} MB at most ({before} before it was read)", flush=True)
    assert took < LIMIT_S and memory < LIMIT_MB


def apart(*arguments: str) -> bool:
    """The same in a process of its own; whether it ended well."""
    line = [sys.executable, "-m", "benchmarks.fuzzing", "--here", *arguments]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    told = [row for row in done.stdout.splitlines() if row]
    print(
        "\n".join(told) if done.returncode == 0 else f"{' '.join(arguments)}: ended with {done.returncode}", flush=True
    )
    if done.returncode:
        print(done.stderr[-3_000:], flush=True)
    return done.returncode == 0


def main() -> None:
    """Fuzz the readers asked for, or set off the bombs; status 1 where anything crashed, hung or grew too large."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="formats, or bombs; all by default")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--hostile", action="store_true", help="the bombs")
    parser.add_argument("--random", action="store_true", help="damage at random, although atheris is installed")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        offline()
        chosen = next((one for one in READERS if one.gives.name == asked.names[0]), None)
        if asked.hostile or chosen is None:
            hostile(asked.names[0])
        else:
            (fuzz if asked.random or not find_spec("atheris") else guided)(chosen, asked.count)
        return
    from tests.reading.formats.test_hostile import HOSTILE

    known = sorted(HOSTILE) if asked.hostile else [one.gives.name for one in READERS]
    options = [*(["--hostile"] if asked.hostile else []), *(["--random"] if asked.random else [])]
    ended = [apart(name, "--count", str(asked.count), *options) for name in known if name in (asked.names or known)]
    sys.exit(0 if all(ended) else 1)


if __name__ == "__main__":
    main()
