"""The relay classifier: how likely a carrier passed a statement on, by boosted trees over its features."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from pathlib import Path
from typing import Any

from onrecord.attributing.relaying.features import FEATURES
from onrecord.errors import BackendError
from onrecord.weights.manifest import packed_weights, read_weights

FILE = "relays.json"


@dataclass(frozen=True, slots=True)
class RelayClassifier:
    """Trees as lists of nodes: `[value]` is a leaf, `[feature, at most, left, right]` a split."""

    bias: float
    threshold: float
    trees: tuple[tuple[tuple[float, ...], ...], ...]

    def probability(self, features: Sequence[float]) -> float:
        """The probability that the carrier with these features passed the statement on."""
        score = self.bias
        for tree in self.trees:
            node = tree[0]
            while len(node) > 1:
                node = tree[int(node[2] if features[int(node[0])] <= node[1] else node[3])]
            score += node[0]
        return 1.0 / (1.0 + exp(-score))


def load_classifier() -> RelayClassifier | None:
    """The classifier of the weights in force, else of the installed ones; None without any: the rules stand alone."""
    return _load(os.environ.get("ONRECORD_WEIGHTS"))


@cache
def _load(_folder: str | None) -> RelayClassifier | None:
    installed = Path(str(files("onrecord") / "weights"))
    for find in (packed_weights, lambda: read_weights(installed)):
        try:
            return read_classifier(json.loads(find().path(FILE).read_text(encoding="utf-8")))
        except BackendError:
            continue
    return None


def read_classifier(data: dict[str, Any]) -> RelayClassifier:
    """A classifier from its file; raises BackendError where it was trained on other features than these."""
    if tuple(data["signs"]) != FEATURES:
        raise BackendError(f"weights/{FILE}: made for other features than this version's; reinstall onrecord")
    trees = tuple(tuple(tuple(float(value) for value in node) for node in tree) for tree in data["trees"])
    return RelayClassifier(float(data["bias"]), float(data["least"]), trees)
