"""Attributions as W3C Web Annotations with position and quote selectors, and back to places that hold exactly."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.datamodel.story import Story
from onrecord.errors import ReadError
from onrecord.rendering.exchange.naming import base, urn

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
_ROLES = ("source", "cue", "content")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One annotated stretch of a report's text: whose annotation, in which report, in what role, where."""

    annotation: str
    report: str
    role: str
    span: Span


def render(story: Story) -> str:
    """An annotation page, one annotation an attribution; positions count code points of the report's text."""
    items = [_annotation(story, one, story.report[one.report]) for one in story.attributions]
    page = {"@context": CONTEXT, "id": f"{base(story)}annotations", "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def _annotation(story: Story, one: Attribution, report: Report) -> Json:
    said: Json = {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "value": _described(story, one),
    }
    tags = [{"type": "TextualBody", "purpose": "tagging", "value": value} for value in (one.act.value, one.mode.value)]
    targets = [_target(story, report, role, span) for role in _ROLES for span in getattr(one, role)]
    told: Json = {
        "id": urn(story, "attribution", one.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": [said, *tags],
        # All of the pieces together are what is meant.
        "target": {"type": "Composite", "items": targets},
    }
    if one.made_by:
        told["generator"] = {"type": "Software", "name": one.made_by}
    return told


def _described(story: Story, one: Attribution) -> str:
    party = story.party.get(one.speaker or "")
    through = ", ".join(story.party[id].name if id in story.party else id for id in one.relay)
    return f"{party.name if party else 'unresolved'} · {one.act.value}" + (f" · through {through}" if through else "")


def _target(story: Story, report: Report, role: str, span: Span) -> Json:
    source: Json = {"id": urn(story, "report", report.id), "type": "Text", "format": "text/plain"}
    if report.url:
        source["via"] = report.url
    text = report.text
    return {
        "type": "SpecificResource",
        "source": source,
        "styleClass": role,
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
        ],
    }


def places(page: str, texts: Mapping[str, str]) -> Iterator[Place]:
    """The annotated places, where `texts` holds the texts of reports by the name of the annotation's source.

    Raises ReadError where the exact words do not stand at the position: nothing is looked for nearby.
    """
    try:
        items = json.loads(page)["items"]
        found = [(one["id"], target) for one in items for target in one["target"]["items"]]
        for id, target in found:
            position, quoted = (_selector(target, f"Text{kind}Selector") for kind in ("Position", "Quote"))
            source, span = target["source"]["id"], Span(position["start"], position["end"])
            text = texts.get(source)
            if text is None:
                raise ReadError(f"{source}: no such report · an annotation · give its text")
            if text[span.start : span.end] != quoted["exact"]:
                raise ReadError(
                    f"{source}: other words than “{quoted['exact'][:40]}” at {span.start} · an annotation · "
                    "annotate this version of the text"
                )
            yield Place(annotation=id, report=source, role=target["styleClass"], span=span)
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise ReadError(f"no page of annotations with positions and quotes ({error}) · save it again") from error


def _selector(target: Json, kind: str) -> Json:
    found: Json = next(one for one in target["selector"] if one["type"] == kind)
    return found
