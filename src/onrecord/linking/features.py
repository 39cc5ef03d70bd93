"""One row of named features for each candidate pair of statements."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.datamodel.attribution import DENIAL, NEITHER
from onrecord.linking.statements import Statement
from onrecord.linking.terms import NEGATION, Idf, names, numbers, terms

Floats = npt.NDArray[np.float32]
# What a bearing is: the second text supports, denies, leaves open or is silent on the first.
SUPPORTS, DENIES, OPEN, SILENT = range(4)
LEAST = 1e-4

PAIR_FEATURES = (
    "similarity", "similarity of contents", "shared terms", "shared terms of the shorter", "shared names",
    "names of one only", "numbers differ", "number shared", "same speaker", "same report", "negations differ",
    "one denies by its cue", "one leaves it open",
)  # fmt: skip


def pair_features(
    found: Sequence[Statement],
    pairs: npt.NDArray[np.int64],
    views: tuple[Floats, Floats],
    rare: Idf,
) -> Floats:
    """A row a pair, in the order of PAIR_FEATURES; `views` are vectors of statements and of contents.

    The pair judge is not asked: on stories left out it told hardly more than the tuned encoder's similarity (average
    precision .62 for .61), for most of the time that a story took.
    """
    rows = np.zeros((len(pairs), len(PAIR_FEATURES)), dtype=np.float32)
    if not len(pairs):
        return rows
    left, right = pairs[:, 0], pairs[:, 1]
    for column, vectors in enumerate(views):
        rows[:, column] = (vectors[left] * vectors[right]).sum(1)
    held = [terms(one.content) for one in found]
    sums = [rare.sum(some) for some in held]
    named = [names(one.text) for one in found]
    counted = [numbers(one.content) for one in found]
    negated = [len(NEGATION.findall(one.text)) % 2 for one in found]
    for row, (one, other) in enumerate(pairs.tolist()):
        rows[row, 2:] = _of_words(found, one, other, (held, sums, named, counted, negated), rare)
    return rows


def _of_words(found: Sequence[Statement], one: int, other: int, read: tuple[list, ...], rare: Idf) -> list[float]:  # type: ignore[type-arg]
    held, sums, named, counted, negated = read
    shared = rare.sum(held[one] & held[other])
    ours, theirs = named[one], named[other]
    either = rare.sum(ours | theirs)
    acts = found[one].act, found[other].act
    return [
        shared / max(LEAST, sums[one] + sums[other] - shared),
        shared / max(LEAST, min(sums[one], sums[other])),
        rare.sum(ours & theirs) / max(LEAST, either),
        float(bool(ours) != bool(theirs)),
        float(bool(counted[one] and counted[other]) and not counted[one] & counted[other]),
        float(bool(counted[one] & counted[other])),
        float(found[one].speaker is not None and found[one].speaker == found[other].speaker),
        float(found[one].report == found[other].report),
        float(negated[one] != negated[other]),
        float((acts[0] in DENIAL) != (acts[1] in DENIAL)),
        float((acts[0] in NEITHER) or (acts[1] in NEITHER)),
    ]


def log_ratio(one: Floats, other: Floats) -> Floats:
    """How much likelier one of two labels is than the other, as a logarithm."""
    found: Floats = np.log((one + LEAST) / (other + LEAST))
    return found


def log_odds(chances: Floats) -> Floats:
    """Logits of chances, kept finite."""
    kept = np.clip(chances, LEAST, 1 - LEAST)
    found: Floats = np.log(kept / (1 - kept))
    return found
