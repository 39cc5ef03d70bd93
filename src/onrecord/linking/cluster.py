"""Average-link clustering of propositions over candidate pairs, with vetoes."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.linking.encoder import Vectors

Veto = Callable[[tuple[int, ...], tuple[int, ...]], bool]
Groups = tuple[tuple[int, ...], ...]
Rows = npt.NDArray[np.floating[Any]]

AT_ONCE = 512
# In a large story a group keeps its likeliest neighbours only, so that what a merger costs does not grow with it.
LARGE = 1500
MOST_NEAR = 160


def average_links(
    vectors: Vectors,
    pairs: Iterable[tuple[int, int]],
    thresholds: Sequence[float],
    veto: Veto,
    extra: Mapping[tuple[int, int], float] | None = None,
) -> tuple[Groups, ...]:
    """Groups of rows whose mean similarity stays at a threshold or above (UPGMA; Sokal and Michener, 1958).

    One pass serves several thresholds, in the order given, since mergers come by falling similarity. The mean over all
    pairs of two groups is the product of their vector sums over their sizes. `extra` is what single candidate pairs
    have in common beyond their vectors.
    """
    levels = sorted(set(thresholds), reverse=True)
    merging = _Merging(vectors, list(pairs), extra or {}, levels[-1])
    found = {level: merging.down_to(level, veto) for level in levels}
    return tuple(found[level] for level in thresholds)


class _Merging:
    """Groups while they are merged; `near` holds for each group the summed similarity to each of its neighbours."""

    def __init__(
        self,
        vectors: Vectors,
        pairs: Sequence[tuple[int, int]],
        extra: Mapping[tuple[int, int], float],
        least: float,
    ) -> None:
        self._vectors = vectors if len(vectors) > LARGE else vectors.astype(np.float64)
        self._least = least
        self._sums: dict[int, Rows] = {}
        self._members: dict[int, tuple[int, ...]] = {row: (row,) for row in range(len(vectors))}
        self._near: dict[int, dict[int, float]] = {row: {} for row in range(len(vectors))}
        self._most = MOST_NEAR if len(vectors) > LARGE else len(vectors)
        self._heap: list[tuple[float, int, int]] = []
        for (left, right), alike in zip(pairs, _similarities(self._vectors, pairs), strict=True):
            total = alike + extra.get((left, right), 0.0)
            self._near[left][right] = self._near[right][left] = total
            if total >= least:
                self._heap.append((-round(total, 6), left, right))
        heapq.heapify(self._heap)
        self._fresh = len(vectors)

    def down_to(self, level: float, veto: Veto) -> Groups:
        """The groups once every two that are similar to `level` or above are merged or vetoed."""
        members, lowest = self._members, -round(level, 6)
        while self._heap and self._heap[0][0] <= lowest:
            _, left, right = heapq.heappop(self._heap)
            if left in members and right in members and not veto(members[left], members[right]):
                self._merge(left, right)
        return tuple(sorted(members.values()))

    def _merge(self, left: int, right: int) -> None:
        fresh, members = self._fresh, self._members
        self._fresh += 1
        ours, theirs = self._near.pop(left), self._near.pop(right)
        one, other = self._sum(left), self._sum(right)
        totals: dict[int, float] = {}
        for neighbour in sorted({*ours, *theirs} - {left, right}):
            mine, its = ours.get(neighbour), theirs.get(neighbour)
            if mine is None:
                mine = float(one @ self._sum(neighbour))
            if its is None:
                its = float(other @ self._sum(neighbour))
            totals[neighbour] = mine + its
        members[fresh] = tuple(sorted((*members.pop(left), *members.pop(right))))
        self._sums[fresh] = one + other
        self._sums.pop(left, None)
        self._sums.pop(right, None)
        self._near[fresh] = totals
        self._tell(fresh, (left, right))

    def _tell(self, fresh: int, gone: tuple[int, int]) -> None:
        """Put a new group in the place of two old ones with all its neighbours."""
        size, totals = len(self._members[fresh]), self._near[fresh]
        means = {other: total / (size * len(self._members[other])) for other, total in totals.items()}
        if len(means) > 2 * self._most:
            kept = heapq.nsmallest(self._most, means, key=lambda other: (-means[other], other))
            dropped = means.keys() - set(kept)
        else:
            dropped = set()
        for other, mean in means.items():
            beside = self._near[other]
            for old in gone:
                beside.pop(old, None)
            if other in dropped:
                del totals[other]
                continue
            beside[fresh] = totals[other]
            if mean >= self._least:
                heapq.heappush(self._heap, (-round(mean, 6), other, fresh))

    def _sum(self, group: int) -> Rows:
        found = self._sums.get(group)
        return self._vectors[group] if found is None else found


def _similarities(vectors: Rows, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """The products of the rows of each pair."""
    rows = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    found: list[float] = []
    for start in range(0, len(rows), AT_ONCE):
        left, right = rows[start : start + AT_ONCE].T
        found.extend(np.einsum("ij,ij->i", vectors[left], vectors[right]).tolist())
    return found
