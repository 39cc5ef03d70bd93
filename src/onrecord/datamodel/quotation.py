"""Where quotation marks open and close in a text, in several styles, nested, and bounded by the paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.datamodel.span import Span

_CLOSERS = {
    "“": ("”",), "„": ("“", "”"), "‟": ("”",), "«": ("»",), "‹": ("›",), "‘": ("’",), "‚": ("‘", "’"),
    "「": ("」",), "『": ("』",), "``": ("''", "``"),
}  # fmt: skip
_APOSTROPHES = ("'", "’")
_MARK = re.compile("``|''|[“”„‟«»‹›‘’‚\"'「」『』]")
_ELISION = re.compile(r"(?:\d\ds?|tis|twas|em|til|cause|n|bout|round)\b", re.IGNORECASE)
_OPENS_SINGLE = re.compile(r"\s*\n\s*[‘']\w")
_DEEPEST = 6
_LOOKAHEAD = 400
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
    closers: tuple[str, ...]


def quotations(text: str) -> tuple[Quotation, ...]:
    """All quoted stretches of a text, by place; apostrophes open and close nothing; linear in the text's length."""
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found.extend(_in_paragraph(text, paragraph.start(), paragraph.end()))
    return tuple(sorted(found, key=lambda one: (one.outer.start, -one.outer.end)))


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    stack: list[_Open] = []
    match = _MARK.search(text, start, end)
    while match:
        at, after = match.start(), _mark_end(match, stack)
        mark = text[at:after]
        level = next((n for n in range(len(stack) - 1, -1, -1) if mark in stack[n].closers), None)
        if level is not None and _closes(text, mark, at, after, end, stack[level]):
            opened = stack[level]
            del stack[level:]
            if at > opened.after:
                yield Quotation(Span(opened.start, after), Span(opened.after, at), len(stack), True)
        elif len(stack) < _DEEPEST and _opens(text, mark, at, after, start, end):
            stack.append(_Open(at, after, _CLOSERS.get(mark, (mark,))))
        match = _MARK.search(text, after, end)
    if stack:
        yield from _unclosed(text, stack[0], start, end)


def _mark_end(match: re.Match[str], stack: list[_Open]) -> int:
    """Two apostrophes are one mark, unless the first closes a single quotation that stands inside a double one."""
    single = match.group() == "''" and len(stack) > 1 and stack[-1].closers == ("'",)
    return match.start() + 1 if single else match.end()


def _unclosed(text: str, opened: _Open, start: int, end: int) -> Iterator[Quotation]:
    """A mark that never closes reaches to its paragraph's end; a single one only where the next paragraph opens so."""
    if opened.closers[0] in _APOSTROPHES and not (opened.start == start and _OPENS_SINGLE.match(text, end)):
        return
    stop = end
    while stop > opened.after and text[stop - 1].isspace():
        stop -= 1
    if stop > opened.after:
        yield Quotation(Span(opened.start, stop), Span(opened.after, stop), 0, False)


def _opens(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    behind = text[after] if after < end else " "
    if mark in ("'", "‘"):
        elided = _ELISION.match(text, after, end)
        return not before.isalnum() and not elided and (mark == "‘" or not behind.isspace())
    if mark in ("''", "”"):
        return not before.isalnum() and before not in ".,!?" and not behind.isspace()
    if mark == '"':
        return not before.isalnum() or behind.isalnum()
    return mark in _CLOSERS


def _closes(text: str, mark: str, at: int, after: int, end: int, opened: _Open) -> bool:
    if at == opened.after:
        return mark not in ('"', "''")
    if mark not in _APOSTROPHES:
        return True
    behind = text[after] if after < end else " "
    # "the boys' club": a plural's apostrophe closes nothing where the same mark stands further on.
    plural = text[at - 1] in "sS" and behind == " " and text[at - 2].isalpha()
    return not behind.isalnum() and not (plural and mark in text[after : min(end, after + _LOOKAHEAD)])


def quoted_flags(text: str) -> tuple[tuple[int, int], ...]:
    """Outermost quoted stretches as (start, end) of what they enclose, marks left out, in order."""
    return tuple((one.inner.start, one.inner.end) for one in quotations(text) if one.depth == 0)
