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
        self._known: Numbers = np.zeros(0, dtype=np.int64)
        self._found: dict[int, Found] = {}
        self._lock = Lock()

    def known(self, left: npt.NDArray[Any], right: npt.NDArray[Any]) -> tuple[Flags, dict[int, Found]]:
        """Which pairs are known, and what was found, by the place of the pair."""
        codes, known, found = left << BITS | right, self._known, self._found
        at = np.minimum(np.searchsorted(known, codes), max(0, len(known) - 1))
        flags = known[at] == codes if len(known) else np.zeros(len(codes), dtype=bool)
        held = np.fromiter(found, dtype=np.int64, count=len(found))
        some = np.flatnonzero(np.isin(codes, held)).tolist()
        return np.asarray(flags), {place: found[int(codes[place])] for place in some}

    def add(self, left: npt.NDArray[Any], right: npt.NDArray[Any], found: dict[int, Found]) -> None:
        """Keep what was found of some pairs, none of them known, by the place of the pair."""
        codes = left << BITS | right
        with self._lock:
            self.made += len(codes)
            room = len(self._known) + len(codes) <= self._most
            # Threads that read go on with what they took.
            self._known = np.union1d(self._known if room else codes[:0], codes)
            self._found = (dict(self._found) if room else {}) | {int(codes[place]): one for place, one in found.items()}

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
