"""The likeliest neighbours of each group in a large story, so that memory and time grow with it and no faster."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.linking.encoder import Vectors
from onrecord.linking.incidence import Numbers

Rows = npt.NDArray[np.floating[Any]]

AT_ONCE = 4096
MOST_NEAR = 60
# Of the least similarity that two groups are merged at; a pair below it counts only with others beside it.
FAINT = 0.5


class Few:
    """The summed similarity of each group to its neighbours, and the sum of each group's vectors."""

    def __init__(self, vectors: Vectors, pairs: Numbers, extra: Rows, least: float) -> None:
        self._sums = vectors.copy()
        self._place = dict(zip(range(len(vectors)), range(len(vectors)), strict=True))
        self._sizes = dict.fromkeys(range(len(vectors)), 1)
        self._near: dict[int, dict[int, float]] = {row: {} for row in range(len(vectors))}
        totals = _similarities(vectors, pairs) + extra
        kept = totals >= FAINT * least
        for (left, right), total in zip(pairs[kept].tolist(), totals[kept].tolist(), strict=True):
            self._near[left][right] = self._near[right][left] = total

    def likely(self, least: float) -> list[tuple[int, int, float]]:
        """The candidates whose similarity is `least` or above."""
        return [
            (row, other, total)
            for row, near in self._near.items()
            for other, total in near.items()
            if row < other and total >= least
        ]

    def merged(self, left: int, right: int, fresh: int, least: float) -> list[tuple[int, float]]:
        """Make one group of two: its neighbours whose mean similarity is `least` or above, with the mean."""
        totals = self._totals(left, right)
        at, gone = self._place.pop(left), self._place.pop(right)
        self._sums[at] += self._sums[gone]
        self._place[fresh] = at
        size = self._sizes[fresh] = self._sizes.pop(left) + self._sizes.pop(right)
        means = {other: total / (size * self._sizes[other]) for other, total in totals.items()}
        if len(means) > 2 * MOST_NEAR:
            kept = heapq.nsmallest(MOST_NEAR, means, key=lambda other: (-means[other], other))
        else:
            kept = list(means)
        self._tell(fresh, (left, right), totals, kept)
        return [(other, means[other]) for other in kept if means[other] >= least]

    def _totals(self, left: int, right: int) -> dict[int, float]:
        """The summed similarity of two groups to the neighbours of either."""
        ours, theirs = self._near.pop(left), self._near.pop(right)
        ours.pop(right, None)
        theirs.pop(left, None)
        totals = {other: total + theirs[other] for other, total in ours.items() if other in theirs}
        for one, far in ((ours, right), (theirs, left)):
            single = sorted(other for other in one if other not in totals)
            if single:
                places = [self._place[other] for other in single]
                missing = (self._sums[places] @ self._sums[self._place[far]]).tolist()
                totals.update({other: one[other] + more for other, more in zip(single, missing, strict=True)})
        return totals

    def _tell(self, fresh: int, gone: tuple[int, int], totals: dict[int, float], kept: list[int]) -> None:
        """Put a new group in the place of two old ones with those of its neighbours that are kept."""
        for other in totals:
            beside = self._near[other]
            for old in gone:
                beside.pop(old, None)
        self._near[fresh] = {other: totals[other] for other in kept}
        for other in kept:
            self._near[other][fresh] = totals[other]


def _similarities(vectors: Vectors, pairs: Numbers) -> npt.NDArray[np.float64]:
    """The products of the rows of each pair. Shape: (pairs,)."""
    found = np.zeros(len(pairs))
    for start in range(0, len(pairs), AT_ONCE):
        left, right = pairs[start : start + AT_ONCE].T
        found[start : start + AT_ONCE] = np.einsum("ij,ij->i", vectors[left], vectors[right])
    return found
