"""Dated sentences of the reports to a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from onrecord.attributing.dates import base_of, dated
from onrecord.attributing.layout import Layout
from onrecord.attributing.memory import Memory
from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import FURNITURE, Part, Report
from onrecord.datamodel.span import Span
from onrecord.datamodel.story import Event

# A date line dates the report, and a caption tells of an event; menus and stamps tell nothing of the story.
_UNDATED = FURNITURE - {Part.CAPTION, Part.DATELINE, Part.BYLINE}


def timeline(
    reports: Sequence[Report], attributions: Sequence[Attribution], memory: Memory | None = None
) -> tuple[Event, ...]:
    """Each sentence that dates something, once for each date, in order of time, report and place."""
    memory = memory or Memory()
    base = base_of(reports)
    said: dict[str, list[Attribution]] = {}
    for one in attributions:
        said.setdefault(one.report, []).append(one)
    events: list[Event] = []
    for report in sorted(reports, key=lambda one: one.id):
        given = (report, tuple(said.get(report.id, ())), report.published or base)
        events.extend(memory.events.of(report.id, given, partial(_events, *given)))
    return tuple(sorted(events, key=lambda event: (_when(event.at), event.report, event.span)))


def _events(report: Report, attributions: Sequence[Attribution], base: Moment | None) -> tuple[Event, ...]:
    layout = Layout(report.text)
    hidden = tuple(passage.span for passage in report.passages if passage.part in _UNDATED)
    found: list[Event] = []
    seen: set[tuple[int, str]] = set()
    for one in dated(layout, base):
        number = layout.sentence(one.span.start)
        key = number, one.moment.isoformat()
        if key in seen or any(span.overlaps(one.span) for span in hidden):
            continue
        seen.add(key)
        start, end = layout.sentence_span(number)
        sentence = report.text[start:end].strip()
        found.append(
            Event(
                at=one.moment,
                text=" ".join(sentence.split()),
                report=report.id,
                span=(one.span,),
                attributions=_about(attributions, Span(start, max(end, start + 1))),
            )
        )
    return tuple(found)


def _about(attributions: Sequence[Attribution], sentence: Span) -> tuple[str, ...]:
    """The attributions of which source, cue or content touches the sentence."""
    return tuple(
        one.id for one in attributions if any(span.overlaps(sentence) for span in (*one.source, *one.cue, *one.content))
    )


def _when(moment: Moment | None) -> str:
    return moment.at.isoformat() if moment else ""
