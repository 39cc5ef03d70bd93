"""Dated sentences of the reports to a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from onrecord.attributing.cache import AttributionCache
from onrecord.attributing.dating.dates import find_dates, reference_date
from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import FURNITURE, Part, Report
from onrecord.datamodel.span import Span
from onrecord.datamodel.story import Event

# A date line dates the report, and a caption tells of an event; menus and stamps tell nothing of the story.
_UNDATED = FURNITURE - {Part.CAPTION, Part.DATELINE, Part.BYLINE}


def timeline(
    reports: Sequence[Report], attributions: Sequence[Attribution], cache: AttributionCache | None = None
) -> tuple[Event, ...]:
    """Each sentence that dates something, once for each date, in order of time, report and place."""
    cache = cache or AttributionCache()
    reference = reference_date(reports)
    by_report: dict[str, list[Attribution]] = {}
    for item in attributions:
        by_report.setdefault(item.report, []).append(item)
    events: list[Event] = []
    for report in sorted(reports, key=lambda item: item.id):
        inputs = (report, tuple(by_report.get(report.id, ())), report.published or reference)
        events.extend(cache.events.get_or_make(report.id, inputs, partial(_events, *inputs)))
    return tuple(sorted(events, key=lambda event: (_when(event.at), event.report, event.span)))


def _events(report: Report, attributions: Sequence[Attribution], reference: Moment | None) -> tuple[Event, ...]:
    segmentation = Segmentation(report.text)
    hidden = tuple(passage.span for passage in report.passages if passage.part in _UNDATED)
    events: list[Event] = []
    seen: set[tuple[int, str]] = set()
    for date in find_dates(segmentation, reference):
        number = segmentation.sentence(date.span.start)
        key = number, date.moment.isoformat()
        if key in seen or any(span.overlaps(date.span) for span in hidden):
            continue
        seen.add(key)
        start, end = segmentation.sentence_span(number)
        sentence = report.text[start:end].strip()
        events.append(
            Event(
                at=date.moment,
                text=" ".join(sentence.split()),
                report=report.id,
                span=(date.span,),
                attributions=_about(attributions, Span(start, max(end, start + 1))),
            )
        )
    return tuple(events)


def _about(attributions: Sequence[Attribution], sentence: Span) -> tuple[str, ...]:
    """The attributions of which source, cue or content touches the sentence."""
    return tuple(
        attribution.id
        for attribution in attributions
        if any(span.overlaps(sentence) for span in (*attribution.source, *attribution.cue, *attribution.content))
    )


def _when(moment: Moment | None) -> str:
    return moment.at.isoformat() if moment else ""
