"""What was made from equal things is not made again, and the latest used stay."""

from __future__ import annotations

from onrecord.datamodel.cache import MemoCache


def test_only_what_was_made_from_something_else_is_made_again() -> None:
    cache: MemoCache[str, int] = MemoCache(4)
    assert cache.get_or_make("a", "one", lambda: 1) == 1
    assert cache.get_or_make("a", "one", lambda: 2) == 1
    assert cache.get_or_make("a", "two", lambda: 3) == 3
    assert cache.misses == 2


def test_the_longest_unused_goes_first() -> None:
    cache: MemoCache[str, int] = MemoCache(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        cache.get_or_make(key, 0, lambda: 0)
    assert cache.misses == 4
    assert len(cache) == 2


def test_what_does_not_hold_any_more_is_made_again() -> None:
    cache: MemoCache[str, int] = MemoCache(4)
    cache.get_or_make("a", 0, lambda: 1)
    assert cache.get_or_make("a", 0, lambda: 2, holds=lambda made: made == 1) == 1
    assert cache.get_or_make("a", 0, lambda: 2, holds=lambda made: made != 1) == 2
