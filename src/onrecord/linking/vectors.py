"""Propositions to vectors whose products are similarities: meaning from the encoder, words weighted by rarity."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Sequence, Set
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.datamodel.report import Report
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
# Numbers of so many bits: a sample has some 16 to 32 reports, one in which words are counted 64 to 128.
SAMPLE_BITS, COUNTED_BITS = 5, 7

Flags = npt.NDArray[np.bool_]


def similarity_vectors(
    found: Sequence[Proposition],
    rarity: Rarity,
    encoder: Encoder | None,
    words: Incidence | None = None,
    typical: Set[str] | None = None,
) -> Vectors:
    """Rows whose dot product is MEANING × cosine of meaning + the rest × cosine of rare words. Shape: (rows, width).

    `words` are the statements' words where they are at hand; `typical` are the reports whose mean is the topic.
    """
    words = words or incidence([proposition.words for proposition in found], rarity)
    context = incidence([proposition.context for proposition in found], rarity)
    lexical = word_vectors(words)
    lexical += CONTEXT * word_vectors(context)
    lexical = _to_unit(lexical)
    if encoder is None:
        return lexical
    some = None if typical is None else np.array([proposition.report in typical for proposition in found])
    meaning = centred(encoder.encode([affirmed(proposition.text) for proposition in found]), some)
    width = meaning.shape[1]
    both = np.empty((len(found), width + lexical.shape[1]), dtype=np.float32)
    np.multiply(meaning, np.float32(np.sqrt(MEANING)), out=both[:, :width])
    np.multiply(lexical, np.float32(np.sqrt(1 - MEANING)), out=both[:, width:])
    return both


def sampled(reports: Sequence[Report], bits: int = SAMPLE_BITS) -> frozenset[str]:
    """Some of a large story's reports, chosen by their ids: most reports that are added leave them as they are.

    How many there are is a number of so many `bits`.
    """
    more = max(0, len(reports).bit_length() - bits)
    return frozenset(one.id for one in reports if not _digest(one.id) & ((1 << more) - 1))


def _digest(ident: str) -> int:
    return int.from_bytes(hashlib.blake2b(ident.encode(), digest_size=4).digest(), "big")


def centred(vectors: Vectors, typical: Flags | None = None) -> Vectors:
    """Unit vectors less what a story's typical statements share, its topic (Mu and Viswanath, 2018)."""
    some = vectors if typical is None or not typical.any() else vectors[typical]
    share = COMMON * len(some) / (len(some) + FEW)
    return _to_unit(np.asarray(vectors - share * some.mean(axis=0), dtype=np.float32))


_DENYING = re.compile(r"\b(?:not|never|no|nobody|nothing|neither|nor|cannot)\b|n[’']t\b", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
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
    return _to_unit(found.reshape(words.rows, width))


def _to_unit(rows: Vectors) -> Vectors:
    """The rows themselves, made of length one: a large story's are too many to be held twice."""
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return rows
