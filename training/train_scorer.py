"""Fit the linker's scorer on the reference stories: `python -m training.train_scorer FOLDS OUT [--words]`.

FOLDS holds a folder of weights a fold (`0` … `4`), whose judge and tagger never saw the fold's stories: each story's
features come from its own fold's weights, so that the scorer learns from chances as they are on stories never seen
(stacking; Wolpert, 1992). For each fold a scorer is fitted on the other folds and written into the fold's folder; one
for all is written to OUT.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.crossval import STORIES, folds, scorer
from sklearn.linear_model import LogisticRegression
from training.pack_folds import replace as replace_file

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.linking import link as linking
from onrecord.linking.claims import (
    BEARING_FEATURES,
    SIDE_FEATURES,
    Draft,
    agreements,
    bearing_features,
    drafted,
    member_pairs,
    read_by,
    side_features,
)
from onrecord.linking.features import DENIES, OPEN, PAIR_FEATURES, SILENT, SUPPORTS
from onrecord.linking.graph import Graph, compare
from onrecord.linking.judge import SCORER, Judge, load_judge
from onrecord.linking.scorer import MODELS, Logistic, Scorer
from onrecord.linking.statement_clauses import cut_clauses
from onrecord.linking.statements import statements

SIDE = {"support": SUPPORTS, "denial": DENIES, "neither": OPEN}
WITHOUT_JUDGE = ("judge",)
START = {
    "cluster": 0.15, "narrow": 0.45, "narrower": 0.8, "missing": 0.15, "member": 0.16, "denies": 2.0, "open": 1.5,
    "counted": 0.45, "counted_denies": 0.35, "read": 0.5, "repeats": 0.7,
}  # fmt: skip
# By words alone chances are flatter: more statements are needed to see what makes one claim.
WORDS_START = START | {"cluster": 0.2, "member": 0.08}
# Settings that are tried with --choose. Chosen anew for each fold on the other four, they do no better on stories left
# out than those of START. Those that decide how statements are grouped come first: the others are tried on groups that
# stay.
GRID: dict[str, tuple[float, ...]] = {
    "cluster": (0.15, 0.2, 0.25),
    "member": (0.08, 0.12, 0.16),
    "denies": (1.0, 2.0),
    "open": (1.0, 1.5, 2.0),
    "counted": (0.4, 0.5, 0.6),
    "counted_denies": (0.2, 0.3, 0.4),
    "repeats": (0.6, 0.7, 0.8),
}


@dataclass
class Told:
    """A story's statements with the reference's labels; `gold` maps attributions to those of the reference."""

    name: str
    fold: int
    reports: tuple[Report, ...]
    said: tuple[Attribution, ...]
    parties: tuple[Party, ...]
    graph: Graph
    judge: Judge | None
    gold: dict[str, str]
    reference: Any
    texts: dict[str, str]
    kept: Any = None


def read_story(name: str, fold: int, held: tuple[Any, ...], judge: Judge | None, score: Any) -> Told:
    """A story's predicted attributions, compared by a judge, and matched to the reference."""
    from onrecord.datamodel.story import Story
    from onrecord.rendering import storyfile

    reports, said, parties = held
    order = linking.report_order(reports)
    ranked = sorted(said, key=lambda one: (order.get(one.report, len(order)), one.id))
    reference, texts = score.read_gold(STORIES / name)
    bare = Story(name=name, reports=reports, attributions=said, parties=parties)
    told = score.Story(json.loads(storyfile.render(bare)), name, texts)
    names = {party.id: party.name for party in parties}
    speakers = {one.id: names.get(one.speaker or "", "") for one in said}
    found = statements(ranked, {report.id: report for report in reports})
    cut = cut_clauses(found, {one.id: one for one in said}, {one.id: one.text for one in reports}, speakers)
    graph = compare(found, cut, judge)
    return Told(name, fold, reports, said, parties, graph, judge,
                {p: g for g, p in score.match(reference, told).items()}, reference, texts)  # fmt: skip


