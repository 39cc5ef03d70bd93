"""Saved web pages (placeholder until the page reader is in place)."""

from __future__ import annotations

from onrecord.reading.draft import Draft, Source
from onrecord.reading.reader import Gives


class HtmlReader:
    gives = Gives(name="html", endings=("html", "htm"))

    def sniff(self, head: bytes, name: str) -> bool:
        return False

    def read(self, source: Source) -> tuple[Draft, ...]:
        return ()
