"""How much of the shorter of two statements the other one says, by the rarity of its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.linking.lexis import Rarity
from onrecord.linking.propositions import Proposition

SHARING = 0.2


def shared(
    found: Sequence[Proposition], pairs: Iterable[tuple[int, int]], rarity: Rarity
) -> dict[tuple[int, int], float]:
    """SHARING × the part of the lighter statement's words, by rarity, that stand in the other (overlap coefficient)."""
    words = [frozenset(proposition.words) for proposition in found]
    masses = [rarity.mass(one) for one in words]
    told: dict[tuple[int, int], float] = {}
    for left, right in pairs:
        both = words[left] & words[right]
        if both:
            told[left, right] = SHARING * rarity.mass(both) / min(masses[left], masses[right])
    return told
