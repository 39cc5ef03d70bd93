"""Second look: statements that bear on a claim although their cluster is another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Member
from onrecord.linking.contrasts import Apart
from onrecord.linking.encoder import Vectors
from onrecord.linking.incidence import Masses, Numbers
from onrecord.linking.propositions import Proposition
from onrecord.linking.slots import count_conflict
from onrecord.linking.stances import CUE_DENIES, opposes, stance, turned

LEAST_SIMILAR = 0.3
LEAST_DENYING = 0.05
MOST_FAR = 6
FIRST = 6
APART = False
SHARED = 1
FEWEST_REPORTS = 2
LARGE = 1500
AT_ONCE = 256
CLOSE = "close to what the others say"


def joined(
    groups: Sequence[tuple[int, ...]],
    found: Sequence[Proposition],
    vectors: Vectors,
    apart: Apart,
    beyond: Mapping[int, tuple[Numbers, Masses]],
) -> dict[int, tuple[Member, ...]]:
    """Further members by group number: propositions near the mean of a claim that several reports speak of.

    `beyond` gives the rows that share words with a group's members, and what they share beyond their vectors.

    One content bears on several claims ("a ceasefire and the release of the girls"); its cluster shows only one.
    A denial speaks of what others assert, in its own words: it need only share a word with one of them, and is
    left to the pair judge.
    """
    against = np.array([opposes(one) for one in found])
    several = [
        (number, group)
        for number, group in enumerate(groups)
        if len({found[row].report for row in group}) >= FEWEST_REPORTS
    ]
    extra: dict[int, tuple[Member, ...]] = {}
    for number, rows, near in _near(several, vectors, beyond):
        group = groups[number]
        negative = turned([found[row] for row in group])
        close = near >= LEAST_SIMILAR
        some = np.flatnonzero(close if negative else close | ((near >= LEAST_DENYING) & against[rows]))
        if not len(some):
            continue
        inside = {found[row].attribution for row in group}
        asserted = {word for row in group if not against[row] for word in found[row].words}
        counting = [found[row].slots for row in group[:FIRST] if found[row].slots.counts]
        wanted: dict[str, tuple[float, int]] = {}
        for row, score in zip(rows[some].tolist(), near[some].tolist(), strict=True):
            proposition = found[row]
            if proposition.attribution in inside or proposition.pointer:
                continue
            if score < LEAST_SIMILAR and asserted.isdisjoint(proposition.words):
                continue
            if (negative or not against[row]) and apart.parts(row, group):
                continue
            if proposition.slots.counts and any(count_conflict(proposition.slots, one) for one in counting):
                continue
            if score > wanted.get(proposition.attribution, (0.0, 0))[0]:
                wanted[proposition.attribution] = (score, row)
        extra[number] = tuple(_member(found[row], negative, score) for _, (score, row) in sorted(wanted.items()))
    return nearest(extra)


def nearest(extra: Mapping[int, tuple[Member, ...]]) -> dict[int, tuple[Member, ...]]:
    """The same, each far denial only with the few claims that it is nearest to: it belongs to one at most."""
    scores: dict[str, list[float]] = {}
    for members in extra.values():
        for one in members:
            scores.setdefault(one.attribution, []).append(one.score)
    least = {ident: sorted(some, reverse=True)[:MOST_FAR][-1] for ident, some in scores.items()}
    return {
        number: tuple(one for one in members if one.score >= min(LEAST_SIMILAR, least[one.attribution]))
        for number, members in extra.items()
    }


def _near(
    groups: Sequence[tuple[int, tuple[int, ...]]], vectors: Vectors, beyond: Mapping[int, tuple[Numbers, Masses]]
) -> Iterator[tuple[int, Numbers, Vectors]]:
    """Each group's number with rows and their likeness to its mean; in a large story of those only that share a word
    with a member.
    """
    nothing = (np.zeros(0, dtype=np.int64), np.zeros(0))
    every = np.arange(len(vectors))
    for start in range(0, len(groups), AT_ONCE):
        some = groups[start : start + AT_ONCE]
        means = np.array([vectors[list(group)].mean(axis=0) for _, group in some])
        sharing = [beyond.get(number, nothing) for number, _ in some]
        wide = means @ vectors.T if len(vectors) <= LARGE else None
        for place, ((number, group), (rows, more)) in enumerate(zip(some, sharing, strict=True)):
            share = (more / len(group)).astype(np.float32)
            if wide is None:
                yield number, rows, vectors[rows] @ means[place] + share
            else:
                wide[place, rows] += share
                yield number, every, wide[place]


def _member(proposition: Proposition, negative: bool, score: float) -> Member:
    taken = stance(proposition, negative)
    return Member(
        attribution=proposition.attribution,
        stance=taken,
        passage=proposition.passage,
        score=round(min(1.0, score), 3),
        reasons=(CLOSE, CUE_DENIES) if taken is Act.DENIES and proposition.refused else (CLOSE,),
    )