def pair_labels(told: Told) -> tuple[np.ndarray, np.ndarray]:
    """For each pair whether it shares a claim, and whether on one side (-1 where it has no side or is not known)."""
    stances = [claim.members for claim in told.reference.claims]
    same = np.full(len(told.graph.pairs), -1)
    agree = np.full(len(told.graph.pairs), -1)
    for row, (left, right) in enumerate(told.graph.pairs.tolist()):
        ours, theirs = (told.gold.get(told.graph.statements[n].attribution) for n in (left, right))
        if ours is None or theirs is None:
            continue
        shared = [(held[ours], held[theirs]) for held in stances if ours in held and theirs in held]
        same[row] = bool(shared)
        sides = [one == other for one, other in shared if "neither" not in (one, other)]
        if sides:
            agree[row] = sum(sides) * 2 >= len(sides)
    return same, agree


def fitted(
    names: tuple[str, ...], rows: np.ndarray, labels: np.ndarray, c: float, without: tuple[str, ...] = ()
) -> Logistic:
    """A logistic model over standardised features; those whose name starts with one of `without` get no weight."""
    mean, scale = rows.mean(0), np.maximum(rows.std(0), 1e-3)
    used = np.array([not any(name.startswith(one) for one in without) for name in names])
    model = LogisticRegression(C=c, max_iter=2000)
    model.fit(((rows - mean) / scale)[:, used], labels)
    weights = np.zeros((len(model.coef_), len(names)))
    weights[:, used] = model.coef_
    return Logistic(names, mean, scale, weights.astype(np.float32), model.intercept_.astype(np.float32))


def fit_pairs(stories: list[Told], without: tuple[str, ...]) -> tuple[Logistic, Logistic]:
    """The models of one claim and of one side."""
    rows, same, agree = [], [], []
    for told in stories:
        mine, sides = pair_labels(told)
        rows.append(told.graph.rows)
        same.append(mine)
        agree.append(sides)
    table, labels, sides = np.concatenate(rows), np.concatenate(same), np.concatenate(agree)
    known, sided = labels >= 0, sides >= 0
    return (
        fitted(PAIR_FEATURES, table[known], labels[known], 0.3, without),
        fitted(PAIR_FEATURES, table[sided], sides[sided], 0.1, without),
    )


def drafts_of(told: Told, pair: Logistic, sign: Logistic, settings: dict[str, float]) -> tuple[list[Draft], np.ndarray]:
    """The drafts of a story with given models, and the chances of its pairs."""
    graph = told.graph
    same, agree = pair.chances(graph.rows), sign.chances(graph.rows)
    groups = linking.matters(graph, same, settings)
    return drafted(groups, graph, agreements(graph, same, agree)), same


def member_rows(told: Told, drafts: list[Draft], same: np.ndarray) -> tuple[np.ndarray, ...]:
    """Features of claim and statement with the label that the reference's nearest claim gives, if matched.

    Those of bearing with their labels, and those of the side, of what bears alone, with theirs.
    """
    asked, vectors = member_pairs(drafts, told.graph, told.judge)
    held: list[Any] = []
    for draft in drafts:
        mine = {told.gold.get(told.graph.statements[row].attribution) for row in draft.rows} - {None}
        shared = [
            (len(mine & set(claim.members)) / len(mine | set(claim.members)), n)
            for n, claim in enumerate(told.reference.claims)
        ]
        best, place = max(shared, default=(0.0, 0))
        held.append(told.reference.claims[place].members if best >= 0.2 and len(draft.rows) > 1 else None)
    kept, labels = [], []
    for number, row in asked:
        gold = told.gold.get(told.graph.statements[row].attribution)
        if held[number] is not None and gold is not None:
            kept.append((number, row))
            labels.append(SIDE[held[number][gold]] if gold in held[number] else SILENT)
    sided = [one for one, label in zip(kept, labels, strict=True) if label != SILENT]
    return (
        bearing_features(drafts, kept, vectors, told.graph, same),
        np.array(labels, dtype=int),
        side_features(drafts, sided, told.graph, read_by(told.judge, drafts, sided, told.graph)),
    )


