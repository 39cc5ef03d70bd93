"""Parts that a cue shares with its neighbours: the source of ", adding that …", a quotation over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, hull

_PARTICIPLE = re.compile(r"(?:adding|saying|noting|stating|insisting|claiming|warning|telling|stressing|arguing)\b")
_STOP = re.compile(r"[.?!][”\"’')]*\s+[A-Z“\"‘]|\n")
_OPENS = re.compile(r"(?:\s*[,:])?\s*(?P<mark>[“\"])")
_CLOSERS = {"“": "”", '"': '"'}
_LONGEST = 900


def with_source(tag: Tag, text: str, others: Sequence[Tag]) -> Tag:
    """ "…, adding that it was late" with the source of the statement before it in the same sentence."""
    if tag.source or not tag.cue or not _PARTICIPLE.match(tag.cue[0].of(text)):
        return tag
    start = tag.cue[0].start
    if not text[:start].rstrip(" ").endswith(","):
        return tag
    before = [one for one in others if one.source and one.cue and one.cue[0].end <= start]
    last = max(before, key=lambda one: one.cue[0].end, default=None)
    whole = hull((*last.source, *last.cue, *last.content)) if last else None
    if last is None or whole is None or _STOP.search(text[last.cue[0].end : start]):
        return tag
    return replace(tag, source=last.source)


def whole_quotation(tag: Tag, text: str) -> Tag:
    """The tag with all of the quotation that its cue introduces, where lines or other marks have cut it."""
    if not tag.cue or tag.content[0].start < tag.cue[-1].end:
        return tag
    match = _OPENS.match(text, tag.cue[-1].end)
    if match is None:
        return tag
    start = match.start("mark")
    blank = text.find("\n\n", start)
    end = text.find(_CLOSERS[match["mark"]], start + 1, min(blank if blank >= 0 else len(text), start + _LONGEST))
    inside = all(start <= one.start and one.end <= end + 1 for one in tag.content)
    if end < 0 or not inside or "\n" not in text[start:end]:
        return tag
    return replace(tag, content=(Span(start, end + 1),))
