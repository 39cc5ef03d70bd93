"""Posts of the networks that are printed inside a report: bare text "words — Name (@handle) January 6, 2031"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.datamodel.report import Post
from onrecord.datamodel.span import Span
from onrecord.reading.dates import DATE, find_dates

_CREDIT = re.compile(
    r"(?:—|–|--|―|\s-|(?<=\n)A post shared by)\s*"
    rf"(?P<credit>(?P<author>[^\n()—―\"“”]{{1,80}}?)\s*\((?P<handle>@[\w.-]{{1,60}}(?:@[\w.-]{{1,60}})?)\)(?:,?\s+(?P<date>{DATE}))?)",
    re.IGNORECASE,
)


def find_posts(text: str) -> tuple[Post, ...]:
    """All posts in order; the body is what stands on the same line before the author's name."""
    return tuple(_posts(text)) if "(@" in text else ()


def _posts(text: str) -> Iterator[Post]:
    last = 0
    for match in _CREDIT.finditer(text):
        body = _body(text, last, match.start())
        # Prose names handles too; a credit has a date behind it or ends its line.
        if body is None or not (match.group("date") or re.match(r"[ \t.]*(?:\r?\n|$)", text[match.end() :][:20])):
            continue
        credit = Span(*match.span("credit"))
        date = match.group("date")
        found = next(find_dates(date), None) if date else None
        yield Post(
            span=Span(body.start, credit.end),
            body=body,
            credit=credit,
            author=match.group("author").strip(),
            handle=match.group("handle"),
            at=found.at if found else None,
        )
        last = credit.end


def _body(text: str, last: int, end: int) -> Span | None:
    start = max(last, text.rfind("\n", 0, end) + 1)
    words = text[start:end].strip()
    if not words and start > last:
        # The credit stands on a line of its own: the post is the paragraph above it.
        above = text[last:start].rstrip()
        start = last + above.rfind("\n") + 1
        words = text[start : last + len(above)].strip()
    if len(words) < 2:
        return None
    begin = text.index(words, start)
    return Span(begin, begin + len(words))
