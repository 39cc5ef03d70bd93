"""How much of one input is read, and how that is raised: each limit has a name, a number and a line in the docs."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from onrecord.reading.draft import Source

# Raised by name: ONRECORD_LIMITS="records=200000 pages=2000".
VARIABLE = "ONRECORD_LIMITS"
# What is read must still be sent and counted within the time.
_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Limit:
    """A number and what it counts; `beyond` says what becomes of the rest."""

    most: int
    what: str
    beyond: str


LIMITS: Mapping[str, Limit] = MappingProxyType({
    "records": Limit(10_000, "records of a JSON, JSON lines or CSV file", "each is counted as not read"),
    "record_chars": Limit(1_000_000, "characters of one record's text", "it is counted as not read"),
    "quotes": Limit(500, "quotations of one record of a quotation graph", "said in the report's notes"),
    "entries": Limit(2_000, "entries of a feed", "the feed is refused; of a JSON Feed each is counted as not read"),
    "messages": Limit(20_000, "messages of a mailbox", "each is counted as not read"),
    "message_mb": Limit(20, "megabytes of one message", "it is counted as not read"),
    "captures": Limit(20_000, "records of a web archive that hold a page or a document", "the archive is refused"),
    "capture_mb": Limit(30, "megabytes of one capture", "it is counted as not read"),
    "parts": Limit(2_000, "parts of one message", "it is counted as not read"),
    "seconds": Limit(
        60,
        "seconds of the processor for one file that is read apart",
        "it is refused; of an archive or a mailbox, what is left after three quarters is counted as not read",
    ),
    "pages": Limit(300, "pages of a PDF", "it is refused"),
    "scans": Limit(30, "pages of a scanned PDF or frames of a picture", "said in the report's notes"),
    "chars": Limit(1_000_000, "characters of one report", "it is refused"),
    "lines": Limit(50_000, "lines of one report", "it is refused"),
    "file_mb": Limit(100, "megabytes of one file", "it is refused"),
})  # fmt: skip


def limit(name: str) -> int:
    """The number in force: the one that the environment names, else the default."""
    told = re.findall(r"([a-z_]+)\s*=\s*(\d{1,12})", os.environ.get(VARIABLE, ""))
    return int(dict(told).get(name, LIMITS[name].most))


def raised(name: str, wanted: int) -> str:
    """What to do where a limit is met."""
    return f"set {VARIABLE}={name}={wanted} to read all"


class Patience:
    """How long a file of many items is read on: a good part of what its reader has, so that what was read is kept."""

    def __init__(self) -> None:
        self.seconds = _SHARE * limit("seconds")
        self.until, self.until_at_least = time.process_time() + self.seconds, time.monotonic() + self.seconds

    def is_over(self) -> bool:
        """Whether no further item is begun."""
        # The clock on the wall costs nothing to ask, and the processor cannot be ahead of it.
        return time.monotonic() > self.until_at_least and time.process_time() > self.until

    def leave_out(self, source: Source, what: str, first: int, last: int) -> None:
        """Count what is left, from an item on, as not read."""
        seconds = limit("seconds")
        why = f"the first {first - 1:,} {what} took as long as one file may ({seconds} s); split the file, or"
        more = raised("seconds", seconds + int(seconds * last / max(1, first - 1) / _SHARE))
        source.leave_out(f"{first}-", f"{why} {more}", last - first + 1)


def table() -> str:
    """All limits as a Markdown table, by name."""
    rows = ["| limit | number | counts | beyond it |", f"|{' --- |' * 4}"]
    rows.extend(f"| `{name}` | {one.most:,} | {one.what} | {one.beyond} |" for name, one in sorted(LIMITS.items()))
    return "\n".join(rows)
