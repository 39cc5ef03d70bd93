"""Train what reads a report's stance to a claim off its signs: `python -m training.train_signs CROSS OUT [--fold 0]`.

Extremely randomised trees (Geurts, Ernst and Wehenkel, 2006) on `onrecord.linking.stance_features`. Needs the packed
tagger and encoder; writes signs.onnx.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from skl2onnx import to_onnx
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.metrics import f1_score
from training.judge_data import STANCE, fold_of

from onrecord.attributing.attribute import attribute
from onrecord.datamodel.attribution import Kind
from onrecord.datamodel.report import Report
from onrecord.linking.ask import gather_evidence
from onrecord.linking.judge import Judge, load_judge
from onrecord.tagging.neural import NeuralTagger

SHORTEST = 300
FOLDS = 5


def rows(row: dict[str, Any], tagger: NeuralTagger, judge: Judge) -> Iterator[tuple[np.ndarray, int]]:
    """The signs of each full-length report of a claim, and its stance's number."""
    bodies = [body for body in row["bodies"] if body["stance_to_claim"] and len(body["text"]) >= SHORTEST]
    reports = [
        Report(id=f"{number:03}", text=body["text"], file=f"{number:03}.txt", sha256="")
        for number, body in enumerate(bodies)
    ]
    found = attribute(reports, list(tagger.tag_many(report.text for report in reports)))
    said = tuple(one for one in found.attributions if one.kind is Kind.SPEECH)
    labels = (STANCE.index(body["stance_to_claim"]) for body in bodies)
    return zip(gather_evidence(row["claim"], reports, said, found.parties, judge).features, labels, strict=True)


def model() -> ExtraTreesClassifier:
    """Trees that are small enough to be packed; a logistic regression beside them made the pool worse."""
    return ExtraTreesClassifier(
        150, min_samples_leaf=6, max_features=0.15, class_weight="balanced", random_state=0, n_jobs=1
    )


def main() -> None:
    """Print how each held-out fold is read, then train on all claims but one fold's and write the model."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("cross", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--fold", type=int, default=0, help="the fold of claims held out; -1 for none")
    told = ask.parse_args()
    tagger, judge = NeuralTagger.load(), load_judge()
    signs, labels, folds = [], [], []
    for line in (told.cross / "claim_clusters" / "open.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for numbers, label in rows(row, tagger, judge):
            signs.append(numbers)
            labels.append(label)
            folds.append(fold_of(str(row["claim_id"])))
    x, y, fold = np.array(signs, np.float32), np.array(labels), np.array(folds)
    held = np.zeros(len(y), dtype=np.int64)
    for out in range(FOLDS):
        held[fold == out] = model().fit(x[fold != out], y[fold != out]).predict(x[fold == out])
        print(f"fold {out}: macro F1 {f1_score(y[fold == out], held[fold == out], average='macro'):.3f}")
    print(f"all folds: macro F1 {f1_score(y, held, average='macro'):.3f}, {f1_score(y, held, average=None).round(3)}")
    trained = model().fit(x[fold != told.fold], y[fold != told.fold])
    packed = to_onnx(trained, x[:1], options={id(trained): {"zipmap": False}}, target_opset={"": 17, "ai.onnx.ml": 3})
    told.out.mkdir(parents=True, exist_ok=True)
    (told.out / "signs.onnx").write_bytes(packed.SerializeToString())
    print(f"{told.out / 'signs.onnx'}: {len(packed.SerializeToString()):,} bytes")


if __name__ == "__main__":
    main()
