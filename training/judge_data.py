"""Labelled pairs for the pair judge, from the reference data: entailment pairs and stances of news to claims."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.linking.ask import select_evidence_passages

ENTAILMENT = ("entailment", "neutral", "contradiction")
STANCE = ("for", "against", "observing", "silent")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, the head that judges them (0 entailment, 1 stance), and the label's number."""

    left: str
    right: str
    head: int
    label: int
    group: str = ""


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def entailment_pairs(cross: Path, part: str) -> list[Pair]:
    """SNLI/MNLI sample, SICK, and for training RTE-3 and headline pairs that are near the same or unrelated."""
    names = [f"nli_small/openie_{part}", f"nli_small/sick_{part}"]
    if part == "train":
        names.append("rte3_3way/dev")
    pairs = [
        Pair(str(row["premise"]), str(row["hypothesis"]), 0, ENTAILMENT.index(str(row["label"])))
        for name in names
        for row in _lines(cross / f"{name}.jsonl")
    ]
    if part == "train":
        for year in ("2013", "2014", "2015"):
            for row in _lines(cross / f"sts_headlines/{year}.jsonl"):
                score = float(str(row["score"]))
                if score >= 4.2 or score <= 2.0:
                    label = 0 if score >= 4.2 else 1
                    pairs.append(Pair(str(row["a"]), str(row["b"]), 0, label))
    return pairs


def stance_pairs(path: Path, seed: int = 0) -> tuple[list[Pair], list[Pair]]:
    """Report pairs and headline pairs, each with its claim's id as group; "silent" pairs are made by mixing."""
    claims = list(_lines(path))
    chance = random.Random(seed)
    reports: list[Pair] = []
    heads: list[Pair] = []
    for number, row in enumerate(claims):
        claim, group = str(row["claim"]), str(row["claim_id"])
        for body in row["bodies"]:  # type: ignore[attr-defined]
            if body["stance_to_claim"] is not None:
                label = STANCE.index(body["stance_to_claim"])
                target = heads if body["short"] else reports
                target.append(Pair(claim, select_evidence_passages(body["text"], claim), 1, label, group))
        for article in row["articles"]:  # type: ignore[attr-defined]
            if article.get("headline") and article.get("stance") in STANCE:
                heads.append(Pair(claim, article["headline"], 1, STANCE.index(article["stance"]), group))
        other = claims[(number + chance.randrange(1, len(claims))) % len(claims)]
        for body in other["bodies"][:2]:  # type: ignore[index]
            target = heads if body["short"] else reports
            target.append(Pair(claim, select_evidence_passages(body["text"], claim), 1, STANCE.index("silent"), group))
    return reports, heads


def fold_of(group: str, folds: int = 5) -> int:
    """The fold a claim is held out in; by its id alone, so that it never changes."""
    return sum(group.encode()) % folds
