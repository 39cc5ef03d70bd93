"""Replay: a story is what its reports tell, whatever came in which order, from whichever store."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.datamodel.entry import Reading
from onrecord.datamodel.moment import moment
from onrecord.datamodel.story import Story
from onrecord.ledger.codec import canonical, encode
from onrecord.ledger.deciding.addresses import renamed
from onrecord.ledger.desk import open_desk
from onrecord.ledger.replay import fold
from tests.ledger.builder import Clock, PlainBuilder, reading

EXAMPLES = Path(__file__).parents[2] / "examples"
SHARED = Path(__file__).parents[3] / "shared" / "stories"

SAID = st.lists(
    st.tuples(st.sampled_from(["Ann Orr", "Bo", "Cy"]), st.sampled_from(["the dam holds", "it rains", "it snows"])),
    min_size=1,
    max_size=4,
    unique=True,
)
STORIES = st.lists(st.tuples(SAID, st.sampled_from(["2031-03-07", "2031-03-08", None])), min_size=1, max_size=6)


def telling(order: list[Reading], *at: str | None) -> str:
    """The bytes of a story from a fresh desk that took readings in this order."""
    with (
        tempfile.TemporaryDirectory() as place,
        open_desk(f"{place}/desk.db", PlainBuilder(), create=True, clock=Clock()) as held,
    ):
        list(held.add("dam", order))
        return canonical(encode(held.story("dam", *[moment(one) if one else None for one in at])))


@settings(max_examples=8, deadline=None)
@given(STORIES, st.randoms(use_true_random=False), st.data())
def test_every_prefix_in_any_order_tells_as_those_reports_alone(
    said: list[tuple[list[tuple[str, str]], str | None]], chance: object, data: st.DataObject
) -> None:
    all_of = [reading(f"{number:02}_r", *one, published=day) for number, (one, day) in enumerate(said)]
    order = data.draw(st.permutations(all_of))
    size = data.draw(st.integers(1, len(order)))
    with (
        tempfile.TemporaryDirectory() as place,
        open_desk(f"{place}/desk.db", PlainBuilder(), create=True, clock=Clock()) as held,
    ):
        added = list(held.add("dam", order))
        known = {one.outcome.report for one in added[:size]}
        alone = [one for one in order[:size] if one.report.id in known]
        last = max((one.entries[-1].at for one in added[:size] if one.entries), default=None)
        assert last is not None
        captured = moment(last.isoformat())
        assert canonical(encode(held.story("dam", None, captured))) == telling(
            sorted(alone, key=lambda one: one.report.id)
        )
        at = "2031-03-07"
        dated = [one for one in alone if one.report.published and one.report.published.isoformat() == at]
        if dated:
            assert canonical(encode(held.story("dam", moment(at), captured))) == telling(dated, at)


def test_a_fold_needs_nothing_but_entries_and_texts(tmp_path: Path) -> None:
    with open_desk(str(tmp_path / "desk.db"), PlainBuilder(), create=True, clock=Clock()) as held:
        list(held.add("dam", [reading("01_a", ("Ann", "the dam holds")), reading("02_b", ("Bo", "it rains"))]))
        state = held.state("dam")
        texts = {one.text: one.report.text for one in state.filed}
        assert fold("dam", held.log("dam"), texts) == state
        assert fold("dam", held.log("dam")[:3], texts).filed == state.filed[:1]


def bare(story: Story) -> Story:
    """A story without its title, which a folder gives, what became of inputs, which a folder counts by file, and ids.

    The ids of claims follow the order in which a desk got the reports, so that they last; a folder has no such order.
    """
    places = {claim.id: f"claim {place}" for place, claim in enumerate(story.claims)}
    return renamed(replace(story, outcomes=(), title=None), places)


@pytest.mark.parametrize("name", ["dam-memo", "airline-sale"])
def test_a_desk_tells_an_example_as_its_folder_does_at_every_instant(name: str, tmp_path: Path) -> None:
    from onrecord import desk_pipeline
    from onrecord.pipeline import tell

    folder = EXAMPLES / name
    with desk_pipeline.desk(str(tmp_path / "desk.db"), create=True, which="rules") as held:
        files = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".html"))
        # In two goes, the later reports first.
        list(desk_pipeline.add(held, name, files[3:], "rules"))
        list(desk_pipeline.add(held, name, files[:3], "rules"))
        whole = tell([folder], name=name, which="rules")
        assert bare(held.story(name)) == bare(whole)
        instants = sorted({one.published for one in whole.reports if one.published}, key=lambda one: one.at)
        at = instants[len(instants) // 2]
        assert bare(held.story(name, at)) == bare(tell([folder], name=name, as_of=at, which="rules"))
