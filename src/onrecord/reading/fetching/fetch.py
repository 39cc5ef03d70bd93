"""Addresses to a web archive or to captures of one address each, with one counted outcome for each address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from onrecord.datamodel.report import Fate, Outcome
from onrecord.errors import ReadError
from onrecord.reading.fetching.addressing import PRIVATE
from onrecord.reading.fetching.archiving import record, write_archive
from onrecord.reading.fetching.client import Answer, Fetcher, Guard

_MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered, as a WARC file of one record that nothing has looked into yet."""

    url: str
    answer: Answer
    archive: bytes

    @property
    def name(self) -> str:
        """The file name it is kept under: the same for an address whenever it is fetched."""
        return f"{file_stem(self.url)}-{hashlib.sha256(self.url.encode()).hexdigest()[:8]}.warc"


def is_address(words: str) -> bool:
    """Whether an argument is an address rather than a path."""
    return bool(re.match(r"https?://", words, re.IGNORECASE))


def fetcher_for(allow_private: bool) -> Fetcher:
    """The polite client; it asks this machine and the house's own network only where that is allowed."""
    return Fetcher(guard=Guard(allowed=PRIVATE if allow_private else ()))


def file_stem(url: str) -> str:
    """Host and last part of an address, for names.

    Example:
        >>> file_stem("https://www.quay-gazette.example/2031/05/crane-report.html?from=rss")
        'quay-gazette.example-crane-report'
    """
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    host = (parts.hostname or "address").removeprefix("www.")
    return re.sub(r"[^\w.-]+", "-", f"{host}-{last.partition('.')[0]}").strip("-.")[:_MAX_NAME]


def fetch_each(urls: Sequence[str], fetcher: Fetcher) -> Iterator[Fetched | Outcome]:
    """Each address in turn: what it answered, or the outcome that refuses it."""
    for number, url in enumerate(dict.fromkeys(urls)):
        try:
            if number >= fetcher.guard.max_pages:
                raise ReadError(f"{url}: more than {fetcher.guard.max_pages} addresses in one go; fetch the rest later")
            answer = fetcher.get(url)
            if answer.status != 200:
                raise ReadError(f"{url}: answered {answer.status} {answer.reason}; check the address")
            yield Fetched(url, answer, record(answer))
        except ReadError as error:
            yield Outcome(input=url, fate=Fate.REFUSED, reason=str(error).removeprefix(f"{url}: "))
        except (ValueError, LookupError, RecursionError, MemoryError) as error:  # one address never costs another
            reason = f"it cannot be fetched ({type(error).__name__}); save the page by hand"
            yield Outcome(input=url, fate=Fate.REFUSED, reason=reason)


def fetch(urls: Sequence[str], archive: Path, fetcher: Fetcher | None = None) -> Iterator[Outcome]:
    """Store the answers to addresses as a WARC with their headers, before anything looks at them; one outcome each.

    Read the archive to get the reports. An answer is in the file when its outcome is told; raises ReadError where the
    file cannot be written.
    """
    for found in fetch_each(urls, fetcher or Fetcher()):
        if isinstance(found, Fetched):
            write_archive([found.answer], archive)
            found = Outcome(input=found.url, fate=Fate.READ)
        yield found
