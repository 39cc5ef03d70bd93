"""Headlines: what is said ends with its part of the line, and a bare "Report:" credits whoever reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans, any_overlap

_BREAK = re.compile(r"\s+[—–-]{1,2}\s+(?:(?:but|and|as|while)\s+)?|;\s+")
_WHO = (
    r"(?:(?:first|new|leaked|official|local|media|police|court|U\.?S\.?|UK)\s)?(?:reports?|sources?|officials?|police|"
    r"documents?|stud(?:y|ies)|polls?|surveys?|surveys|memos?|letters?|audit|inquiry|watchdog|lawyers?|prosecutors?|"
    r"minister|ministry|spokes(?:man|woman|person)|experts?|scientists?|union|aides?|witness(?:es)?)"
)
_FRONT = re.compile(rf"\s*(?P<who>{_WHO})\s?(?P<cue>:)\s+(?P<what>\S.*\S)", re.IGNORECASE)
_BACK = re.compile(rf"\s*(?P<what>\S.*\S)(?P<cue>:|\s[–—-])\s+(?P<who>{_WHO})\s*", re.IGNORECASE)
_SURE = 0.8
_FEWEST = 3


def parts(text: str, heads: Spans) -> tuple[Span, ...]:
    """The parts of headlines that dashes and semicolons set off."""
    found: list[Span] = []
    for head in heads:
        told = head.of(text)
        cuts = [0]
        for match in _BREAK.finditer(told):
            cuts.extend((match.start(), match.end()))
        cuts.append(len(told))
        found.extend(Span(head.start + a, head.start + b) for a, b in list(pairwise(cuts))[::2] if b > a)
    return tuple(found)


def within_head(tag: Tag, text: str, heads: Spans, others: Sequence[Tag]) -> Tag:
    """A headline's tag with all that its line says behind the cue, and nothing of the next line."""
    cue = tag.cue[0] if tag.cue else None
    head = next((one for one in heads if cue and one.covers(cue)), None)
    if cue is None or head is None:
        return tag
    kept = [Span(max(one.start, head.start), min(one.end, head.end)) for one in tag.content if one.overlaps(head)]
    kept = [one for one in kept if one.of(text).strip()]
    end = next((part.end for part in parts(text, (head,)) if part.covers(cue)), head.end)
    if not kept and len(text[cue.end : end].split()) >= _FEWEST:
        # What a headline says stands behind its cue, not in the paragraph below.
        return replace(tag, content=(Span(_after(text, cue), _trimmed(text, cue.end + 1, end)),))
    if not kept or any(len(one.of(text).split("\n")) > 1 for one in kept):
        return replace(tag, content=tuple(kept)) if kept else tag
    if kept[0].start >= cue.end and kept[-1].end < end and not _holds_another(tag, Span(kept[-1].end, end), others):
        kept = [Span(min(kept[0].start, _after(text, cue)), _trimmed(text, kept[-1].end, end))]
    return tag if tuple(kept) == tag.content else replace(tag, content=tuple(kept))


def reported(text: str, heads: Spans, tags: Sequence[Tag]) -> Iterator[Tag]:
    """ "Report: minister to resign", "Minister to resign: sources", where no tag has the cue."""
    for head in heads:
        match = _FRONT.fullmatch(text, head.start, head.end) or _BACK.fullmatch(text, head.start, head.end)
        if match is None or len(match["what"].split()) < _FEWEST:
            continue
        cue = Span(match.end("cue") - 1, match.end("cue"))
        content = (Span(*match.span("what")),)
        if not any(any_overlap((cue, *content), (*one.cue, *one.source)) for one in tags):
            source = (Span(*match.span("who")),)
            yield Tag(source=source, cue=(cue,), content=content, score=_SURE, made_by="headline rules 1")


def _after(text: str, cue: Span) -> int:
    start = cue.end
    while start < len(text) and text[start] in " ,:":
        start += 1
    return start


def _trimmed(text: str, least: int, end: int) -> int:
    while end > least and text[end - 1] in " ,;:\n.":
        end -= 1
    return end


def _holds_another(tag: Tag, rest: Span, others: Sequence[Tag]) -> bool:
    """Whether another tag's source or cue stands in what would be added."""
    spoken = (one for one in others if one is not tag and one.kind is Kind.SPEECH)
    return any(any_overlap((rest,), (*one.cue, *one.source)) for one in spoken)
