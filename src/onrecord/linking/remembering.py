"""What a model made of an input, kept while the process runs: adding one report judges only what is new."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Key = TypeVar("Key", bound=Hashable)
Rows = npt.NDArray[np.float32]


class Remembered(Generic[Key]):
    """One row of numbers for each input, the latest used `most` of them; for what depends on the input alone."""

    def __init__(self, width: int, most: int) -> None:
        self._width = width
        self._most = most
        self._held: OrderedDict[Key, Rows] = OrderedDict()
        self._lock = Lock()

    def rows(self, keys: Sequence[Key], make: Callable[[Sequence[Key]], Rows]) -> Rows:
        """The rows of some inputs, in order; `make` makes those that are not known. Shape: (keys, width)."""
        with self._lock:
            known = {key: self._held[key] for key in keys if key in self._held}
        fresh = [key for key in dict.fromkeys(keys) if key not in known]
        if fresh:
            known.update(zip(fresh, make(fresh), strict=True))
        with self._lock:
            for key in keys:
                self._held[key] = known[key]
                self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), self._width)
