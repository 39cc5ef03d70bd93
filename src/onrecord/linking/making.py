"""Claims from groups of statements, made once and handed in again while what they are made from stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim, Member
from onrecord.linking.claims import claim_of
from onrecord.linking.encoder import Vectors
from onrecord.linking.memory import Memory, Numbered
from onrecord.linking.propositions import Proposition
from onrecord.linking.repeated import RowVectors


class Making:
    """Makes the claims of a story; `order` is each report's place in time, `vectors` those of the statements.

    A statement's lasting number tells whether it, its report and the report's date are as they were.
    """

    def __init__(
        self,
        found: Numbered[Proposition],
        vectors: RowVectors,
        order: Mapping[str, int],
        said: Mapping[str, Attribution],
        memory: Memory,
    ) -> None:
        self._found = found.parts
        self._vectors = vectors
        self._order = order
        self._said = said
        self._memory = memory
        numbers = found.numbers.tolist()
        prints = fingerprints(vectors.wordings)[vectors.of].tolist()
        self._marks = list(zip(numbers, prints, strict=True))
        self._numbers = dict(zip((one.attribution for one in found.parts), numbers, strict=True))
        self._made: dict[tuple[int, ...], tuple[tuple[Member, ...], Claim]] = {}

    def all(self, groups: Sequence[tuple[int, ...]], extra: Mapping[int, tuple[Member, ...]]) -> list[Claim]:
        """The claim of each group of rows; `extra` gives the members that joined by other means, by group number."""
        return [self._one(group, extra.get(number, ())) for number, group in enumerate(groups)]

    def _one(self, group: tuple[int, ...], extra: tuple[Member, ...]) -> Claim:
        made = self._made.get(group)
        if made is None or made[0] != extra:
            given = ([self._marks[row] for row in group], extra, [self._numbers[one.attribution] for one in extra])
            key = (self._found[group[0]].attribution, len(group), len(extra))
            make = partial(claim_of, group, self._found, self._vectors, self._order, self._said, extra)
            made = self._made[group] = (extra, self._memory.claim(key, given, make))
        return made[1]


def ranks(places: Sequence[int]) -> list[int]:
    """Each place's rank among them; whatever the places are, their order is what tells."""
    rank = {place: number for number, place in enumerate(sorted(set(places)))}
    return [rank[place] for place in places]


def fingerprints(vectors: Vectors) -> npt.NDArray[np.uint64]:
    """A number for each row that changes with any bit of it (multiplicative hashing). Shape: (rows,).

    Rows have an even width: two values are one number.
    """
    bits = np.ascontiguousarray(vectors, dtype=np.float32).view(np.uint64)
    odd = np.random.default_rng(0).integers(0, 1 << 63, size=bits.shape[1], dtype=np.uint64) | np.uint64(1)
    return np.asarray(bits @ odd, dtype=np.uint64)
