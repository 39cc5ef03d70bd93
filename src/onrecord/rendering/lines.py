"""Reports with their attributions to attribution lines (FORMATS.md, section 1), for programs and for people."""

from __future__ import annotations

import json
from collections.abc import Sequence

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans, words
from onrecord.rendering.wording import counted, shown


def pairs(spans: Spans) -> list[list[int]]:
    """Spans as JSON holds them: one [start, end) pair a piece."""
    return [[span.start, span.end] for span in spans]


def fields(attribution: Attribution) -> dict[str, object]:
    """The fields of section 1."""
    return {
        "id": attribution.id,
        "source": pairs(attribution.source),
        "cue": pairs(attribution.cue),
        "content": pairs(attribution.content),
        "mode": attribution.mode.value,
    }


def render(report: Report, attributions: Sequence[Attribution]) -> str:
    """One report's line of JSON, without a line end."""
    told = [fields(one) if report.analysed else {**fields(one), "made_by": one.made_by} for one in attributions]
    line = {"id": report.id, "text": report.text, "attributions": told}
    return json.dumps(line, ensure_ascii=False)


def render_text(report: Report, attributions: Sequence[Attribution]) -> str:
    """One report's attributions as a person reads them: who, how, what, and where."""
    outlet, count = shown(report.outlet or "outlet unknown"), counted(len(attributions), "attribution")
    head = f"{report.id}  {outlet} ({shown(report.file)}): {count}"
    return "\n".join((head, *(_text_line(report, one) for one in attributions)))


def _text_line(report: Report, attribution: Attribution) -> str:
    source = shown(words(attribution.source, report.text)) or "—"
    cue = shown(words(attribution.cue, report.text)) or "—"
    content = shown(words(attribution.content, report.text))
    place = ",".join(f"{span.start}-{span.end}" for span in attribution.content)
    return f"  {source} | {cue} | {content}  [{report.id}:{place}]"
