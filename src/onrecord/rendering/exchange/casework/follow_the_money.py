"""A story as FollowTheMoney entities, one JSON line each: articles, named sources, statements and claims as notes.

Sources without a name are no entities of their own: cross-referencing would take two of them for one. Their words stand
in the notes all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha1
from typing import Any

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story
from onrecord.rendering.exchange.naming import urn

Json = dict[str, Any]
_SCHEMATA = {
    PartyKind.PERSON: "Person",
    PartyKind.ORGANIZATION: "Organization",
    PartyKind.UNKNOWN: "LegalEntity",
}
# FollowTheMoney writes dates as prefixes of a time in UTC, as long as they are exact.
_DATE_CHARS = {Precision.MINUTE: 19, Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


def render(story: Story) -> str:
    """The entities; the same story gives the same bytes, and the same ids when it is told again."""
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in _entities(story))


def _entities(story: Story) -> Iterator[Json]:
    for report in story.reports:
        yield _article(story, report)
    for party in story.parties:
        if _is_entity(party):
            yield _party(story, party)
    for party in story.parties:
        client = story.party.get(party.speaks_for or "")
        if _is_entity(party) and client and _is_entity(client):
            ends = {"agent": _id(story, "party", party.id), "client": _id(story, "party", client.id)}
            yield _entity(story, "Representation", "representation", party.id, {**ends, "role": party.role})
    for one in story.attributions:
        yield _statement(story, one)
    for claim in story.claims:
        yield _claim(story, claim)


def _article(story: Story, report: Report) -> Json:
    told = {
        "name": report.headline or report.file,
        "title": report.headline,
        "fileName": report.file,
        "author": report.byline,
        "publisher": report.outlet,
        "publishedAt": _date(report.published),
        "sourceUrl": report.url,
        # Its own property for digests holds SHA-1 alone.
        "notes": f"sha256 {report.sha256}",
    }
    return _entity(story, "Article", "report", report.id, told)


def _party(story: Story, party: Party) -> Json:
    told = {"name": party.name, "alias": list(party.aliases), "summary": party.role}
    return _entity(story, _SCHEMATA[party.kind], "party", party.id, told)


def _statement(story: Story, one: Attribution) -> Json:
    """The exact words, who said them through whom, and where they stand."""
    report, party = story.report[one.report], story.party.get(one.speaker or "")
    who = party.name if party else "unresolved"
    through = ", ".join(story.party[ident].name if ident in story.party else ident for ident in one.relay)
    spans = " ".join(f"{span.start}-{span.end}" for span in one.content)
    about = [_id(story, "report", report.id)]
    if party and _is_entity(party):
        about.append(_id(story, "party", party.id))
    told = {
        "name": f"{who}: {one.act.value}",
        "description": words(one.content, report.text),
        "summary": f"{who} · {one.act.value}" + (f" · through {through}" if through else ""),
        "notes": f"characters {spans} of {report.file} · sha256 {report.sha256}",
        "entity": about,
        "proof": _id(story, "report", report.id),
        "publisher": report.outlet,
        "sourceUrl": report.url,
    }
    return _entity(story, "Note", "attribution", one.id, told)


def _claim(story: Story, claim: Claim) -> Json:
    standing = story.standing.get(claim.id)
    held = dict.fromkeys(one.attribution for one in claim.members if not one.loose)
    told = {
        "name": claim.text,
        "description": claim.text,
        "summary": f"{standing.status.value}: {standing.reason}" if standing else None,
        "keywords": standing.status.value if standing else None,
        "entity": [_id(story, "attribution", ident) for ident in held if ident in story.attribution],
    }
    return _entity(story, "Note", "claim", claim.id, told)


def _is_entity(party: Party) -> bool:
    return party.named and party.kind in _SCHEMATA


def _entity(story: Story, schema: str, kind: str, ident: str, told: Json) -> Json:
    """An entity; every property holds a list, and what is not known is left out."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in told.items() if value}
    return {
        "id": _id(story, kind, ident),
        "schema": schema,
        "properties": {name: list(dict.fromkeys(held)) for name, held in lists.items() if held},
    }


def _id(story: Story, kind: str, ident: str) -> str:
    """The way FollowTheMoney makes ids of names."""
    return sha1(urn(story, kind, ident).encode("utf-8", "backslashreplace"), usedforsecurity=False).hexdigest()


def _date(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    told = moment.isoformat().removesuffix("Z")
    return told[: _DATE_CHARS[moment.precision]]
