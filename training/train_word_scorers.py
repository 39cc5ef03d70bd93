"""Fit the scorers of `benchmarks.linked_reference`, each on four folds: `python -m training.train_word_scorers`."""

from __future__ import annotations

import json

from benchmarks.crossval import folds, scorer
from benchmarks.linked_reference import SCORERS, attributed
from training.train_scorer import START, WITHOUT_JUDGE, as_json, fit, read_story


def main() -> None:
    """Fit each fold's words-only scorer on the reference's attributions of the other folds and write them."""
    score = scorer()
    stories = []
    for fold, names in enumerate(folds()):
        for name in names:
            reports, found = attributed(name, score)
            stories.append(read_story(name, fold, (reports, found.attributions, found.parties), None, score))
    packed = [
        as_json(fit([story for story in stories if story.fold != fold], START, WITHOUT_JUDGE))
        for fold in range(len(folds()))
    ]
    SCORERS.write_text("[\n" + ",\n".join(map(json.dumps, packed)) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
