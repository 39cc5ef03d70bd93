"""Second look: statements that bear on a claim although their cluster is another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Member
from onrecord.linking.encoder import Vectors
from onrecord.linking.incidence import Incidence, Masses, Numbers, opened, ranges
from onrecord.linking.memory import Memory, Numbered
from onrecord.linking.paired import Flags
from onrecord.linking.propositions import Proposition
from onrecord.linking.repeated import Repeated, RowVectors
from onrecord.linking.slots import Slots, count_conflict
from onrecord.linking.stances import CUE_DENIES, opposes, stance, turned

LEAST_SIMILAR = 0.3
LEAST_DENYING = 0.05
# A statement joins so many claims at most, those that it is nearest to.
MOST_JOINED = 6
FIRST = 6
FEWEST_REPORTS = 2
LARGE = 1500
AT_ONCE = 256
CLOSE = "close to what the others say"


@dataclass(frozen=True, slots=True)
class Compared:
    """A story's wordings: which statement has which, their words, their vectors, and pairs told apart, both ways."""

    same: Repeated
    words: Incidence
    vectors: Vectors
    apart: Numbers


def joined(
    groups: Sequence[tuple[int, ...]],
    stated: Numbered[Proposition],
    wordings: Compared,
    beyond: Mapping[int, tuple[Numbers, Masses]],
    memory: Memory,
) -> dict[int, tuple[Member, ...]]:
    """Further members by group number: propositions near the mean of a claim that several reports speak of.

    `beyond` gives the wordings that share words with a group's members, and what they share beyond their vectors.

    One content bears on several claims ("a ceasefire and the release of the girls"); its cluster shows only one.
    A denial speaks of what others assert, in its own words: it need only share a word with one of them, and is
    left to the pair judge.
    """
    found, same = stated.parts, wordings.same
    against = np.array([opposes(one) for one in found])
    negative = {
        number: turned([found[row] for row in group])
        for number, group in enumerate(groups)
        if len({found[row].report for row in group}) >= FEWEST_REPORTS
    }
    numbers, near, scores = _near(
        [(one, groups[one]) for one in negative], RowVectors(wordings.vectors, same.of), beyond
    )
    opposed = np.bincount(same.of, weights=against) > 0
    likely = np.flatnonzero((scores >= LEAST_SIMILAR) | ((scores >= LEAST_DENYING) & opposed[near]))
    numbers, near, scores = numbers[likely], near[likely], scores[likely]
    looks = _Looks(groups, found, wordings, against)
    fitting, parted = looks.fitting(numbers, near, scores), looks.parted(numbers, near)

    rows, place = same.rows(near)
    turning = np.zeros(len(groups), dtype=bool)
    turning[[number for number, one in negative.items() if one]] = True
    denying = against[rows] & ~turning[numbers[place]]
    pointing = np.array([one.pointer for one in found])
    close = scores[place] >= LEAST_SIMILAR
    some = np.flatnonzero(fitting[place] & ~pointing[rows] & (close | denying) & (denying | ~parted[place]))
    kept = list(nearest(numbers[place[some]], rows[some], scores[place[some]], groups, found))
    lasting = stated.numbers.tolist()
    keys = [(lasting[row], negative[number], round(min(1.0, score), 3)) for number, row, score in kept]
    extra: dict[int, list[Member]] = {}
    made = memory.members(keys, lambda one: _member(found[kept[one][1]], *keys[one][1:]))
    for (number, _, _), member in zip(kept, made, strict=True):
        extra.setdefault(number, []).append(member)
    return {number: tuple(members) for number, members in extra.items()}


