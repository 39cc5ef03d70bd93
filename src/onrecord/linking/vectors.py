"""Propositions to vectors whose products are similarities: meaning from the encoder, words weighted by rarity."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from onrecord.linking.encoder import Encoder, Vectors
from onrecord.linking.incidence import Incidence, incidence
from onrecord.linking.lexis import Rarity
from onrecord.linking.propositions import Proposition

BUCKETS = 2048
# A large story's rows are kept short, so that thousands of reports fit in memory.
LARGE, FEW_BUCKETS = 1500, 512
MEANING = 0.5
COMMON = 0.8
FEW = 20
CONTEXT = 0.5


def similarity_vectors(
    found: Sequence[Proposition], rarity: Rarity, encoder: Encoder | None, words: Incidence | None = None
) -> Vectors:
    """Rows whose dot product is MEANING × cosine of meaning + the rest × cosine of rare words. Shape: (rows, width).

    `words` are the statements' words where they are at hand.
    """
    words = words or incidence([proposition.words for proposition in found], rarity)
    context = incidence([proposition.context for proposition in found], rarity)
    lexical = _unit(word_vectors(words) + CONTEXT * word_vectors(context))
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


def word_vectors(words: Incidence) -> Vectors:
    """Hashed words weighted by rarity, of length one (Weinberger et al., 2009). Shape: (rows, width)."""
    width = BUCKETS if words.rows <= LARGE else FEW_BUCKETS
    found = np.zeros(words.rows * width, dtype=np.float32)
    buckets = np.array([zlib.crc32(word.encode()) % width for word in words.vocabulary], dtype=np.int64)
    places = np.repeat(np.arange(words.rows), words.sizes) * width + buckets[words.words]
    np.add.at(found, places, words.weights[words.words].astype(np.float32))
    return _unit(found.reshape(words.rows, width))


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), dtype=np.float32)
