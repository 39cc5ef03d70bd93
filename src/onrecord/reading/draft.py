"""What a reader makes of one item: text, places in the raw bytes and candidates for what is known about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Evidence, Locus, Passage, Post
from onrecord.datamodel.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One item as its format gives it; `sha256` digests the item's own bytes, `key` tells items of one file apart."""

    text: str
    sha256: str
    reader: str
    key: str = ""
    passages: tuple[Passage, ...] = ()
    posts: tuple[Post, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    credits: tuple[str, ...] = ()
    loci: tuple[Locus, ...] = ()
    doubtful: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    truncated: bool = False
    captured: Moment | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Items of a file that gave no report: which (`key`), how many, and why with what to do."""

    key: str
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """One file's raw bytes and the name it goes by in messages; a reader notes in `left_out` what it does not read."""

    raw: bytes
    name: str
    left_out: list[LeftOut] = field(default_factory=list, compare=False)

    def leave_out(self, key: str, reason: str, count: int = 1) -> None:
        """Count items that are not read."""
        self.left_out.append(LeftOut(key, reason, count))
