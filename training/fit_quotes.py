"""Fit the weights of `onrecord.linking.quotes` on the reference stories, told by the tagger in force.

    python -m training.fit_quotes [--penalty 3]

Prints the same-quote F1 of each fold with the weights that were fitted on the other folds, then the weights of all
stories, to be put into `quotes.py`. Statements that match no statement of the references are left out.
"""

from __future__ import annotations

import argparse
import statistics
from dataclasses import dataclass
from itertools import combinations
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
from benchmarks.crossval import STORIES, folds, scorer

from onrecord.attributing.attribute import attribute
from onrecord.datamodel.attribution import Kind
from onrecord.datamodel.story import Story
from onrecord.linking import quotes as model
from onrecord.linking.claims import report_order
from onrecord.linking.quoted_text import QuotedText, quoted_texts
from onrecord.pipeline import choose_tagger, tag_reports
from onrecord.reading.intake import read
from onrecord.rendering import storyfile

Rows = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Told:
    """A story with its statements, without quotes, and the statement of the references that each is."""

    story: Story
    gold: Any
    texts: dict[str, str]
    matched: dict[str, str]


def told(name: str, tagger: Any, score_story: ModuleType) -> Told:
    """A reference story as the tagger in force tells it."""
    reports = tuple(sorted(read([STORIES / name]).reports, key=lambda report: report.id))
    found = attribute(reports, tag_reports(reports, tagger))
    said = tuple(one for one in found.attributions if one.kind is Kind.SPEECH)
    story = Story(name=name, as_of=None, reports=reports, outcomes=(), parties=found.parties, attributions=said)
    gold, texts = score_story.read_gold(STORIES / name)
    made = score_story.Story(storyfile.story_json(story), name, texts)
    return Told(story, gold, texts, {mine: theirs for theirs, mine in score_story.match(gold, made).items()})


def examples(one: Told, score_story: ModuleType) -> tuple[Rows, Rows]:
    """The features of the likeliest sentences of each two matched texts that share a key; which are one quote's."""
    quoted = score_story.quote_pairs(one.gold)
    texts: list[QuotedText] = []
    for report in one.story.reports:
        mine = [said for said in one.story.attributions if said.report == report.id]
        texts.extend(text for text in quoted_texts(report.text, mine) if text.attribution in one.matched)
    rows, labels = [], []
    for left, right in combinations(texts, 2):
        if set(left.codes).isdisjoint(right.codes) or left.taken_back != right.taken_back:
            continue
        made = [model.features(left, ours, right, theirs) for ours in left.sentences for theirs in right.sentences]
        made = [row for row in made if row]
        if made:
            rows.append(max(made, key=lambda row: 2 * row[1] + row[2] + row[0]))
            labels.append(frozenset((one.matched[left.attribution], one.matched[right.attribution])) in quoted)
    return np.array(rows).reshape(-1, len(model.FEATURES)), np.array(labels, dtype=float)


def fit(rows: Rows, labels: Rows, penalty: float) -> Rows:
    """Logistic regression by Newton's method, ridge penalty on standardized features; the bias comes last."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = np.c_[(rows - mean) / spread, np.ones(len(rows))]
    ridge = np.diag([penalty] * rows.shape[1] + [0.0])
    weights = np.zeros(scaled.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (chance - labels) + ridge @ weights
        curve = scaled.T @ (scaled * (chance * (1 - chance))[:, None]) + ridge
        weights -= np.linalg.solve(curve, slope)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ mean)


def use(weights: Rows) -> None:
    """Let the linker score with these weights."""
    model.WEIGHTS, model.BIAS = tuple(weights[:-1].tolist()), float(weights[-1])


def score(one: Told, score_story: ModuleType) -> float | None:
    """The same-quote F1 of a story; None where neither it nor its reference has a quote."""
    order = report_order(one.story.reports)
    ranked = sorted(one.story.attributions, key=lambda said: (order[said.report], said.id))
    found = model.quotes(ranked, {report.id: report for report in one.story.reports}, order)
    pairs = {
        frozenset(one.matched[member] for member in pair)
        for quote in found
        for pair in combinations(quote.members, 2)
        if all(member in one.matched for member in pair)
    }
    gold = score_story.quote_pairs(one.gold)
    f1: float | None = score_story.prf(len(gold), len(pairs), len(gold & pairs))["f1"]
    return f1


def main() -> None:
    """Print the figures of the folds and the weights."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--penalty", type=float, default=3.0)
    penalty = ask.parse_args().penalty
    score_story, tagger = scorer(), choose_tagger()[0]
    by_fold = [[told(name, tagger, score_story) for name in names] for names in folds()]
    data = [[examples(one, score_story) for one in fold] for fold in by_fold]
    figures: list[list[float]] = []
    for number, fold in enumerate(by_fold):
        rest = [pair for other, some in enumerate(data) for pair in some if other != number]
        use(fit(np.concatenate([rows for rows, _ in rest]), np.concatenate([labels for _, labels in rest]), penalty))
        figures.append([f1 for one in fold if (f1 := score(one, score_story)) is not None])
        print(f"fold {number}: same quote F1 {statistics.mean(figures[-1]):.3f}, with the weights of the other folds")
    print(f"mean over stories: {statistics.mean(f1 for some in figures for f1 in some):.3f}")
    every = [pair for some in data for pair in some]
    last = fit(np.concatenate([rows for rows, _ in every]), np.concatenate([labels for _, labels in every]), penalty)
    print(f"WEIGHTS = ({', '.join(f'{weight:.3f}' for weight in last[:-1])})\nBIAS = {last[-1]:.3f}")


if __name__ == "__main__":
    main()
