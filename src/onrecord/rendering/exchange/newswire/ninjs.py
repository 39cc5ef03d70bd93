"""A brief as an IPTC ninjs 3.0 news object; the reports it is made of are its associations."""

from __future__ import annotations

import json
from typing import Any

from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.story import Story
from onrecord.rendering.brief import brief
from onrecord.rendering.exchange.naming import base, urn
from onrecord.rendering.exchange.newswire.body import address_of, fit, html_of, instant, told_at, written

Json = dict[str, Any]
_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json#"


def render(story: Story) -> str:
    """The news object; the same story gives the same bytes."""
    view, at, body = brief(story), told_at(story), html_of(story)
    markup, plain = written(body), " ".join("".join(str(part) for part in body.itertext()).split())
    told: Json = {
        "uri": f"{base(story)}brief",
        "standard": {"name": "ninjs", "version": "3.0", "schema": _SCHEMA},
        "type": "text",
        "representationType": "full",
        "profile": "onrecord-brief",
        "versionCreated": instant(at) if at else None,
        "pubStatus": "usable",
        "language": "en",
        "title": fit(view.name),
        "headlines": [{"role": "main", "contentType": "text/plain", "value": fit(view.name)}],
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": fit(" · ".join(view.lead))}],
        "bodies": [
            {
                "role": "main",
                "contentType": "application/xhtml+xml",
                "charCount": len(plain),
                "wordCount": len(plain.split()),
                "value": markup,
            }
        ],
        "people": _named(story, PartyKind.PERSON),
        "organisations": _named(story, PartyKind.ORGANIZATION),
        "infoSources": [{"name": fit(name), "role": "publisher"} for name in _outlets(story)],
        "associations": [_association(story, one) for one in story.reports],
    }
    return json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _named(story: Story, kind: PartyKind) -> list[Json]:
    """Who is credited by name, and is no outlet."""
    return [
        {"name": fit(one.name), "rel": "source", "uri": urn(story, "party", one.id)}
        for one in story.parties
        if one.named and one.kind is kind and not one.outlet
    ]


def _outlets(story: Story) -> list[str]:
    return list(dict.fromkeys(one.outlet for one in story.reports if one.outlet))


def _association(story: Story, report: Report) -> Json:
    """A report without its text: what it is called, where it stands, and the digest of its bytes."""
    told: Json = {
        "name": fit(report.headline or report.file),
        "rel": "report",
        "uri": urn(story, "report", report.id),
        "type": "text",
        "representationType": "partial",
        "versionCreated": instant(report.published) if report.published else None,
        "language": report.language,
        "headlines": [{"role": "main", "value": fit(report.headline)}] if report.headline else None,
        "by": fit(report.byline) if report.byline else None,
        "infoSources": [{"name": fit(report.outlet), "role": "publisher"}] if report.outlet else None,
        "renditions": [{"name": "web", "href": address}] if (address := address_of(report)) else None,
        "altIds": [{"role": "sha256", "value": report.sha256}, {"role": "report", "value": report.id}],
    }
    return {key: value for key, value in told.items() if value}
