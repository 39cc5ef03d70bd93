"""Blocking, average links, sides, and numbers that keep statements apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.clustering import average_link
from onrecord.linking.candidates import NEAREST, NEAREST_IN_REPORT, candidate_pairs
from onrecord.linking.clustering import sides
from onrecord.linking.quantities import count_conflict, counts


def _unit(size: int, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(size, 16)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 60), st.integers(0, 9))
def test_each_pair_is_compared_once_and_each_statement_with_its_nearest(size: int, seed: int) -> None:
    vectors = _unit(size, seed)
    reports = np.arange(size, dtype=np.int64) // 3
    pairs = candidate_pairs(vectors, reports)
    assert len({tuple(pair) for pair in pairs.tolist()}) == len(pairs) <= size * (NEAREST + NEAREST_IN_REPORT)
    assert (pairs[:, 0] < pairs[:, 1]).all()
    near = vectors @ vectors.T
    for row in range(size):
        others = [n for n in range(size) if reports[n] != reports[row]]
        if others:
            best = max(others, key=lambda n: (near[row, n], -n))
            assert (min(row, best), max(row, best)) in {tuple(pair) for pair in pairs.tolist()}


def test_blocking_finds_the_same_whatever_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, reports = _unit(300, 4), np.arange(300, dtype=np.int64) // 8
    whole = candidate_pairs(vectors, reports)
    monkeypatch.setattr("onrecord.linking.candidates.BLOCK", 7)
    assert (candidate_pairs(vectors, reports) == whole).all()


def test_the_likeliest_are_merged_until_the_mean_falls() -> None:
    pairs = np.array([[0, 1], [1, 2], [0, 2], [3, 4]])
    chances = np.array([0.9, 0.5, 0.1, 0.3], dtype=np.float32)
    assert average_link(5, pairs, chances, 0.4, 0.0) == ((0, 1), (2,), (3,), (4,))
    assert average_link(5, pairs, chances, 0.25, 0.0) == ((0, 1, 2), (3, 4))


def test_a_pair_that_was_not_compared_counts_as_unlikely() -> None:
    pairs, chances = np.array([[0, 1], [1, 2]]), np.array([0.9, 0.5], dtype=np.float32)
    assert average_link(3, pairs, chances, 0.4, 0.0) == ((0, 1, 2),)
    assert average_link(3, pairs, chances, 0.4, 1.0) == ((0, 1), (2,))


def test_who_agrees_stands_on_one_side() -> None:
    agreement = {(0, 1): 2.0, (1, 2): -3.0, (0, 2): -1.0}
    assert sides((0, 1, 2), agreement, (0.5, 0.1, -0.2)) == {0: 1, 1: 1, 2: -1}


@pytest.mark.parametrize(
    ("left", "right", "clash"),
    [
        ("fourteen passengers were hurt", "40 passengers were hurt", True),
        ("fourteen passengers were hurt", "14 passengers were hurt", False),
        ("two dozen lorries were lost", "24 lorries were lost", False),
        ("3,000 homes were dark", "3,000 homes and 12 shops were dark", False),
        ("12 ferries were late", "14 passengers were hurt", False),
        ("the mill closed in 1998", "the mill closed in 1999", False),
    ],
)
def test_two_numbers_of_one_thing(left: str, right: str, clash: bool) -> None:
    assert bool(count_conflict(counts(left), counts(right))) is clash
