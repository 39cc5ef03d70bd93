"""A checked draft for programs."""

from __future__ import annotations

import json
from typing import Any

from onrecord.checking.findings import CheckedDraft, CheckedStatement, Finding, Lines, Passage
from onrecord.datamodel.span import Span


def render(checked: CheckedDraft) -> str:
    """The value as indented JSON."""
    return json.dumps(checked_json(checked), ensure_ascii=False, indent=1) + "\n"


def checked_json(checked: CheckedDraft) -> dict[str, Any]:
    """Findings and statements with places in the draft and in the reports; every place counts code points."""
    places = Lines(checked.draft.text)
    return {
        "draft": {"file": checked.draft.file, "sha256": checked.draft.sha256, "characters": len(checked.draft.text)},
        "story": checked.story,
        "packs": list(checked.packs),
        "findings": [_finding(one, places) for one in checked.findings],
        "statements": [_statement(one, places) for one in checked.statements],
        "notes": list(checked.notes),
    }


def _finding(one: Finding, places: Lines) -> dict[str, Any]:
    return {
        "rule": one.rule.id,
        "check": one.rule.check,
        "pack": one.rule.pack,
        "severity": one.rule.severity.value,
        "place": _place(one.span, places) if one.span else None,
        "words": one.words,
        "message": one.flag.message,
        "do": one.rule.do,
        "why": one.rule.rule,
        "source": one.rule.source,
        "desk": [_passage(each) for each in one.flag.passages],
    }


def _place(span: Span, places: Lines) -> dict[str, int]:
    line, column = places.place(span.start)
    return {"start": span.start, "end": span.end, "line": line, "column": column}


def _passage(one: Passage) -> dict[str, Any]:
    return {
        "report": one.report,
        "start": one.span.start,
        "end": one.span.end,
        "words": one.words,
        "outlet": one.outlet,
        "published": one.published,
        "speaker": one.speaker,
        "attribution": one.attribution,
    }


def _statement(one: CheckedStatement, places: Lines) -> dict[str, Any]:
    return {
        "place": _place(one.span, places),
        "words": one.words,
        "speaker": one.speaker,
        "on_desk": one.agreement.value if one.agreement else None,
        "desk": [_passage(each) for each in one.passages],
        "claim": one.claim,
        "claim_text": one.claim_text,
        "standing": one.status.value if one.status else None,
        "origins": list(one.origins) if one.origins else None,
        "because": one.reason,
    }