def fit(stories: list[Told], settings: dict[str, float], without: tuple[str, ...]) -> Scorer:
    """All models with given settings."""
    pair, sign = fit_pairs(stories, without)
    tables, labels, sides = [], [], []
    for told in stories:
        table, known, side = member_rows(told, *drafts_of(told, pair, sign, settings))
        tables.append(table)
        labels.append(known)
        sides.append(side)
    every = np.concatenate(labels)
    bears = fitted(BEARING_FEATURES, np.concatenate(tables), every != SILENT, 0.3, without)
    side = fitted(SIDE_FEATURES, np.concatenate(sides), every[every != SILENT], 0.3, without)
    return Scorer(pair, sign, bears, side, settings)


STRUCTURE = ("cluster", "narrow", "narrower", "missing", "member")


def bound(told: Told, model: Scorer) -> tuple[list[Draft], list[dict[int, np.ndarray]]]:
    """The drafts of a story and what bears on them, kept while models and the settings that they depend on stay."""
    key = (id(model.pair), id(model.sign), id(model.bears), *(model.settings[name] for name in STRUCTURE))
    if told.kept is None or told.kept[0] != key:
        drafts, same = drafts_of(told, model.pair, model.sign, dict(model.settings))
        bearing = linking.bearings_on(drafts, told.graph, same, model, told.judge)
        told.kept = (key, drafts, bearing)
    return told.kept[1], told.kept[2]


def figures(told: Told, model: Scorer, score: Any) -> dict[str, float | None]:
    """The scorer's figures of one story linked with a model."""
    from onrecord.datamodel.story import Story
    from onrecord.rendering import storyfile
    from onrecord.weighing.weigh import weigh

    said = {one.id: one for one in told.said}
    order = linking.report_order(told.reports)
    drafts, bearing = bound(told, model)
    claims = linking.told_claims(drafts, bearing, told.graph, model.settings, order, said)
    standings = weigh(claims, told.said, told.parties, told.reports)
    story = Story(name=told.name, reports=told.reports, attributions=told.said, parties=told.parties,
                  claims=claims, standings=standings)  # fmt: skip
    result = score.score(
        told.reference, score.Story(json.loads(storyfile.render(story)), told.name, told.texts), told.texts
    )
    return {
        "link": result["claim_link"]["f1"], "conflict": result["conflict"]["f1"],
        "stance": result["stance"]["macro_f1"],
        "standing": result["standing"]["accuracy"], "members": result["claim_members"]["f1"],
        "central": result["claim_members"]["central"], "claims": len(claims), "origins": result["origins"]["intersect"],
    }  # fmt: skip


def mean(values: list[float | None]) -> float:
    """The mean of what is known."""
    known = [one for one in values if one is not None]
    return statistics.mean(known) if known else 0.0


def goal(results: list[dict[str, float | None]]) -> float:
    """What settings are chosen by: the parts of the story score that linking decides, members and central claims."""
    return sum(mean([one[part] for one in results]) for part in ("link", "conflict", "stance", "standing")) + 0.5 * sum(
        mean([one[part] for one in results]) for part in ("members", "central")
    )


def chosen(stories: list[Told], score: Any, without: tuple[str, ...]) -> Scorer:
    """The models with the settings that do best on these very stories, by coordinate ascent over GRID."""
    settings = dict(START)
    model = fit(stories, settings, without)
    best = goal([figures(told, model, score) for told in stories])
    for name in GRID:
        for value in GRID[name]:
            if value == settings[name]:
                continue
            tried = replace(model, settings={**settings, name: value})
            found = goal([figures(told, tried, score) for told in stories])
            if found > best:
                best, settings = found, dict(tried.settings)
        model = replace(model, settings=settings)
    return fit(stories, settings, without)


