"""Which propositions are compared at all: those that share rare words, and each one's nearest in meaning."""

from __future__ import annotations

import numpy as np

from onrecord.linking.encoder import Vectors
from onrecord.linking.incidence import Incidence, Masses, Numbers, opened, ranges

SMALL = 1500
NEAREST_OF_ALL = 96
# In a large story: on stories of a few hundred statements, twice as many gave no better claims.
NEAREST = 12
LONGEST_POSTING = 160
RAREST = 6
# So many that share its rarest words are enough to choose a row's nearest from.
ENOUGH = 3 * NEAREST
# Two rows' numbers and the sum of weights between them, in steps of 1 / FINE, make one sortable number of 62 bits.
BITS, SCORE_BITS = 20, 22
FINE = 1 << 15


def candidates(words: Incidence, vectors: Vectors) -> Numbers:
    """Pairs of row numbers to compare, sorted, the lower first. Shape: (pairs, 2).

    Once a story is large at most NEAREST a row, and never all pairs.
    """
    return _nearest_of_all(vectors) if words.rows <= SMALL else _nearest_by_words(words)


def _nearest_of_all(vectors: Vectors) -> Numbers:
    if len(vectors) < 2:
        return np.zeros((0, 2), dtype=np.int64)
    near = vectors @ vectors.T
    np.fill_diagonal(near, -1.0)
    keep = min(NEAREST_OF_ALL, len(vectors) - 1)
    others = np.argsort(-near, axis=1, kind="stable")[:, :keep].ravel()
    rows = np.repeat(np.arange(len(vectors)), keep)
    codes = np.unique(np.minimum(rows, others) * len(vectors) + np.maximum(rows, others))
    return np.stack((codes // len(vectors), codes % len(vectors)), axis=1)


def _nearest_by_words(words: Incidence) -> Numbers:
    """For each row those before it that share most of its rarest words, by weight; never more than NEAREST."""
    row, word, level = _rarest(words)
    earlier = np.lexsort((row, word))
    first, last = _stretches(word[earlier])
    place = np.empty(len(row), dtype=np.int64)
    place[earlier] = np.arange(len(row))
    start = np.maximum(np.repeat(first, last - first)[place], place - LONGEST_POSTING)
    seen = place - start
    # A word is looked at while the rarer ones have not brought enough.
    total = np.cumsum(seen) - seen
    opened = np.flatnonzero(level == 0)
    before = total - np.repeat(total[opened], np.diff([*opened, len(row)]))
    start = np.where(before < ENOUGH, start, place)
    others = row[earlier][ranges(start, place)]
    mine = np.repeat(np.arange(len(row)), place - start)
    codes = np.sort((row[mine] << BITS | others) << 3 | level[mine])
    weights = np.zeros((words.rows, 8))
    weights[row, level] = words.weights[word]
    return _best(codes >> 3, weights[codes >> (BITS + 3), codes & 7])


def _rarest(words: Incidence) -> tuple[Numbers, Numbers, Numbers]:
    """Each row's RAREST words, the rarest first: row, word and place among them."""
    row = np.repeat(np.arange(words.rows), words.sizes)
    order = np.lexsort((words.words, -words.weights[words.words], row))
    level = np.arange(len(row)) - np.repeat(words.starts[:-1], words.sizes)
    kept = level < RAREST
    return row[kept], words.words[order][kept], level[kept]


def _stretches(values: Numbers) -> tuple[Numbers, Numbers]:
    """Where each run of equal values begins and ends."""
    first = opened(values)
    return first, np.append(first[1:], len(values))


def _best(codes: Numbers, weights: Masses) -> Numbers:
    """Of pairs coded as row and other, the NEAREST of each row by the sum of their weights, then by number."""
    if not len(codes):
        return np.zeros((0, 2), dtype=np.int64)
    first, _ = _stretches(codes)
    scores = np.rint(np.add.reduceat(weights, first) * FINE).astype(np.int64)
    row, other = codes[first] >> BITS, codes[first] & ((1 << BITS) - 1)
    worst = (1 << SCORE_BITS) - 1
    ranked = np.sort((row << SCORE_BITS | (worst - scores).clip(0)) << BITS | other)
    row, other = ranked >> (BITS + SCORE_BITS), ranked & ((1 << BITS) - 1)
    begin, end = _stretches(row)
    near = np.arange(len(row)) - np.repeat(begin, end - begin) < NEAREST
    pairs = np.sort(other[near] << BITS | row[near])
    return np.stack((pairs >> BITS, pairs & ((1 << BITS) - 1)), axis=1)
