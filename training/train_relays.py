"""Train who passed statements on: `python -m training.train_relays OUT [--fold N]`; writes relays.json.

Gradient-boosted trees (Friedman, 2001) on the features of `onrecord.attributing.relaying.features`, one row for each
statement and carrier of the reference stories: once with the spans of the reference, once with those that the tagger
in force finds. `--fold N` leaves that fold's stories out (`benchmarks/folds.json`). Prints the file's manifest line.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from benchmarks.crossval import STORIES, folds, scorer
from benchmarks.linked_reference import reference_tags
from sklearn.ensemble import HistGradientBoostingClassifier

from onrecord.attributing.attribute import attributable_tags
from onrecord.attributing.relaying.classifier import FILE
from onrecord.attributing.relaying.features import FEATURES, RelayFeatures
from onrecord.attributing.relays import Relays
from onrecord.attributing.resolving.context import DocumentContext
from onrecord.attributing.resolving.speakers import resolve_speakers
from onrecord.attributing.resolving.story_people import StoryPeople
from onrecord.datamodel.attribution import Tag
from onrecord.pipeline import choose_tagger, tag_reports
from onrecord.reading.intake import read

# Below this chance nobody is told to have passed a statement on: where recall and precision over the folds meet.
LEAST = 0.2
SAME = 0.5


def model() -> HistGradientBoostingClassifier:
    """Few small trees, each on a third of the signs: the stories are few."""
    return HistGradientBoostingClassifier(
        max_iter=90, max_leaf_nodes=8, learning_rate=0.08, min_samples_leaf=30, l2_regularization=3.0, max_features=0.3,
        random_state=0, early_stopping=False,
    )  # fmt: skip


def rows(name: str, score: ModuleType) -> Iterator[tuple[list[float], bool]]:
    """The signs of every statement and carrier of a story, and whether the reference names the carrier as a relay."""
    gold, _ = score.read_gold(STORIES / name)
    reports = sorted(read([STORIES / name]).reports, key=lambda report: report.id)
    spans = [reference_tags(report, gold) for report in reports]
    for tags in (spans, tag_reports(reports, choose_tagger()[0])):
        contexts = [
            DocumentContext(report, attributable_tags(report, some)) for report, some in zip(reports, tags, strict=True)
        ]
        people = StoryPeople(chain.from_iterable(context.person_index.persons for context in contexts))
        for context in contexts:
            context.story_people = people
            yield from _of_report(context, gold, score)


def _of_report(context: DocumentContext, gold: Any, score: ModuleType) -> Iterator[tuple[list[float], bool]]:
    sources = resolve_speakers(context)
    relays = Relays(context, sources, None)
    carriers, statements = relays.carriers()
    features = RelayFeatures(context.segmentation, sources, statements, carriers, context.report.outlet)
    told = [one for one in gold.atts if one.file == Path(context.report.file).name]
    for number, resolved in enumerate(sources):
        match = _matching(resolved.tag, told, score)
        if match is None:
            continue
        for one in features.candidates(number):
            name = score.plain(carriers.entries[one].name)
            yield features.row(number, one), any(name in relay or relay in name for relay in match.relay)


def _matching(tag: Tag, told: Sequence[Any], score: ModuleType) -> Any:
    """The reference's attribution that a tag finds, as the scorer pairs them; None for none."""
    content = frozenset(n for span in tag.content for n in range(span.start, span.end))
    source = frozenset(n for span in tag.source for n in range(span.start, span.end))
    fitting = [
        (score.jaccard(content, one.sets["content"]), -one.order, one)
        for one in told
        if content & one.sets["content"] and (bool(source & one.sets["source"]) or not (source or one.sets["source"]))
    ]
    best = max(fitting, default=None, key=lambda found: found[:2])
    return best[2] if best and best[0] >= SAME else None


def exported(trained: HistGradientBoostingClassifier) -> dict[str, Any]:
    """A trained model as the file that `onrecord.attributing.relaying.classifier` reads."""
    trees = [[_node(node) for node in predictor.nodes] for (predictor,) in trained._predictors]
    bias = round(float(np.ravel(trained._baseline_prediction)[0]), 5)
    return {"signs": list(FEATURES), "least": LEAST, "bias": bias, "trees": trees}


def _node(node: Any) -> list[float]:
    if node["is_leaf"]:
        return [round(float(node["value"]), 5)]
    return [int(node["feature_idx"]), round(float(node["num_threshold"]), 5), int(node["left"]), int(node["right"])]


def main() -> None:
    """Train on all stories but one fold's, write the file, print its manifest line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("out", type=Path)
    ask.add_argument("--fold", type=int, default=-1, help="the fold of stories held out; -1 for none")
    told = ask.parse_args()
    score = scorer()
    signs: list[list[float]] = []
    labels: list[bool] = []
    for fold, names in enumerate(folds()):
        for row, label in chain.from_iterable(rows(name, score) for name in names if fold != told.fold):
            signs.append(row)
            labels.append(label)
    trained = model().fit(np.array(signs, dtype=np.float32), np.array(labels))
    write(trained, told.out)


def write(trained: HistGradientBoostingClassifier, out: Path) -> None:
    """Write the model and print its line for manifest.json."""
    out.mkdir(parents=True, exist_ok=True)
    data = json.dumps(exported(trained), separators=(",", ":")).encode()
    (out / FILE).write_bytes(data)
    line = {
        "name": FILE, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "version": "1",
        "about": "relays: whether a carrier passed a statement on; boosted trees over the features of relaying",
        "data": ["reference stories"],
    }  # fmt: skip
    print(json.dumps(line, indent=1))


if __name__ == "__main__":
    main()
