"""Average-link clustering of propositions over candidate pairs, with vetoes."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from onrecord.linking.encoder import Vectors

Veto = Callable[[tuple[int, ...], tuple[int, ...]], bool]


def average_link(
    vectors: Vectors,
    pairs: Iterable[tuple[int, int]],
    threshold: float,
    veto: Veto,
    extra: Mapping[tuple[int, int], float] | None = None,
) -> tuple[tuple[int, ...], ...]:
    """Groups of rows whose mean similarity stays at `threshold` or above (UPGMA; Sokal and Michener, 1958).

    The mean over all pairs of two groups is the product of their vector sums over their sizes, so no pair is stored.
    `extra` is what single pairs have in common beyond their vectors.
    """
    sums = {row: vectors[row].astype(np.float64) for row in range(len(vectors))}
    members: dict[int, tuple[int, ...]] = {row: (row,) for row in range(len(vectors))}
    near: dict[int, set[int]] = {row: set() for row in range(len(vectors))}
    heap: list[tuple[float, int, int]] = []
    beyond: dict[int, dict[int, float]] = {row: {} for row in range(len(vectors))}
    for (left, right), more in (extra or {}).items():
        beyond[left][right] = beyond[right][left] = more

    def push(left: int, right: int) -> None:
        total = float(sums[left] @ sums[right]) + beyond[left].get(right, 0.0)
        mean = total / (len(members[left]) * len(members[right]))
        if mean >= threshold:
            heapq.heappush(heap, (-round(mean, 6), left, right))

    for left, right in pairs:
        near[left].add(right)
        near[right].add(left)
        push(left, right)
    fresh = len(vectors)
    while heap:
        _, left, right = heapq.heappop(heap)
        if left not in members or right not in members or veto(members[left], members[right]):
            continue
        members[fresh] = tuple(sorted((*members.pop(left), *members.pop(right))))
        sums[fresh] = sums.pop(left) + sums.pop(right)
        beyond[fresh] = _joint(beyond.pop(left), beyond.pop(right), (left, right))
        for other, more in beyond[fresh].items():
            beyond[other] = {one: found for one, found in beyond[other].items() if one not in (left, right)}
            beyond[other][fresh] = more
        near[fresh] = (near.pop(left) | near.pop(right)) - {left, right}
        for other in sorted(near[fresh]):
            near[other] -= {left, right}
            near[other].add(fresh)
            push(min(other, fresh), max(other, fresh))
        fresh += 1
    return tuple(sorted(members.values()))


def _joint(ours: Mapping[int, float], theirs: Mapping[int, float], joined: tuple[int, int]) -> dict[int, float]:
    others = sorted({*ours, *theirs} - {*joined})
    return {other: ours.get(other, 0.0) + theirs.get(other, 0.0) for other in others}
