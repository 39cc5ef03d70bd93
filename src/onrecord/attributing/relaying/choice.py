"""The learned choice: how likely a carrier passed a statement on, by boosted trees over its signs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from pathlib import Path
from typing import Any

from onrecord.attributing.relaying.signs import SIGNS
from onrecord.errors import BackendError
from onrecord.weights.manifest import packed_weights, read_weights

FILE = "relays.json"


@dataclass(frozen=True, slots=True)
class Choice:
    """Trees as lists of nodes: `[value]` is a leaf, `[sign, at most, left, right]` a question; `least` is the bar."""

    bias: float
    least: float
    trees: tuple[tuple[tuple[float, ...], ...], ...]

    def chance(self, signs: Sequence[float]) -> float:
        """The probability that the carrier of these signs passed the statement on."""
        told = self.bias
        for tree in self.trees:
            node = tree[0]
            while len(node) > 1:
                node = tree[int(node[2] if signs[int(node[0])] <= node[1] else node[3])]
            told += node[0]
        return 1.0 / (1.0 + exp(-told))


@cache
def load_choice() -> Choice | None:
    """The choice of the weights in force, else of the installed ones; None without any, when the rules stand alone."""
    installed = Path(str(files("onrecord") / "weights"))
    for find in (packed_weights, lambda: read_weights(installed)):
        try:
            return read_choice(json.loads(find().path(FILE).read_text(encoding="utf-8")))
        except BackendError:
            continue
    return None


def read_choice(told: dict[str, Any]) -> Choice:
    """A choice from its file; raises BackendError where it was trained on other signs than these."""
    if tuple(told["signs"]) != SIGNS:
        raise BackendError(f"weights/{FILE}: made for other signs than this version's; reinstall onrecord")
    trees = tuple(tuple(tuple(float(one) for one in node) for node in tree) for tree in told["trees"])
    return Choice(float(told["bias"]), float(told["least"]), trees)
