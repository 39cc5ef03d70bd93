"""Segmentation of a text into paragraphs, sentences and quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.attributing.lexicon.titles import HONORIFICS, RANKS
from onrecord.datamodel.span import Span

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_STOP = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[@#]*[A-Z0-9@])|\n+")
_LAST_WORD = re.compile(r"(\w[\w.’'-]*)$")
_SHORT = frozenset(
    """st no vs inc corp ltd co jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun
    u.s u.k u.n e.g i.e sen rep gov a.m p.m fla calif mass conn pa va md tex ariz colo ill ind mich minn wis
    wash ore ga ala tenn ky n.y n.j d.c etc al cst""".split()
)


def _abbreviated(before: str) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    bare = word[1].lower()
    return (
        bare in _SHORT
        or bare in HONORIFICS
        or (bare in RANKS and len(bare) <= 5)
        or (len(bare) == 1 and word[1].isupper())
    )


# With so many apostrophes inside at most, that a mark which never closes is not looked for without end.
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\S)[^‘’'\n]{0,2000}?(?:[’'](?=\w)[^‘’'\n]{0,2000}?){0,60}[’'](?!\w)")


# Inches behind feet: 5'4" tall.
_INCHES = re.compile(r"\d['’′] ?\d{1,2}(?:\.\d+)?$")


def _is_measure(text: str, at: int, opened: bool) -> bool:
    """Whether a straight mark tells inches: it stands behind feet, or closes a number that nothing opened."""
    if text[at] != '"':
        return False
    return bool(_INCHES.search(text, max(0, at - 8), at)) or (not opened and at > 0 and text[at - 1].isalnum())


def _quotations(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    opened: int | None = None
    for match in re.finditer(r"[“”\"„«»]", text[start:end]):
        at, mark = start + match.start(), match[0]
        if _is_measure(text, at, opened is not None):
            continue
        closes = mark in "”»" or (mark in '"“' and opened is not None and (mark == '"' or text[opened] == "„"))
        if opened is not None and closes:
            spans.append(Span(opened, at + 1))
            opened = None
        elif opened is None and mark not in "”»":
            opened = at
    if opened is not None:
        last = opened + len(text[opened:end].rstrip())
        spans.append(Span(opened, max(last, opened + 1)))
    spans.extend(_singles(text, start, end, spans))
    return spans


def _singles(text: str, start: int, end: int, doubles: Sequence[Span]) -> list[Span]:
    """Stretches in single marks outside of the double ones, which are in order."""
    spans: list[Span] = []
    number = 0
    for match in _SINGLE.finditer(text, start, end):
        while number < len(doubles) and doubles[number].end <= match.start():
            number += 1
        inside = number < len(doubles) and doubles[number].start < match.start()
        if match.end() - match.start() > 4 and not inside:
            spans.append(Span(*match.span()))
    return spans


@dataclass(frozen=True)
class Segmentation:
    """Paragraphs, sentences and quotations of a text, lazily; offsets in code points."""

    text: str

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        """Starts of paragraphs, in order; single line ends do not part them."""
        return (0, *(match.end() for match in _PARAGRAPH.finditer(self.text)))

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """Starts of sentences, in order."""
        starts = [0]
        for match in _STOP.finditer(self.text):
            if self.text[match.start()] == "." and _abbreviated(self.text[max(0, match.start() - 20) : match.start()]):
                continue
            starts.append(match.end())
        return tuple(starts)

    @cached_property
    def quoted(self) -> tuple[Span, ...]:
        """Stretches in quotation marks, marks included; one that is not closed runs to its paragraph's end."""
        spans = []
        for start, end in zip(self.paragraphs, (*self.paragraphs[1:], len(self.text)), strict=True):
            spans.extend(_quotations(self.text, start, end))
        return tuple(sorted(spans))

    @cached_property
    def _quote_starts(self) -> tuple[int, ...]:
        return tuple(span.start for span in self.quoted)

    def paragraph(self, position: int) -> int:
        """The number of the paragraph at a position."""
        return bisect_right(self.paragraphs, position) - 1

    def sentence(self, position: int) -> int:
        """The number of the sentence at a position."""
        return bisect_right(self.sentences, position) - 1

    def sentence_span(self, number: int) -> tuple[int, int]:
        """Start and end of a sentence."""
        return self._bounds(self.sentences, number)

    def sentence_start_back(self, position: int, count: int) -> int:
        """Where the sentence begins that stands so many sentences before a position's."""
        return self.sentences[max(0, self.sentence(position) - count)]

    def paragraph_span(self, number: int) -> tuple[int, int]:
        """Start and end of a paragraph."""
        return self._bounds(self.paragraphs, number)

    def in_quotes(self, position: int) -> bool:
        """Whether a position lies within quotation marks."""
        number = bisect_right(self._quote_starts, position) - 1
        return number >= 0 and self.quoted[number].start <= position < self.quoted[number].end

    def _bounds(self, starts: tuple[int, ...], number: int) -> tuple[int, int]:
        end = starts[number + 1] if number + 1 < len(starts) else len(self.text)
        return starts[number], end
