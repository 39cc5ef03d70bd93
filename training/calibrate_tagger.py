"""Fit the tagger's scores on held-out texts: `python -m training.calibrate_tagger DEV.jsonl WEIGHTS SCORER`."""

from __future__ import annotations

import argparse
import dataclasses
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

from training.logistic import Pair, fit

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import all_inside
from onrecord.tagging.neural import Decoding, NeuralTagger
from onrecord.tagging.scoring import Candidate, Logistic, Selection, measured_all, selected
from onrecord.weights.manifest import read_weights

Row = dict[str, Any]
EVEN = 0.1  # F1 within which two least scores serve alike
IDLE = (1, 5, 6, 7, 8, 9, 10, 11)  # what told next to nothing of these texts in every fit


def scorer(path: Path) -> ModuleType:
    """The reference scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_attribution", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: is no Python file; pass the attribution scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def line(one: Candidate | Tag) -> Row:
    """Spans as the scorer reads them."""
    return {role: [[s.start, s.end] for s in getattr(one, role)] for role in ("source", "cue", "content")}


def outermost(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Without those that lie wholly inside another's content, which the reference does not mark."""
    return tuple(c for c in candidates if not any(c is not o and all_inside(c.pieces, o.content) for o in candidates))


def judged(score: ModuleType, rows: list[Row], found: list[tuple[Candidate, ...]]) -> list[Pair]:
    """What is measured of each outermost candidate, with whether it is right."""
    result: list[Pair] = []
    for row, candidates in zip(rows, found, strict=True):
        some = outermost(candidates)
        art = score.Art(row["text"])
        gold = art.prep(row["attributions"], set(score.TYPES))
        pred = art.prep([line(one) for one in some], set(score.TYPES))
        if len(pred) != len(some):
            some = tuple(one for one in some if art.words([[s.start, s.end] for s in one.content]))
        _, right = score.score_article(art, gold, pred)
        good = {number for _, number in right["attribution"]}
        result += [(one, number in good) for number, one in enumerate(measured_all(some, row["text"]))]
    return result


def headline(score: ModuleType, rows: list[Row], tags: list[tuple[Tag, ...]], speech: bool) -> dict[str, float]:
    """F1 of ATTRIBUTION, outer ones only, by type."""
    total: Any = score.Counter()
    for row, some in zip(rows, tags, strict=True):
        art = score.Art(row["text"])
        gold = art.prep(row["attributions"], set(score.TYPES), speech, True)
        pred = art.prep([line(tag) for tag in some], set(score.TYPES), speech, True)
        total.update(score.score_article(art, gold, pred)[0])
    return {
        kind: round(100 * score.prf(*(total["attribution", kind, key] for key in ("p", "np", "r", "ng")))[2], 2)
        for kind in ("all", *score.TYPES)
    }


def tuned(score: ModuleType, rows: list[Row], found: list[tuple[Candidate, ...]], selection: Selection) -> Selection:
    """The least scores that serve the headline first, then all attributions.

    Of scores between which the headline does not tell, the lowest: what is told in vain an editor sees, what is left
    out nobody does.
    """

    def tags(now: Selection) -> list[tuple[Tag, ...]]:
        return [selected(c, row["text"], now, "") for row, c in zip(rows, found, strict=True)]

    def least(now: Selection, **leasts: float) -> Selection:
        models = {name: dataclasses.replace(getattr(now, name), least=value) for name, value in leasts.items()}
        return dataclasses.replace(now, **models)

    steps = [0.2 + 0.025 * n for n in range(17)]
    both = [least(selection, speech=s, attitude=s) for s in steps]
    served = [headline(score, rows, tags(now), True)["all"] for now in both]
    best = next(now for now, f1 in zip(both, served, strict=True) if f1 >= max(served) - EVEN)
    more = [least(best, attitude=s) for s in steps]
    return max(more, key=lambda now: headline(score, rows, tags(now), False)["all"])


def reliability(pairs: list[Pair], model: Logistic) -> list[tuple[float, float, int]]:
    """Mean score, share right and number, for ten bins."""
    table = []
    for low in range(10):
        inside = [(s, right) for one, right in pairs if low / 10 <= (s := model.chance(one)) < (low + 1) / 10]
        if inside:
            table.append(
                (sum(s for s, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside), len(inside))
            )
    return table


def main() -> None:
    """Read the command line, fit, print, and write decoding.json beside the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("scorer", type=Path)
    told = parser.parse_args()
    score = scorer(told.scorer)
    rows = [json.loads(text) for text in told.dev.read_text(encoding="utf-8").splitlines()]
    tagger = NeuralTagger.load(read_weights(told.weights), threads=1)
    found = [candidates for _, candidates in tagger.candidates(row["text"] for row in rows)]
    pairs = judged(score, rows, found)
    model = fit(pairs, idle=IDLE)
    selection = tuned(score, rows, found, Selection(speech=model, attitude=model))
    tags = [selected(c, row["text"], selection, "") for row, c in zip(rows, found, strict=True)]
    metrics = {"speech": headline(score, rows, tags, True), "all": headline(score, rows, tags, False)}
    kinds = sum(tag.kind is Kind.SPEECH for some in tags for tag in some)
    print(json.dumps(metrics), "tags", sum(map(len, tags)), "speech", kinds)
    for mean, share, number in reliability(pairs, selection.speech):
        print(f"score {mean:.2f} right {share:.2f} of {number}")
    decoding = {**dataclasses.asdict(Decoding()), "selection": dataclasses.asdict(selection)}
    (told.weights / "decoding.json").write_text(json.dumps({"decoding": decoding, "metrics": metrics}, indent=1))


if __name__ == "__main__":
    main()
