"""Tags to attributions and parties: act, speaker, relay chain, naming and time of saying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from onrecord.attributing.acts import act_of
from onrecord.attributing.cache import AttributionCache, ReportDrafts
from onrecord.attributing.dating.dates import reference_date
from onrecord.attributing.drafting import AttributionDraft, attribution_id, draft_attributions
from onrecord.attributing.merging.entities import PartyMention
from onrecord.attributing.merging.merge import load_party_scorer, merge_parties
from onrecord.attributing.modes import mode_of
from onrecord.attributing.parties import SpeakerMention, parties_of
from onrecord.attributing.resolving.context import DocumentContext, tag_position
from onrecord.attributing.resolving.naming.person_mentions import Person
from onrecord.attributing.resolving.story_people import RecordingStoryPeople, StoryPeople
from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.attribution import Attribution, Kind, Tag
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans, any_overlap, words


@dataclass(frozen=True, slots=True)
class Attributed:
    """The attributions of all reports, in order of report and place, and the parties they are credited to, by id."""

    attributions: tuple[Attribution, ...]
    parties: tuple[Party, ...]


def attribute(
    reports: Sequence[Report],
    tags: Sequence[Sequence[Tag]],
    cache: AttributionCache | None = None,
    *,
    merging: bool = True,
) -> Attributed:
    """Attributions with speakers over all reports; tags in furniture and doubles are left out.

    So is an outlet that only passes others on: their `relay` tells it. A `cache` keeps what was made of each report
    for the next time; it changes nothing in what is found. Without `merging` parties are what single reports and names
    tell: what the scorer of parties is trained on.
    """
    cache = cache or AttributionCache()
    pairs = sorted(
        ((report, tuple(report_tags)) for report, report_tags in zip(reports, tags, strict=True)),
        key=lambda pair: pair[0].id,
    )
    stage = _Stage(pairs, cache)
    drafted = [stage.drafted(*pair) for pair in pairs]
    parties, speakers = parties_of(
        [
            SpeakerMention(draft.resolved.identity, draft.relay, draft.outlet)
            for report_drafts in drafted
            for draft in report_drafts
        ]
    )
    parties, merged = merge_parties(parties, _mentions(drafted, speakers), load_party_scorer() if merging else None)
    named = {party.id: party.named for party in parties}
    credits = tuple((merged[speaker], named[merged[speaker]]) for speaker in speakers)
    attributions: list[Attribution] = []
    for (report, _), report_drafts in zip(pairs, drafted, strict=True):
        inputs = (report_drafts, credits[len(attributions) : len(attributions) + len(report_drafts)])
        attributions.extend(cache.attributions.get_or_make(report.id, inputs, partial(_attributions, *inputs)))
    return Attributed(tuple(attributions), parties)


def _mentions(drafted: Sequence[Sequence[AttributionDraft]], speakers: Sequence[str]) -> Iterator[PartyMention]:
    """What each statement tells of its speaker; attitudes tell too little."""
    pairs = iter(speakers)
    for report_drafts in drafted:
        told = [(draft, next(pairs)) for draft in report_drafts]
        spoken = [pair for pair in told if pair[0].resolved.tag.kind is Kind.SPEECH]
        for number, (draft, party) in enumerate(spoken):
            tag, text = draft.resolved.tag, draft.report.text
            source, content = words(tag.source, text), words(tag.content, text)
            yield PartyMention(party, draft.report.id, number, source, content, draft.relay)


class _Stage:
    """The reports of a story with the persons of all; scenes that were set for the persons serve for the drafts."""

    def __init__(self, pairs: Sequence[tuple[Report, tuple[Tag, ...]]], cache: AttributionCache) -> None:
        self._cache = cache
        self._contexts: dict[str, DocumentContext] = {}
        self._base = reference_date([report for report, _ in pairs])
        persons = (cache.persons.get_or_make(pair[0].id, pair, partial(self._persons, *pair)) for pair in pairs)
        self._people = StoryPeople(chain.from_iterable(persons)) if len(pairs) > 1 else StoryPeople()

    def _persons(self, report: Report, tags: tuple[Tag, ...]) -> tuple[Person, ...]:
        context = self._contexts[report.id] = DocumentContext(report, attributable_tags(report, tags))
        return tuple(context.person_index.persons)

    def drafted(self, report: Report, tags: tuple[Tag, ...]) -> tuple[AttributionDraft, ...]:
        """A report's drafts; kept ones hold while all reports answer what this one asks as they did."""
        inputs = (report, tags, report.published or self._base)
        make = partial(self._draft, report, tags)
        return self._cache.drafts.get_or_make(report.id, inputs, make, self._still_hold)[1]

    def _still_hold(self, drafted: ReportDrafts) -> bool:
        return self._people.still_answers(drafted[0])

    def _draft(self, report: Report, tags: tuple[Tag, ...]) -> ReportDrafts:
        context = self._contexts.pop(report.id, None) or DocumentContext(report, attributable_tags(report, tags))
        context.story_people = asking = RecordingStoryPeople(self._people)
        return asking.answers, tuple(draft_attributions(context, self._base))


def _attributions(drafts: Sequence[AttributionDraft], credits: Sequence[tuple[str, bool]]) -> tuple[Attribution, ...]:
    return tuple(draft.to_attribution(*credit) for draft, credit in zip(drafts, credits, strict=True))


def without_speakers(report: Report, tags: Sequence[Tag]) -> tuple[Attribution, ...]:
    """One report's attributions with mode and act alone, numbered as `attribute` numbers them: many times faster."""
    segmentation = Segmentation(report.text)
    return tuple(
        Attribution(
            id=attribution_id(report, number),
            report=report.id,
            source=tag.source,
            cue=tag.cue,
            content=tag.content,
            mode=mode_of(tag.content, segmentation),
            act=act_of(tag, report.text),
            kind=tag.kind,
            confidence=tag.score,
            made_by=tag.made_by,
        )
        for number, tag in enumerate(attributable_tags(report, tags), 1)
    )


def attributable_tags(report: Report, tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """Tags outside furniture, each once, in the order of the text."""
    distinct: list[Tag] = []
    seen: set[tuple[Spans, Spans]] = set()
    furniture = report.furniture
    for tag in sorted(tags, key=lambda item: (tag_position(item), item.content, -item.score, item.source, item.cue)):
        if (tag.source, tag.content) in seen or any_overlap(tag.content, furniture):
            continue
        seen.add((tag.source, tag.content))
        distinct.append(tag)
    return tuple(distinct)
