"""A desk's story told as it grows is told in the same bytes as from nothing, and only what is new is made."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from onrecord import desk_pipeline
from onrecord.datamodel.entry import Verdict
from onrecord.desk_pipeline import PipelineStoryBuilder
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.pipeline import Memory, assemble, tag_reports
from onrecord.reading.intake import read, with_copies
from onrecord.rendering.storyfile import render
from onrecord.tagging.rules import RulesTagger
from tests.ledger.regrouping import counted

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
    memory = PipelineStoryBuilder("rules").memory
    for size in (len(reports) - 1, len(reports)):
        before = memory.linking.misses
        assemble(reports[:size], tags[:size], name="a", which="rules", memory=memory)
    made = memory.linking.misses
    assert made["quotations"] - before["quotations"] < len(reports) / 2


@pytest.mark.parametrize("name", STORIES)
def test_names_and_addresses_mean_what_they_meant_when_a_story_grows(name: str, tmp_path: Path) -> None:
    files = sorted(one for one in (ROOT / "examples" / name).iterdir() if one.suffix in (".txt", ".html"))
    with desk_pipeline.desk(str(tmp_path / "desk.db"), create=True, which="rules") as desk:
        list(desk_pipeline.add(desk, name, files[:2], "rules"))
        story = desk.story(name)
        scene = desk.scene(story)
        meant = {one.id: counted(one, scene) for one in story.claims}
        for number, claim in enumerate(story.claims):
            wish = Wish(verdict=Verdict.RENAME, ids=(claim.id,), value=f"Renamed {number}: {claim.id}")
            desk.decide(name, decision_of(wish, story, scene, 0), by="Ida")
        for file in files[2:]:
            list(desk_pipeline.add(desk, name, [file], "rules"))
        told = desk.story(name)
        scene = desk.scene(told)
        for claim in told.claims:
            if claim.text.startswith("Renamed"):
                assert counted(claim, scene) & meant[claim.text.partition(": ")[2]]
        for ident, before in meant.items():
            trace = desk.trace(told, ident)
            assert trace is not None
            assert trace.claim is None or counted(trace.claim, scene) & before
        assert any(claim.text.startswith("Renamed") for claim in told.claims)
