"""Second look: statements that bear on a claim although their cluster is another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Member
from onrecord.linking.contrasts import Apart
from onrecord.linking.encoder import Vectors
from onrecord.linking.propositions import Proposition
from onrecord.linking.slots import count_conflict
from onrecord.linking.stances import CUE_DENIES, stance, turned

LEAST_SIMILAR = 0.22
FEWEST_REPORTS = 2
CLOSE = "close to what the others say"


def joined(
    groups: Sequence[tuple[int, ...]], found: Sequence[Proposition], vectors: Vectors, apart: Apart
) -> dict[int, tuple[Member, ...]]:
    """Further members by group number: propositions near the mean of a claim that several reports speak of.

    One content bears on several claims ("a ceasefire and the release of the girls"); its cluster shows only one.
    """
    extra: dict[int, tuple[Member, ...]] = {}
    for number, group in enumerate(groups):
        if len({found[row].report for row in group}) < FEWEST_REPORTS:
            continue
        inside = {found[row].attribution for row in group}
        negative = turned([found[row] for row in group])
        near = vectors @ vectors[list(group)].mean(axis=0)
        wanted: dict[str, tuple[float, int]] = {}
        for row in np.flatnonzero(near >= LEAST_SIMILAR):
            proposition, score = found[int(row)], float(near[int(row)])
            if proposition.attribution in inside or proposition.pointer:
                continue
            if apart.parts([int(row)], group) or any(
                count_conflict(proposition.slots, found[one].slots) for one in group[:6]
            ):
                continue
            if score > wanted.get(proposition.attribution, (0.0, 0))[0]:
                wanted[proposition.attribution] = (score, int(row))
        extra[number] = tuple(_member(found[row], negative, score) for _, (score, row) in sorted(wanted.items()))
    return extra


def _member(proposition: Proposition, negative: bool, score: float) -> Member:
    taken = stance(proposition, negative)
    return Member(
        attribution=proposition.attribution,
        stance=taken,
        passage=proposition.passage,
        score=round(min(1.0, score), 3),
        reasons=(CLOSE, CUE_DENIES) if taken is Act.DENIES and proposition.refused else (CLOSE,),
    )
