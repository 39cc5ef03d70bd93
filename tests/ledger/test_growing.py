"""A desk's story told as it grows is told in the same bytes as from nothing, and only what is new is made."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from onrecord.desk_pipeline import PipelineTeller
from onrecord.pipeline import Memory, assemble, tag_reports
from onrecord.reading.intake import read, with_copies
from onrecord.rendering.storyfile import render
from onrecord.tagging.rules import RulesTagger

ROOT = Path(__file__).resolve().parents[2]
STORIES = sorted(path.name for path in (ROOT / "examples").iterdir() if (path / "gold.json").is_file())
SHARED = Memory()


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("seed", [0, 1])
def test_reports_added_one_at_a_time_make_the_same_story(name: str, seed: int) -> None:
    reports = read([ROOT / "examples" / name]).reports
    tags = dict(zip((one.id for one in reports), tag_reports(reports, RulesTagger()), strict=True))
    order = random.Random(seed).sample(reports, len(reports))
    for size in range(1, len(order) + 1):
        kept = with_copies(sorted(order[:size], key=lambda one: one.id))
        some = [tags[one.id] for one in kept]
        grown = assemble(kept, some, name=name, which="rules", memory=SHARED)
        if size % 3 == 1 or size == len(order):
            fresh = assemble(kept, some, name=name, which="rules")
            assert grown == fresh
            assert render(grown) == render(fresh)


def test_a_teller_makes_what_is_new() -> None:
    reports = read([ROOT / "examples" / STORIES[0]]).reports
    tags = tag_reports(reports, RulesTagger())
    memory = PipelineTeller("rules").memory
    for size in (len(reports) - 1, len(reports)):
        before = memory.linking.made
        assemble(reports[:size], tags[:size], name="a", which="rules", memory=memory)
    made = memory.linking.made
    assert made["paragraphs"] - before["paragraphs"] == 1
    assert made["propositions"] - before["propositions"] < len(reports) / 2
