"""Average-link clustering of scored candidate pairs (UPGMA; Sokal and Michener, 1958)."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]
Pairs = npt.NDArray[np.int64]
Groups = tuple[tuple[int, ...], ...]


def average_link(size: int, pairs: Pairs, chances: Floats, threshold: float, missing: float) -> Groups:
    """Groups of rows whose mean chance of being one stays at `threshold` or above, the likeliest merged first.

    `chances` has the shape (pairs,). A pair that was not compared counts as chance 0 with the weight `missing`.
    """
    near: list[dict[int, tuple[float, int]]] = [{} for _ in range(size)]
    for (left, right), chance in zip(pairs.tolist(), chances.tolist(), strict=True):
        near[left][right] = near[right][left] = (chance, 1)
    members: dict[int, tuple[int, ...]] = {row: (row,) for row in range(size)}

    def mean(left: int, right: int) -> float:
        total, count = near[left][right]
        absent = len(members[left]) * len(members[right]) - count
        return round(total / (count + missing * absent), 6)

    heap = [(-mean(left, right), left, right) for left in range(size) for right in near[left] if left < right]
    heap = [one for one in heap if -one[0] >= threshold]
    heapq.heapify(heap)
    while heap:
        _, left, right = heapq.heappop(heap)
        if left not in members or right not in members:
            continue
        fresh = len(near)
        joined: dict[int, tuple[float, int]] = {}
        for gone in (left, right):
            for other, (total, count) in near[gone].items():
                if other not in (left, right) and other in members:
                    before = joined.get(other, (0.0, 0))
                    joined[other] = (before[0] + total, before[1] + count)
        members[fresh] = tuple(sorted((*members.pop(left), *members.pop(right))))
        near.append(joined)
        near[left], near[right] = {}, {}
        for other, value in joined.items():
            near[other][fresh] = value
            chance = mean(other, fresh)
            if chance >= threshold:
                heapq.heappush(heap, (-chance, other, fresh))
    return tuple(sorted(members.values()))
