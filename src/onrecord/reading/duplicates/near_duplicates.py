"""Reports to groups of near copies: wire copy and light rewrites, which are one origin and not several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from onrecord.datamodel.report import Report
from onrecord.reading.duplicates.minhash import candidate_pairs

_WORD = re.compile(r"\w+")
_SHINGLE_WORDS = 4
_MIN_WORDS = 40
# Share of the shorter report's word 4-grams that the longer one holds as well.
NEAR_COPY = 0.6
# So many reports are compared pair by pair.
_FEW = 400
# How many reports' 4-grams are held while many are compared.
_KEPT = 200
# Of many reports a quarter of the 4-grams is compared: chosen by their first letter, the same ones in each.
_SAMPLED, _SAMPLE = 40, frozenset("aeiouk0123456789")
Grams = frozenset[str]


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Two reports that share most of their words, and how large a share of the shorter one it is."""

    left: str
    right: str
    shared: float


def near_copies(reports: Sequence[Report]) -> tuple[NearCopy, ...]:
    """Pairs of near copies, by id, told by shared word 4-grams; large collections are blocked by MinHash (Broder 1997).

    A revision of the same page is no copy: pairs of one address are left out.
    """
    if len(reports) < 2:
        return ()
    ordered = sorted(reports, key=lambda one: one.id)
    pages = {one.id: one.url for one in reports}
    found = []
    for left, right, shared in _among_many(ordered) if len(reports) > _FEW else _among_few(ordered):
        if shared >= NEAR_COPY and (pages[left] is None or pages[left] != pages[right]):
            found.append(NearCopy(left, right, round(shared, 2)))
    return tuple(found)


def _among_many(reports: Sequence[Report]) -> Iterator[tuple[str, str, float]]:
    """Pairs of ids that may be near copies, with the share: the 4-grams of all at once are larger than the texts."""
    texts = {one.id: one for one in reports}

    @lru_cache(_KEPT)
    def grams(id: str) -> Grams:
        return _grams(texts[id], sampled=True)

    for left, right in candidate_pairs((one.id, _grams(one, sampled=True)) for one in reports):
        yield left, right, len(grams(left) & grams(right)) / min(len(grams(left)), len(grams(right)))


def _among_few(reports: Sequence[Report]) -> Iterator[tuple[str, str, float]]:
    """Pairs of ids that share 4-grams, with the share of the shorter one's."""
    sampled = len(reports) > _SAMPLED
    grams = {one.id: told for one in reports if (told := _grams(one, sampled))}
    holders: dict[str, list[str]] = {}
    repeated = _repeated(grams.values())
    for id, told in grams.items():
        for gram in told & repeated:
            holders.setdefault(gram, []).append(id)
    counts = Counter(pair for ids in holders.values() for pair in combinations(ids, 2))
    for (left, right), count in sorted(counts.items()):
        yield left, right, count / min(len(grams[left]), len(grams[right]))


def _repeated(grams: Iterable[Grams]) -> Grams:
    """The 4-grams that more than one report holds: most stand in one alone."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for told in grams:
        repeated |= told & seen
        seen |= told
    return frozenset(repeated)


def _grams(report: Report, sampled: bool) -> Grams:
    pieces, at = [], 0
    for span in report.furniture:
        pieces.append(report.text[at : max(at, span.start)])
        at = max(at, span.end)
    words = _WORD.findall(" ".join((*pieces, report.text[at:])).casefold())
    if len(words) < _MIN_WORDS:
        return frozenset()
    starts = range(len(words) - _SHINGLE_WORDS + 1)
    chosen = [at for at in starts if words[at][0] in _SAMPLE] if sampled else starts
    return frozenset([" ".join(words[at : at + _SHINGLE_WORDS]) for at in chosen])
