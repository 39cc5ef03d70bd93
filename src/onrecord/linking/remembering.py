"""What a model made of an input, kept while the process runs: adding one report judges only what is new."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Key = TypeVar("Key", bound=Hashable)
Rows = npt.NDArray[np.float32]

# So many rows there is room for at first; more is made as it is needed.
FEWEST = 1 << 8


class Remembered(Generic[Key]):
    """One row of numbers for each input, the latest used `most` of them or somewhat fewer, for what depends on the
    input alone.
    """

    def __init__(self, width: int, most: int) -> None:
        self._width = width
        self._most = most
        self._places: dict[Key, int] = {}
        self._rows: Rows = np.zeros((min(most, FEWEST), width), dtype=np.float32)
        self._used = np.zeros(len(self._rows), dtype=np.int64)
        self._clock = 0
        self._lock = Lock()

    def rows(self, keys: Sequence[Key], make: Callable[[Sequence[Key]], Rows]) -> Rows:
        """The rows of some inputs, in order; `make` makes those that are not known. Shape: (keys, width)."""
        with self._lock:
            places = np.array([self._places.get(key, -1) for key in keys], dtype=np.int64)
            found: Rows = self._rows[places]
            self._clock += 1
            self._used[places[places >= 0]] = self._clock
        missing = np.flatnonzero(places < 0).tolist()
        if missing:
            fresh = {key: place for place, key in enumerate(dict.fromkeys(keys[number] for number in missing))}
            made = make(list(fresh))
            found[missing] = made[[fresh[keys[number]] for number in missing]]
            with self._lock:
                self._keep(list(fresh), made)
        return found

    def __len__(self) -> int:
        return len(self._places)

    def _keep(self, keys: Sequence[Key], made: Rows) -> None:
        """Keep new rows, the last `most` of them; where there is no room, half of those longest not used go."""
        new = [number for number, key in enumerate(keys) if key not in self._places][-self._most :]
        if len(self._places) + len(new) > self._most:
            spare = min(len(self._places), max(len(self._places) // 2, len(self._places) + len(new) - self._most))
            kept = np.argsort(-self._used[: len(self._places)], kind="stable")[: len(self._places) - spare]
            place = {int(old): at for at, old in enumerate(kept)}
            self._places = {key: place[old] for key, old in self._places.items() if old in place}
            self._rows[: len(kept)], self._used[: len(kept)] = self._rows[kept], self._used[kept]
        held = len(self._places)
        room = max(len(self._rows), FEWEST)
        while room < held + len(new):
            room *= 2
        if room > len(self._rows):
            self._rows = np.concatenate((self._rows, np.zeros((room - len(self._rows), self._width), dtype=np.float32)))
            self._used = np.concatenate((self._used, np.zeros(room - len(self._used), dtype=np.int64)))
        self._rows[held : held + len(new)] = made[new]
        self._used[held : held + len(new)] = self._clock
        self._places.update((keys[number], held + at) for at, number in enumerate(new))
