"""How much of the shorter of two statements the other one says, by the rarity of its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from onrecord.linking.incidence import Incidence, Masses, Numbers

SHARING = 0.2
# Two statements of which one says so much of the other are looked at word by word.
LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Shared:
    """What the rows of some pairs have in common: SHARING × the part of the lighter one's words (overlap coefficient).

    `alike` tells the pairs of which one shares LEAST_SHARED of its distinct words, or more, with the other.
    """

    pairs: Numbers
    more: Masses
    alike: Numbers

    def beyond(self, home: Numbers) -> dict[int, tuple[Numbers, Masses]]:
        """For each group the rows that have something in common with its members, and how much, added up.

        `home` is each row's group, -1 for none.
        """
        some = self.more > 0
        pairs = self.pairs[some]
        rows = np.concatenate((pairs[:, 0], pairs[:, 1]))
        groups = home[np.concatenate((pairs[:, 1], pairs[:, 0]))]
        known = groups >= 0
        codes, place = np.unique(groups[known] * len(home) + rows[known], return_inverse=True)
        sums = np.bincount(place, weights=np.tile(self.more[some], 2)[known]).astype(np.float64)
        numbers, first = np.unique(codes // max(1, len(home)), return_index=True)
        last = [*first.tolist(), len(codes)][1:]
        return {
            number: (codes[start:end] % len(home), sums[start:end])
            for number, start, end in zip(numbers.tolist(), first.tolist(), last, strict=True)
        }


def shared(words: Incidence, pairs: Numbers) -> Shared:
    """What the rows of each pair share."""
    counts, masses = words.both(pairs)
    lighter = np.minimum(words.masses[pairs[:, 0]], words.masses[pairs[:, 1]])
    fewest = np.minimum(words.sizes[pairs[:, 0]], words.sizes[pairs[:, 1]])
    more = np.divide(SHARING * masses, lighter, out=np.zeros(len(pairs)), where=counts > 0)
    return Shared(pairs=pairs, more=more, alike=np.flatnonzero((fewest > 0) & (counts >= LEAST_SHARED * fewest)))
