"""Who is cited: "the dam has moved, the agency reported, citing a letter" is the letter's statement, passed on."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, hull

_ORIGINS = (
    r"sources?|officials?|spokes\w+|people|persons?|witness(?:es)?|diplomats?|officers?|police|ministry|minister|"
    r"letters?|memos?|documents?|reports?|statements?|filings?|e-?mails?|records?|logs?|notes?|transcripts?|minutes|"
    r"term sheet|stud(?:y|ies)|data|figures|agency|newspapers?|blogs?|website|broadcasters?|television|radio|media|"
    r"relatives?|employees?|lawyers?|prosecutors?|court|contracts?|interviews?|recordings?|technicians?"
)
# "Reported on Tuesday, citing …".
_WHEN = (
    r"(?:\s+(?:on|late|early|earlier|last|this)?\s?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|week|"
    r"month|morning|afternoon|evening|night)){0,2}"
)
_CITING = re.compile(
    rf"{_WHEN}\s*,?\s+"
    r"(?P<cue>citing|quoting)\s+(?P<who>(?:[^\s,;:.“”\"]+\s+){0,7}?(?:" + _ORIGINS + r"|[A-Z][\w.’'-]+)\b"
    r"(?:[^,;:.\n“”\"]|\.(?=\w)|(?:,\s+(?:which|who|an?)\b))*)"
)


def cited(tag: Tag, text: str) -> Tag:
    """The tag credited to whom its own source cites, where the citing words end its sentence; else the tag."""
    if tag.kind is not Kind.SPEECH or not tag.source or not tag.cue:
        return tag
    last = tag.content[-1]
    inside = _last_match(text, last.start, last.end)
    if inside is not None:
        content = (*tag.content[:-1], Span(last.start, inside.start()))
        return _credited(tag, inside, content) if inside.start() > last.start + 2 else tag
    reached = hull((*tag.source, *tag.cue, *tag.content))
    match = _CITING.match(text, reached.end) if reached else None
    return _credited(tag, match, tag.content) if match else tag


def _last_match(text: str, start: int, end: int) -> re.Match[str] | None:
    """Citing words that end a stretch."""
    place = text.rfind(", citing ", start, end)
    place = place if place >= 0 else text.rfind(", quoting ", start, end)
    match = _CITING.match(text, place) if place >= 0 else None
    return match if match and match.end() >= end - 1 else None


def _credited(tag: Tag, match: re.Match[str], content: tuple[Span, ...]) -> Tag:
    return replace(tag, source=(Span(*match.span("who")),), cue=(Span(*match.span("cue")),), content=content)
