"""Where quotation marks open and close in a text, in several styles, nested, and bounded by the paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.datamodel.attribution import Mode
from onrecord.datamodel.span import Span, Spans

_CLOSERS = {"“": "”", "„": "“”", "‟": "”", "«": "»", "‹": "›", "‘": "’", "‚": "‘’", "「": "」", "『": "』"}
_MARK = re.compile("[“”„‟«»‹›‘’‚\"'「」『』]|``|''")
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quoted stretch: `outer` with its marks, `inner` without; `depth` 0 is outermost.

    `balanced` is False where the closing mark is missing and the stretch ends with its paragraph.
    """

    outer: Span
    inner: Span
    depth: int
    balanced: bool


@dataclass(slots=True)
class _Open:
    start: int
    after: int
    closers: str


def quotations(text: str) -> tuple[Quotation, ...]:
    """All quoted stretches of a text, by place; apostrophes open and close nothing; linear in the text's length."""
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found.extend(_in_paragraph(text, paragraph.start(), paragraph.end()))
    return tuple(sorted(found, key=lambda one: (one.outer.start, -one.outer.end)))


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    stack: list[_Open] = []
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        level = next((n for n in range(len(stack) - 1, -1, -1) if mark in stack[n].closers), None)
        if level is not None and _closes(text, mark, at, after, end, stack[level]):
            opened = stack[level]
            del stack[level:]
            if at > opened.after:
                yield Quotation(Span(opened.start, after), Span(opened.after, at), len(stack), True)
        elif _opens(text, mark, at, after, start, end) and len(stack) < 6:
            closers = _CLOSERS.get(mark, "''" if mark == "``" else mark)
            stack.append(_Open(at, after, closers))
    if stack and stack[0].closers not in ("'", "’"):
        opened = stack[0]
        stop = end
        while stop > opened.after and text[stop - 1].isspace():
            stop -= 1
        if stop > opened.after:
            yield Quotation(Span(opened.start, stop), Span(opened.after, stop), 0, False)


def _opens(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    behind = text[after] if after < end else " "
    if mark == "'":
        return not before.isalnum() and behind.isalnum() and not _elided(text, after, end)
    if mark == "‘":
        return not before.isalnum() and not _elided(text, after, end)
    if mark == '"':
        return not before.isalnum() or behind.isalnum()
    return mark in _CLOSERS or mark == "``"


_ELISION = re.compile(r"(?:\d\ds?\b|tis\b|twas\b|em\b|til\b|cause\b|n\b|bout\b|round\b)", re.IGNORECASE)


def _elided(text: str, after: int, end: int) -> bool:
    return bool(_ELISION.match(text, after, end))


def _closes(text: str, mark: str, at: int, after: int, end: int, opened: _Open) -> bool:
    if mark in ("'", "’"):
        behind = text[after] if after < end else " "
        before = text[at - 1]
        if behind.isalnum():
            return False
        # "the boys' club": a plural's apostrophe closes only where a mark of punctuation or the end follows it.
        return not (before in "sS" and behind == " " and mark in text[after : min(end, after + 400)] and text[at - 2].isalpha())
    if mark == '"' and at == opened.after:
        return False
    return True


def quoted_flags(text: str) -> tuple[tuple[int, int], ...]:
    """Outermost quoted stretches as (start, end) of what they enclose, marks left out, in order."""
    return tuple((one.inner.start, one.inner.end) for one in quotations(text) if one.depth == 0)


_WORD = re.compile(r"\w+")


def mode_of(text: str, content: Spans, flags: tuple[tuple[int, int], ...] | None = None) -> Mode:
    """Whether all, none or some of the content's words stand in quotation marks."""
    quoted = flags if flags is not None else quoted_flags(text)
    starts = [start for start, _ in quoted]
    inside = outside = 0
    for span in content:
        for word in _WORD.finditer(text, span.start, span.end):
            place = bisect_right(starts, word.start()) - 1
            if place >= 0 and word.start() < quoted[place][1]:
                inside += 1
            else:
                outside += 1
    if not inside:
        return Mode.INDIRECT
    return Mode.MIXED if outside else Mode.DIRECT
