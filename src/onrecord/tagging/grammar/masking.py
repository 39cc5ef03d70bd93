"""A paragraph as the parser sees it: quoted sentences stand as one short word, and places lead back to the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.datamodel.quotation import Quotation
from onrecord.datamodel.span import Span
from onrecord.tagging.grammar.cues import SPEECH

STAND_IN = "Yes"
_FEWEST_WORDS = 4
_LEADS_IN = re.compile(r"(?:[,:;.!?…—–-]|\bthat|\bsaying|\badding|\bread|\bsays?|\bsaid|^)\s*$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Masked characters from `masked` on stand for text [start, end); `quote` where they are a stand-in."""

    masked: int
    start: int
    end: int
    quote: Quotation | None = None


@dataclass(frozen=True, slots=True)
class Masked:
    """The masked words of one paragraph and the stretches that lead back."""

    text: str
    stretches: tuple[Stretch, ...]
    starts: tuple[int, ...]

    def _of(self, place: int) -> Stretch:
        return self.stretches[bisect_right(self.starts, place) - 1]

    def quote_at(self, place: int) -> Quotation | None:
        """The quotation that a masked place stands in for."""
        return self._of(place).quote

    def span(self, start: int, end: int) -> Span:
        """The text under masked characters [start, end); a stand-in counts as its whole quotation."""
        first, last = self._of(start), self._of(end - 1)
        low = first.start if first.quote else first.start + start - first.masked
        high = last.end if last.quote else last.start + end - last.masked
        return Span(low, high)


def mask(text: str, start: int, end: int, quotes: Sequence[Quotation]) -> Masked:
    """Mask the quotations of the paragraph [start, end) that are sentences rather than a few words of one."""
    built: list[str] = []
    stretches: list[Stretch] = []
    length, place = 0, start
    for quote in (one for one in quotes if _is_sentence(text, start, one)):
        low, high = max(start, quote.outer.start), min(end, quote.outer.end)
        for words, stretch in (
            (text[place:low], Stretch(length, place, low)),
            (_stand_in(text, quote, end), Stretch(length + low - place, low, high, quote)),
        ):
            if words:
                built.append(words.replace("\n", " "))
                stretches.append(stretch)
                length += len(words)
        place = high
    if place < end or not stretches:
        built.append(text[place:end].replace("\n", " "))
        stretches.append(Stretch(length, place, end))
    return Masked("".join(built), tuple(stretches), tuple(one.masked for one in stretches))


def _is_sentence(text: str, start: int, quote: Quotation) -> bool:
    words = quote.inner.of(text)
    if not quote.balanced or re.search(r"[.!?…]\s+[\"'‘“A-Z]", words):
        return True
    before = text[max(start, quote.outer.start - 20) : quote.outer.start]
    few = len(words.split()) < _FEWEST_WORDS
    if few and not (words.rstrip()[-1:] in (",", ".", "?", "!") and _LEADS_IN.search(before)):
        return False
    last = before.split()[-1:]
    return bool(_LEADS_IN.search(before)) or not last or last[0].lower() in SPEECH


def _stand_in(text: str, quote: Quotation, end: int) -> str:
    last = quote.inner.of(text).rstrip()[-1:]
    if last in "!?…" and _cue_follows(text, quote.outer.end, end):
        last = ","
    return f'"{STAND_IN}{last if last in ",.?!" else ""}"'


def _cue_follows(text: str, place: int, end: int) -> bool:
    """Whether a verb of saying stands within a few words, before any sentence ends ("“Why?” the mayor asked")."""
    rest = text[place : min(end, place + 60)]
    first = rest.lstrip()[:1]
    head = re.split(r"[.!?\"“”]", rest)[0].split()[:6]
    return first not in ("", "“", '"') and any(word.strip(",;:") in SPEECH for word in head)
