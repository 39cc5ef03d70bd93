"""Results of linking quotations, handed in again when the story has grown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, groupby
from typing import Generic, TypeVar

import numpy as np

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.cache import MemoCache, PairCache
from onrecord.datamodel.claim import Quote, Wording
from onrecord.datamodel.report import Report
from onrecord.linking.arrays import IntArray
from onrecord.linking.quoted_text import QuotedText, quoted_texts

Part = TypeVar("Part")

# What is kept of a report is some tens of kilobytes, of a pair of statements some bytes, of a claim a kilobyte.
MOST_REPORTS = 1 << 13
MOST_PAIRS = 1 << 22
MOST_WORDINGS, MOST_CLAIMS = 1 << 17, 1 << 16


@dataclass(frozen=True, slots=True)
class Numbered(Generic[Part]):
    """Parts of reports with numbers that stay while a report stays as it is. Shape of `numbers`: (parts,)."""

    parts: tuple[Part, ...]
    numbers: IntArray


class LinkingCache:
    """Cached results that depend on one report or two wordings alone; the output is the same without.

    Each is kept with its inputs, so that one cache may serve any stories in any order.
    """

    def __init__(self, most_reports: int = MOST_REPORTS) -> None:
        self._numbers = count()
        self._quoted: MemoCache[str, Numbered[QuotedText]] = MemoCache(most_reports)
        self._quotes: MemoCache[str, Quote] = MemoCache(MOST_CLAIMS)
        self._wordings: MemoCache[tuple[str, str], tuple[Wording, bool]] = MemoCache(MOST_WORDINGS)
        self.scores: PairCache[tuple[tuple[int, int, float], ...]] = PairCache(MOST_PAIRS)

    @property
    def misses(self) -> dict[str, int]:
        """How many results of each kind had to be computed so far."""
        return {
            "quotations": self._quoted.misses,
            "pairs of quotations": self.scores.misses,
            "quotes": self._quotes.misses,
            "wordings": self._wordings.misses,
        }

    def quoted(self, attributions: Sequence[Attribution], reports: Mapping[str, Report]) -> Numbered[QuotedText]:
        """The quoted words of attributions that stand together by report, in order."""
        found: list[Numbered[QuotedText]] = []
        for ident, mine in groupby(attributions, key=lambda one: one.report):
            if ident in reports:
                given = (reports[ident].text, tuple(mine))
                found.append(
                    self._quoted.get_or_make(ident, given, partial(self._numbered, partial(quoted_texts, *given)))
                )
        return _together(found)

    def _numbered(self, make: Callable[[], Sequence[Part]]) -> Numbered[Part]:
        parts = tuple(make())
        return Numbered(parts, np.array([next(self._numbers) for _ in parts], dtype=np.int64))

    def quote(self, group: Sequence[QuotedText], places: Sequence[int], make: Callable[[], Quote]) -> Quote:
        """The quote that some wordings make; `places` are their reports' in time."""
        return self._quotes.get_or_make(" ".join(one.attribution for one in group), (tuple(group), tuple(places)), make)

    def wording(
        self, first: QuotedText, one: QuotedText, compare: Callable[[QuotedText, QuotedText], tuple[Wording, bool]]
    ) -> tuple[Wording, bool]:
        """How a wording differs from the first one, as `compare` finds."""
        pair = (first, one)
        return self._wordings.get_or_make((first.attribution, one.attribution), pair, partial(compare, *pair))


def _together(found: Sequence[Numbered[Part]]) -> Numbered[Part]:
    numbers = [one.numbers for one in found]
    return Numbered(
        tuple(part for one in found for part in one.parts),
        np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.int64),
    )
