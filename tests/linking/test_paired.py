"""What is known of pairs, and weights that stay as a story grows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from onrecord.datamodel.report import Report
from onrecord.linking.lexis import Rarity, stepped
from onrecord.linking.making import fingerprints, ranks
from onrecord.linking.paired import Paired
from onrecord.linking.vectors import COUNTED_BITS, sampled


def test_pairs_are_looked_at_once() -> None:
    pairs: Paired[str] = Paired(most=10)
    looked: list[int] = []

    def look(place: int) -> str | None:
        looked.append(place)
        return "apart" if place == 1 else None

    left, right = np.array([1, 2, 3]), np.array([4, 5, 6])
    assert pairs.of(left, right, look) == {1: "apart"}
    assert pairs.of(left[::-1], right[::-1], look) == {1: "apart"}
    assert looked == [0, 1, 2]
    flags, found = pairs.known(np.array([2, 2]), np.array([5, 6]))
    assert flags.tolist() == [True, False] and found == {0: "apart"}


def test_no_more_pairs_are_kept_than_may_be() -> None:
    pairs: Paired[str] = Paired(most=3)
    for number in range(4):
        pairs.of(np.array([number]), np.array([number + 1]), lambda place: "apart")
    flags, found = pairs.known(np.arange(4), np.arange(4) + 1)
    assert flags.tolist() == [False, False, False, True] and found == {3: "apart"}


def test_no_pairs_are_no_pairs() -> None:
    pairs: Paired[str] = Paired(most=3)
    nothing = np.zeros(0, dtype=np.int64)
    assert pairs.of(nothing, nothing, lambda place: "apart") == {}


def test_counts_are_rounded_down_in_steps() -> None:
    assert [stepped(number, 2) for number in (0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12)] == [0, 1, 2, 3, 4, 4, 6, 6, 8, 8, 12]
    plain, steps = Rarity({"dam": 5}, 100), Rarity({"dam": 5}, 100, in_steps=True)
    assert steps.of("dam") == Rarity({"dam": 4}, 96).of("dam") != plain.of("dam")


def test_most_reports_that_are_added_leave_the_sample_as_it_is() -> None:
    reports = [Report(id=f"report {number}", text="", file="", sha256="") for number in range(1000)]
    kept = [sampled(reports[:size]) for size in range(600, 1000)]
    assert all(10 <= len(one) <= 40 for one in kept)
    assert sum(one != other for one, other in pairwise(kept)) < 25
    counted = [sampled(reports[:size], COUNTED_BITS) for size in range(600, 1000)]
    assert all(80 <= len(one) <= 150 for one in counted)
    assert sum(one != other for one, other in pairwise(counted)) < 70
    assert len(sampled(reports[:127], COUNTED_BITS)) == 127


def test_a_fingerprint_changes_with_any_bit() -> None:
    rows = np.ones((3, 6), dtype=np.float32)
    rows[1, 2] = np.nextafter(rows[1, 2], np.float32(2))
    first, second, third = fingerprints(rows).tolist()
    assert first == third != second


def test_ranks_tell_the_order_alone() -> None:
    assert ranks([7, 3, 3, 90]) == [1, 0, 0, 2]
