"""Second look: statements that bear on a claim although their cluster is another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Member
from onrecord.linking.contrasts import Apart
from onrecord.linking.encoder import Vectors
from onrecord.linking.propositions import Proposition
from onrecord.linking.slots import count_conflict
from onrecord.linking.stances import CUE_DENIES, opposes, stance, turned

LEAST_SIMILAR = 0.3
LEAST_DENYING = 0.05
APART = False
SHARED = 1
FEWEST_REPORTS = 2
LARGE = 1500
CLOSE = "close to what the others say"


def joined(
    groups: Sequence[tuple[int, ...]],
    found: Sequence[Proposition],
    vectors: Vectors,
    apart: Apart,
    common: Mapping[tuple[int, int], float],
) -> dict[int, tuple[Member, ...]]:
    """Further members by group number: propositions near the mean of a claim that several reports speak of.

    `common` is what single pairs of rows share beyond their vectors.

    One content bears on several claims ("a ceasefire and the release of the girls"); its cluster shows only one.
    A denial speaks of what others assert, in its own words: it need only share a word with one of them, and is
    left to the pair judge.
    """
    extra: dict[int, tuple[Member, ...]] = {}
    beyond = _beyond(groups, common)
    for number, group in enumerate(groups):
        if len({found[row].report for row in group}) < FEWEST_REPORTS:
            continue
        inside = {found[row].attribution for row in group}
        negative = turned([found[row] for row in group])
        near = _likeness(group, vectors, beyond.get(number, {}))
        for member, more in beyond.get(number, {}).items():
            near[member] += more / len(group)
        wanted: dict[str, tuple[float, int]] = {}
        for row in np.flatnonzero(near >= LEAST_DENYING).tolist():
            proposition, score = found[row], float(near[row])
            if proposition.attribution in inside or proposition.pointer:
                continue
            denies = not negative and opposes(proposition)
            if score < LEAST_SIMILAR and not (denies and _shares(proposition, group, found)):
                continue
            if not denies and apart.parts([row], group):
                continue
            if any(count_conflict(proposition.slots, found[one].slots) for one in group[:6]):
                continue
            if score > wanted.get(proposition.attribution, (0.0, 0))[0]:
                wanted[proposition.attribution] = (score, row)
        extra[number] = tuple(_member(found[row], negative, score) for _, (score, row) in sorted(wanted.items()))
    return extra


def _shares(proposition: Proposition, group: Sequence[int], found: Sequence[Proposition]) -> bool:
    """Whether a denial has a word in common with something that a group's members assert."""
    said = {word for row in group if not opposes(found[row]) for word in found[row].words}
    return not said.isdisjoint(proposition.words)


def _likeness(group: Sequence[int], vectors: Vectors, beyond: Mapping[int, float]) -> Vectors:
    """Each row's likeness to a group's mean; in a large story of those only that share a word with a member."""
    mean = vectors[list(group)].mean(axis=0)
    if len(vectors) <= LARGE:
        return np.asarray(vectors @ mean, dtype=np.float32)
    near, rows = np.zeros(len(vectors), dtype=np.float32), sorted(beyond)
    near[rows] = vectors[rows] @ mean
    return near


def _beyond(groups: Sequence[tuple[int, ...]], common: Mapping[tuple[int, int], float]) -> dict[int, dict[int, float]]:
    """What each statement has in common with each group's members beyond the vectors, added up."""
    home = {row: number for number, group in enumerate(groups) for row in group}
    told: dict[int, dict[int, float]] = {}
    for pair, more in common.items():
        for row, other in (pair, pair[::-1]):
            if other in home:
                mine = told.setdefault(home[other], {})
                mine[row] = mine.get(row, 0.0) + more
    return told


def _member(proposition: Proposition, negative: bool, score: float) -> Member:
    taken = stance(proposition, negative)
    return Member(
        attribution=proposition.attribution,
        stance=taken,
        passage=proposition.passage,
        score=round(min(1.0, score), 3),
        reasons=(CLOSE, CUE_DENIES) if taken is Act.DENIES and proposition.refused else (CLOSE,),
    )
