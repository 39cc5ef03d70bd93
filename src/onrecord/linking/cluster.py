"""Average-link clustering of propositions over candidate pairs, with vetoes."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.linking.encoder import Vectors
from onrecord.linking.incidence import Numbers
from onrecord.linking.rounds import Flags, merged_in_rounds

Veto = Callable[[tuple[int, ...], tuple[int, ...]], bool]
Groups = tuple[tuple[int, ...], ...]
Rows = npt.NDArray[np.floating[Any]]

# Up to so many statements, the similarities of all pairs are held at once.
SMALL = 1500


def average_links(
    vectors: Vectors,
    pairs: Numbers,
    thresholds: Sequence[float],
    veto: Veto,
    extra: Rows | None = None,
    apart: Flags | None = None,
) -> tuple[Groups, ...]:
    """Groups of rows whose mean similarity stays at a threshold or above (UPGMA; Sokal and Michener, 1958).

    One pass serves several thresholds, in the order given, since mergers come by falling similarity. `pairs` are the
    candidates, of shape (pairs, 2); two groups are held against each other once a pair of their rows is a candidate,
    and then by the mean over all their pairs. `extra` is what candidates have in common beyond their vectors, `apart`
    tells which candidates never come into one group. Where there are many, the vectors are overwritten.
    """
    levels = sorted(set(thresholds), reverse=True)
    beyond = np.zeros(len(pairs)) if extra is None else extra
    barred = np.zeros(len(pairs), dtype=bool) if apart is None else apart
    if len(vectors) > SMALL:
        found = merged_in_rounds(vectors, pairs, (beyond, barred), levels, veto)
    else:
        merging = _Merging(_All(vectors, pairs, beyond, barred), len(vectors), levels[-1])
        found = {level: merging.down_to(level, veto) for level in levels}
    return tuple(found[level] for level in thresholds)


class _Merging:
    """Groups by number while they are merged, the likeliest two first; a merged group takes the next number."""

    def __init__(self, near: _All, rows: int, least: float) -> None:
        self._near = near
        self._least = least
        self._members: dict[int, tuple[int, ...]] = {row: (row,) for row in range(rows)}
        self._heap = [(-round(total, 6), left, right) for left, right, total in near.likely(least)]
        heapq.heapify(self._heap)
        self._fresh = rows

    def down_to(self, level: float, veto: Veto) -> Groups:
        """The groups once every two that are similar to `level` or above are merged or vetoed."""
        members, lowest = self._members, -round(level, 6)
        while self._heap and self._heap[0][0] <= lowest:
            _, left, right = heapq.heappop(self._heap)
            if left not in members or right not in members or self._near.barred(left, right):
                continue
            if not veto(members[left], members[right]):
                self._merge(left, right)
        return tuple(sorted(members.values()))

    def _merge(self, left: int, right: int) -> None:
        fresh, members = self._fresh, self._members
        self._fresh += 1
        members[fresh] = tuple(sorted((*members.pop(left), *members.pop(right))))
        for other, mean in self._near.merged(left, right, fresh, self._least):
            heapq.heappush(self._heap, (-round(mean, 6), other, fresh))


class _All:
    """The summed similarity of every two groups; a merged group takes the place of the first of the two."""

    def __init__(self, vectors: Vectors, pairs: Numbers, extra: Rows, barred: Flags) -> None:
        exact = vectors.astype(np.float64)
        left, right = pairs[:, 0], pairs[:, 1]
        self._totals = exact @ exact.T
        self._totals[left, right] += extra
        self._totals[right, left] = self._totals[left, right]
        self._candidates = np.zeros(self._totals.shape, dtype=bool)
        self._candidates[left, right] = self._candidates[right, left] = True
        self._barred = np.zeros(self._totals.shape, dtype=bool)
        self._barred[left[barred], right[barred]] = self._barred[right[barred], left[barred]] = True
        self._sizes = np.ones(len(vectors))
        self._group = np.arange(len(vectors))
        self._place = {row: row for row in range(len(vectors))}
        self._pairs = pairs

    def likely(self, least: float) -> list[tuple[int, int, float]]:
        """The candidates whose similarity is `least` or above."""
        left, right = self._pairs[:, 0], self._pairs[:, 1]
        totals = self._totals[left, right]
        kept = totals >= least
        return list(zip(left[kept].tolist(), right[kept].tolist(), totals[kept].tolist(), strict=True))

    def barred(self, left: int, right: int) -> bool:
        """Whether a row of one group must not come together with a row of the other."""
        return bool(self._barred[self._place[left], self._place[right]])

    def merged(self, left: int, right: int, fresh: int, least: float) -> list[tuple[int, float]]:
        """Make one group of two: its candidates whose mean similarity is `least` or above, with the mean."""
        at, gone = self._place.pop(left), self._place.pop(right)
        for grid in (self._totals, self._candidates, self._barred):
            grid[at] += grid[gone]
            grid[:, at] = grid[at]
        self._candidates[at, at] = False
        self._candidates[gone] = self._candidates[:, gone] = False
        self._sizes[at] += self._sizes[gone]
        self._group[at], self._place[fresh] = fresh, at
        means = self._totals[at] / (self._sizes[at] * self._sizes)
        kept = np.flatnonzero(self._candidates[at] & (means >= least))
        return list(zip(self._group[kept].tolist(), means[kept].tolist(), strict=True))
