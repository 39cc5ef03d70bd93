"""Statements as a graph: the pairs that were compared, with a row of features each."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.linking.candidates import candidate_pairs
from onrecord.linking.features import pair_features
from onrecord.linking.judge import Judge
from onrecord.linking.statement_clauses import Clause
from onrecord.linking.statements import Statement
from onrecord.linking.terms import Idf, idf, terms

Floats = npt.NDArray[np.float32]
Pairs = npt.NDArray[np.int64]
# Without an encoder, vectors of hashed terms stand in (feature hashing; Weinberger et al., 2009).
HASHED = 1024


@dataclass(frozen=True, slots=True)
class Graph:
    """`vectors` and `contents` have the shape (statements, width), `pairs` (pairs, 2), `rows` (pairs, features).

    `cut` are the statements' clauses, `clauses` their vectors, each of shape (clauses, width).
    """

    statements: tuple[Statement, ...]
    vectors: Floats
    contents: Floats
    pairs: Pairs
    rows: Floats
    cut: Sequence[Sequence[Clause]]
    clauses: Sequence[Floats]
    rare: Idf


def compare(found: Sequence[Statement], cut: Sequence[Sequence[Clause]], judge: Judge | None) -> Graph:
    """The graph of a story's statements with their clauses; without a judge, words alone tell."""
    rare = idf([one.content for one in found])
    vectors, contents = (
        encoded(texts, judge, rare) for texts in zip(*((s.text, s.content) for s in found), strict=True)
    )
    every = encoded([clause.text for some in cut for clause in some], judge, rare)
    clauses = np.split(every, np.cumsum([len(some) for some in cut])[:-1])
    numbers = {report: number for number, report in enumerate(sorted({one.report for one in found}))}
    reports = np.array([numbers[one.report] for one in found], dtype=np.int64)
    pairs = candidate_pairs(np.asarray((vectors + contents) / 2, dtype=np.float32), reports)
    rows = pair_features(found, pairs, (vectors, contents), rare)
    return Graph(tuple(found), vectors, contents, pairs, rows, cut, clauses, rare)


def encoded(texts: Sequence[str], judge: Judge | None, rare: Idf) -> Floats:
    """Vectors of length one, of shape (texts, width)."""
    if judge:
        return judge.encode(texts)
    found = np.zeros((len(texts), HASHED), dtype=np.float32)
    for row, text in enumerate(texts):
        for term in sorted(terms(text)):
            code = zlib.crc32(term.encode())
            found[row, code % HASHED] += rare.of(term) * (1 if code >> 31 else -1)
    unit: Floats = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
    return unit
