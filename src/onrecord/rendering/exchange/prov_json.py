"""Where each claim comes from, as W3C PROV in JSON: report, statement, claim, standing, and who made what."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story
from onrecord.rendering.exchange.naming import base

Json = dict[str, Any]
_AGENTS = {PartyKind.PERSON: "prov:Person", PartyKind.ORGANIZATION: "prov:Organization"}


def render(story: Story) -> str:
    """A PROV-JSON document; the same story gives the same bytes."""
    document = _Document()
    for report in story.reports:
        document.report(report)
    for party in story.parties:
        document.party(party)
    for attribution in story.attributions:
        document.attribution(attribution, story.report[attribution.report])
    for claim in story.claims:
        document.claim(claim, story)
    told: Json = {"prefix": {"onrecord": base(story)}, **document.records}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


class _Document:
    """Records by kind, each under its name; relations under numbered ones."""

    def __init__(self) -> None:
        self.records: dict[str, Json] = defaultdict(dict)

    def report(self, one: Report) -> None:
        """A report is attributed to its outlet, and may revise another."""
        told = {"prov:type": _name("onrecord:Report"), "prov:label": one.headline, "onrecord:sha256": one.sha256}
        self._put("entity", f"report-{one.id}", told | {"prov:location": one.url, "onrecord:published": _at(one)})
        if one.outlet:
            agent = f"outlet-{one.outlet}"
            self._put("agent", agent, {"prov:type": _name("prov:Organization"), "prov:label": one.outlet})
            self._relate("wasAttributedTo", entity=f"report-{one.id}", agent=agent)
        if one.revises:
            self._derive(f"report-{one.id}", f"report-{one.revises}", "prov:Revision")

    def party(self, one: Party) -> None:
        """Who is credited; a spokesman acts on behalf of his body."""
        kind = _AGENTS.get(one.kind, "prov:Agent")
        self._put(
            "agent", f"party-{one.id}", {"prov:type": _name(kind), "prov:label": one.name, "onrecord:named": one.named}
        )
        if one.speaks_for:
            self._relate("actedOnBehalfOf", delegate=f"party-{one.id}", responsible=f"party-{one.speaks_for}")

    def attribution(self, one: Attribution, report: Report) -> None:
        """A statement is a quotation of its report, attributed to its speaker, and found by a program."""
        name = f"attribution-{one.id}"
        spans = " ".join(f"{span.start}-{span.end}" for span in one.content)
        told = {"prov:type": _name("onrecord:Attribution"), "prov:value": words(one.content, report.text)}
        self._put("entity", name, told | {"onrecord:act": one.act.value, "onrecord:codepoints": spans})
        self._derive(name, f"report-{one.report}", "prov:Quotation")
        if one.speaker:
            self._put("agent", f"party-{one.speaker}", {})
            self._relate("wasAttributedTo", entity=name, agent=f"party-{one.speaker}")
        if one.made_by:
            self._put(
                "agent", f"program-{one.made_by}", {"prov:type": _name("prov:SoftwareAgent"), "prov:label": one.made_by}
            )
            self._put("activity", f"extracting-{one.id}", {"prov:type": _name("onrecord:Extracting")})
            self._relate("used", activity=f"extracting-{one.id}", entity=f"report-{one.report}")
            self._relate("wasGeneratedBy", entity=name, activity=f"extracting-{one.id}")
            self._relate("wasAssociatedWith", activity=f"extracting-{one.id}", agent=f"program-{one.made_by}")

    def claim(self, one: Claim, story: Story) -> None:
        """A claim is derived from the statements that count for it, its standing from those it rests on."""
        name = f"claim-{one.id}"
        self._put("entity", name, {"prov:type": _name("onrecord:Claim"), "prov:value": one.text})
        for member in one.members:
            if not member.loose:
                self._derive(name, f"attribution-{member.attribution}", None, {"onrecord:stance": member.stance.value})
        standing = story.standing.get(one.id)
        if standing is not None:
            told = {"prov:type": _name("onrecord:Standing"), "prov:value": standing.status.value}
            self._put(
                "entity",
                f"standing-{one.id}",
                told | {"onrecord:reason": standing.reason, "onrecord:rule": standing.rule},
            )
            self._derive(f"standing-{one.id}", name, None)
            for attribution in standing.because:
                self._derive(f"standing-{one.id}", f"attribution-{attribution}", None)

    def _put(self, kind: str, name: str, told: Json) -> None:
        held = self.records[kind].setdefault(_local(name), {})
        held.update({key: value for key, value in told.items() if value is not None})

    def _relate(self, kind: str, **ends: str) -> None:
        held = self.records[kind]
        held[f"_:{kind}{len(held) + 1}"] = {f"prov:{end}": _local(name) for end, name in ends.items()}

    def _derive(self, made: str, source: str, kind: str | None, told: Json | None = None) -> None:
        held = self.records["wasDerivedFrom"]
        relation: Json = {"prov:generatedEntity": _local(made), "prov:usedEntity": _local(source), **(told or {})}
        if kind:
            relation["prov:type"] = _name(kind)
        held[f"_:wasDerivedFrom{len(held) + 1}"] = relation


def _local(name: str) -> str:
    """A qualified name; letters that such names cannot hold are written by their numbers."""
    return "onrecord:" + re.sub(r"[^A-Za-z0-9_-]", lambda found: f"_{ord(found[0]):x}_", name)


def _name(qualified: str) -> Json:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _at(report: Report) -> str | None:
    return report.published.isoformat() if report.published else None
