"""The door through which formats come in: one reader a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from onrecord.reading.draft import Draft, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Gives:
    """What a format can give beside its text, and the largest file it takes, for the table of formats.

    `apart`: it is parsed in C or at length, and so by a process of its own, within limits.
    """

    name: str
    endings: tuple[str, ...]
    date: bool = False
    author: bool = False
    page: bool = False
    time_code: bool = False
    max_mb: int = 100
    extra: str | None = None
    apart: bool = False


class Reader(Protocol):
    """Finds its format by content and reads it."""

    @property
    def gives(self) -> Gives:
        """The format's name and what it gives."""
        ...

    def sniff(self, head: bytes, name: str) -> bool:
        """Whether the first bytes (up to 4 kB) are this format; the name decides only where bytes cannot."""
        ...

    def read(self, source: Source) -> tuple[Draft, ...]:
        """The items of one file; raises ReadError where nothing can be read."""
        ...
