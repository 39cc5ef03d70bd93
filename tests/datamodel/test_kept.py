"""What was made from equal things is not made again, and the latest used stay."""

from __future__ import annotations

from onrecord.datamodel.kept import Kept


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
