"""The reference stories in five fixed folds, each told with weights that never saw it.

    python -m benchmarks.crossval [--weights FOLDER] [--jobs 2] [--fold N] [--json FILE] [--stories NAME ...]

FOLDER holds one folder of weights a fold (`0` … `4`, each with its manifest.json), made by `make folds`. Without it the
packed weights, which were trained on all stories, tell every fold: the figures are then no cross-validation, and the
first line says so.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

STORIES = Path("../shared/stories")
SCORER = Path("../shared/score/score_story.py")
FOLDS = Path(__file__).with_name("folds.json")
# What a row is called, where the scorer keeps it, and the bar of the issues where there is one.
PARTS: tuple[tuple[str, tuple[str, ...], float | None], ...] = (
    ("story_score", ("story_score",), 0.57),
    ("claim link F1", ("claim_link", "f1"), 0.38),
    ("conflict F1", ("conflict", "f1"), 0.18),
    ("stance macro F1", ("stance", "macro_f1"), 0.42),
    ("standing", ("standing", "accuracy"), 0.56),
    ("members F1", ("claim_members", "f1"), 0.62),
    ("central in first 8", ("claim_members", "central"), 0.60),
    ("claims told", ("stance", "claims_predicted"), None),
    ("attribution F1", ("attribution", "f1"), 0.83),
    ("speaker B3 F1", ("speaker", "f1"), 0.89),
    ("relay recall", ("relay", "recall"), 0.65),
    ("same quote F1", ("quote", "f1"), 0.72),
    ("named", ("named_accuracy",), 0.94),
    ("origins meet", ("origins", "intersect"), None),
    ("timeline", ("timeline", "days"), None),
)


# The words that an editor prints: how often each is the reference's too is told beside the figures.
PRINTED = ("corroborated", "disputed", "denied")


def folds() -> list[list[str]]:
    """The names of the stories of each fold."""
    found: list[list[str]] = json.loads(FOLDS.read_text(encoding="utf-8"))["folds"]
    return found


def scorer() -> ModuleType:
    """The reference scorer, as a module."""
    spec = importlib.util.spec_from_file_location("score_story", SCORER)
    if spec is None or spec.loader is None or not SCORER.exists():
        raise SystemExit(f"no scorer at {SCORER}: the reference data is not here")
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_story"] = module
    spec.loader.exec_module(module)
    return module


def score_stories(names: list[str], which: str) -> dict[str, Any]:
    """Each story told with the weights in force and scored: name → the scorer's result."""
    from onrecord.linking.judge import load_judge
    from onrecord.pipeline import tell
    from onrecord.rendering import storyfile

    if which != "rules":
        # Weights that are damaged or missing end it here; a story would be told without them.
        load_judge()
    score_story = scorer()
    results = {}
    for name in names:
        told = json.loads(storyfile.render(tell([STORIES / name], which=which)))
        gold, texts = score_story.read_gold(STORIES / name)
        found = score_story.Story(told, name, texts)
        results[name] = {**score_story.score(gold, found, texts), "printed": printed(told, gold, found, score_story)}
    return results


def printed(told: dict[str, Any], gold: Any, found: Any, score_story: ModuleType) -> dict[str, list[int]]:
    """For each word of `PRINTED` how many claims are told so: rightly, wrongly, and so that no reference claim tells.

    The reference claim is the one that shares most of what counts for the claim told, at least half of what is known.
    """
    known = {theirs: ours for ours, theirs in score_story.match(gold, found).items()}
    counts = {standing: [0, 0, 0] for standing in PRINTED}
    for claim in told["claims"]:
        if claim["standing"] not in counts:
            continue
        mine = {known.get(one["attribution"]) for one in claim["members"] if not one["loose"]} - {None}
        place = 2
        if mine and gold.claims:
            best = max(gold.claims, key=lambda one: (len(mine & set(one.members)), -len(one.members)))
            if 2 * len(mine & set(best.members)) >= len(mine):
                place = int(best.standing != claim["standing"])
        counts[claim["standing"]][place] += 1
    return counts


