"""The last result for each key with what it was made from, so that only what changed is made again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Kept(Generic[Key, Made]):
    """Results by key, the latest used `most` of them; `made` counts how many had to be made."""

    def __init__(self, most: int) -> None:
        self.made = 0
        self._most = most
        self._held: OrderedDict[Key, tuple[object, Made]] = OrderedDict()
        self._lock = Lock()

    def of(
        self, key: Key, given: object, make: Callable[[], Made], holds: Callable[[Made], bool] | None = None
    ) -> Made:
        """The result for a key; made where there is none, or where it was made from something that is not equal.

        `holds` may tell of a kept result that it does not hold any more.
        """
        held = self._held.get(key)
        if held is not None and held[0] == given and (holds is None or holds(held[1])):
            # Another thread may have dropped it meanwhile.
            with suppress(KeyError):
                self._held.move_to_end(key)
            return held[1]
        result = make()
        with self._lock:
            self.made += 1
            self._held[key] = (given, result)
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return result

    def last(self, key: Key) -> Made | None:
        """The result that is kept for a key, whatever it was made from; None where there is none."""
        held = self._held.get(key)
        return None if held is None else held[1]

    def __len__(self) -> int:
        return len(self._held)
