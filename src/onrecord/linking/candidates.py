"""Blocking: which pairs of statements are compared at all (Christen, 2012)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

NEAREST = 8
NEAREST_IN_REPORT = 3
# Rows whose similarities are held at once.
BLOCK = 512

Floats = npt.NDArray[np.float32]
Pairs = npt.NDArray[np.int64]


def candidate_pairs(vectors: Floats, reports: npt.NDArray[np.int64]) -> Pairs:
    """Each statement with its nearest ones of other reports and of its own, each pair once, the smaller row first.

    `vectors` has the shape (statements, width), each of length one; `reports` numbers each statement's report.
    The work grows with the square of the statements, in one matrix product a block; what is compared grows with the
    statements.
    Shape: (pairs, 2).
    """
    found = []
    for start in range(0, len(vectors), BLOCK):
        near = vectors[start : start + BLOCK] @ vectors.T
        mine = reports[start : start + BLOCK, None] == reports[None, :]
        rows = np.arange(start, start + len(near))
        near[np.arange(len(near)), rows] = -np.inf
        for held, most in ((~mine, NEAREST), (mine, NEAREST_IN_REPORT)):
            found.append(_nearest(np.where(held, near, -np.inf), rows, most))
    if not found:
        return np.empty((0, 2), dtype=np.int64)
    pairs = np.concatenate(found)
    return np.unique(np.sort(pairs, axis=1), axis=0)


def _nearest(near: Floats, rows: Pairs, most: int) -> Pairs:
    """Row numbers with those of their nearest columns; ties go to the smaller column."""
    most = min(most, near.shape[1])
    order = np.argsort(-near, axis=1, kind="stable")[:, :most]
    kept = np.isfinite(np.take_along_axis(near, order, axis=1))
    left = np.repeat(rows, most).reshape(order.shape)
    return np.stack([left[kept], order[kept]], axis=1).astype(np.int64)
