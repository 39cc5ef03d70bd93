"""The side of each row of a cluster."""

from __future__ import annotations

from collections.abc import Sequence

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