def as_json(model: Scorer) -> dict[str, Any]:
    """A scorer as it is packed."""

    def logistic(one: Logistic) -> dict[str, Any]:
        numbers = {part: np.round(getattr(one, part), 5).tolist() for part in ("mean", "scale", "weights", "bias")}
        return {"names": list(one.names), **numbers}

    return {part: logistic(getattr(model, part)) for part in MODELS} | {"settings": dict(model.settings)}


WORDS = Path("src/onrecord/linking/words_scorer.json")


def main() -> None:
    """Fit by folds and on all, write the scorers and print the cross-validated figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folds", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--attributions", type=Path, help="keep the stories' attributions here, or take them from here")
    ask.add_argument("--words", action="store_true", help="fit the scorer that needs no judge too")
    ask.add_argument("--choose", action="store_true", help="choose settings, for each fold on the others")
    told = ask.parse_args()
    score = scorer()
    path: Path | None = told.attributions
    held: dict[str, tuple[Any, ...]] = pickle.loads(path.read_bytes()) if path and path.exists() else {}
    stories: list[Told] = []
    bare: list[Told] = []
    for fold, names in enumerate(folds()):
        os.environ["ONRECORD_WEIGHTS"] = str(told.folds / str(fold))
        judge = load_judge(told.folds / str(fold), scored=False)
        for name in names:
            if name not in held:
                held[name] = attributed(name)
            stories.append(read_story(name, fold, held[name], judge, score))
            if told.words:
                bare.append(read_story(name, fold, held[name], None, score))
        print(f"fold {fold}: {len(names)} stories", flush=True)
    if path:
        path.write_bytes(pickle.dumps(held))
    make = partial(chosen, score=score) if told.choose else partial(fit, settings=START)
    for fold, model in enumerate(cross_validated(stories, score, partial(make, without=()))):
        written = told.folds / f"linker-scorer-{fold}.json"
        write(model, written)
        named = written.with_name(SCORER)
        written.replace(named)
        replace_file(told.folds / str(fold), named, {})
        named.unlink()
    write(make(stories, without=()), told.out)
    if told.words:
        words = partial(make if told.choose else partial(fit, settings=WORDS_START), without=WITHOUT_JUDGE)
        for _ in cross_validated(bare, score, words):
            pass
        write(words(bare), WORDS)


def attributed(name: str, merging: bool = True) -> tuple[Any, ...]:
    """Reports, attributions and parties of a story, told with the weights in force."""
    from onrecord.attributing.attribute import attribute
    from onrecord.pipeline import choose_tagger, tag_reports
    from onrecord.reading.intake import read

    reports = sorted(read([STORIES / name]).reports, key=lambda one: one.id)
    tagger, _ = choose_tagger()
    found = attribute(reports, list(tag_reports(reports, tagger)), merging=merging)
    return tuple(reports), tuple(found.attributions), tuple(found.parties)


def cross_validated(stories: list[Told], score: Any, make: Callable[[list[Told]], Scorer]) -> Iterator[Scorer]:
    """The scorer of each fold, fitted on the other folds; then their figures are printed."""
    results: dict[str, dict[str, float | None]] = {}
    for fold in range(len(folds())):
        model = make([one for one in stories if one.fold != fold])
        results.update({one.name: figures(one, model, score) for one in stories if one.fold == fold})
        print(fold, dict(model.settings), flush=True)
        yield model
    names = next(iter(results.values()))
    print({key: round(mean([one[key] for one in results.values()]), 3) for key in names}, flush=True)


def write(model: Scorer, path: Path) -> None:
    """Write a scorer as it is packed."""
    path.write_text(json.dumps(as_json(model)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
