"""What was made from equal things is not made again, and the latest used stay."""

from __future__ import annotations

from functools import partial

from onrecord.datamodel.kept import Kept, KeptBeside


def test_only_what_was_made_from_something_else_is_made_again() -> None:
    kept: Kept[str, int] = Kept(4)
    assert kept.of("a", "one", lambda: 1) == 1
    assert kept.of("a", "one", lambda: 2) == 1
    assert kept.of("a", "two", lambda: 3) == 3
    assert kept.made == 2


def test_the_longest_unused_goes_first() -> None:
    kept: Kept[str, int] = Kept(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        kept.of(key, 0, lambda: 0)
    assert kept.made == 4
    assert len(kept) == 2


def test_what_does_not_hold_any_more_is_made_again() -> None:
    kept: Kept[str, int] = Kept(4)
    kept.of("a", 0, lambda: 1)
    assert kept.of("a", 0, lambda: 2, holds=lambda made: made == 1) == 1
    assert kept.of("a", 0, lambda: 2, holds=lambda made: made != 1) == 2


def test_the_last_result_is_told_whatever_it_was_made_from() -> None:
    kept: Kept[str, int] = Kept(4)
    assert kept.last("a") is None
    kept.of("a", 0, lambda: 1)
    assert kept.last("a") == 1


def test_what_is_kept_beside_an_object_is_not_handed_to_its_equal() -> None:
    kept: KeptBeside[int] = KeptBeside(2)
    one, equal = [1], [1]
    assert kept.of(one, lambda: 1) == 1
    assert kept.of(one, lambda: 2) == 1
    assert kept.of(equal, lambda: 3) == 3
    assert len(kept) == 2


def test_of_what_is_kept_beside_objects_the_longest_not_used_goes() -> None:
    kept: KeptBeside[int] = KeptBeside(2)
    some = [[number] for number in range(5)]
    for number, one in enumerate(some):
        assert kept.of(one, partial(int, number)) == number
        assert kept.of(some[0], lambda: 9) == 0
    assert len(kept) <= 4
    assert kept.of(some[4], lambda: 9) == 4
    assert kept.of(some[1], lambda: 9) == 9
