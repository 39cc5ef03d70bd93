"""Which propositions are compared at all: those that share rare words, and each one's nearest in meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from onrecord.linking.encoder import Vectors
from onrecord.linking.lexis import Rarity
from onrecord.linking.propositions import Proposition

NEAREST = 24
LONGEST_POSTING = 400
SMALL = 1500


def candidates(found: Sequence[Proposition], vectors: Vectors, rarity: Rarity) -> tuple[tuple[int, int], ...]:
    """Pairs of row numbers to compare, at most NEAREST a row once a story is large; never all pairs then."""
    if len(found) <= SMALL:
        return _nearest_of_all(vectors)
    postings: dict[str, list[int]] = defaultdict(list)
    pairs: set[tuple[int, int]] = set()
    for row, proposition in enumerate(found):
        scores: dict[int, float] = defaultdict(float)
        for word in sorted(set(proposition.words), key=lambda word: (-rarity.of(word), word))[:6]:
            for other in postings[word][-LONGEST_POSTING:]:
                scores[other] += rarity.of(word)
            postings[word].append(row)
        best = sorted(scores, key=lambda other: (-scores[other], other))[:NEAREST]
        pairs.update((other, row) for other in best)
    return tuple(sorted(pairs))


def _nearest_of_all(vectors: Vectors) -> tuple[tuple[int, int], ...]:
    if len(vectors) < 2:
        return ()
    near = vectors @ vectors.T
    np.fill_diagonal(near, -1.0)
    keep = min(NEAREST * 4, len(vectors) - 1)
    rows = np.argsort(-near, axis=1, kind="stable")[:, :keep]
    pairs = {(min(row, int(other)), max(row, int(other))) for row in range(len(vectors)) for other in rows[row]}
    return tuple(sorted(pairs))
