"""The lines of a text that hold words, with their quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.datamodel.quotation import Quotation, quotations
from onrecord.tagging.grammar.cues import SPEECH, VERBS

# A line without an end is cut, so that no parse grows with it.
_PARAGRAPH = re.compile(r"[^\n]{1,8000}(?=\s|$)|[^\n]{1,8000}")
_WORD = re.compile(r"[\w’']+")
_REFUSAL = re.compile(r"declin|refus|comment|confirm|verif|mention|n[’']t|not", re.IGNORECASE)
# "HOLT BAY, March 3 (Coastal News) — ": nobody says it, and the parser takes it for a subject.
_DATELINE = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ ,]+[A-Z][\w.'’-]+){0,4}(?:,? \d{1,2})?(?: ?\([^()\n]{2,40}\))? ?(?:[—–]|--?) ?(?=\S)"
)
_OPENING = ("“", '"', "‘", "«", "„")
_SHORT_LEAD, _LONGEST_LEAD = 80, 600
# From so many characters on, a line in which fewer than one word in ten is new is nobody's prose.
_LONG_LINE, _LEAST_NEW = 200, 0.1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text, where it starts, and its outermost quoted stretches."""

    text: str
    start: int
    quotes: tuple[Quotation, ...]

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    @property
    def promising(self) -> bool:
        """Whether a cue word, a refusal or a quotation mark stands in it at all, and it may be prose."""
        if not may_be_prose(self.text):
            return False
        if self.quotes or "ccording to" in self.text or _REFUSAL.search(self.text):
            return True
        return any(word.lower() in VERBS for word in _WORD.findall(self.text))


def may_be_prose(text: str) -> bool:
    """Not so where a long line says the same few words over and over, or holds more signs than words."""
    if len(text) < _LONG_LINE:
        return True
    words = _WORD.findall(text.lower())
    return len(set(words)) >= _LEAST_NEW * len(words) and 2 * sum(map(len, words)) >= len(text)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The lines of a text that hold words."""
    outermost = [one for one in quotations(text) if one.depth == 0]
    found = []
    place = 0
    for start, end in _bounds(text):
        while place < len(outermost) and outermost[place].outer.start < start:
            place += 1
        inside = []
        while place < len(outermost) and outermost[place].outer.start < end:
            inside.append(outermost[place])
            place += 1
        if any(char.isalnum() for char in text[start:end]):
            found.append(Paragraph(text[start:end], start, tuple(inside)))
    return tuple(found)


def _bounds(text: str) -> list[tuple[int, int]]:
    """Lines; one that ends in a colon is read with the quoted line behind it ("She went on:")."""
    found: list[tuple[int, int]] = []
    for match in _PARAGRAPH.finditer(text):
        before = text[found[-1][0] : found[-1][1]].rstrip() if found else ""
        led = before.endswith(":") and len(before) < _LONGEST_LEAD and match.group().lstrip()[:1] in _OPENING
        if led and (len(before) < _SHORT_LEAD or any(word.lower() in SPEECH for word in _WORD.findall(before))):
            found[-1] = (found[-1][0], match.end())
        else:
            dateline = _DATELINE.match(text, *match.span())
            found.append((dateline.end() if dateline else match.start(), match.end()))
    return found
