"""How the unnamed are described, and the words of anonymity or refusal that go with a source."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon import titles
from onrecord.attributing.lexicon.cues import ANONYMITY
from onrecord.attributing.mentions.mention import Mention
from onrecord.attributing.mentions.tokens import clean
from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, hull

_ANONYMITY = re.compile(ANONYMITY, re.IGNORECASE)
_HINT = re.compile(
    r"anonym|\bnamed\b|identified|authori[sz]ed|permitted|background|off the record|allowed|cleared to", re.IGNORECASE
)
_TAKES_UP = re.compile(r"(?:He|She|They|The \w+|Both|All|Neither)\b")
_CUT = re.compile(r",| who\b| which\b| that\b| \(|—|–| speaking\b| familiar\b(?= with the (?:matter|situation|case)$)")
_LONGEST = 12
_HIDDEN = re.compile(r"^(?:unnamed|anonymous|unidentified|undisclosed)\s+", re.IGNORECASE)
_QUANTITY = frozenset(
    """multiple various certain numerous several many some few most other another least more than one both all
    every any no neither""".split()
)
_COMMON = titles.ROLES | frozenset(
    """senior top local former foreign federal military government security police two three four five six
    seven eight nine ten current high-ranking high-level intelligence administration defence defense public
    medical legal political industry law media news exit state city county national regional of""".split()
)
_DOUBT = re.compile(
    r"\b(?:leaked|leak|draft|unsigned|unverified|purported|purportedly|alleged|allegedly|unconfirmed|forged|fake|"
    r"unpublished|anonymous|undated|"
    r"apparent|apparently|supposed|unauthenticated|obtained|circulat\w+|hacked|stolen|mistake)\b",
    re.IGNORECASE,
)


def description(mention: Mention) -> str:
    """What an unnamed source is called, without articles, numbers of the vague kind and words of hiding."""
    words = _CUT.split(clean(mention.words), maxsplit=1)[0].split()[:_LONGEST]
    while words and (
        words[0].lower() in _QUANTITY
        or words[0].lower() in ("a", "an", "the", "at", "these", "those", "his", "her", "their", "its")
    ):
        if len(words) > 1 and words[1] == "of":
            break
        words = words[1:]
    label = _HIDDEN.sub("", " ".join(words)) or clean(mention.words)
    first = label.split(" ")[0]
    if first in ("American", "US", "USA"):
        return f"U.S.{label[len(first) :]}"
    common = first.lower() in titles.UNNAMED_HEADS or first.lower() in titles.BODY_HEADS or first.lower() in _COMMON
    if common and label.isupper():
        return label.lower()
    return label[:1].lower() + label[1:] if common else label


def is_counted(mention: Mention) -> bool:
    """Whether a number tells how many the unnamed are ("two officials")."""
    first = clean(mention.words).split(" ")[0].lower()
    return first in "two three four five six seven eight nine ten dozens hundreds".split()


class Anonymity:
    """The words of anonymity of one text."""

    def __init__(self, segmentation: Segmentation) -> None:
        self.segmentation = segmentation
        self.spans: list[Span] = []
        for number in dict.fromkeys(segmentation.sentence(hint.start()) for hint in _HINT.finditer(segmentation.text)):
            start, end = segmentation.sentence_span(number)
            for match in _ANONYMITY.finditer(segmentation.text, start, end):
                span = Span(match.start(), match.start() + len(match[0].rstrip(" ,")))
                self.spans.append(span)

    def in_sentence(self, tag: Tag) -> Span | None:
        """Those in the sentence of a tag's source and cue, outside its content."""
        place = hull((*tag.source, *tag.cue)) or hull(tag.content)
        if place is None or not self.spans:
            return None
        start = self.segmentation.sentence_span(self.segmentation.sentence(place.start))[0]
        end = self.segmentation.sentence_span(self.segmentation.sentence(max(place.start, place.end - 1)))[1]
        match = next((span for span in self.spans if start <= span.start < end and not _in_content(span, tag)), None)
        return self._before_cue(match, tag) if match else None

    def _before_cue(self, terms: Span, tag: Tag) -> Span:
        """Words that run on to the tag's own cue or content end there."""
        ends = [span.start for span in (*tag.cue, *tag.content) if terms.start < span.start < terms.end]
        stretch = self.segmentation.text[terms.start : min(ends, default=terms.end)].rstrip(" ,—–-")
        return Span(terms.start, terms.start + len(stretch)) if stretch else terms

    def in_next_sentence(self, tag: Tag) -> Span | None:
        """Those that open the next sentence: "He spoke on condition of anonymity"."""
        place = hull((*tag.source, *tag.cue, *tag.content))
        if place is None or not self.spans:
            return None
        number = self.segmentation.sentence(max(place.start, place.end - 1)) + 1
        if number >= len(self.segmentation.sentences):
            return None
        start, end = self.segmentation.sentence_span(number)
        if not _TAKES_UP.match(self.segmentation.text, start, end):
            return None
        return next((span for span in self.spans if start <= span.start < min(end, start + 60)), None)


def _in_content(span: Span, tag: Tag) -> bool:
    return any(piece.covers(span) for piece in tag.content)


def is_doubtful(words: str) -> bool:
    """Whether words mark a document as of doubtful standing (leaked, draft, unsigned, purported)."""
    return bool(_DOUBT.search(words))
