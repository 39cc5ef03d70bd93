"""Draft attributions: one report's resolved sources, before the parties of the story are known."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.attributing.acts import act_of, is_hedged
from onrecord.attributing.dating.dates import find_dates, statement_date
from onrecord.attributing.mentions.anonymity import Anonymity
from onrecord.attributing.mentions.phrases import claims_a_name
from onrecord.attributing.modes import mode_of
from onrecord.attributing.relaying.classifier import load_classifier
from onrecord.attributing.relays import Relays
from onrecord.attributing.resolving.context import DocumentContext, ResolvedSource
from onrecord.attributing.resolving.speakers import resolve_speakers
from onrecord.datamodel.attribution import Attribution, Mode
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, words


@dataclass(frozen=True, slots=True)
class AttributionDraft:
    """An attribution before the story's parties are known."""

    report: Report
    number: int
    resolved: ResolvedSource
    relay: tuple[str, ...]
    outer: tuple[int, ...]
    terms: Span | None
    said_at: Moment | None
    mode: Mode

    @property
    def outlet(self) -> str:
        """The outlet that keeps this report's unnamed sources apart from another's, else the report's id."""
        return self.report.outlet or self.report.id

    def to_attribution(self, speaker: str, named: bool) -> Attribution:
        """The attribution with its speaker's party id; `named` where that party is, whatever it is called here."""
        tag, text = self.resolved.tag, self.report.text
        return Attribution(
            id=attribution_id(self.report, self.number),
            report=self.report.id,
            source=tag.source,
            cue=tag.cue,
            content=tag.content,
            mode=self.mode,
            act=act_of(tag, text),
            speaker=speaker,
            relay=self.relay,
            named=named and not claims_a_name(words(tag.source, text)),
            terms=self.terms.of(text) if self.terms else None,
            hedged=is_hedged(tag, text),
            said_at=self.said_at,
            outer_of=tuple(attribution_id(self.report, number) for number in self.outer),
            kind=tag.kind,
            confidence=tag.score,
            made_by=tag.made_by,
        )


def attribution_id(report: Report, number: int) -> str:
    """The id of a report's attribution by its number."""
    return f"{report.id}-{number:02d}"


def draft_attributions(context: DocumentContext, reference: Moment | None) -> list[AttributionDraft]:
    """One report's draft attributions in order; `reference` resolves relative times where the report has no date."""
    resolved_sources = resolve_speakers(context)
    relays = Relays(context, resolved_sources, load_classifier())
    anonymity = Anonymity(context.segmentation)
    day = context.report.published or reference
    times = tuple(find_dates(context.segmentation, day))
    numbers = {resolved: number for number, resolved in enumerate(resolved_sources, 1)}
    drafted = []
    for resolved, number in numbers.items():
        if relays.only_passes_on(resolved):
            continue
        terms = anonymity.in_sentence(resolved.tag) or (
            None if resolved.named else anonymity.in_next_sentence(resolved.tag)
        )
        outer = tuple(sorted(numbers[inner] for inner in relays.outer_of(resolved)))
        said = statement_date(resolved.tag, context.segmentation, times, day)
        mode = mode_of(resolved.tag.content, context.segmentation)
        drafted.append(
            AttributionDraft(context.report, number, resolved, relays.chains[resolved], outer, terms, said, mode)
        )
    return drafted
