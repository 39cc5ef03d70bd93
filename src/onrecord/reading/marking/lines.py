"""A text's lines with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.datamodel.span import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_SPEECH = re.compile(
    r"\b(?:sa(?:id|ys?)|saying|t(?:old|ells?)|report(?:s|ed|edly)|accord\w*|announc\w+|claim\w*|confirm\w*|den(?:y|ied|ies)"
    r"|stat(?:es?|ed|ement)|add(?:s|ed)|warn\w*|tweet\w*|w(?:rote|rites)|insist\w*|quot\w+|call(?:s|ed)|declin\w+|admit\w*"
    r"|comment\w*|respon\w+|ask(?:s|ed)?|argu\w+|believ\w+|suggest\w*|vow\w*|accus\w+|alleg\w+|urg\w+)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[\"“”«»]|(?<!\w)['‘]\w")
_TAIL = 8
_STOPS = frozenset(".!?…:;,")
_END = re.compile(r"[.!?…:;,]\s?[\"”’'»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it; `blank_after` tells an empty line or the end behind it."""

    start: int
    end: int
    text: str
    blank_before: bool
    blank_after: bool

    @property
    def span(self) -> Span:
        """Its place."""
        return Span(self.start, self.end)

    @property
    def bare(self) -> str:
        """Its words in lower case, without bullets and punctuation around them."""
        return self.text.strip(" \t-–—•*|>·:.!…»›→").casefold()

    @property
    def ended(self) -> bool:
        """Whether it stops as a sentence does."""
        last = self.text[-1]
        return last in _STOPS or (not last.isalnum() and bool(_END.search(self.text[-_TAIL:])))

    @property
    def speaks(self) -> bool:
        """Whether it holds quotation marks or a reporting word: such a line may be a statement."""
        return speaks(self.text)


def speaks(words: str) -> bool:
    """Whether words hold quotation marks or a reporting word: they may be a statement."""
    return bool(_QUOTE.search(words) or _SPEECH.search(words))


def lines_of(text: str) -> tuple[Line, ...]:
    """All lines that hold more than white space."""
    found: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        words = match.group().strip(" \t\xa0\ufeff\u200b")
        if words:
            start = match.start() + match.group().index(words)
            found.append((start, start + len(words)))
    return tuple(_line(text, found, number) for number in range(len(found)))


def _line(text: str, found: list[tuple[int, int]], number: int) -> Line:
    start, end = found[number]
    before = text[found[number - 1][1] : start].count("\n") > 1 if number else True
    after = text[end : found[number + 1][0]].count("\n") > 1 if number + 1 < len(found) else True
    return Line(start, end, text[start:end], before, after)
