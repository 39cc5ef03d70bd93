"""What is judged once is not judged again, and the latest used stay."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.datamodel.cache import RowCache


class Maker:
    """Makes the length of each word, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        self.asked.append(list(words))
        return np.array([[len(word)] for word in words], dtype=np.float32)


def test_only_what_is_new_is_made() -> None:
    kept, make = RowCache[str](1, 10), Maker()
    assert kept.rows(["a", "bb", "a"], make).tolist() == [[1], [2], [1]]
    assert kept.rows(["ccc", "bb"], make).tolist() == [[3], [2]]
    assert make.asked == [["a", "bb"], ["ccc"]]


def test_the_longest_unused_goes_first() -> None:
    kept, make = RowCache[str](1, 2), Maker()
    for words in (["a", "bb"], ["a", "ccc"], ["bb"]):
        kept.rows(words, make)
    assert make.asked[-1] == ["bb"]
    assert kept.rows([], make).shape == (0, 1)


def test_whatever_is_asked_for_is_given_and_no_more_than_so_many_are_kept() -> None:
    chance = random.Random(1)
    kept, make = RowCache[str](1, 300), Maker()
    for _ in range(60):
        words = ["a" * chance.randint(1, 900) for _ in range(chance.choice((1, 40, 350)))]
        assert kept.rows(words, make)[:, 0].tolist() == [len(word) for word in words]
        assert len(kept) <= 300
