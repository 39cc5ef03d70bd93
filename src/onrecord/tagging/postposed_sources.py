"""Sources that stand at the end of what they said: "the letter was confirmed by an official", "… from a source"."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span

_PASSIVE = re.compile(
    r"^(?:that\s+)?(?P<what>\S.*?)\s+(?:had|has|have|was|were|is|are)(?:\s+also)?(?:\s+been)?\s+"
    r"(?P<cue>(?:not\s+|since\s+|later\s+)?(?:confirmed|denied|disputed|rejected|announced|reported|verified|acknowledged|"
    r"questioned|corroborated|authenticated|disclosed|dismissed))\s+by\s+(?P<who>\S.*?)[.,”\"]*$",
    re.DOTALL,
)
_FROM_SOURCE = re.compile(
    r"\s+(?:from|with|through|via)\s+(?P<who>[“\"'‘]?(?:an?|the|one|two|three|several|multiple|its|his|her|their)\s+"
    r"(?:[\w.’'-]+\s+){0,5}?(?:sources?|officials?|spokes\w+|diplomats?|aides?|witness(?:es)?|officers?)\b[^,;:\n]*?)[.,]*$"
)
_PASSED_ON = frozenset("they it he she we".split())
_SEEKS = re.compile(r"\b(?:confirm|verif|learn|obtain|heard|corroborat)", re.IGNORECASE)
_ASIDE = re.compile(r"\s+(?:when (?:contacted|asked|reached|pressed)\b|https?://|pic\.twitter).*$", re.DOTALL)


def passive(tag: Tag, text: str) -> Tag | None:
    """The inner statement of "X said that Y had been confirmed by Z": Z, confirmed, Y; None where there is none."""
    if len(tag.content) != 1:
        return None
    span = tag.content[0]
    match = _PASSIVE.match(span.of(text))
    if not match or len(match["what"].split()) > 25:
        return None
    return replace(
        tag,
        source=(_within(span, match, "who"),),
        cue=(_within(span, match, "cue"),),
        content=(_within(span, match, "what"),),
    )


def from_source(tag: Tag, text: str) -> Tag:
    """ "They confirmed it from a military source": the source is who it came from, not who passes it on."""
    if len(tag.content) != 1 or not any(_SEEKS.search(span.of(text)) for span in tag.cue):
        return tag
    if tag.source and tag.source[0].of(text).lower() not in _PASSED_ON:
        return tag
    span = tag.content[0]
    match = _FROM_SOURCE.search(span.of(text))
    if not match or not match.start():
        return tag
    return replace(tag, source=(_within(span, match, "who"),), content=(Span(span.start, span.start + match.start()),))


def without_aside(tag: Tag, text: str) -> Tag:
    """The content without an address or "when contacted by …" at its end."""
    last = tag.content[-1]
    match = _ASIDE.search(last.of(text))
    if not match or match.start() < 2:
        return tag
    return replace(tag, content=(*tag.content[:-1], Span(last.start, last.start + match.start())))


def _within(span: Span, match: re.Match[str], group: str) -> Span:
    return Span(span.start + match.start(group), span.start + match.end(group))
