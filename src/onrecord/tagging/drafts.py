"""Attributions while they are put together: offsets in the text, then trimmed, joined and made into tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans, all_inside, any_overlap

_LEAD = " \t\n,;:–—-"
_BLOCK = 1000
_TAIL = " \t\n,;:–—-"


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution found by one rule, with the rule's prior."""

    source: Spans
    cue: Spans
    content: Spans
    score: float
    kind: Kind = Kind.SPEECH
    quoted: bool = False
    rule: str = ""


def piece(start: int, end: int, text: str) -> Spans:
    """A span without the white space and loose punctuation around it; none where no word is left.

    A comma or full stop stays where a closing mark follows it; a closing mark stays.
    """
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and (text[start].isspace() or text[start] in _LEAD):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _TAIL):
        end -= 1
    if end > start and text[end - 1] in ".!?" and not _closed_inside(text, start, end):
        end -= 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in _TAIL):
            end -= 1
    if end <= start or not any(char.isalnum() for char in text[start:end]):
        return ()
    return (Span(start, end),)


def _closed_inside(text: str, start: int, end: int) -> bool:
    """Whether the stop belongs to the words: an abbreviation's, or one in front of nothing but a mark."""
    word = text[start:end].split()[-1]
    return word.count(".") > 1 or text[end - 1] in "!?" or (len(word) <= 4 and word[:1].isupper() and word[-1] == ".")


def finished(drafts: Iterable[Draft], text: str, made_by: str) -> tuple[Tag, ...]:
    """Tags by place: duplicates dropped (the higher score wins), content freed of its own source and cue."""
    kept: list[Draft] = []
    near: dict[int, list[Draft]] = {}
    for draft in sorted(drafts, key=lambda one: (-one.score, _place(one))):
        cleaned = _cleaned(draft, text)
        blocks = _blocks(cleaned) if cleaned else []
        if cleaned and not any(_same(cleaned, other) for block in blocks for other in near.get(block, ())):
            kept.append(cleaned)
            for block in blocks:
                near.setdefault(block, []).append(cleaned)
    return tuple(
        Tag(source=one.source, cue=one.cue, content=one.content, score=one.score, kind=one.kind, made_by=made_by)
        for one in sorted(kept, key=_place)
    )


def _blocks(draft: Draft) -> list[int]:
    """The stretches of text that its content touches: only drafts that share one can be the same."""
    spans = draft.content
    return sorted({block for one in spans for block in range(one.start // _BLOCK, (one.end - 1) // _BLOCK + 1)})


def _place(draft: Draft) -> tuple[int, int]:
    starts = [span.start for span in (*draft.source, *draft.cue, *draft.content)]
    return min(starts), draft.content[0].start if draft.content else 0


def _same(left: Draft, right: Draft) -> bool:
    if left.cue and right.cue:
        return any_overlap(left.cue, right.cue) and any_overlap(left.content, right.content)
    return all_inside(left.content, right.content) or all_inside(right.content, left.content)


def _cleaned(draft: Draft, text: str) -> Draft | None:
    """Cut source and cue out of the content, so that a content split by them comes in pieces."""
    content = draft.content
    for hole in (*draft.source, *draft.cue):
        content = tuple(part for span in content for part in _without(span, hole, text))
    content = tuple(part for span in content for part in piece(span.start, span.end, text))
    if not content:
        return None
    return replace(draft, source=_bare(draft.source, text), cue=_bare(draft.cue, text), content=_joined(content))


def _bare(spans: Spans, text: str) -> Spans:
    """Spans without the white space around them; none where nothing else is left."""
    told = [(one, one.of(text)) for one in spans]
    return tuple(
        Span(one.start + len(said) - len(said.lstrip()), one.end - len(said) + len(said.rstrip()))
        for one, said in told
        if said.strip()
    )


def _without(span: Span, hole: Span, text: str) -> Spans:
    if not span.overlaps(hole):
        return (span,)
    parts: list[Span] = []
    if span.start < hole.start:
        parts.extend(piece(span.start, hole.start, text))
    if hole.end < span.end:
        parts.extend(piece(hole.end, span.end, text))
    return tuple(parts)


def _joined(spans: Sequence[Span]) -> Spans:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
