"""What was found of pairs of numbered parts, looked up for many pairs at once when the story has grown."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from onrecord.linking.incidence import Numbers

Found = TypeVar("Found")
Flags = npt.NDArray[np.bool_]

# A part's number takes so many bits of a pair's code.
BITS = 31


class Paired(Generic[Found]):
    """What was found of each pair by the numbers of its two parts; nothing was found of most.

    Once more than `most` pairs are known all are forgotten; parts are never given a number twice.
    """

    def __init__(self, most: int) -> None:
        self.made = 0
        self._most = most
        nothing: Numbers = np.zeros(0, dtype=np.int64)
        found: dict[int, Found] = {}
        # All pairs, those that something was found of, and what; one value, for threads that read meanwhile.
        self._held = (nothing, nothing, found)
        self._lock = Lock()

    def known(self, left: npt.NDArray[Any], right: npt.NDArray[Any]) -> tuple[Flags, dict[int, Found]]:
        """Which pairs are known, and what was found, by the place of the pair."""
        codes = left << BITS | right
        known, telling, found = self._held
        some = np.flatnonzero(_among(codes, telling))
        told = zip(some.tolist(), codes[some].tolist(), strict=True)
        return _among(codes, known), {place: found[code] for place, code in told}

    def add(self, left: npt.NDArray[Any], right: npt.NDArray[Any], found: dict[int, Found]) -> None:
        """Keep what was found of some pairs, none of them known, by the place of the pair."""
        codes = left << BITS | right
        with self._lock:
            self.made += len(codes)
            known, telling, held = self._held
            if len(known) + len(codes) > self._most:
                known, telling, held = known[:0], telling[:0], {}
            fresh = {int(codes[place]): one for place, one in found.items()}
            added = np.fromiter(fresh, dtype=np.int64, count=len(fresh))
            self._held = (_merged(known, codes), _merged(telling, added), held | fresh)

    def of(
        self, left: npt.NDArray[Any], right: npt.NDArray[Any], make: Callable[[int], Found | None]
    ) -> dict[int, Found]:
        """What is found of some pairs, by place; `make` looks at those that are not known."""
        flags, found = self.known(left, right)
        fresh = np.flatnonzero(~flags)
        made = {number: one for number, place in enumerate(fresh.tolist()) if (one := make(place)) is not None}
        self.add(left[fresh], right[fresh], made)
        found.update({int(fresh[number]): one for number, one in made.items()})
        return dict(sorted(found.items()))


def _merged(known: Numbers, more: Numbers) -> Numbers:
    return np.sort(np.append(known, more), kind="stable")


def _among(codes: Numbers, known: Numbers) -> Flags:
    """Which codes are among known ones, in order. Shape: (codes,)."""
    if not len(known):
        return np.zeros(len(codes), dtype=bool)
    return np.asarray(known[np.minimum(np.searchsorted(known, codes), len(known) - 1)] == codes)
