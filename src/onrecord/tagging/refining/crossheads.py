"""Lines between paragraphs that print a few words of a quotation again, in marks and without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, any_overlap

_LINE = re.compile(r"^[ \t]*(?P<said>[“\"‘'«](?P<words>[^“”\"«»\n]{6,60}[\w!?])[”\"’'»])[ \t]*$", re.MULTILINE)
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_FEWEST, _MOST = 2, 9
_SURE = 0.75


def crossheads(text: str, tags: Sequence[Tag]) -> Iterator[Tag]:
    """A line of quoted words, by itself, that somebody is quoted with elsewhere in the text."""
    for line in _LINE.finditer(text):
        words = tuple(word.lower() for word in _WORD.findall(line["words"]))
        span = Span(*line.span("said"))
        if not _FEWEST <= len(words) <= _MOST or any(any_overlap((span,), one.content) for one in tags):
            continue
        if any(_printed(words, piece.of(text)) for one in tags for piece in one.content):
            yield Tag(source=(), cue=(), content=(span,), score=_SURE, made_by="crosshead rules 1")


def _printed(words: tuple[str, ...], said: str) -> bool:
    told = [word.lower() for word in _WORD.findall(said)]
    size = len(words)
    return any(tuple(told[at : at + size]) == words for at in range(len(told) - size + 1))
