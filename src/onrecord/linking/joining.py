"""Second look: statements that the pair judge holds to bear on a claim whose cluster they are not in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Member
from onrecord.linking.encoder import Vectors
from onrecord.linking.judge import Judge
from onrecord.linking.propositions import Proposition
from onrecord.linking.slots import count_conflict
from onrecord.linking.stances import opposes, stance, turned

LEAST_SIMILAR = 0.22
LEAST_ENTAILED = 0.80
MOST_PAIRS = 4000


def joined(
    groups: Sequence[tuple[int, ...]], found: Sequence[Proposition], vectors: Vectors, judge: Judge | None
) -> dict[int, tuple[Member, ...]]:
    """Members by group number, from propositions near a group that the judge says follow from it or it from them."""
    if judge is None:
        return {}
    wanted = _near(groups, found, vectors)
    if not wanted:
        return {}
    centres = [_central(groups[number], vectors) for number, _ in wanted]
    pairs = [(found[row].text, found[centre].text) for (_, row), centre in zip(wanted, centres, strict=True)]
    forth = judge.entailment(pairs)
    back = judge.entailment([(right, left) for left, right in pairs])
    extra: dict[int, list[Member]] = {}
    for number, (group, row) in enumerate(wanted):
        follows = float(forth[number][0])
        if follows >= LEAST_ENTAILED and float(back[number][2]) < 0.5:
            cluster = [found[one] for one in groups[group]]
            extra.setdefault(group, []).append(_member(found[row], cluster, follows))
    return {group: tuple(members) for group, members in extra.items()}


def _member(proposition: Proposition, cluster: Sequence[Proposition], score: float) -> Member:
    taken = stance(proposition, turned(cluster)) if not opposes(proposition) else Act.DENIES
    return Member(
        attribution=proposition.attribution,
        stance=taken,
        passage=proposition.passage,
        score=round(score, 3),
        reasons=(f"the pair judge holds that it entails the claim ({score:.2f})",),
    )


def _central(group: tuple[int, ...], vectors: Vectors) -> int:
    centre = vectors[list(group)].sum(axis=0)
    return max(group, key=lambda row: (round(float(vectors[row] @ centre), 5), -row))


def _near(groups: Sequence[tuple[int, ...]], found: Sequence[Proposition], vectors: Vectors) -> list[tuple[int, int]]:
    large = [number for number, group in enumerate(groups) if len({found[row].report for row in group}) > 1]
    wanted: list[tuple[float, int, int]] = []
    for number in large:
        inside = {found[row].attribution for row in groups[number]}
        mean = vectors[list(groups[number])].mean(axis=0)
        near = vectors @ mean
        for row in np.flatnonzero(near >= LEAST_SIMILAR):
            proposition = found[int(row)]
            if proposition.attribution in inside or proposition.pointer:
                continue
            if not any(count_conflict(proposition.slots, found[one].slots) for one in groups[number][:6]):
                wanted.append((-round(float(near[row]), 5), number, int(row)))
    return [(number, row) for _, number, row in sorted(wanted)[:MOST_PAIRS]]
