"""Which words stand in which statements, as arrays, so that many pairs are compared at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Masses = npt.NDArray[np.float64]

AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Incidence:
    """The distinct words of each row: `words[starts[row]:starts[row + 1]]` are numbers in the sorted vocabulary."""

    vocabulary: tuple[str, ...]
    starts: Numbers
    words: Numbers
    weights: Masses

    @property
    def rows(self) -> int:
        """How many statements there are."""
        return len(self.starts) - 1

    @property
    def sizes(self) -> Numbers:
        """How many distinct words each row has. Shape: (rows,)."""
        return np.diff(self.starts)

    @property
    def masses(self) -> Masses:
        """The weights of each row's words, added up in the order of the vocabulary. Shape: (rows,)."""
        weights = self.weights[self.words]
        return np.bincount(self._rows_of_words(), weights=weights, minlength=self.rows).astype(np.float64)

    def of(self, rows: Numbers) -> Incidence:
        """Some of the rows, in the order given."""
        return replace(self, starts=np.cumsum([0, *self.sizes[rows]]), words=self.flat(rows)[0])

    def flat(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """The words of some rows, one row's after the other's, and of each word the place of its row among them."""
        words = self.words[ranges(self.starts[rows], self.starts[rows + 1])]
        return words, np.repeat(np.arange(len(rows)), self.sizes[rows])

    def both(self, pairs: Numbers) -> tuple[Numbers, Masses]:
        """How many words the rows of each pair share, and the weights of these. Shapes: (pairs,)."""
        counts, masses = np.zeros(len(pairs), dtype=np.int64), np.zeros(len(pairs))
        codes = self._rows_of_words() * len(self.vocabulary) + self.words
        for start in range(0, len(pairs) if len(codes) else 0, AT_ONCE):
            some = slice(start, start + AT_ONCE)
            counts[some], masses[some] = self._both(pairs[some], codes)
        return counts, masses

    def _both(self, pairs: Numbers, codes: Numbers) -> tuple[Numbers, Masses]:
        at = ranges(self.starts[pairs[:, 0]], self.starts[pairs[:, 0] + 1])
        pair = np.repeat(np.arange(len(pairs)), self.sizes[pairs[:, 0]])
        wanted = pairs[pair, 1] * len(self.vocabulary) + self.words[at]
        place = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
        found = codes[place] == wanted
        weights = self.weights[self.words[at[found]]]
        counts = np.bincount(pair[found], minlength=len(pairs)).astype(np.int64)
        return counts, np.bincount(pair[found], weights=weights, minlength=len(pairs)).astype(np.float64)

    def _rows_of_words(self) -> Numbers:
        return np.repeat(np.arange(self.rows), self.sizes)


def opened(values: npt.NDArray[Any]) -> Numbers:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.concatenate((np.ones(min(1, len(values)), dtype=bool), values[1:] != values[:-1])))


def ranges(starts: npt.NDArray[Any], ends: npt.NDArray[Any]) -> Numbers:
    """The numbers from each start up to its end, one stretch after the other."""
    lengths = np.maximum(0, ends - starts)
    before = np.cumsum(lengths) - lengths
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths), dtype=np.int64)
