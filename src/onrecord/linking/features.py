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
    "judge: one claim", "judge: same side", "judge: left open", "similarity", "similarity of contents", "shared terms",
    "shared terms of the shorter", "shared names", "names of one only", "numbers differ", "number shared",
    "same speaker", "same report", "negations differ", "one denies by its cue", "one leaves it open", "headline",
    "difference in length",
)  # fmt: skip


def pair_features(
    found: Sequence[Statement],
    pairs: npt.NDArray[np.int64],
    vectors: Floats,
    contents: Floats,
    judged: Floats | None,
    rare: Idf,
) -> Floats:
    """A row a pair, in the order of PAIR_FEATURES.

    `judged` are the chances of the four bearings of the later statement on the earlier one, of shape (pairs, 4);
    without a judge, its features are 0.
    """
    rows = np.zeros((len(pairs), len(PAIR_FEATURES)), dtype=np.float32)
    if not len(pairs):
        return rows
    left, right = pairs[:, 0], pairs[:, 1]
    if judged is not None:
        rows[:, 0] = log_odds(1 - judged[:, SILENT])
        rows[:, 1] = np.log((judged[:, SUPPORTS] + LEAST) / (judged[:, DENIES] + LEAST))
        rows[:, 2] = log_odds(judged[:, OPEN])
    rows[:, 3] = (vectors[left] * vectors[right]).sum(1)
    rows[:, 4] = (contents[left] * contents[right]).sum(1)
    held = [terms(one.content) for one in found]
    sums = [rare.sum(some) for some in held]
    named = [names(one.text) for one in found]
    counted = [numbers(one.content) for one in found]
    negated = [len(NEGATION.findall(one.text)) % 2 for one in found]
    for row, (one, other) in enumerate(pairs.tolist()):
        rows[row, 5:] = _of_words(found, one, other, (held, sums, named, counted, negated), rare)
    return rows


def _of_words(found: Sequence[Statement], one: int, other: int, read: tuple[list, ...], rare: Idf) -> list[float]:  # type: ignore[type-arg]
    held, sums, named, counted, negated = read
    shared = rare.sum(held[one] & held[other])
    ours, theirs = named[one], named[other]
    either = rare.sum(ours | theirs)
    acts = found[one].act, found[other].act
    sizes = len(found[one].content), len(found[other].content)
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
        float(not found[one].sourced) + float(not found[other].sourced),
        abs(float(np.log((sizes[0] + 1) / (sizes[1] + 1)))),
    ]


def log_odds(chances: Floats) -> Floats:
    """Logits of chances, kept finite."""
    kept = np.clip(chances, LEAST, 1 - LEAST)
    found: Floats = np.log(kept / (1 - kept))
    return found
