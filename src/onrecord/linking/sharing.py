"""How much of the shorter of two statements the other one says, by the rarity of its words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from onrecord.linking.lexis import Rarity
from onrecord.linking.propositions import Proposition

SHARING = 0.2


def shared(
    found: Sequence[Proposition], pairs: Iterable[tuple[int, int]], rarity: Rarity
) -> dict[tuple[int, int], float]:
    """SHARING × the part of the lighter statement's words, by rarity, that stand in the other (overlap coefficient)."""
    words = [frozenset(proposition.words) for proposition in found]
    weights = {word: rarity.of(word) for one in words for word in one}
    # A sum that is rounded once only is the same in any order.
    masses = [math.fsum(map(weights.__getitem__, one)) for one in words]
    told: dict[tuple[int, int], float] = {}
    for left, right in pairs:
        both = words[left] & words[right]
        if both:
            told[left, right] = SHARING * math.fsum(map(weights.__getitem__, both)) / min(masses[left], masses[right])
    return told
