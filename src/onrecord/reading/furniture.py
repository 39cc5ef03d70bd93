"""A report's text to its marked passages: what is furniture and what else is not running prose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import FURNITURE, Part, Passage, Post
from onrecord.datamodel.span import Span
from onrecord.reading.marking import captions, heads, menus, tails
from onrecord.reading.marking.corrections import corrections
from onrecord.reading.marking.lines import Line, lines_of


@dataclass(frozen=True, slots=True)
class Marked:
    """Passages in order, none overlapping another of its kind, the headline's words and the credits."""

    passages: tuple[Passage, ...]
    headline: str | None
    byline: str | None
    credits: tuple[str, ...]


def mark(
    text: str,
    *,
    posts: Sequence[Post] = (),
    known: Sequence[Passage] = (),
    headline: str | None = None,
    published: Moment | None = None,
    guess_headline: bool = True,
) -> Marked:
    """Mark a text's passages; what the format itself knows (`known`, `posts`) wins over what the words suggest.

    Rules of print, not of sites: whole lines only, except datelines and stamps that open a line. A line that may be a
    statement (quotation marks, a reporting word) is furniture only where its form leaves no other reading.
    """
    lines = lines_of(text)
    taken = [*known, *(Passage(span=post.span, part=Part.POST, at=post.at) for post in posts)]
    _take(taken, heads.lead_date(text))
    free = _free(lines, taken)
    _take(taken, heads.date_lines(free))
    _take(taken, corrections(_free(lines, taken)))
    _take(taken, heads.authors(lines, taken))
    _take(taken, menus.menus(_free(lines, taken)))
    credited = tuple(tails.credits(_free(lines, taken)))
    _take(taken, (passage for passage, _ in credited))
    _take(taken, heads.bylines(_free(lines, taken)))
    _take(taken, tails.stamps(_free(lines, taken), published, text))
    placed = tuple(heads.datelines(_free(lines, taken)))[:2]
    _take(taken, (passage for passage, _ in placed))
    head = _head(text, lines, taken, headline, guess_headline)
    _take(taken, captions.captions(_free(lines, taken)))
    _stand_first(lines, taken)
    _take(taken, heads.crossheads(_free(lines, taken)))
    agencies = [agency for _, agency in placed if agency]
    return Marked(
        passages=tuple(sorted(taken, key=lambda passage: (passage.span, passage.part.value))),
        headline=head,
        byline=_byline(taken, text),
        credits=tuple(dict.fromkeys([*agencies, *(who for _, who in credited)])),
    )


def _byline(taken: Sequence[Passage], text: str) -> str | None:
    """The line that says "by"; else the first of those between headline and date."""
    found = [passage.span.of(text) for passage in sorted(taken, key=_place) if passage.part is Part.BYLINE]
    return next((words for words in found if words[:3].casefold() == "by "), found[0] if found else None)


def _place(passage: Passage) -> Span:
    return passage.span


def _take(taken: list[Passage], found: Iterable[Passage]) -> None:
    for passage in tuple(found):
        if not any(other.span.overlaps(passage.span) for other in taken):
            taken.append(passage)


def _free(lines: Sequence[Line], taken: Sequence[Passage]) -> tuple[Line, ...]:
    """Lines of which nothing is marked yet."""
    if not taken:
        return tuple(lines)
    spans = sorted((passage.span.start, passage.span.end) for passage in taken)
    return tuple(_untouched(lines, spans))


def _untouched(lines: Sequence[Line], spans: Sequence[tuple[int, int]]) -> Iterator[Line]:
    at = 0
    for line in lines:
        while at < len(spans) and spans[at][1] <= line.start:
            at += 1
        if at == len(spans) or spans[at][0] >= line.end:
            yield line


def _whole(passage: Passage, lines: Sequence[Line]) -> bool:
    """Whether a passage is furniture that fills its line: prose behind a date or a dateline has begun already."""
    return passage.part in FURNITURE and any(passage.span.covers(line.span) for line in lines)


def _head(text: str, lines: Sequence[Line], taken: list[Passage], told: str | None, guess: bool) -> str | None:
    """Mark the headline; the words of the headline where one is found."""
    free = _free(lines, taken)
    known = next((passage for passage in taken if passage.part is Part.HEADLINE), None)
    if known is not None:
        return told or known.span.of(text)
    if not guess:
        return told
    first = heads.headline(free, told)
    if first is None or not all(_whole(passage, lines) for passage in taken if passage.span.start < first.start):
        return told
    _take(taken, [Passage(span=first.span, part=Part.HEADLINE)])
    return told or first.text


def _stand_first(lines: Sequence[Line], taken: list[Passage]) -> None:
    """Mark the line below the headline where it is one more head."""
    above = next((passage for passage in taken if passage.part is Part.HEADLINE), None)
    below = heads.subhead(_free(lines, taken), above.span.end) if above else None
    if below is not None:
        _take(taken, [Passage(span=below.span, part=Part.SUBHEAD)])
