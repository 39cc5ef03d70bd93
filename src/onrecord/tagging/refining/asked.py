"""Questions that the press puts: nobody's statement, but what an unanswered one is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span

_ASKED = re.compile(
    r"(?:^|(?<=[.!?”\"’'\n]))\s*(?:When |If )?Asked\s(?:(?:repeatedly|twice|again|directly|on \w+day)\s)?"
    r"(?P<what>(?:about|whether|if|why|how|what|who|when|where)\s[^.!?\n]{2,150}?),\s(?=[A-Z\w])"
)
_BARE = re.compile(r"(?:to )?(?:answer|respond|reply|comment|say|elaborate)(?: directly)?", re.IGNORECASE)
_PUT = re.compile(r"(?:when |if )?(?:asked|pressed|questioned)\b", re.IGNORECASE)


def without_questions(tags: Sequence[Tag], text: str) -> list[Tag]:
    """The tags without those that only tell what somebody was asked; who did not answer is silent on that."""
    kept = [tag for tag in tags if tag.source or not tag.cue or not _PUT.match(tag.cue[0].of(text))]
    if len(kept) == len(tags) and not any(_BARE.fullmatch(tag.content[0].of(text)) for tag in tags):
        return kept
    asked = [match.span("what") for match in _ASKED.finditer(text)]
    return [_on_question(tag, text, asked) for tag in kept]


def _on_question(tag: Tag, text: str, asked: Sequence[tuple[int, int]]) -> Tag:
    if not tag.source or not _BARE.fullmatch(tag.content[0].of(text)):
        return tag
    for start, end in asked:
        if 0 <= tag.source[0].start - end <= 3:
            cue = Span(tag.cue[0].start, max(tag.cue[0].end, tag.content[0].end)) if tag.cue else tag.content[0]
            return replace(tag, cue=(cue,), content=(Span(start, end),))
    return tag
