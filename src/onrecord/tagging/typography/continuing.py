"""Quotations without a cue of their own go to the speaker before them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.datamodel.quotation import Quotation
from onrecord.datamodel.span import all_inside
from onrecord.tagging.drafts import Draft
from onrecord.tagging.typography.paragraphs import Paragraph

_WORD = re.compile(r"[\w’']+")
_FEWEST_WORDS = 4
_STOPS = ".!?”\"'’…"


def continued(drafts: Sequence[Draft], parts: Sequence[Paragraph], text: str) -> list[Draft]:
    """Give quoted sentences without a cue to the speaker before them, as further pieces of that statement."""
    found = list(drafts)
    starts = [part.start for part in parts]
    places: list[list[int]] = [[] for _ in parts]
    for index, draft in enumerate(found):
        spans = (*draft.content, *draft.source, *draft.cue)
        for number in sorted({bisect_right(starts, span.start) - 1 for span in spans}):
            places[number].append(index)
    for number, part in enumerate(parts):
        for quote in part.quotes:
            near = [found[index] for index in places[number]]
            if not _is_sentence(quote.inner.of(text)) or _covered(quote, near):
                continue
            above = [found[index] for index in places[number - 1]] if number else []
            owner = _owner(quote, part, near, above, text)
            for index in (*places[number], *(places[number - 1] if number else ())):
                if owner is not None and _carries(found[index], owner):
                    found[index] = _with(found[index], quote)
                    if index not in places[number]:
                        places[number].append(index)
    return found


def _is_sentence(words: str) -> bool:
    """Whether quoted words can be a sentence by themselves rather than a name or a term."""
    few = len(_WORD.findall(words)) < _FEWEST_WORDS
    return not few or (words.rstrip()[-1:] in (".", "?", "!") and words.lstrip()[:1].isupper())


def _with(draft: Draft, quote: Quotation) -> Draft:
    return replace(draft, content=tuple(sorted({*draft.content, quote.outer})))


def _carries(draft: Draft, owner: Draft) -> bool:
    """Whether a statement is the owner or passes the owner's statement on."""
    return draft == owner or all_inside(owner.content, draft.content)


def _covered(quote: Quotation, near: Sequence[Draft]) -> bool:
    return any(span.overlaps(quote.outer) for draft in near for span in (*draft.content, *draft.source, *draft.cue))


def _owner(quote: Quotation, part: Paragraph, near: Sequence[Draft], above: Sequence[Draft], text: str) -> Draft | None:
    """The last quoted statement before it in the paragraph, or in the paragraph before where this one opens quoted."""
    lead = text[part.start : quote.outer.start].rstrip()
    if lead and lead[-1] not in _STOPS:
        return None
    here = [one for one in near if part.start <= one.content[0].start < quote.outer.start and one.quoted]
    if not here and not lead:
        here = [one for one in above if one.quoted and one.content[-1].start < part.start]
    return max(here, key=lambda one: one.content[-1].end, default=None)
