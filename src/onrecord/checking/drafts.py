"""An editor's draft to a report whose statements are credited to the parties of a story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from onrecord.attributing.attribute import attribute
from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.attribution import Attribution, Kind, Tag
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, any_overlap, hull
from onrecord.datamodel.story import Story
from onrecord.errors import ReadError
from onrecord.pipeline import tag_reports
from onrecord.reading.draft import Source
from onrecord.reading.intake import Intake, read, read_capture
from onrecord.tagging.tagger import Tagger

_NAME = "the draft"


def read_draft(path: Path) -> Report:
    """The one text of a file of any format that reports are read from; raises ReadError."""
    return _only(read([path]), str(path))


def draft_of_bytes(raw: bytes, name: str = _NAME) -> Report:
    """The one text of bytes that are at hand, named after their file where they have one; raises ReadError."""
    if not raw.strip():
        raise ReadError(f"no words in it · {name} · give the draft's text")
    return _only(read_capture(Source(raw, name), Path(name).stem), name)


def _only(intake: Intake, name: str) -> Report:
    if len(intake.reports) == 1:
        found = intake.reports[0]
        if not found.analysed:
            raise ReadError(f"not in English ({found.language}) · {name} · only English drafts are checked")
        return found
    if intake.reports:
        raise ReadError(f"{len(intake.reports)} texts in one · {name} · check one draft at a time")
    why = next((one.reason for one in intake.outcomes if one.reason), "no text could be read from it")
    raise ReadError(f"{why} · {name}")


@dataclass(frozen=True)
class AttributedDraft:
    """A draft with its statements; speakers that the story knows have the story's ids, `parties` tells all of them."""

    report: Report
    attributions: tuple[Attribution, ...]
    parties: Mapping[str, Party]

    @cached_property
    def layout(self) -> Segmentation:
        """Its paragraphs and sentences."""
        return Segmentation(self.report.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences outside of furniture, without the space around them."""
        found = []
        for number in range(len(self.layout.sentences)):
            start, end = self.layout.sentence_span(number)
            told = self.report.text[start:end]
            if told.strip():
                start += len(told) - len(told.lstrip())
                span = Span(start, start + len(told.strip()))
                if not any_overlap((span,), self.report.furniture):
                    found.append(span)
        return tuple(found)

    @cached_property
    def told_itself(self) -> tuple[Span, ...]:
        """The sentences in which nobody is credited with anything."""
        said = [span for one in self.attributions for span in (*one.content, *one.cue)]
        return tuple(one for one in self.sentences if not any_overlap((one,), tuple(said)))

    def said_at(self, span: Span) -> Attribution | None:
        """The statement with the shortest content that a place is part of."""
        holding = [one for one in self.attributions if any_overlap((span,), one.content)]
        return min(holding, key=lambda one: (sum(map(len, one.content)), one.id), default=None)

    def place_of(self, one: Attribution) -> Span:
        """From a statement's first word to its last, source and cue included."""
        return hull((*one.source, *one.cue, *one.content)) or one.content[0]


def attributed(draft: Report, story: Story, tagger: Tagger) -> AttributedDraft:
    """A draft's statements, their speakers resolved over the story's reports and the draft together."""
    ident = "draft"
    while ident in story.report:
        ident += "-"
    draft = replace(draft, id=ident)
    tags = [_tags_of(story, report.id) for report in story.reports]
    found = attribute([*story.reports, draft], [*tags, tag_reports([draft], tagger)[0]])
    known = _known(story, found.attributions)
    parties = {party.id: party for party in found.parties}
    mine, used = [], dict[str, Party]()
    for one in found.attributions:
        if one.report != ident or one.kind is not Kind.SPEECH:
            continue
        speaker = known.get(one.speaker or "", one.speaker)
        if speaker is not None:
            used[speaker] = story.party.get(speaker) or parties[one.speaker or ""]
        mine.append(replace(one, speaker=speaker))
    return AttributedDraft(draft, tuple(mine), used)


def _tags_of(story: Story, report: str) -> Sequence[Tag]:
    """A report's statements as tags again, as the desk's people corrected them."""
    return [
        Tag(
            source=one.source,
            cue=one.cue,
            content=one.content,
            score=one.confidence,
            kind=one.kind,
            made_by=one.made_by,
        )
        for one in story.attributions
        if one.report == report
    ]


def _known(story: Story, found: Sequence[Attribution]) -> dict[str, str]:
    """The story's party for each party of the new telling: the one that most of its statements are credited to."""
    told = {(one.report, one.content, one.source): one.speaker for one in story.attributions}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        speaker = told.get((one.report, one.content, one.source))
        if speaker and one.speaker:
            votes[one.speaker][speaker] += 1
    return {party: min(counted, key=lambda one: (-counted[one], one)) for party, counted in votes.items()}
