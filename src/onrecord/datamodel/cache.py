"""A cache of the last result for each key with the inputs it was made from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class MemoCache(Generic[Key, Made]):
    """Least-recently-used cache of at most `most` results; `misses` counts how many had to be computed."""

    def __init__(self, most: int) -> None:
        self.misses = 0
        self._most = most
        self._held: OrderedDict[Key, tuple[object, Made]] = OrderedDict()
        self._lock = Lock()

    def get_or_make(
        self, key: Key, given: object, make: Callable[[], Made], holds: Callable[[Made], bool] | None = None
    ) -> Made:
        """The cached result where `given` equals the inputs it was made from, else `make()`, which is cached.

        `holds` may reject a cached result.
        """
        held = self._held.get(key)
        if held is not None and held[0] == given and (holds is None or holds(held[1])):
            # Another thread may have dropped it meanwhile.
            with suppress(KeyError):
                self._held.move_to_end(key)
            return held[1]
        result = make()
        with self._lock:
            self.misses += 1
            self._held[key] = (given, result)
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return result

    def __len__(self) -> int:
        return len(self._held)
