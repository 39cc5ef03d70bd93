"""Ranks of places."""

from __future__ import annotations

from collections.abc import Sequence


def ranks(places: Sequence[int]) -> list[int]:
    """Each place's rank among them; whatever the places are, their order is what tells."""
    rank = {place: number for number, place in enumerate(sorted(set(places)))}
    return [rank[place] for place in places]
