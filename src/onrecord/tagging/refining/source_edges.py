"""Where a source begins and ends: never over the end of a block, never inside a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, Spans, any_overlap, hull

_BLOCK = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_NAME = r"[^\W\d_a-z][\w’'‑-]*"
# "… Lê Thu|  Hà, told": what is left of a name before the comma or the cue.
_REST = re.compile(rf"(?: {_NAME}){{1,3}}(?=,? ?$)")
# "Jonas “Bricks” |Marley", "Ada |Lorne".
_NICKNAMED = re.compile(rf"{_NAME} [“\"‘']{_NAME}[”\"’'] $")
_ENDS_IN_NAME = re.compile(rf"(?<!\w){_NAME}$")
_LONGEST = 60


def with_whole_sources(tags: Iterable[Tag], text: str) -> tuple[Tag, ...]:
    """The tags, each source kept to one block of the text and made to hold whole names.

    A source that runs over a blank line keeps the side that is nearer to its cue, or to its content without one.
    """
    return tuple(replace(tag, source=_whole(tag, text)) if tag.source else tag for tag in tags)


def _whole(tag: Tag, text: str) -> Spans:
    found: list[Span] = []
    for span in tag.source:
        piece = _to_name_end(_to_name_start(_in_one_block(span, tag, text), text), tag, text)
        free = not any_overlap((piece,), (*tag.cue, *tag.content)) or any_overlap((span,), (*tag.cue, *tag.content))
        found.append(piece if free else span)
    return tuple(found)


def _in_one_block(span: Span, tag: Tag, text: str) -> Span:
    breaks = list(_BLOCK.finditer(text, span.start, span.end))
    if not breaks:
        return span
    anchor = hull(tag.cue) or hull(tag.content)
    if anchor is not None and anchor.start >= span.end:
        return Span(breaks[-1].end(), span.end) if breaks[-1].end() < span.end else span
    return Span(span.start, breaks[0].start()) if breaks[0].start() > span.start else span


def _to_name_start(span: Span, text: str) -> Span:
    before = _NICKNAMED.search(text, max(0, span.start - _LONGEST), span.start)
    return Span(before.start(), span.end) if before and text[span.start].isupper() else span


def _to_name_end(span: Span, tag: Tag, text: str) -> Span:
    """Up to the end of the name where nothing but the rest of it, and a comma, stands before the cue."""
    after = [one.start for one in (*tag.cue, *tag.content) if one.start >= span.end]
    if not after or min(after) - span.end > _LONGEST or not _ENDS_IN_NAME.search(text, span.start, span.end):
        return span
    rest = _REST.match(text, span.end, min(after))
    return Span(span.start, rest.end()) if rest else span
