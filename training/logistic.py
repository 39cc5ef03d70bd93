"""A logistic model fitted by Newton's method with a weak prior."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.tagging.scoring import Logistic

Pair = tuple[tuple[float, ...], bool]


def fit(pairs: Sequence[Pair], least: float = 0.5, idle: Sequence[int] = (), prior: float = 1.0) -> Logistic:
    """The model of numbers and whether each was right; the numbers at the places `idle` get the weight 0."""
    x = np.array([[1.0, *numbers] for numbers, _ in pairs])
    y = np.array([float(right) for _, right in pairs])
    held = prior * np.eye(x.shape[1])
    for place in idle:
        held[place + 1, place + 1] = 1e9
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w = w + np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + held, x.T @ (y - p) - held @ w)
    bias, *weights = [round(float(value), 4) + 0.0 for value in w]
    return Logistic(bias=bias, weights=tuple(weights), least=least)
