"""Floors of the gold stories, where the reference data is at hand."""

from __future__ import annotations

import json

import pytest
from benchmarks.speakers import STORIES, figures, gold_reports, gold_tags

from onrecord.attributing.attribute import attribute
from tests.attributing.conftest import Tell

# Over all reference stories, on the reference's own spans.
FLOORS = {"b3": 0.78, "named": 0.87, "relay": 0.67, "act_class": 0.92, "dates": 0.54}
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


@pytest.mark.parametrize(
    "noise",
    ["Abc ", "A. ", "A", '" ', "told the ", "Abc Def Police ", "Friday May 3 ", "Abc: x\n", "not authorized to "],
)
def test_noise_costs_no_more_than_its_length(noise: str, tell: Tell) -> None:
    told = tell(
        "{s1|Mayor Ines Obrado} {q1|said} {c1|no}. "
        + noise * (20_000 // len(noise))
        + "\n\n{s2|She} {q2|said} {c2|so}."
    )
    assert len(told.found.attributions) == 2


def test_nothing_to_attribute(tell: Tell) -> None:
    told = tell("", "Nobody is quoted here on Friday.", published=None)
    assert not told.found.attributions and not told.found.parties