def nearest(
    numbers: Numbers, rows: Numbers, scores: Masses, groups: Sequence[Sequence[int]], found: Sequence[Proposition]
) -> Iterator[tuple[int, int, float]]:
    """Of rows that may join groups, by number: each attribution's likeliest, for the groups that it is nearest to.

    They come by group and attribution. No attribution joins a group that holds it.
    """
    idents = sorted({one.attribution for one in found})
    ident = {one: number for number, one in enumerate(idents)}
    by_row = np.array([ident[one.attribution] for one in found], dtype=np.int64)
    codes = numbers * len(idents) + by_row[rows]
    held = [number * len(idents) + by_row[list(groups[number])] for number in _each(numbers)]
    free = ~np.isin(codes, np.concatenate([_NONE, *held]))
    codes, rows, scores = codes[free], rows[free], scores[free]
    order = np.lexsort((rows, -scores, codes))
    order = order[opened(codes[order])]
    codes, rows, scores = codes[order], rows[order], scores[order]
    whose = codes % max(1, len(idents))
    ranked = np.lexsort((codes, -scores, whose))
    begin = opened(whose[ranked])
    sizes = np.diff([*begin, len(ranked)])
    kept = np.sort(ranked[np.arange(len(ranked)) - np.repeat(begin, sizes) < MOST_JOINED])
    return zip((codes[kept] // max(1, len(idents))).tolist(), rows[kept].tolist(), scores[kept].tolist(), strict=True)


class _Looks:
    """Groups of rows, as the wordings that may join them are held against them."""

    def __init__(
        self, groups: Sequence[Sequence[int]], found: Sequence[Proposition], wordings: Compared, against: Flags
    ) -> None:
        self._groups, self._found, self._wordings, self._against = groups, found, wordings, against
        self._firsts = [found[row] for row in wordings.same.first.tolist()]

    def fitting(self, numbers: Numbers, wordings: Numbers, scores: Masses) -> Flags:
        """Which wordings may join the group of a number: a faint one shares a word, and none counts otherwise."""
        fits = np.ones(len(numbers), dtype=bool)
        faint = np.flatnonzero(scores < LEAST_SIMILAR)
        fits[faint] = self._sharing(numbers[faint], wordings[faint])
        counts = np.array([bool(one.slots.counts) for one in self._firsts])
        counted: dict[int, list[Slots]] = {}
        for place in np.flatnonzero(counts[wordings] & fits).tolist():
            number, one = int(numbers[place]), self._firsts[int(wordings[place])]
            if number not in counted:
                slots = (self._found[row].slots for row in self._groups[number][:FIRST])
                counted[number] = [each for each in slots if each.counts]
            fits[place] = not any(count_conflict(one.slots, other) for other in counted[number])
        return fits

    def _sharing(self, numbers: Numbers, wordings: Numbers) -> Flags:
        """Which wordings share a word with what the group of a number asserts."""
        of, words = self._wordings.same.of, self._wordings.words
        wide = max(1, len(words.vocabulary))
        asserted = {one: [row for row in self._groups[one] if not self._against[row]] for one in _each(numbers)}
        held = np.repeat(np.array([*asserted], dtype=np.int64), [len(rows) for rows in asserted.values()])
        mine, place = words.flat(of[[row for rows in asserted.values() for row in rows]])
        theirs, pair = words.flat(wordings)
        shared = np.isin(numbers[pair] * wide + theirs, held[place] * wide + mine)
        return np.bincount(pair[shared], minlength=len(numbers)) > 0

    def parted(self, numbers: Numbers, wordings: Numbers) -> Flags:
        """Which wordings are told apart from some wording of the group of a number."""
        apart, of, wide = self._wordings.apart, self._wordings.same.of, max(1, len(self._firsts))
        inside = [one * wide + of[list(self._groups[one])] for one in _each(numbers)]
        held, mine = np.divmod(np.concatenate([_NONE, *inside]), wide)
        first, last = (np.searchsorted(apart[:, 0], mine, side) for side in ("left", "right"))
        rivals = np.repeat(held, last - first) * wide + apart[ranges(first, last), 1]
        return np.isin(numbers * wide + wordings, rivals)


_NONE: Numbers = np.zeros(0, dtype=np.int64)


def _each(numbers: Numbers) -> list[int]:
    """The distinct numbers, in order."""
    return [int(number) for number in np.unique(numbers)]


def _near(
    groups: Sequence[tuple[int, tuple[int, ...]]], vectors: RowVectors, beyond: Mapping[int, tuple[Numbers, Masses]]
) -> tuple[Numbers, Numbers, Masses]:
    """Numbers of groups with wordings and their likeness to the group's mean. Shapes: (pairs,).

    In a large story only those that share a word with a member.
    """
    nothing = (_NONE, np.zeros(0))
    numbers, wordings, near = [nothing[0]], [nothing[0]], [nothing[1]]
    every = np.arange(len(vectors.wordings))
    for start in range(0, len(groups), AT_ONCE):
        some = groups[start : start + AT_ONCE]
        means = np.array([vectors.of_rows(group).mean(axis=0) for _, group in some])
        sharing = [beyond.get(number, nothing) for number, _ in some]
        wide = means @ vectors.wordings.T if len(every) <= LARGE else None
        for place, ((number, group), (rows, more)) in enumerate(zip(some, sharing, strict=True)):
            share = (more / len(group)).astype(np.float32)
            if wide is None:
                near.append(vectors.wordings[rows] @ means[place] + share)
            else:
                wide[place, rows] += share
                near.append(wide[place])
            wordings.append(rows if wide is None else every)
            numbers.append(np.full(len(wordings[-1]), number))
    return np.concatenate(numbers), np.concatenate(wordings), np.concatenate(near)


def _member(proposition: Proposition, negative: bool, score: float) -> Member:
    taken = stance(proposition, negative)
    return Member(
        attribution=proposition.attribution,
        stance=taken,
        passage=proposition.passage,
        score=score,
        reasons=(CLOSE, CUE_DENIES) if taken is Act.DENIES and proposition.refused else (CLOSE,),
    )
