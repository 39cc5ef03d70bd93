"""Stance of whole reports to claims, macro F1: `python -m benchmarks.ask [--fold 0] [--folds RUNS/folds]`.

The packed weights never saw the claims of fold 0; `make ask-folds` trains what never saw those of each other fold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.attributing.attribute import attribute
from onrecord.datamodel.attribution import Kind
from onrecord.datamodel.report import Report
from onrecord.linking.ask import Answer, ReportStance, ask
from onrecord.linking.judge import JUDGE, STANCE, Judge, load_judge
from onrecord.pipeline import choose_judge, choose_tagger
from onrecord.tagging.tagger import Tagger
from onrecord.weights.manifest import MANIFEST, packed_weights

CLAIMS = Path("../shared/data/cross/claim_clusters/open.jsonl")
LABELS = ("for", "against", "observing")
SHORTEST = 300
FOLDS = 5
# A report that says nothing of the claim neither supports nor denies it.
NAMES = {
    ReportStance.SUPPORTS: "for",
    ReportStance.DENIES: "against",
    ReportStance.CARRIES: "observing",
    ReportStance.SILENT: "observing",
}


def fold_of(claim: str) -> int:
    """The fold that a claim is held out in, by its id alone; the shipped judge was not trained on fold 0."""
    return sum(claim.encode()) % FOLDS


def rows(path: Path, fold: int | None) -> Iterator[dict[str, Any]]:
    """The claims of a file, or of one fold of it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if fold is None or fold_of(str(row["claim_id"])) == fold:
            yield row


def answered(row: dict[str, Any], tagger: Tagger, judge: Judge | None) -> tuple[list[str], Answer | None]:
    """The labels of a claim's full-length reports, and what the tool answers to the claim over them."""
    bodies = [body for body in row["bodies"] if body["stance_to_claim"] and len(body["text"]) >= SHORTEST]
    reports = [
        Report(id=f"{number:03}", text=body["text"], file=f"{number:03}.txt", sha256="")
        for number, body in enumerate(bodies)
    ]
    if not reports:
        return [], None
    found = attribute(reports, list(tagger.tag_many(report.text for report in reports)))
    said = tuple(one for one in found.attributions if one.kind is Kind.SPEECH)
    return [body["stance_to_claim"] for body in bodies], ask(row["claim"], reports, said, found.parties, judge)


def f1(gold: list[str], told: list[str], label: str) -> float:
    """F1 of one label."""
    hit = sum(one == other == label for one, other in zip(gold, told, strict=True))
    return 2 * hit / max(1, gold.count(label) + told.count(label))


def judge_of(folder: Path) -> Judge:
    """The packed judge with `judge.onnx` and `signs.onnx` of another folder in place of its own."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(shutil.copytree(packed_weights().folder, Path(place) / "weights"))
        told = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
        for row in told["files"]:
            if row["name"] in (JUDGE, STANCE):
                raw = (folder / row["name"]).read_bytes()
                (copy / row["name"]).write_bytes(raw)
                row.update(bytes=len(raw), sha256=hashlib.sha256(raw).hexdigest())
        (copy / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
        return load_judge(copy)


def measured(claims: Path, fold: int | None, tagger: Tagger, judge: Judge | None) -> tuple[list[str], list[str]]:
    """The stances of all reports of a fold, as they are and as they are told."""
    gold: list[str] = []
    told: list[str] = []
    for row in rows(claims, fold):
        labels, answer = answered(row, tagger, judge)
        gold.extend(labels)
        told.extend(NAMES[one.stance] for one in answer.reports) if answer else None
    return gold, told


def tell(what: str, gold: list[str], told: list[str]) -> None:
    """Print F1 of each stance, their mean, and how many were told."""
    scores = {label: f1(gold, told, label) for label in LABELS}
    print(f"{what}: {len(gold)} reports, {dict(Counter(gold))}, told {dict(Counter(told))}")
    shown = ", ".join(f"{label} {score:.3f}" for label, score in scores.items())
    print(f"F1 {shown}; macro F1 {sum(scores.values()) / len(scores):.3f}", flush=True)


def main() -> None:
    """Print F1 of each stance, their mean, and the stances told."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("claims", type=Path, nargs="?", default=CLAIMS)
    options.add_argument("--fold", type=int, default=0, help="the fold to measure; -1 for all claims")
    options.add_argument("--folds", type=Path, help="measure every fold with the judge.onnx and signs.onnx of FOLDS/N")
    options.add_argument("--rules", action="store_true", help="without the judge and the learned tagger")
    chosen = options.parse_args()
    which = "rules" if chosen.rules else "auto"
    tagger, _ = choose_tagger(which)
    if chosen.folds is None:
        judge, _ = choose_judge(which)
        gold, told = measured(chosen.claims, None if chosen.fold < 0 else chosen.fold, tagger, judge)
        tell("all claims" if chosen.fold < 0 else f"fold {chosen.fold}", gold, told)
        return
    every: list[str] = []
    each: list[str] = []
    for fold in range(FOLDS):
        gold, told = measured(chosen.claims, fold, tagger, judge_of(chosen.folds / str(fold)))
        tell(f"fold {fold}", gold, told)
        every.extend(gold)
        each.extend(told)
    tell("all folds", every, each)


if __name__ == "__main__":
    main()
