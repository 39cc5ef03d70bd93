"""Parts that a cue shares with its neighbours: the source of ", adding that …", a quotation over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, all_inside, hull

_PARTICIPLE = re.compile(r"(?:adding|saying|noting|stating|insisting|claiming|warning|telling|stressing|arguing)\b")
_STOP = re.compile(r"[.?!][”\"’')]*\s+[A-Z“\"‘]|\n")
_OPENS = re.compile(r"(?:\s*[,:])?\s*(?P<mark>[“\"])")
_CLOSERS = {"“": "”", '"': '"'}
_LONGEST = 900
_CLOSES = re.compile(r" ?[”\"]")
_NAME = re.compile(
    r"(?:The |A |An )?(?!(?:He|She|It|They|We|I|You|This|That)\b)[A-Z][\w’'.-]*"
    r"(?: (?:of|the|and|for|[A-Z][\w’'.-]*)){1,6}"
)
_SECOND = re.compile(r"[^.!?\n“”\"]{0,60}\.(?P<gap>[ \t]*\n{0,2}[ \t]*)(?P<said>“[^“”]+?”|\"[^\"\n]*(?:\n[^\"\n]+)*\")")
_TELLS = re.compile(r"(?:\b|^)(?:tell|tells|told|telling)$", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"(?:[Tt]he )?(?:[A-Z][\w.’'-]*\s)(?:(?:[A-Z][\w.’'-]*|of|and)\s){0,4}"
    r"(?=(?:that|the|an?|it|he|she|they|there|his|her|its|their|this)\b)"
)
_SIGNED = re.compile(r"\s+(?:[—–]|--)\s+.*\(@\w+\).*$", re.DOTALL)


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


def without_strangers(tag: Tag, text: str) -> Tag:
    """The tag without whom a statement was told to, in its content, and who signs the post, in its source."""
    source = tuple(_without_credit(span, text) for span in tag.source)
    content = tag.content
    if tag.cue and _TELLS.search(tag.cue[-1].of(text)) and 0 <= content[0].start - tag.cue[-1].end <= 1:
        told = _ADDRESSEE.match(text, content[0].start, content[0].end)
        if told:
            content = (Span(told.end(), content[0].end), *content[1:])
    return tag if (source, content) == (tag.source, tag.content) else replace(tag, source=source, content=content)


def _without_credit(span: Span, text: str) -> Span:
    match = _SIGNED.search(span.of(text))
    return Span(span.start, span.start + match.start()) if match and match.start() else span


def with_rest(tags: Sequence[Tag], text: str) -> list[Tag]:
    """The tags, those that an interruption has cut short with the "that" clause behind it.

    "The mayor said A, according to the log, and that B": the log's content has two pieces, and B is the mayor's, too.
    """
    found = list(tags)
    for outer in tags:
        for number, (first, second) in enumerate(pairwise(outer.content)):
            joint = re.search(r"\b(?:and|but)\s*$", text[first.end : second.start])
            if not joint or not text.startswith("that ", second.start):
                continue
            for place, one in enumerate(found):
                if one is not outer and _ends_with(one, first):
                    found[place] = replace(one, content=(*one.content, *outer.content[number + 1 :]))
    return found


def _ends_with(one: Tag, piece: Span) -> bool:
    pieces = (*one.source, *one.cue, *one.content)
    return bool(one.source) and all_inside(pieces, (piece,)) and one.content[-1].end >= piece.end - 2


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


def whole_quotation_before(tag: Tag, text: str) -> Tag:
    """The tag with all of the quotation that its cue ends, where lines have cut it: "A.\\nB." he wrote."""
    if not tag.cue or len(tag.content) != 1 or tag.content[0].end > tag.cue[0].start:
        return tag
    content = tag.content[0]
    closing = _CLOSES.match(text, content.end)
    if closing and closing.end() <= tag.cue[0].start:
        content = Span(content.start, closing.end())
    told = content.of(text).rstrip()
    opener = {closer: mark for mark, closer in _CLOSERS.items()}.get(told[-1:])
    if opener is None or any(mark in told[:-1] for mark in (opener, told[-1])):
        return tag
    block = max(text.rfind("\n\n", 0, content.start) + 1, content.start - _LONGEST, 0)
    start = text.rfind(opener, block, content.start)
    between = text[start + 1 : content.start]
    paired = opener != told[-1] or text.count(opener, block, start) % 2 == 0
    if start < 0 or "\n" not in between or told[-1] in between or not paired:
        return tag
    return replace(tag, content=(Span(start, content.end),))


def own_subject(tag: Tag, text: str) -> Tag:
    """The tag with the name that its paragraph begins with as source, where another line's was taken for it."""
    if not tag.source or not tag.cue or "\n" not in text[tag.source[-1].end : tag.cue[0].start]:
        return tag
    start = text.rfind("\n", 0, tag.cue[0].start) + 1
    match = _NAME.match(text, start, tag.cue[0].start)
    if match is None or text[match.end() : tag.cue[0].start].strip():
        return tag
    return replace(tag, source=(Span(start, match.end()),))


def whole_turn(tag: Tag, text: str) -> Tag:
    """A turn of a transcript with all that its line says behind the label in capitals."""
    if len(tag.source) != 1 or len(tag.cue) != 1 or tag.cue[0].of(text).strip() != ":":
        return tag
    source = tag.source[0]
    if not source.of(text).isupper() or (source.start and text[source.start - 1] != "\n"):
        return tag
    end = text.find("\n", tag.cue[0].end)
    end = len(text) if end < 0 else end
    start = tag.content[0].start
    return tag if tag.content[-1].end >= end or start >= end else replace(tag, content=(Span(start, end),))


def with_second_quotation(tag: Tag, text: str, others: Sequence[Tag]) -> Tag:
    """ "“Stay,” she said. “It is late.”": the tag with the quotation behind its cue, where nobody else is credited."""
    last = tag.content[-1]
    about = hull((*tag.source, *tag.cue))
    if about is None or not tag.source or text[last.end - 1] not in '”"' or about.start < last.end:
        return tag
    match = _SECOND.match(text, about.end)
    if match is None or match.end() - match.start("said") > _LONGEST or text[match.end() - 2] == ",":
        return tag
    second = Span(*match.span("said"))
    if "\n\n" in match["gap"] and text[second.end : second.end + 1].strip():
        # In a paragraph of its own it goes on only where nothing follows it.
        return tag
    taken = any(one.cue and _reaches(one, second) for one in others)
    return tag if taken else replace(tag, content=(*tag.content, second))


def _reaches(one: Tag, second: Span) -> bool:
    """Whether a tag claims words of a quotation from outside it."""
    pieces = (*one.source, *one.cue, *one.content)
    touches = any(second.overlaps(piece) for piece in (*one.cue, *one.content))
    return touches and not all_inside(pieces, (second,))
