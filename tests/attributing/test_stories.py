"""Floors of the gold stories, where the reference data is at hand."""

from __future__ import annotations

import json

import pytest
from benchmarks.speakers import STORIES, figures, gold_reports, gold_tags

from onrecord.attributing.attribute import attribute

FLOORS = {"b3": 0.93, "named": 0.97, "relay": 0.90, "act_class": 0.95, "dates": 0.85}
FILES = sorted(STORIES.glob("*/gold.json"))


@pytest.mark.skipif(not FILES, reason=f"no reference stories under {STORIES.name} beside the repository")
def test_floors() -> None:
    rows = []
    for file in FILES:
        gold = json.loads(file.read_text("utf-8"))
        reports = gold_reports(file.parent, gold)
        found = attribute(reports, [gold_tags(gold, report) for report in reports])
        for one in found.attributions:
            text = next(report.text for report in reports if report.id == one.report)
            assert all(span.of(text) for span in (*one.source, *one.cue, *one.content))
        rows.append(figures(gold, found, reports))
    for name, floor in FLOORS.items():
        assert sum(row[name] for row in rows) / len(rows) >= floor, name
