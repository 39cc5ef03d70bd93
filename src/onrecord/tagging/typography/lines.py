"""Lines that name their speaker by layout: transcripts, colon headlines, and posts with a credit line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.drafts import Draft, piece
from onrecord.tagging.rule_precision import prior
from onrecord.tagging.typography.headlines import headline
from onrecord.tagging.typography.paragraphs import Paragraph

# "NAME: words", "Name (@handle): “words”".
_COLON = re.compile(
    r"^(?P<source>[A-Z][\w.’'-]*(?:\s+(?:[A-Z(@][\w.@’')-]*|of|the|and|for|de|van|von|al|bin)){0,11})\s?:\s+(?P<said>\S.*)$"
)
_NO_SPEAKER = re.compile(
    r"^(?:Q|A|Note|Update|Updated|Related|Photo|Image|Video|Watch|Read|Read more|Source|Sources|Here|Tip|Warning|Live|"
    r"Editor|Step|Serves|Ingredients|Directions|Method|Time|Date|Location|Price|Key|See also|Correction|Clarification|"
    r"Breaking|Analysis|Opinion|Exclusive|Report|Reports|Chapter|Part|Section|Table|Figure|Example|Contact|Contributing|"
    r"Profile|Explainer|Timeline|Factbox|Fact check|Obituary|Recap|Background|In pictures|Live updates|[^:]* LIVE|"
    r"Address|Phone|Email|Hours|When|Where|What|Why|How|Who|More|Editor[’']s note)\b",
    re.IGNORECASE,
)
# "text — Name (@handle) March 3, 2021", the text in the same line or in the one before.
_CREDIT = re.compile(
    r"(?P<sign>[—–]|--|-)\s?(?P<who>[\w.’'&][^\n()@—–]{0,60}?\s?\(@\w{1,30}\))(?:[\s,·|-]+[\w,:. ]{3,30})?$"
)
_OWN_WORDS = re.compile(r"^(?:I|you|we|nobody|no one|anybody|anyone|somebody)$", re.IGNORECASE)
_FEWEST = 3
_MARKS = "“\"‘'«„"


def lines(parts: Sequence[Paragraph], text: str, found: Sequence[Draft]) -> list[Draft]:
    """What was found by grammar, with what the layout says added and what it overrules taken out."""
    kept = list(found)
    transcript = _is_transcript(parts)
    for number, part in enumerate(parts):
        credited = _credit(part, parts[number - 1] if number else None, text)
        named = headline(part) if not credited else []
        colon = [] if named else _colon(part, text, transcript)
        if credited:
            colon = [replace(one, content=_before(one.content, credited[0].cue[0])) for one in colon if one.quoted]
        if named:
            kept = [one for one in kept if not _within(one, part)]
        if colon and number and any(_tells(one, part, colon[0]) for one in kept):
            colon = []
        if colon:
            kept = [one for one in kept if not (_within(one, part) and _own(one, text))]
        kept.extend([*credited, *named, *colon])
    return kept


def _within(draft: Draft, part: Paragraph) -> bool:
    return part.start <= draft.content[0].start < part.end


def _before(content: Spans, sign: Span) -> Spans:
    """A statement within a post ends where the post's credit begins."""
    return tuple(Span(one.start, min(one.end, sign.start)) for one in content if one.start < sign.start)


def _own(draft: Draft, text: str) -> bool:
    """Whether a speaker in a transcript speaks of himself or his hearer."""
    return any(_OWN_WORDS.match(span.of(text)) for span in draft.source)


def _tells(draft: Draft, part: Paragraph, colon: Draft) -> bool:
    """Whether a sentence behind a colon is somebody else's statement ("LISBON: The minister said …")."""
    whole = colon.content[0]
    if colon.quoted or not _within(draft, part) or draft.rule not in ("quoted", "clause", "fronted", "according"):
        return False
    return sum(len(span) for span in draft.content) * 2 >= len(whole)


def _colon(part: Paragraph, text: str, transcript: bool) -> list[Draft]:
    match = _COLON.match(part.text)
    if not match or _NO_SPEAKER.match(match["source"]) or not _speaks(match, part, transcript):
        return []
    said = piece(part.start + match.start("said"), part.end, text)
    if not said:
        return []
    source = Span(part.start + match.start("source"), part.start + match.end("source"))
    colon = part.start + part.text.index(":", match.end("source"))
    quoted = match["said"][0] in _MARKS
    return [Draft((source,), (Span(colon, colon + 1),), said, prior("colon"), quoted=quoted, rule="colon")]


def _speaks(match: re.Match[str], part: Paragraph, transcript: bool) -> bool:
    """Whether the words in front of a colon are somebody who speaks, not a label ("Colours: moss, slate")."""
    source, said = match["source"], match["said"]
    if said[0] in _MARKS or "@" in source:
        return True
    if not said[0].isupper() or len(said.split()) < _FEWEST:
        return False
    named = len(source.split()) > 1 or source.isupper() or transcript
    return named or part.start == 0


def _is_transcript(parts: Sequence[Paragraph]) -> bool:
    """Whether several lines are turns of named speakers."""
    turns = [match for match in (_COLON.match(part.text) for part in parts) if match and match["said"][0].isupper()]
    names = {match["source"] for match in turns}
    return len(turns) > 1 and (len(turns) > len(names) or any(len(name.split()) == 2 for name in names))


def _credit(part: Paragraph, before: Paragraph | None, text: str) -> list[Draft]:
    """A post and the line that says whose it is."""
    match = _CREDIT.search(part.text[-120:])
    if match is None:
        return []
    shift = part.end - len(part.text[-120:])
    sign, who = (Span(shift + match.start(group), shift + match.end(group)) for group in ("sign", "who"))
    said = piece(part.start, sign.start, text)
    if not said and before is not None:
        said = (Span(before.start, before.start + len(before.text.rstrip())),)
    return [Draft((who,), (sign,), said, prior("post"), quoted=True, rule="post")] if said else []
