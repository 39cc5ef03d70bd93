"""Stand-off places in a report's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points [start, end) of a report's text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, found [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The exact words; raises IndexError where the span leaves the text."""
        if self.end > len(text):
            raise IndexError(f"span [{self.start}, {self.end}) leaves a text of {len(text)} characters")
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


def words(spans: Spans, text: str) -> str:
    """The pieces' exact words, joined by " … " where the words are split."""
    return " … ".join(span.of(text) for span in spans)


def hull(spans: Iterable[Span]) -> Span | None:
    """The smallest span that covers all; None for none."""
    found = tuple(spans)
    if not found:
        return None
    return Span(min(span.start for span in found), max(span.end for span in found))


def any_overlap(left: Spans, right: Spans) -> bool:
    """Whether a piece on one side shares a character with a piece on the other."""
    return any(one.overlaps(other) for one in left for other in right)


def all_inside(inner: Spans, outer: Spans) -> bool:
    """Whether each inner piece lies within some outer piece (true for no inner pieces)."""
    return all(any(whole.covers(piece) for whole in outer) for piece in inner)
