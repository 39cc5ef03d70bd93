"""Endless texts in pieces, so that what tags them takes time and memory by their length and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, Spans

# Longer than all but a few reports: what stands in one piece is looked at together.
PIECE_CHARS = 24_000
# Where a text may be cut, the best place first; the last third of a piece is searched for one.
_CUTS = ("\n\n", "\n", ". ", " ")


def pieces(text: str, most: int = PIECE_CHARS) -> Iterator[Span]:
    """A text's pieces in order, cut between paragraphs or, where there are none, between sentences or words.

    Example:
        >>> [one.of("One. Two. Three.") for one in pieces("One. Two. Three.", 9)]
        ['One. Two. ', 'Three.']
    """
    start = 0
    while len(text) - start > most:
        cut = start + most
        for sign in _CUTS:
            if (found := text.rfind(sign, start + most * 2 // 3, start + most + len(sign) - 1)) > start:
                cut = found + len(sign)
                break
        yield Span(start, cut)
        start = cut
    if start < len(text):
        yield Span(start, len(text))


def within(spans: Iterable[Span], piece: Span) -> Spans:
    """The spans that lie in a piece, counted from its start."""
    return tuple(Span(one.start - piece.start, one.end - piece.start) for one in spans if piece.covers(one))


def moved(tag: Tag, by: int) -> Tag:
    """A tag of a piece that begins so far into its text."""
    if not by:
        return tag
    source, cue, content = (
        tuple(Span(one.start + by, one.end + by) for one in spans) for spans in (tag.source, tag.cue, tag.content)
    )
    return replace(tag, source=source, cue=cue, content=content)
