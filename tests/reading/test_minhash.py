"""Pairs that may be alike are found without comparing each with each."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from onrecord.reading.duplicates.minhash import candidate_pairs, signature


def jaccard(left: set[str], right: set[str]) -> float:
    return len(left & right) / len(left | right)


def families(seed: int, many: int) -> dict[str, set[str]]:
    """Sets in families of four: an original and three that lost and gained some members."""
    chance = random.Random(seed)
    sets = {}
    for number in range(many):
        words = [f"{number} {place}" for place in range(60)]
        for copy in range(4):
            kept = chance.sample(words, 60 - 6 * copy)
            sets[f"{number:03}-{copy}"] = {*kept, *(f"{number} {copy} own {place}" for place in range(6 * copy))}
    return sets


@pytest.mark.parametrize("seed", range(3))
def test_all_that_are_alike_and_few_others_are_candidates(seed: int) -> None:
    sets = families(seed, 60)
    wanted = {pair for pair in combinations(sorted(sets), 2) if jaccard(sets[pair[0]], sets[pair[1]]) >= 0.4}
    found = candidate_pairs(sets.items())
    assert wanted <= set(found)
    assert len(found) <= 60 * 6 + 20


def test_a_signature_estimates_the_similarity() -> None:
    left, right = {f"w{number}" for number in range(100)}, {f"w{number}" for number in range(50, 150)}
    assert abs((signature(left) == signature(right)).mean() - jaccard(left, right)) < 0.12


def test_order_and_empty_sets_change_nothing() -> None:
    sets = families(5, 3)
    again = dict(reversed([*sets.items(), ("empty", set()), ("empty too", set())]))
    assert candidate_pairs(again.items()) == candidate_pairs(sets.items()) == sorted(candidate_pairs(sets.items()))


def test_the_hashes_are_the_same_on_every_machine() -> None:
    assert signature(["an evacuation was ordered"])[:2].tolist() == [2007584298, 1660809045]
