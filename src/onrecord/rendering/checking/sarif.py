"""A checked draft as SARIF 2.1.0 (OASIS, 2020), which editors and code hosts show beside the text."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from onrecord.checking.findings import CheckedDraft, Finding, Lines, Passage, Rule
from onrecord.datamodel.span import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(checked: CheckedDraft, version: str) -> str:
    """The log as indented JSON; `version` is that of the program."""
    return json.dumps(sarif(checked, version), ensure_ascii=False, indent=1) + "\n"


def sarif(checked: CheckedDraft, version: str) -> dict[str, Any]:
    """One run: the rules that were broken, a result for each finding, the draft with its digest."""
    rules = list({(one.rule.pack, one.rule.id): one.rule for one in checked.findings}.values())
    places = Lines(checked.draft.text)
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "onrecord", "version": version, "rules": [_rule(one) for one in rules]}},
                "columnKind": "unicodeCodePoints",
                "artifacts": [
                    {
                        "location": {"uri": _uri(checked)},
                        "hashes": {"sha-256": checked.draft.sha256},
                        "roles": ["analysisTarget"],
                    }
                ],
                "results": [_result(checked, one, rules, places) for one in checked.findings],
                "properties": {"story": checked.story, "packs": list(checked.packs)},
            }
        ],
    }


def _uri(checked: CheckedDraft) -> str:
    return quote(checked.draft.file.replace("\\", "/"))


def _rule(one: Rule) -> dict[str, Any]:
    return {
        "id": f"{one.pack}/{one.id}",
        "shortDescription": {"text": one.rule},
        "help": {"text": one.do},
        "defaultConfiguration": {"level": one.severity.value},
        "properties": {"check": one.check, "source": one.source},
    }


def _result(checked: CheckedDraft, one: Finding, rules: list[Rule], places: Lines) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(checked), "index": 0}}
    if one.span is not None:
        location["region"] = _region(one.span, places, one.words)
    result: dict[str, Any] = {
        "ruleId": f"{one.rule.pack}/{one.rule.id}",
        "ruleIndex": rules.index(one.rule),
        "level": one.rule.severity.value,
        "message": {"text": f"{one.flag.message}. {one.rule.do}"},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"words/v1": _digest(one)},
    }
    if one.flag.passages:
        result["relatedLocations"] = [_related(number, each) for number, each in enumerate(one.flag.passages)]
    return result


def _region(span: Span, places: Lines, words: str) -> dict[str, Any]:
    line, column = places.place(span.start)
    last_line, last_column = places.place(span.end)
    return {
        "startLine": line,
        "startColumn": column,
        "endLine": last_line,
        "endColumn": last_column,
        "charOffset": span.start,
        "charLength": len(span),
        "snippet": {"text": words},
    }


def _digest(one: Finding) -> str:
    return hashlib.sha256(f"{one.rule.id}\0{one.words}\0{one.flag.message}".encode("utf-8", "replace")).hexdigest()


def _related(number: int, one: Passage) -> dict[str, Any]:
    region = {"charOffset": one.span.start, "charLength": len(one.span), "snippet": {"text": one.words}}
    who = f"{one.speaker}, " if one.speaker else ""
    return {
        "id": number,
        "message": {"text": f"on the desk: {who}{one.outlet or one.report}"},
        "physicalLocation": {"artifactLocation": {"uri": quote(f"report/{one.report}")}, "region": region},
    }
