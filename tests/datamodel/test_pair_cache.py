"""What is known of pairs."""

from __future__ import annotations

import numpy as np

from onrecord.datamodel.cache import PairCache
from onrecord.linking.quotes import ranks


def test_pairs_are_looked_at_once() -> None:
    pairs: PairCache[str] = PairCache(most=10)
    looked: list[int] = []

    def look(place: int) -> str | None:
        looked.append(place)
        return "apart" if place == 1 else None

    left, right = np.array([1, 2, 3]), np.array([4, 5, 6])
    assert pairs.get_or_make(left, right, look) == {1: "apart"}
    assert pairs.get_or_make(left[::-1], right[::-1], look) == {1: "apart"}
    assert looked == [0, 1, 2]
    flags, found = pairs.known(np.array([2, 2]), np.array([5, 6]))
    assert flags.tolist() == [True, False] and found == {0: "apart"}


def test_no_more_pairs_are_kept_than_may_be() -> None:
    pairs: PairCache[str] = PairCache(most=3)
    for number in range(4):
        pairs.get_or_make(np.array([number]), np.array([number + 1]), lambda place: "apart")
    flags, found = pairs.known(np.arange(4), np.arange(4) + 1)
    assert flags.tolist() == [False, False, False, True] and found == {3: "apart"}


def test_no_pairs_are_no_pairs() -> None:
    pairs: PairCache[str] = PairCache(most=3)
    nothing = np.zeros(0, dtype=np.int64)
    assert pairs.get_or_make(nothing, nothing, lambda place: "apart") == {}


def test_ranks_tell_the_order_alone() -> None:
    assert ranks([7, 3, 3, 90]) == [1, 0, 0, 2]
