"""Caches that outlive a call: each bounded, compared by equality, and safe for several threads.

`MemoCache` holds one result a key with its inputs, `PairCache` results of numbered pairs, `RowCache` a model's rows.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")
Found = TypeVar("Found")
Flags = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
FloatRows = npt.NDArray[np.float32]

# The number of a part takes so many bits of a pair's code.
_PAIR_BITS = 31
# Room for so many rows at first.
_FIRST_ROWS = 1 << 8


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


class PairCache(Generic[Found]):
    """Results by pair of numbered parts, looked up for many pairs at once; most pairs have none.

    Once more than `most` pairs are known all are dropped; parts are never given a number twice.
    """

    def __init__(self, most: int) -> None:
        self.misses = 0
        self._most = most
        nothing: IntArray = np.zeros(0, dtype=np.int64)
        found: dict[int, Found] = {}
        # All pairs, those that something was found of, and what; one value, for threads that read meanwhile.
        self._held = (nothing, nothing, found)
        self._lock = Lock()

    def known(self, left: npt.NDArray[Any], right: npt.NDArray[Any]) -> tuple[Flags, dict[int, Found]]:
        """Which pairs are known, and the results of those that have one, by place."""
        codes = left << _PAIR_BITS | right
        known, telling, found = self._held
        some = np.flatnonzero(_among(codes, telling))
        told = zip(some.tolist(), codes[some].tolist(), strict=True)
        return _among(codes, known), {place: found[code] for place, code in told}

    def add(self, left: npt.NDArray[Any], right: npt.NDArray[Any], found: dict[int, Found]) -> None:
        """Enter pairs of which none is known, with the results of those that have one, by place."""
        codes = left << _PAIR_BITS | right
        with self._lock:
            self.misses += len(codes)
            known, telling, held = self._held
            if len(known) + len(codes) > self._most:
                known, telling, held = known[:0], telling[:0], {}
            fresh = {int(codes[place]): one for place, one in found.items()}
            added = np.fromiter(fresh, dtype=np.int64, count=len(fresh))
            self._held = (_merged(known, codes), _merged(telling, added), held | fresh)

    def get_or_make(
        self, left: npt.NDArray[Any], right: npt.NDArray[Any], make: Callable[[int], Found | None]
    ) -> dict[int, Found]:
        """The results of pairs, by place; `make` computes those that are not known."""
        flags, found = self.known(left, right)
        fresh = np.flatnonzero(~flags)
        made = {number: one for number, place in enumerate(fresh.tolist()) if (one := make(place)) is not None}
        self.add(left[fresh], right[fresh], made)
        found.update({int(fresh[number]): one for number, one in made.items()})
        return dict(sorted(found.items()))


class RowCache(Generic[Key]):
    """Rows of numbers by key, such as a model's output for an input: at most `most`, the least recently used go."""

    def __init__(self, width: int, most: int) -> None:
        self._width = width
        self._most = most
        self._places: dict[Key, int] = {}
        self._rows: FloatRows = np.zeros((min(most, _FIRST_ROWS), width), dtype=np.float32)
        self._used = np.zeros(len(self._rows), dtype=np.int64)
        self._clock = 0
        self._lock = Lock()

    def rows(self, keys: Sequence[Key], make: Callable[[Sequence[Key]], FloatRows]) -> FloatRows:
        """The rows of keys, in order; `make` computes those that are not known. Shape: (keys, width)."""
        with self._lock:
            places = np.array([self._places.get(key, -1) for key in keys], dtype=np.int64)
            found: FloatRows = self._rows[places]
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

    def _keep(self, keys: Sequence[Key], made: FloatRows) -> None:
        """Enter new rows, the last `most` of them; where there is no room, the less recently used half is dropped."""
        new = [number for number, key in enumerate(keys) if key not in self._places][-self._most :]
        if len(self._places) + len(new) > self._most:
            spare = min(len(self._places), max(len(self._places) // 2, len(self._places) + len(new) - self._most))
            kept = np.argsort(-self._used[: len(self._places)], kind="stable")[: len(self._places) - spare]
            place = {int(old): at for at, old in enumerate(kept)}
            self._places = {key: place[old] for key, old in self._places.items() if old in place}
            self._rows[: len(kept)], self._used[: len(kept)] = self._rows[kept], self._used[kept]
        held = len(self._places)
        room = max(len(self._rows), _FIRST_ROWS)
        while room < held + len(new):
            room *= 2
        if room > len(self._rows):
            self._rows = np.concatenate((self._rows, np.zeros((room - len(self._rows), self._width), dtype=np.float32)))
            self._used = np.concatenate((self._used, np.zeros(room - len(self._used), dtype=np.int64)))
        self._rows[held : held + len(new)] = made[new]
        self._used[held : held + len(new)] = self._clock
        self._places.update((keys[number], held + at) for at, number in enumerate(new))


def _merged(known: IntArray, more: IntArray) -> IntArray:
    return np.sort(np.append(known, more), kind="stable")


def _among(codes: IntArray, known: IntArray) -> Flags:
    """Which codes are among known ones, in order. Shape: (codes,)."""
    if not len(known):
        return np.zeros(len(codes), dtype=bool)
    return np.asarray(known[np.minimum(np.searchsorted(known, codes), len(known) - 1)] == codes)
