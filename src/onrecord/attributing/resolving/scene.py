"""One report while its sources are resolved, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.attributing.layout import Layout
from onrecord.attributing.resolving.cast import Cast
from onrecord.attributing.resolving.elsewhere import Elsewhere
from onrecord.attributing.resolving.identity import UNSTATED, Identity, plain
from onrecord.attributing.wording.mention import Mention
from onrecord.attributing.wording.phrases import read_mention
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, all_inside, hull, words

_BLOCK = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One resolved source: where it stands and who it is; each is itself only."""

    at: int
    tag: Tag
    mention: Mention
    identity: Identity
    named: bool


Found = tuple[Identity, bool]
"""Who a source is, and whether its words or their reference name the origin."""


class Scene:
    """A report's text, persons and sources; `turns` grows while they are resolved."""

    def __init__(self, report: Report, tags: Sequence[Tag], elsewhere: Elsewhere | None = None) -> None:
        self.report = report
        self.text = report.text
        self.layout = Layout(report.text)
        self.tags = tuple(sorted(tags, key=place))
        self.mentions = tuple(read_mention(_whole_words(tag, self.text)) for tag in self.tags)
        sources = [
            (tag.source[0].start, told) for tag, told in zip(self.tags, self.mentions, strict=True) if tag.source
        ]
        self.cast = Cast(self.layout, sources)
        self.elsewhere = elsewhere or Elsewhere()
        self.turns: list[Turn] = []
        self._blocks: dict[int, list[int]] = {}
        self._placed = 0

    def cue(self, tag: Tag) -> str:
        """A tag's cue in lower case."""
        return words(tag.cue, self.text).lower()

    def content(self, tag: Tag) -> str:
        """A tag's content."""
        return words(tag.content, self.text)

    def last(self, wanted: Callable[[Turn], bool], before: int) -> Turn | None:
        """The nearest turn before a position for which something holds."""
        return next((turn for turn in reversed(self.turns) if turn.at < before and wanted(turn)), None)

    def near(self, left: int, right: int, paragraphs: int) -> bool:
        """Whether two positions are at most so many paragraphs apart."""
        return abs(self.layout.paragraph(right) - self.layout.paragraph(left)) <= paragraphs

    def sentence_start(self, position: int) -> int:
        """Where the sentence at a position begins."""
        return self.layout.sentence_span(self.layout.sentence(position))[0]

    def container(self, tag: Tag) -> Turn | None:
        """The innermost resolved attribution in whose content a tag's source stands."""
        if not tag.source:
            return None
        near = [self.turns[number] for number in self._touching(tag.source[0].start)]
        inside = [turn for turn in near if turn.tag is not tag and all_inside(tag.source, turn.tag.content)]
        return min(inside, key=lambda turn: len(hull(turn.tag.content) or Span(0, 1)), default=None)

    def _touching(self, position: int) -> list[int]:
        """The numbers of the turns resolved so far whose content touches the stretch of text at a position."""
        for number in range(self._placed, len(self.turns)):
            whole = hull(self.turns[number].tag.content) or Span(0, 1)
            for block in range(whole.start // _BLOCK, whole.end // _BLOCK + 1):
                self._blocks.setdefault(block, []).append(number)
        self._placed = len(self.turns)
        return self._blocks.get(position // _BLOCK, [])

    def own(self, mention: Mention, at: int) -> Identity:
        """A party by itself, for words that nothing resolves."""
        return Identity(
            key=f"own {self.report.id} {at}",
            name=mention.words or UNSTATED,
            kind=PartyKind.UNKNOWN,
            named=False,
            gender=mention.gender,
        )

    @property
    def house(self) -> str:
        """What tells this report's unnamed sources from another's: its outlet, else its id."""
        return plain(self.report.outlet or self.report.id)


def place(tag: Tag) -> int:
    """Where a tag stands in the order of the text: its source, else its cue, else its content."""
    return (tag.source or tag.cue or tag.content)[0].start


def _whole_words(tag: Tag, text: str) -> str:
    """A source's first piece, read to the ends of words that a tagger has cut ("@" of "@adalorne")."""
    if not tag.source:
        return ""
    start, end = tag.source[0].start, tag.source[0].end
    while end < len(text) and text[end].isalnum() and (text[end - 1].isalnum() or text[end - 1] == "@"):
        end += 1
    while start > 0 and text[start].isalnum() and (text[start - 1].isalnum() or text[start - 1] == "@"):
        start -= 1
    return text[start:end]


def letters(told: str) -> str:
    """Words for comparing: no marks, one space, no case."""
    return re.sub(r"[\W_]+", " ", told).strip().casefold()
