"""Propositions to vectors whose products are similarities: meaning from the encoder, words weighted by rarity."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from onrecord.linking.encoder import Encoder, Vectors
from onrecord.linking.lexis import Rarity
from onrecord.linking.propositions import Proposition

BUCKETS = 2048
# A large story's rows are kept short, so that thousands of reports fit in memory.
LARGE, FEW_BUCKETS = 1500, 512
MEANING = 0.5
COMMON = 0.8
FEW = 20
CONTEXT = 0.5


def similarity_vectors(found: Sequence[Proposition], rarity: Rarity, encoder: Encoder | None) -> Vectors:
    """Rows whose dot product is MEANING × cosine of meaning + the rest × cosine of rare words. Shape: (rows, width)."""
    lexical = word_vectors([proposition.words for proposition in found], rarity)
    lexical = _unit(lexical + CONTEXT * word_vectors([proposition.context for proposition in found], rarity))
    if encoder is None:
        return lexical
    meaning = centred(encoder.encode([affirmed(proposition.text) for proposition in found]))
    return np.hstack([np.sqrt(MEANING) * meaning, np.sqrt(1 - MEANING) * lexical]).astype(np.float32)


def centred(vectors: Vectors) -> Vectors:
    """Unit vectors less what a story's statements share, its topic (Mu and Viswanath, 2018)."""
    share = COMMON * len(vectors) / (len(vectors) + FEW)
    moved = vectors - share * vectors.mean(axis=0)
    return np.asarray(moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6), dtype=np.float32)


_DENYING = re.compile(r"\b(?:not|never|no|nobody|nothing|neither|nor|cannot)\b|n[’']t\b", re.IGNORECASE)


def affirmed(text: str) -> str:
    """The words without their negations, so that a claim and its denial come to lie close together."""
    return _DENYING.sub("", text)


def word_vectors(rows: Sequence[Sequence[str]], rarity: Rarity) -> Vectors:
    """Hashed words weighted by rarity, of length one (Weinberger et al., 2009). Shape: (rows, width)."""
    width = BUCKETS if len(rows) <= LARGE else FEW_BUCKETS
    found = np.zeros((len(rows), width), dtype=np.float32)
    known = {word for words in rows for word in words}
    places = {word: (zlib.crc32(word.encode()) % width, rarity.of(word)) for word in known}
    for number, words in enumerate(rows):
        for word in sorted(set(words)):
            place, weight = places[word]
            found[number, place] += weight
    return _unit(found)


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)
