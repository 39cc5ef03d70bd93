"""Average-link clustering of scored candidate pairs (UPGMA; Sokal and Michener, 1958), and the side of each row."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Pairs = npt.NDArray[np.int64]
Groups = tuple[tuple[int, ...], ...]


def average_link(size: int, pairs: Pairs, chances: Floats, threshold: float, missing: float) -> Groups:
    """Groups of rows whose mean chance of being one claim stays at `threshold` or above, the likeliest merged first.

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


ROUNDS = 10


def sides(rows: Sequence[int], agreement: dict[tuple[int, int], float], prior: Sequence[float]) -> dict[int, int]:
    """+1 or -1 for each row: who agrees stands on one side, by iterated conditional modes (Besag, 1986).

    `agreement` holds for pairs of rows, the smaller first, the log odds of standing on one side; `prior` those of
    each of the `rows` for standing on the plus side.
    """
    ordered = list(rows)
    found = {row: 1 if odds >= 0 else -1 for row, odds in zip(ordered, prior, strict=True)}
    for _ in range(ROUNDS):
        changed = False
        for row, odds in zip(ordered, prior, strict=True):
            total = odds
            for other in ordered:
                if other != row:
                    total += agreement.get((min(row, other), max(row, other)), 0.0) * found[other]
            side = 1 if total >= 0 else -1
            changed |= side != found[row]
            found[row] = side
        if not changed:
            break
    return found
