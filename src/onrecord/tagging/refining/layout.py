"""Who speaks by the layout of a page: turns of a transcript, quotations that the line before them introduces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans, any_overlap

MADE_BY = "layout rules 1"
_SURE = 0.75
_LINE = re.compile(r"[^\n]*\w[^\n]*")
# "MR STARKE: She told nobody.", "Ada Lorne: …"; "Q:" and "A:" name nobody.
_TURN = re.compile(
    r"[ \t]*(?P<who>(?:[A-Z][A-Z.’'-]+|[A-Z][\w.’'-]+)(?: (?:[A-Z][\w.’'-]*|de|van|von|al|bin)){0,4})[ \t]?(?P<colon>:)"
    r"[ \t]+(?P<said>\S[^\n]*\S)"
)
_SPOKEN = re.compile(r"\?|\b(?:I|me|my|we|us|our|you|your)\b|\b(?:I|we|you)[’']", re.IGNORECASE)
_FEWEST_AGAIN, _MOST_LINES, _LEAST_SPOKEN = 2, 0.5, 0.3
# "And from Chairwoman Rosa Wendel:", "This came from the desk of John Dove, chief analyst:".
_FROM = re.compile(
    r"[ \t]*(?:[A-Z]?[\w’']+,?[ \t]+){0,4}?(?P<cue>[Ff]rom)[ \t]+(?:the (?:desk|office|pen) of[ \t]+)?"
    r"(?P<who>[^:“”\"\n]{3,100}?)[ \t]*:[ \t]*"
)
_QUOTED = re.compile(r"[ \t]*(?P<said>(?:“[^“”\n]{12,}[”]|\"[^\"\n]{12,}\"))[ \t]*")


def stated_by_layout(text: str, tags: Sequence[Tag]) -> Iterator[Tag]:
    """The turns and introduced quotations that no tag tells yet."""
    lines = list(_LINE.finditer(text))
    for source, cue, content in (*_turns(text, lines), *_introduced(text, lines)):
        if not any(_tells(tag, source, content) for tag in tags if tag.kind is Kind.SPEECH):
            yield Tag(source=(source,), cue=(cue,), content=content, score=_SURE, made_by=MADE_BY)


def _tells(tag: Tag, source: Span, content: Spans) -> bool:
    """Whether a tag has the speaker, or gives most of the words to somebody."""
    if any_overlap(tag.source, (source,)):
        return True
    shared = sum(
        max(0, min(one.end, other.end) - max(one.start, other.start)) for one in tag.content for other in content
    )
    return bool(tag.source) and 2 * shared > sum(map(len, content))


def _turns(text: str, lines: Sequence[re.Match[str]]) -> Iterator[tuple[Span, Span, Spans]]:
    """Who, colon and words of each turn of a transcript.

    In one, two or more come to speak again, most lines are turns, and many of them say "I" or "you" or ask: in a list
    of ingredients, or of what speaks for and against a thing, nobody does.
    """
    matches = [_TURN.fullmatch(text, *line.span()) for line in lines]
    turns = [turn for turn in matches if turn and len(turn["who"]) > 1]
    names = Counter(turn["who"] for turn in turns)
    if sum(count > 1 for count in names.values()) < _FEWEST_AGAIN:
        return
    first = next(number for number, turn in enumerate(matches) if turn)
    spoken = sum(bool(_SPOKEN.search(turn["said"])) for turn in turns)
    if len(turns) < _MOST_LINES * (len(lines) - first) or spoken < _LEAST_SPOKEN * len(turns):
        return
    for turn in turns:
        yield Span(*turn.span("who")), Span(*turn.span("colon")), (Span(*turn.span("said")),)


def _introduced(text: str, lines: Sequence[re.Match[str]]) -> Iterator[tuple[Span, Span, Spans]]:
    """Who, "from" and words of each quotation that is a line by itself behind a line that says from whom it is."""
    for line, following in pairwise(lines):
        led, quoted = _FROM.fullmatch(text, *line.span()), _QUOTED.fullmatch(text, *following.span())
        if led and quoted:
            yield Span(*led.span("who")), Span(*led.span("cue")), (Span(*quoted.span("said")),)
