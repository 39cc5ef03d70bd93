"""Whole stories against their references: `python -m benchmarks.story [--tagger auto|neural|rules] [FOLDER ...]`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.gold import gold_folders
from onrecord.pipeline import tell
from onrecord.rendering import storyfile

SCORER = Path("../shared/score/score_story.py")
PARTS = (
    ("attribution", "attribution", "f1"),
    ("speaker B3", "speaker", "f1"),
    ("stance", "stance", "macro_f1"),
    ("claim link", "claim_link", "f1"),
    ("conflict", "conflict", "f1"),
    ("same quote", "quote", "f1"),
    ("relay", "relay", "recall"),
    ("standing", "standing", "accuracy"),
    ("origins meet", "origins", "intersect"),
    ("timeline", "timeline", "days"),
)


def score(folder: Path, which: str) -> dict[str, Any]:
    """Tell one story and hold it against its reference; raises CalledProcessError where the scorer refuses."""
    story = tell([folder], which=which)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as handle:
        handle.write(storyfile.render(story))
        handle.flush()
        command = [sys.executable, str(SCORER), str(folder), handle.name, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print one column a story and their mean."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folders", nargs="*", type=Path)
    ask.add_argument("--tagger", default="auto", choices=["auto", "neural", "rules"])
    told = ask.parse_args()
    folders = told.folders or gold_folders()
    if not folders:
        raise SystemExit("no reference stories under ../shared/stories; name folders that hold a gold.json")
    results = [score(folder, told.tagger) for folder in folders]
    names = [folder.name[:16] for folder in folders]
    print(f"{'':14}" + "".join(f"{name:>18}" for name in names) + f"{'mean':>10}")
    for label, part, key in PARTS:
        _row(label, [result[part][key] for result in results])
    _row("named", [result["named_accuracy"] for result in results])
    _row("story_score", [result["story_score"] for result in results])
    broken = [name for name, result in zip(names, results, strict=True) if not result["spans_ok"]["ok"]]
    print("spans slice to their words:", f"NO: {', '.join(broken)}" if broken else "yes, all")


def _row(label: str, values: list[float | None]) -> None:
    known = [value for value in values if value is not None]
    mean = f"{sum(known) / len(known):.3f}" if known else "-"
    shown = "".join(f"{'-' if value is None else f'{value:.3f}':>18}" for value in values)
    print(f"{label:14}{shown}{mean:>10}")


if __name__ == "__main__":
    main()
