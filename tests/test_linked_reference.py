"""Floors of what linking and weighing make of reference attributions, by scorers that never saw the story.

A change that lowers links, conflicts, standings, members or speakers fails. `python -m benchmarks.linked_reference`
prints the figures; a change that raises them may raise the floors.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.crossval import SCORER, STORIES
from benchmarks.linked_reference import FIGURES, figures

FLOORS: dict[str, float] = json.loads(Path(__file__).with_name("floors.json").read_text(encoding="utf-8"))["linking"]


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    """The figures of this version over all reference stories."""
    if not STORIES.is_dir() or not SCORER.exists():
        pytest.skip(f"no reference stories at {STORIES}")
    return figures()


@pytest.mark.parametrize("figure", FIGURES)
def test_figures_on_stories_left_out_hold_their_floors(figure: str, measured: dict[str, float]) -> None:
    assert measured[figure] >= FLOORS[figure]
