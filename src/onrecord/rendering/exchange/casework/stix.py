"""A story as a STIX 2.1 bundle: identities, reports, statements as notes, claims as groupings."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story
from onrecord.rendering.exchange.naming import base, urn

Json = dict[str, Any]
# The name space of ids that are made of names, for this program.
_SPACE = UUID("6f6e7265-636f-5264-8000-000000000001")
_CLASSES = {PartyKind.PERSON: "individual", PartyKind.ORGANIZATION: "organization", PartyKind.GROUP: "group"}
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def render(story: Story) -> str:
    """The bundle; the same story gives the same bytes."""
    bundle = _Bundle(story)
    for report in story.reports:
        bundle.report(report)
    for claim in story.claims:
        bundle.claim(claim)
    told = {"type": "bundle", "id": _id("bundle", base(story)), "objects": list(bundle.objects.values())}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


class _Bundle:
    """Objects by id, each once."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.objects: dict[str, Json] = {}
        dated = [one.published.at for one in story.reports if one.published]
        self._first = min(dated, default=_LONG_AGO)
        self._said: dict[str, list[Attribution]] = {}
        for one in story.attributions:
            self._said.setdefault(one.report, []).append(one)

    def report(self, report: Report) -> None:
        """A report, by its outlet, with its statements."""
        at = report.published.at if report.published else self._first
        said = [self._note(one, report, at) for one in self._said.get(report.id, ())]
        outlet = self._identity(report.outlet, "organization") if report.outlet else None
        told = {
            "name": report.headline or report.file,
            "published": _instant(at),
            "report_types": ["news"],
            "object_refs": said or [outlet or self._identity(None, "unknown")],
            "created_by_ref": outlet,
            "external_references": [_reference(report)],
        }
        self._put("report", urn(self.story, "report", report.id), at, told)

    def claim(self, claim: Claim) -> None:
        """A claim, as the statements that count for it, with its standing."""
        held = [one.attribution for one in claim.members if not one.loose and one.attribution in self.story.attribution]
        if not held:
            return
        standing = self.story.standing.get(claim.id)
        told = {
            "name": claim.text,
            "context": "unspecified",
            "description": f"{standing.status.value}: {standing.reason}" if standing else None,
            "labels": [standing.status.value] if standing else None,
            "object_refs": [_id("note", urn(self.story, "attribution", ident)) for ident in dict.fromkeys(held)],
        }
        self._put("grouping", urn(self.story, "claim", claim.id), self._first, told)

    def _note(self, one: Attribution, report: Report, at: datetime) -> str:
        party = self.story.party.get(one.speaker or "")
        about = self._identity(
            party.name if party else None, _CLASSES.get(party.kind, "unknown") if party else "unknown"
        )
        spans = " ".join(f"{span.start}-{span.end}" for span in one.content)
        told = {
            "abstract": f"{party.name if party else 'unknown'}: {one.act.value}",
            "content": words(one.content, report.text) or "(no words)",
            "authors": [party.name] if party else None,
            "object_refs": [about],
            "external_references": [{**_reference(report), "external_id": f"{report.id}:{spans}"}],
        }
        return self._put("note", urn(self.story, "attribution", one.id), at, told)

    def _identity(self, name: str | None, kind: str) -> str:
        told = {"name": name or "unknown source", "identity_class": kind}
        return self._put("identity", f"{base(self.story)}identity:{kind}:{name or ''}", self._first, told)

    def _put(self, kind: str, name: str, at: datetime, told: Json) -> str:
        ident, when = _id(kind, name), _instant(at)
        made = {"type": kind, "spec_version": "2.1", "id": ident, "created": when, "modified": when, **told}
        self.objects[ident] = {key: value for key, value in made.items() if value is not None}
        return ident


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid5(_SPACE, name)}"


def _reference(report: Report) -> Json:
    told: Json = {"source_name": report.outlet or report.file, "external_id": report.id}
    # STIX takes digests for what lies behind an address only.
    return {**told, "url": report.url, "hashes": {"SHA-256": report.sha256}} if report.url else told


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
