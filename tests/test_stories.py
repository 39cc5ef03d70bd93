"""The stories written for this project: their expected story files follow from their marks, and every span slices."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
STORIES = sorted(path.parent for place in ("examples", "tests/stories") for path in (ROOT / place).glob("*/gold.json"))
named = pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that writes the expected story files."""
    spec = importlib.util.spec_from_file_location("make_gold", ROOT / "examples" / "make_gold.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@named
def test_the_expected_story_file_is_up_to_date(folder: Path, maker: ModuleType) -> None:
    marks = folder.parent / "marks" / f"{folder.name}.toml"
    assert (folder / "gold.json").read_text(encoding="utf-8") == maker.gold(marks, folder)


@named
def test_every_span_slices_to_its_words(folder: Path, maker: ModuleType) -> None:
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    texts = {report["id"]: maker.text_of(folder / report["file"]) for report in gold["reports"]}
    for one in gold["attributions"]:
        for key in ("source", "cue", "content"):
            told = one.get(f"{key}_text", one.get(f"{key}_words"))
            assert [texts[one["report"]][start:end] for start, end in one[key]] == told
        assert one["content"]


@named
def test_nothing_dangles(folder: Path) -> None:
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    known = {one["id"] for one in gold["attributions"]}
    claims = {claim["id"] for claim in gold["claims"]}
    members = {member["attribution"] for claim in gold["claims"] for member in claim["members"]}
    assert members | {one for quote in gold["quotes"] for one in quote["members"]} <= known
    assert {one["speaker"] for one in gold["attributions"]} == {speaker["id"] for speaker in gold["speakers"]}
    assert {one["claim"] for one in (*gold["conflicts"], *gold["as_of_checks"])} <= claims
