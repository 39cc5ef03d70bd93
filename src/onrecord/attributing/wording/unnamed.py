"""How the unnamed are described, and the words of anonymity or refusal that go with a source."""

from __future__ import annotations

import re

from onrecord.attributing.layout import Layout
from onrecord.attributing.lexicon.cues import ANONYMITY
from onrecord.attributing.lexicon.places import country_of
from onrecord.attributing.wording.mention import Mention
from onrecord.attributing.wording.words import clean
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, hull

_ANONYMITY = re.compile(ANONYMITY, re.IGNORECASE)
_CUT = re.compile(r",| who\b| which\b| that\b| \(|—|–| speaking\b| familiar\b(?= with the (?:matter|situation|case)$)")
_HIDDEN = re.compile(r"^(?:unnamed|anonymous|unidentified|undisclosed)\s+", re.IGNORECASE)
_QUANTITY = frozenset(
    """multiple various certain numerous several many some few most other another least more than one both all every
    any""".split()
)
_DOUBT = re.compile(
    r"\b(?:leaked|leak|draft|unsigned|unverified|purported|purportedly|alleged|allegedly|unconfirmed|forged|fake|"
    r"unpublished|anonymous|undated|"
    r"apparent|apparently|supposed|unauthenticated|obtained|circulat\w+|hacked|stolen|mistake)\b",
    re.IGNORECASE,
)


def description(mention: Mention) -> str:
    """What an unnamed source is called, without articles, numbers of the vague kind and words of hiding."""
    words = _CUT.split(clean(mention.words), maxsplit=1)[0].split()
    while words and (
        words[0].lower() in _QUANTITY
        or words[0].lower() in ("a", "an", "the", "at", "these", "those", "his", "her", "their", "its")
    ):
        words = words[1:]
    told = _HIDDEN.sub("", " ".join(words)) or clean(mention.words)
    first = told.split(" ")[0]
    if first in ("American", "US", "USA"):
        told = f"U.S.{told[len(first) :]}"
    elif (
        first[:1].isupper()
        and not first.isupper()
        and country_of(first) is None
        and mention.words[:1].isupper()
        and mention.words.startswith(first)
    ):
        told = told[:1].lower() + told[1:]
    return told


def is_counted(mention: Mention) -> bool:
    """Whether a number tells how many the unnamed are ("two officials")."""
    first = clean(mention.words).split(" ")[0].lower()
    return first in "two three four five six seven eight nine ten dozens hundreds".split()


def terms_of(tag: Tag, layout: Layout) -> Span | None:
    """The words of anonymity in the tag's sentence or source, None where there are none."""
    place = hull((*tag.source, *tag.cue)) or hull(tag.content)
    if place is None:
        return None
    start, end = layout.sentence_span(layout.sentence(place.start))
    end = max(end, layout.sentence_span(layout.sentence(max(place.start, place.end - 1)))[1])
    inside = [span for span in tag.content if span.start >= start]
    for match in _ANONYMITY.finditer(layout.text, start, min(end, len(layout.text))):
        found = Span(match.start(), match.start() + len(match[0].rstrip(" ,")))
        if not any(span.covers(found) for span in inside):
            return found
    return None


def follows_anonymously(tag: Tag, layout: Layout) -> Span | None:
    """Words of anonymity that open the next sentence: "He spoke on condition of anonymity"."""
    place = hull((*tag.source, *tag.cue, *tag.content))
    if place is None:
        return None
    number = layout.sentence(max(place.start, place.end - 1)) + 1
    if number >= len(layout.sentences):
        return None
    start, end = layout.sentence_span(number)
    opening = layout.text[start : start + 40]
    match = _ANONYMITY.search(layout.text, start, end)
    if match and re.match(r"(?:He|She|They|The \w+|Both|All)\b", opening) and match.start() - start < 60:
        return Span(match.start(), match.start() + len(match[0].rstrip(" ,")))
    return None


def is_doubtful(words: str) -> bool:
    """Whether words mark a document as of doubtful standing (leaked, draft, unsigned, purported)."""
    return bool(_DOUBT.search(words))
