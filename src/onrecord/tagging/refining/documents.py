"""What documents say: "the term sheet provides for 1,400 job cuts", "a resolution that calls for a new count"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, any_overlap

_KINDS = (
    r"(?:documents?|letters?|memos?|memorand(?:um|a)|reports?|papers?|drafts?|term sheets?|contracts?|agreements?|"
    r"resolutions?|statements?|filings?|logs?|notes?|e-?mails?|records?|transcripts?|minutes|decree|rulings?|orders?|"
    r"affidavits?|complaints?|indictments?|plans?|bills?|treat(?:y|ies)|polls?|surveys?|stud(?:y|ies)|surveys?|audits?)"
)
_SAYS = (
    r"(?:provides? for|calls? for|calling for|sa(?:ys|id)|show(?:s|ed|ing)?|sets? out|lists?|listed|"
    r"recommend(?:s|ed|ing)?|warn(?:s|ed|ing)?(?: of)?|propos(?:es|ed|ing)|stat(?:es|ed|ing)|speaks? of|spoke of|"
    r"describ(?:es|ed|ing)|suggest(?:s|ed|ing)?|indicat(?:es|ed|ing)|detail(?:s|ed|ing)|appear(?:s|ed) to say)"
)
_DOCUMENT = re.compile(
    rf"(?P<who>\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s(?:[\w’'.-]+\s){{0,4}}?{_KINDS}"
    r"(?:\s(?:by|from|of)\s(?:(?:the|an?)\s)?(?:[A-Z][\w.’'-]*\s?(?:of\s)?){1,6})?)"
    r"(?:,?\s(?:leaked|(?:released|published|sent|written|dated|issued|posted|circulated|seen|obtained)(?:\s[^\s,;.]+){0,6}?),?)?"
    rf"\s?(?:\s(?:that|which)\s)?\s?(?P<cue>\b{_SAYS})\s+(?=\S)"
)
_LED = re.compile(r"that\b|[“\"]|(?:up to |about |some |at least )?\d")
_PREPOSED = re.compile(r"(?:for|of|out)$")
_END = re.compile(
    r"(?<=[a-z\d”\"’)%]{2})[.?!…](?=\s|[”\"’']|$)|;\s|\n|"
    r",\s(?:the|an?|he|she|it|they|according|said|citing|while|but|which|who)\b"
)
# Behind "After a memo leaked saying that …" the main clause follows the comma.
_SUBORDINATE = re.compile(r"\s*(?:After|When|As|While|Although|Though|Because|Since|If|Before|Despite)\b")
_SURE = 0.7
# "that" and a mark may stand before the document with which somebody else's statement begins.
_OPENING = 7


def of_documents(text: str, tags: Sequence[Tag]) -> Iterator[Tag]:
    """What a document says in plain words, where no tag has its cue; within what others say and by itself."""
    for match in _DOCUMENT.finditer(text):
        cue = Span(*match.span("cue"))
        if any(any_overlap((cue,), one.cue) for one in tags):
            continue
        opens = any(0 <= match.start() - one.content[0].start <= _OPENING for one in tags)
        if not opens and not _PREPOSED.search(match["cue"]) and not _LED.match(text, match.end()):
            continue
        content = Span(match.end(), _end(text, match.end(), tags, cue))
        if content.of(text).strip() and not any(any_overlap((cue,), one.source) for one in tags):
            source = Span(match.start("who"), match.start("who") + len(match["who"].rstrip()))
            yield Tag(source=(source,), cue=(cue,), content=(content,), score=_SURE, made_by="document rules 1")


def _end(text: str, start: int, tags: Sequence[Tag], cue: Span) -> int:
    """The end of the clause, or of the content of somebody else in which it stands."""
    stop = _END.search(text, start)
    end = stop.start() if stop else len(text)
    line = max(text.rfind("\n", 0, start), *(text.rfind(mark, 0, start) for mark in (". ", "? ", "! ", "” "))) + 1
    if _SUBORDINATE.match(text, line):
        comma = text.find(", ", start, end)
        end = comma if comma >= 0 else end
    around = [span.end for one in tags for span in one.content if span.covers(cue)]
    return min([end, *around])
