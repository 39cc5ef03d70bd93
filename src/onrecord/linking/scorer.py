"""The linker's scorer: logistic models over named features, read from the packed weights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
MODELS = ("pair", "sign", "bears", "side")


@dataclass(frozen=True, slots=True)
class Logistic:
    """A multinomial or binary logistic model.

    Shapes: mean and scale (features,), weights (classes, features), bias (classes,).
    """

    names: tuple[str, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    bias: Floats

    def chances(self, rows: Floats) -> Floats:
        """Shape: (rows, features) -> (rows,) of one class, or (rows, classes)."""
        logits = np.asarray(((rows - self.mean) / self.scale) @ self.weights.T + self.bias, dtype=np.float32)
        if len(self.bias) == 1:
            binary: Floats = (1 / (1 + np.exp(-logits[:, 0]))).astype(np.float32)
            return binary
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        found: Floats = raised / raised.sum(axis=1, keepdims=True)
        return found


@dataclass(frozen=True, slots=True)
class Scorer:
    """The models: do two statements make one claim, are they on one side; does a statement bear on a claim, on which.

    `side` tells support, denial and left open of what bears.
    """

    pair: Logistic
    sign: Logistic
    bears: Logistic
    side: Logistic
    settings: Mapping[str, float]


def read_scorer(path: Path) -> Scorer:
    """The scorer of a file; raises OSError, ValueError or KeyError where it is none."""
    return parse_scorer(json.loads(path.read_text(encoding="utf-8")))


def parse_scorer(data: dict[str, Any]) -> Scorer:
    """A scorer from what its file holds; raises ValueError or KeyError where that is none."""
    pair, sign, bears, side = (_logistic(data[name]) for name in MODELS)
    return Scorer(pair, sign, bears, side, data["settings"])


def _logistic(data: dict[str, Any]) -> Logistic:
    numbers = (np.array(data[name], dtype=np.float32) for name in ("mean", "scale", "weights", "bias"))
    return Logistic(tuple(data["names"]), *numbers)
