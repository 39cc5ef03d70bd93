"""Average links in a large story: in each round, every two groups that are each other's likeliest are merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.linking.encoder import Vectors
from onrecord.linking.incidence import Numbers, opened

Rows = npt.NDArray[np.floating[Any]]
Members = tuple[int, ...]
Veto = Callable[[Members, Members], bool]
Flags = npt.NDArray[np.bool_]

# So few that what is looked up at once stays in the processor's cache.
AT_ONCE = 256
# Of the least similarity that two groups are merged at; a fainter pair is not followed.
FAINT = 0.5


def merged_in_rounds(
    vectors: Vectors, pairs: Numbers, beside: tuple[Rows, Flags], levels: Sequence[float], veto: Veto
) -> dict[float, tuple[Members, ...]]:
    """The groups at each level, the highest first (reciprocal nearest neighbours; Murtagh, 1983).

    `beside` the pairs stands what they have in common beyond their vectors, and which never come into one group.
    The vectors are used up: a group's sum takes the place of its first row's.
    """
    rounds = _Rounds(vectors, pairs, *beside, least=FAINT * levels[-1])
    return {level: rounds.down_to(level, veto) for level in levels}


class _Rounds:
    """Groups, each by the number of its first row, and what every two neighbours among them have in common.

    Of an edge between two groups: `total` is the sum over all pairs of their rows, `beyond` the part of it that does
    not come from the vectors, `barred` whether the two must not be merged.
    """

    def __init__(self, vectors: Vectors, pairs: Numbers, extra: Rows, barred: Flags, *, least: float) -> None:
        self._sums = vectors
        self._sizes = np.ones(len(vectors), dtype=np.int64)
        self._members: dict[int, Members] = {row: (row,) for row in range(len(vectors))}
        total = self._products(pairs[:, 0], pairs[:, 1]) + extra
        kept = (total >= least) | barred
        self._left, self._right = pairs[kept, 0], pairs[kept, 1]
        self._total, self._beyond = total[kept], np.asarray(extra[kept], dtype=np.float64)
        self._barred = barred[kept]

    def down_to(self, level: float, veto: Veto) -> tuple[Members, ...]:
        """The groups once no two that are similar to `level` or above can be merged."""
        while len(likeliest := self._likeliest(level)):
            joined = [edge for edge in likeliest.tolist() if not self._bars(edge, veto)]
            if joined:
                self._merge(np.array(joined))
        return tuple(sorted(self._members.values()))

    def _likeliest(self, level: float) -> Numbers:
        """The edges that are the likeliest of both their groups; of equal ones those between the lowest numbers."""
        means = np.round(self._total / (self._sizes[self._left] * self._sizes[self._right]), 6)
        open_ = np.flatnonzero(~self._barred & (means >= round(level, 6)))
        left, right, means = self._left[open_], self._right[open_], means[open_]
        best = np.full(len(self._sizes), -np.inf)
        for ends in (left, right):
            np.maximum.at(best, ends, means)
        top = np.flatnonzero((best[left] == means) | (best[right] == means))
        open_, left, right, means = open_[top], left[top], right[top], means[top]
        ranked = np.lexsort((right, left, -means))
        first = np.full(len(self._sizes), len(ranked), dtype=np.int64)
        places = np.arange(len(ranked))
        for ends in (left[ranked], right[ranked]):
            np.minimum.at(first, ends, places)
        mutual = ranked[(first[left[ranked]] == places) & (first[right[ranked]] == places)]
        return np.asarray(open_[mutual], dtype=np.int64)

    def _bars(self, edge: int, veto: Veto) -> bool:
        barred = veto(self._members[int(self._left[edge])], self._members[int(self._right[edge])])
        self._barred[edge] = barred
        return barred

    def _merge(self, edges: Numbers) -> None:
        """Merge the two groups of each edge under the lower number, and the edges that then fall together."""
        ours, theirs = self._left[edges], self._right[edges]
        home = np.arange(len(self._sizes))
        home[theirs] = ours
        for left, right in zip(ours.tolist(), theirs.tolist(), strict=True):
            self._members[left] = tuple(sorted((*self._members[left], *self._members.pop(right))))
        covered = self._sizes[self._left] * self._sizes[self._right]
        self._sums[ours] += self._sums[theirs]
        self._sizes[ours] += self._sizes[theirs]
        touched = np.zeros(len(home), dtype=bool)
        touched[ours] = touched[theirs] = True
        moved = touched[self._left] | touched[self._right]
        self._fold(moved, home, covered)

    def _fold(self, moved: npt.NDArray[np.bool_], home: Numbers, covered: Numbers) -> None:
        """Put the edges that moved between the groups they now join, one for every two groups."""
        one, other = home[self._left[moved]], home[self._right[moved]]
        codes = np.minimum(one, other) * len(home) + np.maximum(one, other)
        order = np.flatnonzero(one != other)
        order = order[np.argsort(codes[order], kind="stable")]
        first = opened(codes[order])
        left, right = codes[order][first] // len(home), codes[order][first] % len(home)
        total, beyond, known, barred = (
            np.add.reduceat(values[moved][order], first) if len(first) else values[:0]
            for values in (self._total, self._beyond, covered, self._barred.astype(np.int64))
        )
        short = np.flatnonzero(known < self._sizes[left] * self._sizes[right])
        total[short] = self._products(left[short], right[short]) + beyond[short]
        stay = ~moved
        self._left, self._right = np.append(self._left[stay], left), np.append(self._right[stay], right)
        self._total, self._beyond = np.append(self._total[stay], total), np.append(self._beyond[stay], beyond)
        self._barred = np.append(self._barred[stay], barred > 0)

    def _products(self, left: Numbers, right: Numbers) -> npt.NDArray[np.float64]:
        """The products of the vector sums of two groups each. Shape: (pairs,)."""
        found = np.zeros(len(left))
        for start in range(0, len(left), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            found[some] = np.einsum("ij,ij->i", self._sums[left[some]], self._sums[right[some]])
        return found
