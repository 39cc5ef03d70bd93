"""Which statements that count the same thing may be in conflict: a quick look over many pairs at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from onrecord.linking.incidence import Numbers, incidence, ranges
from onrecord.linking.lexis import STOP, Rarity
from onrecord.linking.propositions import Proposition
from onrecord.linking.slots import Count, count_conflict

Flags = npt.NDArray[np.bool_]

# Each statement is held against so many that follow it and count the same thing.
NEXT = 40


def rival_pairs(
    by_noun: Mapping[str, Sequence[Proposition]], least_shared: float, holder: Callable[[str], str | None]
) -> Iterator[tuple[Proposition, Proposition, tuple[Count, Count]]]:
    """Pairs of different known holders that give other figures for one noun in much the same words, with the figures.

    `least_shared` is the part of the shorter one's words that must be shared, what they count left aside.
    """
    nouns = sorted(by_noun)
    listed = [(noun, one) for noun in nouns for one in by_noun[noun]]
    if not listed:
        return
    ends = np.cumsum([len(by_noun[noun]) for noun in nouns])
    end = np.repeat(ends, np.diff(ends, prepend=0))
    number = np.arange(len(listed))
    right = ranges(number + 1, np.minimum(number + NEXT, end))
    left = np.repeat(number, np.minimum(number + NEXT, end) - number - 1)
    kept = _apart(listed, holder, left, right)
    needed, places = np.unique((left[kept], right[kept]), return_inverse=True)
    listed = [listed[place] for place in needed.tolist()]
    left, right = places.reshape(2, -1)
    near, sure = _near(listed, least_shared, left, right)
    for one, other, certain in zip(left[near].tolist(), right[near].tolist(), sure.tolist(), strict=True):
        (noun, ours), (_, theirs) = listed[one], listed[other]
        if certain or _share(ours, theirs, least_shared):
            clash = _clash(noun, ours, theirs)
            if clash:
                yield ours, theirs, clash


def _apart(
    listed: Sequence[tuple[str, Proposition]], holder: Callable[[str], str | None], left: Numbers, right: Numbers
) -> Flags:
    """Whether the two of each pair have different known holders and figures."""
    held = [holder(one.attribution) for _, one in listed]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(held)) if name is not None}
    holders = np.array([numbers.get(name, -1) if name is not None else -1 for name in held])
    figures = np.array([_figure(one, noun) for noun, one in listed])
    rivals = (holders[left] != holders[right]) & (holders[left] >= 0) & (holders[right] >= 0)
    return np.asarray(rivals & (figures[left] != figures[right]))


def _figure(one: Proposition, noun: str) -> float:
    """The one figure that a statement gives for a thing; not a number, which equals nothing, where there are more."""
    values = {count.value for count in one.slots.counts if count.noun == noun}
    return values.pop() if len(values) == 1 else float("nan")


def _near(
    listed: Sequence[tuple[str, Proposition]], least: float, left: Numbers, right: Numbers
) -> tuple[Numbers, Flags]:
    """The numbers of the pairs that may share enough words, and whether they surely do: both count one thing only."""
    rows = [[word for word in one.words if not word[0].isdigit() and word not in STOP] for _, one in listed]
    words = incidence(rows, Rarity({}, 1))
    counted = np.array([noun in row for (noun, _), row in zip(listed, rows, strict=True)], dtype=np.int64)
    more = np.array([len({count.noun for count in one.slots.counts}) - 1 for _, one in listed])
    sizes = words.sizes - counted
    both = words.both(np.stack((left, right), axis=1))[0] - (counted[left] & counted[right])
    others = more[left] + more[right]
    fewest = np.maximum(1, np.minimum(sizes[left], sizes[right]) - others)
    near = np.flatnonzero((both >= 1) & (both >= least * fewest - 1e-9))
    return near, np.asarray(others[near] == 0)


def _clash(noun: str, left: Proposition, right: Proposition) -> tuple[Count, Count] | None:
    """The two figures for a noun, where no other noun comes first for which the two differ."""
    ours, theirs = left.slots.counts, right.slots.counts
    if len(ours) == len(theirs) == 1:
        return ours[0], theirs[0]
    clash = count_conflict(left.slots, right.slots)
    return clash if clash and clash[0].noun == noun else None


def _share(left: Proposition, right: Proposition, least: float) -> bool:
    counted = {count.noun for count in (*left.slots.counts, *right.slots.counts)}
    one = {word for word in left.words if not word[0].isdigit()} - counted - STOP
    other = {word for word in right.words if not word[0].isdigit()} - counted - STOP
    return bool(one & other) and len(one & other) / max(1, min(len(one), len(other))) >= least
