"""The document context: one report while its sources are resolved, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.attributing.mentions.mention import Mention
from onrecord.attributing.mentions.phrases import read_mention
from onrecord.attributing.resolving.naming.identity import UNSTATED, Identity, normalize_name
from onrecord.attributing.resolving.naming.person_mentions import PersonIndex
from onrecord.attributing.resolving.story_people import StoryPeople
from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, all_inside, hull, words

_BLOCK = 1000


@dataclass(frozen=True, slots=True, eq=False)
class ResolvedSource:
    """One resolved source: its offset, tag, mention and identity; compared by object identity."""

    at: int
    tag: Tag
    mention: Mention
    identity: Identity
    named: bool


Resolution = tuple[Identity, bool]
"""The identity of a source, and whether the source names it."""


class DocumentContext:
    """A report's text, persons and sources; `resolved_sources` grows while they are resolved."""

    def __init__(self, report: Report, tags: Sequence[Tag], story_people: StoryPeople | None = None) -> None:
        self.report = report
        self.text = report.text
        self.segmentation = Segmentation(report.text)
        self.tags = tuple(sorted(tags, key=tag_position))
        self.mentions = tuple(read_mention(_expand_to_words(tag, self.text)) for tag in self.tags)
        sources = [
            (tag.source[0].start, mention) for tag, mention in zip(self.tags, self.mentions, strict=True) if tag.source
        ]
        self.person_index = PersonIndex(self.segmentation, sources)
        self.story_people = story_people or StoryPeople()
        self.resolved_sources: list[ResolvedSource] = []
        self._by_block: dict[int, list[int]] = {}
        self._indexed = 0

    def cue(self, tag: Tag) -> str:
        """A tag's cue in lower case."""
        return words(tag.cue, self.text).lower()

    def content(self, tag: Tag) -> str:
        """A tag's content."""
        return words(tag.content, self.text)

    def nearest_before(self, wanted: Callable[[ResolvedSource], bool], before: int) -> ResolvedSource | None:
        """The nearest resolved source before a position for which `wanted` holds."""
        return next(
            (resolved for resolved in reversed(self.resolved_sources) if resolved.at < before and wanted(resolved)),
            None,
        )

    def within_paragraphs(self, left: int, right: int, paragraphs: int) -> bool:
        """Whether two positions are at most so many paragraphs apart."""
        return abs(self.segmentation.paragraph(right) - self.segmentation.paragraph(left)) <= paragraphs

    def sentence_start(self, position: int) -> int:
        """Where the sentence at a position begins."""
        return self.segmentation.sentence_span(self.segmentation.sentence(position))[0]

    def enclosing_source(self, tag: Tag) -> ResolvedSource | None:
        """The innermost resolved attribution in whose content a tag's source stands."""
        if not tag.source:
            return None
        near = [self.resolved_sources[number] for number in self._overlapping(tag.source[0].start)]
        inside = [
            resolved for resolved in near if resolved.tag is not tag and all_inside(tag.source, resolved.tag.content)
        ]
        return min(inside, key=lambda resolved: len(hull(resolved.tag.content) or Span(0, 1)), default=None)

    def _overlapping(self, position: int) -> list[int]:
        """The numbers of the turns resolved so far whose content touches the stretch of text at a position."""
        for number in range(self._indexed, len(self.resolved_sources)):
            whole = hull(self.resolved_sources[number].tag.content) or Span(0, 1)
            for block in range(whole.start // _BLOCK, whole.end // _BLOCK + 1):
                self._by_block.setdefault(block, []).append(number)
        self._indexed = len(self.resolved_sources)
        return self._by_block.get(position // _BLOCK, [])

    def unresolved(self, mention: Mention, at: int) -> Identity:
        """An identity of its own for a mention that nothing resolves."""
        return Identity(
            key=f"own {self.report.id} {at}",
            name=mention.words or UNSTATED,
            kind=PartyKind.UNKNOWN,
            named=False,
            gender=mention.gender,
        )

    @property
    def outlet_key(self) -> str:
        """The key that keeps this report's unnamed sources apart from another's: its outlet, else its id."""
        return normalize_name(self.report.outlet or self.report.id)


def tag_position(tag: Tag) -> int:
    """The offset by which tags are ordered: of the source, else the cue, else the content."""
    return (tag.source or tag.cue or tag.content)[0].start


def _expand_to_words(tag: Tag, text: str) -> str:
    """A source's first span, extended to whole words where the tagger cut one ("@" of "@adalorne")."""
    if not tag.source:
        return ""
    start, end = tag.source[0].start, tag.source[0].end
    while end < len(text) and text[end].isalnum() and (text[end - 1].isalnum() or text[end - 1] == "@"):
        end += 1
    while start > 0 and text[start].isalnum() and (text[start - 1].isalnum() or text[start - 1] == "@"):
        start -= 1
    return text[start:end]


def comparable_text(text: str) -> str:
    """A text for comparing: no punctuation, single spaces, case folded."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
