"""Where the learned tagger is silent, the surer rules speak."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, all_inside, any_overlap

# Rules that are right less often than this add more that is wrong than what they find.
SURE = 0.68
# Texts with fewer statements a word than this are manuals and recipes, in which nothing but the model is believed.
WORDS_PER_STATEMENT = 120
SHORT = 60
_POSSIBLE = re.compile(r"^(?:would|might|may|could|should)\b(?! not| n[’']t)", re.IGNORECASE)
# Things, too, point to, reveal and suggest; nobody has said what he is to explain.
_WEAK = re.compile(
    r"^to\b|\b(?:point|refer|elaborat|suggest|reveal|prov|show|found|find|continu|read(?!ing$)|impl|respond)\w*\b"
    r"(?<!respond)",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:would|was|is|were|are|has|have|had|by)\b", re.IGNORECASE)
_MARKS = '“”"‘'
_NO_NAME = re.compile(r"['’]|unconfirmed\b", re.IGNORECASE)
_SIGN = re.compile(r"^\s*(?:[—–:]|--?)\s*$")


def back_off(text: str, tags: Sequence[Tag], ruled: Sequence[Tag]) -> Iterator[Tag]:
    """The rules' tags whose cue no tag has and whose words no tag reports; none where a text hardly quotes anybody."""
    spoken = sum(one.kind is Kind.SPEECH for one in tags)
    if spoken * WORDS_PER_STATEMENT + SHORT < len(text.split()):
        return
    for one in ruled:
        sure = one.score >= SURE and one.source
        if one.kind is Kind.SPEECH and (sure or _hearsay(one, text)) and _adds(text, one, tags):
            yield one


def _hearsay(one: Tag, text: str) -> bool:
    """Whether a clause is told as heard from nobody in particular."""
    return not one.source and [span.of(text).lower() for span in one.cue] == ["reportedly"]


def _adds(text: str, one: Tag, tags: Sequence[Tag]) -> bool:
    if not one.cue or any(_POSSIBLE.match(span.of(text)) or _WEAK.search(span.of(text)) for span in one.cue):
        return False
    if _CUT.match(one.content[0].of(text)) or any(_not_named(span.of(text)) for span in one.source):
        return False
    pieces = (*one.source, *one.cue, *one.content)
    for other in tags:
        if any_overlap(one.cue, other.cue) or all_inside(pieces, other.content):
            return False
        if any_overlap(one.content, other.cue) and any_overlap(one.source, other.source):
            return False
        if _near(one.cue[0], other, one) or (_signed(one, text) and any_overlap(one.content, other.content)):
            return False
    return not (_signed(one, text) and "?" in text[one.content[0].start : one.content[-1].end])


def _not_named(source: str) -> bool:
    return bool(_NO_NAME.match(source)) or any(mark in source for mark in _MARKS)


def _near(cue: Span, other: Tag, one: Tag) -> bool:
    """Whether a tag has the same content, and so only another idea of its source or cue."""
    return one.content == other.content


def _signed(one: Tag, text: str) -> bool:
    """Whether a post or a turn is credited by a mark alone."""
    return all(_SIGN.match(span.of(text)) for span in one.cue)
