"""Train which parties of a story are one: `python -m training.train_party_merging FOLDS OUT [--attributions FILE]`.

FOLDS holds the folds' weights; each tells its stories with parties as single reports and names have them (kept in the
file of `--attributions`, or taken from it). A pair is one where most statements of both are one speaker's in the
reference: a logistic model over `onrecord.attributing.merging.features`, then average-link clusters. Writes OUT, fitted
on all stories, and the parties.json of each fold's folder, fitted on the other folds; prints B-cubed figures of those.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.crossval import STORIES, folds, scorer
from sklearn.linear_model import LogisticRegression
from training.pack_folds import replace as replace_file
from training.train_scorer import attributed

from onrecord.attributing.merging.entities import PartyEntity, PartyMention, entities_of
from onrecord.attributing.merging.features import may_be_one, row
from onrecord.attributing.merging.merge import FILE, PartyScorer, candidate_pairs, merge_parties, read_party_scorer
from onrecord.datamodel.attribution import Attribution, Kind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story
from onrecord.rendering import storyfile

THRESHOLD = 0.35
STRENGTH = 0.1


@dataclass(frozen=True)
class Known:
    """A story's parties with their mentions, the reference's speaker of each matched statement, and its pairs."""

    fold: int
    parties: tuple[Any, ...]
    mentions: tuple[PartyMention, ...]
    speakers: dict[int, str]
    entities: list[PartyEntity]
    pairs: list[tuple[int, int]]
    rows: np.ndarray
    labels: np.ndarray
    weights: np.ndarray


def mentions_of(reports: Sequence[Report], attributions: Sequence[Attribution]) -> Iterator[PartyMention]:
    """What each statement tells of its speaker, numbered within its report."""
    texts = {report.id: report.text for report in reports}
    count: Counter[str] = Counter()
    for one in attributions:
        text = texts[one.report]
        number = count[one.report]
        count[one.report] += 1
        yield PartyMention(
            one.speaker or "", one.report, number, words(one.source, text), words(one.content, text), one.relay
        )


def read_known(name: str, fold: int, held: tuple[Any, ...], score: Any) -> Known:
    """A story's pairs with labels: 1 one speaker, 0 two, -1 not known."""
    reports, every, parties = held
    said = tuple(one for one in every if one.kind is Kind.SPEECH)
    reference, texts = score.read_gold(STORIES / name)
    bare = Story(name=name, reports=reports, attributions=said, parties=parties)
    told = score.Story(json.loads(storyfile.render(bare)), name, texts)
    of = {p: g for g, p in score.match(reference, told).items()}
    gold = {one.id: one.speaker for one in reference.atts}
    speakers = {number: gold[of[one.id]] for number, one in enumerate(said) if one.id in of}
    mentions = tuple(mentions_of(reports, said))
    entities = entities_of(parties, mentions)
    counted: dict[str, Counter[str]] = {}
    for number, speaker in speakers.items():
        counted.setdefault(mentions[number].party, Counter())[speaker] += 1
    pairs = [pair for pair in candidate_pairs(entities) if may_be_one(entities[pair[0]], entities[pair[1]])]
    found, labels, weights = [], [], []
    for a, b in pairs:
        found.append(list(row(entities[a], entities[b]).values()))
        most = [counted.get(entities[n].party.id, Counter()).most_common(1) for n in (a, b)]
        known = bool(most[0] and most[1])
        labels.append(int(most[0][0][0] == most[1][0][0]) if known else -1)
        weights.append((most[0][0][1] * most[1][0][1]) ** 0.5 if known else 0.0)
    return Known(
        fold, parties, mentions, speakers, entities, pairs, np.array(found), np.array(labels), np.array(weights)
    )


def fit(stories: Sequence[Known], names: Sequence[str], threshold: float) -> dict[str, Any]:
    """The model's file: weights of the features as they are."""
    rows = np.concatenate([one.rows for one in stories if len(one.rows)])
    labels = np.concatenate([one.labels for one in stories if len(one.rows)])
    weights = np.concatenate([one.weights for one in stories if len(one.rows)])
    known = labels >= 0
    mean, scale = rows[known].mean(0), np.maximum(rows[known].std(0), 1e-3)
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit((rows[known] - mean) / scale, labels[known], sample_weight=weights[known])
    weight = model.coef_[0] / scale
    bias = float(model.intercept_[0] - (weight * mean).sum())
    return {
        "bias": round(bias, 4),
        "threshold": threshold,
        "weights": {name: round(float(value), 4) for name, value in zip(names, weight, strict=True)},
    }


def b_cubed(story: Known, model: PartyScorer | None, score: Any) -> float:
    """B-cubed F1 of the matched statements' speakers."""
    _, now = merge_parties(story.parties, story.mentions, model)
    return float(score.b_cubed([(gold, now[story.mentions[n].party]) for n, gold in story.speakers.items()])["f1"])


def main() -> None:
    """Read the command line, fit by folds and on all, and write."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folds", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--attributions", type=Path)
    ask.add_argument("--threshold", type=float, nargs="*", default=[THRESHOLD])
    told = ask.parse_args()
    score = scorer()
    path: Path | None = told.attributions
    held = pickle.loads(path.read_bytes()) if path and path.exists() else {}
    for fold, some in enumerate(folds()):
        os.environ["ONRECORD_WEIGHTS"] = str(told.folds / str(fold))
        held.update({name: attributed(name, merging=False) for name in some if name not in held})
    if path:
        path.write_bytes(pickle.dumps(held))
    stories = [read_known(name, fold, held[name], score) for fold, some in enumerate(folds()) for name in some]
    names = next(list(row(*one.entities[:2])) for one in stories if len(one.entities) > 1)
    print(f"as they are: {np.mean([b_cubed(one, None, score) for one in stories]):.3f}")
    for threshold in told.threshold:
        figures = []
        for fold in range(len(folds())):
            data = fit([one for one in stories if one.fold != fold], names, threshold)
            figures.append([b_cubed(one, read_party_scorer(data), score) for one in stories if one.fold == fold])
            if threshold == told.threshold[-1]:
                written = told.folds / FILE
                written.write_text(json.dumps(data, indent=1) + "\n")
                replace_file(told.folds / str(fold), written, {})
                written.unlink()
        every = [one for some in figures for one in some]
        print(f"{threshold:.2f}: {np.mean(every):.3f}  by fold " + " ".join(f"{np.mean(some):.3f}" for some in figures))
    told.out.write_text(json.dumps(fit(stories, names, told.threshold[-1]), indent=1) + "\n")


if __name__ == "__main__":
    main()