def printed_table(by_fold: dict[int, dict[str, Any]]) -> str:
    """How often each word of `PRINTED` was right, over all claims told."""
    lines = []
    for standing in PRINTED:
        each = [result["printed"][standing] for found in by_fold.values() for result in found.values()]
        right, wrong, unknown = (sum(column) for column in zip(*each, strict=True))
        share = f"{right / (right + wrong):.2f}" if right + wrong else "-"
        lines.append(f"told as {standing:12} {share} right ({right} of {right + wrong}; {unknown} not to be decided)")
    return "\n".join(lines)


def score_fold(fold: int, names: list[str], weights: Path | None, which: str) -> dict[str, Any]:
    """One fold in a process of its own, so that nothing that was loaded for another fold serves it."""
    environment = dict(os.environ)
    if weights is not None:
        environment["ONRECORD_WEIGHTS"] = str(weights / str(fold))
    command = [sys.executable, "-m", "benchmarks.crossval", "--only", *names, "--tagger", which]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"fold {fold}: {done.stderr.strip()[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def value(result: dict[str, Any], keys: tuple[str, ...]) -> float | None:
    """One figure of a story's result."""
    found: Any = result
    for key in keys:
        found = found[key]
    return None if found is None else float(found)


def table(by_fold: dict[int, dict[str, Any]]) -> str:
    """Mean over stories, standard deviation over stories, the mean of each fold, the bar."""
    lines = [f"{'':20}{'mean':>8}{'sd':>8}  " + "".join(f"fold {fold:<3}" for fold in by_fold) + "   bar"]
    for label, keys, bar in PARTS:
        each = {
            fold: [one for one in (value(result, keys) for result in found.values()) if one is not None]
            for fold, found in by_fold.items()
        }
        known = [one for values in each.values() for one in values]
        if not known:
            continue
        means = "".join(f"{statistics.mean(values):<8.3f}" if values else f"{'-':<8}" for values in each.values())
        mark = "" if bar is None else f"   {bar:.2f} {'met' if statistics.mean(known) >= bar else 'missed'}"
        lines.append(f"{label:20}{statistics.mean(known):8.3f}{statistics.pstdev(known):8.3f}  {means}{mark}")
    return "\n".join(lines)


def main() -> None:
    """Print the table, and the result of each story as JSON where a file is named."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--weights", type=Path)
    ask.add_argument("--jobs", type=int, default=2)
    ask.add_argument("--fold", type=int, action="append")
    ask.add_argument("--json", type=Path)
    ask.add_argument("--stories", nargs="*")
    ask.add_argument("--each", action="store_true", help="print one line a story too")
    ask.add_argument("--tagger", default="auto", choices=["auto", "neural", "rules"])
    ask.add_argument("--only", nargs="*", help=argparse.SUPPRESS)
    told = ask.parse_args()
    if told.only:
        print(json.dumps(score_stories(told.only, told.tagger)))
        return
    if not STORIES.is_dir():
        raise SystemExit(f"no reference stories at {STORIES}")
    chosen = {
        fold: [name for name in names if not told.stories or name in told.stories]
        for fold, names in enumerate(folds())
        if told.fold is None or fold in told.fold
    }
    chosen = {fold: names for fold, names in chosen.items() if names}
    if told.weights is None:
        print("packed weights, trained on these stories: NOT cross-validated; name the folds' weights by --weights")
    with ThreadPoolExecutor(told.jobs) as pool:
        work = {fold: pool.submit(score_fold, fold, names, told.weights, told.tagger) for fold, names in chosen.items()}
        by_fold = {fold: one.result() for fold, one in work.items()}
    if told.json:
        told.json.write_text(json.dumps(by_fold, indent=1), encoding="utf-8")
    if told.each:
        for found in by_fold.values():
            for name, result in found.items():
                shown = "  ".join(f"{label[:10]} {value(result, keys) or 0:.2f}" for label, keys, _ in PARTS[:12])
                print(f"{name:28}{shown}")
    print(table(by_fold))
    print(printed_table(by_fold))


if __name__ == "__main__":
    main()
