"""Reports to groups of near copies: wire copy and light rewrites, which are one origin and not several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from onrecord.datamodel.report import Report

_SHINGLE_WORDS = 4
_PERMUTATIONS = 128
_MIN_WORDS = 40
# Share of the shorter report's word 4-grams that the longer one holds as well.
NEAR_COPY = 0.6
_BANDS, _ROWS = 64, 2


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Two reports that share most of their words, and how large a share of the shorter one it is."""

    left: str
    right: str
    shared: float


def near_copies(reports: Sequence[Report]) -> tuple[NearCopy, ...]:
    """Pairs of near copies, by id: blocked by MinHash (Broder 1997), decided by exact overlap of word 4-grams.

    A revision of the same page is no copy: pairs of one address are left out.
    """
    if len(reports) < 2:
        return ()
    grams = {one.id: frozenset(_grams(one)) for one in sorted(reports, key=lambda one: one.id)}
    pages = {one.id: one.url for one in reports}
    found = []
    for left, right in _candidates(grams):
        if pages[left] is not None and pages[left] == pages[right]:
            continue
        shared = len(grams[left] & grams[right]) / min(len(grams[left]), len(grams[right]))
        if shared >= NEAR_COPY:
            found.append(NearCopy(left, right, round(shared, 2)))
    return tuple(found)


def _candidates(grams: dict[str, frozenset[str]]) -> Sequence[tuple[str, str]]:
    """All pairs of a story; of a large collection those whose hashes meet in a band."""
    ids = [id for id, found in grams.items() if found]
    if len(ids) <= 200:
        return tuple(combinations(ids, 2))
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=_PERMUTATIONS, params=(_BANDS, _ROWS))
    hashes = {}
    for id in ids:
        hashes[id] = MinHash(num_perm=_PERMUTATIONS, seed=1)
        hashes[id].update_batch([gram.encode() for gram in sorted(grams[id])])
        index.insert(id, hashes[id])
    return sorted({(id, other) for id in ids for other in index.query(hashes[id]) if id < other})


def _grams(report: Report) -> list[str]:
    furniture = report.furniture
    words = [
        match.group().casefold() for match in re.finditer(r"\w+", report.text)
        if not any(span.start <= match.start() < span.end for span in furniture)
    ]  # fmt: skip
    if len(words) < _MIN_WORDS:
        return []
    return [" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(len(words) - _SHINGLE_WORDS + 1)]
