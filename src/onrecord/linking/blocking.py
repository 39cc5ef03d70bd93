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
RAREST = 6
# So many that share its rarest words are enough to choose a row's nearest from.
ENOUGH = 10 * NEAREST


def candidates(found: Sequence[Proposition], vectors: Vectors, rarity: Rarity) -> tuple[tuple[int, int], ...]:
    """Pairs of row numbers to compare, at most NEAREST a row once a story is large; never all pairs then."""
    if len(found) <= SMALL:
        return _nearest_of_all(vectors)
    postings: dict[str, list[int]] = defaultdict(list)
    pairs: list[tuple[int, int]] = []
    weights = {word: rarity.of(word) for word in {word for one in found for word in one.words}}
    for row, proposition in enumerate(found):
        scores: dict[int, float] = defaultdict(float)
        for word in sorted(set(proposition.words), key=lambda word: (-weights[word], word))[:RAREST]:
            if len(scores) < ENOUGH:
                weight = weights[word]
                for other in postings[word][-LONGEST_POSTING:]:
                    scores[other] += weight
            postings[word].append(row)
        best = sorted(scores, key=lambda other: (-scores[other], other))[:NEAREST]
        pairs.extend((other, row) for other in best)
    return tuple(sorted(pairs))


def _nearest_of_all(vectors: Vectors) -> tuple[tuple[int, int], ...]:
    if len(vectors) < 2:
        return ()
    near = vectors @ vectors.T
    np.fill_diagonal(near, -1.0)
    keep = min(NEAREST * 4, len(vectors) - 1)
    others = np.argsort(-near, axis=1, kind="stable")[:, :keep].ravel()
    rows = np.repeat(np.arange(len(vectors)), keep)
    codes = np.unique(np.minimum(rows, others) * len(vectors) + np.maximum(rows, others))
    return tuple(zip((codes // len(vectors)).tolist(), (codes % len(vectors)).tolist(), strict=True))
