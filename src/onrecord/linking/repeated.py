"""Statements repeated word for word in one context, as wire copy is: each wording is compared once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from onrecord.linking.encoder import Vectors
from onrecord.linking.incidence import Numbers, ranges
from onrecord.linking.propositions import Proposition

Told = TypeVar("Told")


@dataclass(frozen=True)
class Repeated:
    """The wordings of a story's statements: `of` gives each row's wording, `first` each wording's first row."""

    of: Numbers
    first: Numbers

    @cached_property
    def _sorted(self) -> tuple[Numbers, Numbers]:
        """The rows by wording, and where each wording's begin, with the end of all."""
        rows = np.argsort(self.of, kind="stable")
        return rows, np.searchsorted(self.of[rows], np.arange(len(self.first) + 1))

    def rows(self, wordings: Numbers) -> tuple[Numbers, Numbers]:
        """The rows of some wordings, and of each row the place of its wording among them."""
        rows, starts = self._sorted
        begin, end = starts[wordings], starts[wordings + 1]
        return rows[ranges(begin, end)], np.repeat(np.arange(len(wordings)), end - begin)

    def spread(self, groups: Iterable[Sequence[int]], among: Sequence[int]) -> list[tuple[int, ...]]:
        """Groups of wordings as groups of rows, of those that are `among` some."""
        held: dict[int, list[int]] = {}
        for row, wording in zip(among, self.of[list(among)].tolist(), strict=True):
            held.setdefault(wording, []).append(row)
        return [tuple(sorted(row for wording in group for row in held.get(wording, ()))) for group in groups]

    def pairs(self, told: Mapping[tuple[int, int], Told], holders: Sequence[str | None]) -> dict[tuple[int, int], Told]:
        """What is told of pairs of wordings, of pairs of rows: the first row of each holder; `holders` are by row."""
        wanted = {wording for pair in told for wording in pair}
        first: dict[int, dict[str | None, int]] = {wording: {} for wording in sorted(wanted)}
        for wording, rows in first.items():
            for row in self.rows(np.array([wording]))[0].tolist():
                rows.setdefault(holders[row], row)
        return {
            (left, right): one
            for (ours, theirs), one in told.items()
            for left in first[ours].values()
            for right in first[theirs].values()
        }


def repeated(found: Sequence[Proposition]) -> Repeated:
    """The wordings of some statements, in the order of their first rows."""
    keys = np.array([one.wording for one in found], dtype=np.int64)
    _, first, of = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return Repeated(of=rank[of], first=first[order])


@dataclass(frozen=True, slots=True)
class RowVectors:
    """The vectors of statements by row, held once for each wording."""

    wordings: Vectors
    of: Numbers

    def of_row(self, row: int) -> Vectors:
        """One statement's vector. Shape: (width,)."""
        return np.asarray(self.wordings[self.of[row]])

    def of_rows(self, rows: Sequence[int]) -> Vectors:
        """The vectors of some statements. Shape: (rows, width)."""
        return np.asarray(self.wordings[self.of[list(rows)]])
