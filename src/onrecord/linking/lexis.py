"""Words that carry a proposition: stems, names and numbers, and how rare they are in a story."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onrecord.linking.concepts import concept
from onrecord.linking.stemming import stem
from onrecord.linking.terms import STOP, WORD


def content_words(text: str) -> tuple[str, ...]:
    """Stems of the words that carry content, in order; what a desk takes for one another has one stem."""
    return tuple(filter(None, map(_carried, WORD.findall(text))))


def _carried(word: str) -> str:
    """The stem of a word that carries content, else nothing."""
    return concept(stem(word)) if len(word) > 1 and word.lower().replace("’", "'") not in STOP else ""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare a stem is in the paragraphs of a story (inverse document frequency; Spärck Jones, 1972)."""

    counts: dict[str, int]
    size: int
    in_steps: bool = False
    _weights: dict[str, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, word: str) -> float:
        """The stem's weight; more for a rarer one."""
        found = self._weights.get(word)
        if found is None:
            found = self._weights[word] = self._weight(self.counts.get(word, 0))
        return found

    def _weight(self, count: int) -> float:
        if self.in_steps:
            return math.log(1 + stepped(self.size, 4) / (1 + stepped(count, 2)))
        return math.log(1 + self.size / (1 + count))

    def mass(self, words: Iterable[str]) -> float:
        """The weights of distinct stems; their sum is exact, so that their order does not tell."""
        distinct = words if isinstance(words, frozenset) else set(words)
        try:
            return math.fsum(map(self._weights.__getitem__, distinct))
        except KeyError:
            return math.fsum(map(self.of, distinct))


def stepped(count: int, bits: int) -> int:
    """A count rounded down to its first binary digits: of a large story's weights few change with one more report."""
    step = 1 << max(0, count.bit_length() - bits)
    return count // step * step


def paragraphs(text: str) -> tuple[Counter[str], int]:
    """In how many of a text's paragraphs each stem stands, and how many these are."""
    told = [frozenset(content_words(paragraph)) for paragraph in text.split("\n") if paragraph.strip()]
    return Counter(word for words in told for word in words), len(told)


@dataclass(frozen=True, slots=True)
class Counted:
    """The `paragraphs` of several texts by the texts' ids, and all of them together."""

    of: Mapping[str, tuple[Counter[str], int]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    size: int = 0

    def rarity(self, in_steps: bool = False) -> Rarity:
        """How rare each stem is in them; `in_steps` rounds what is counted."""
        return Rarity(dict(self.counts), max(1, self.size), in_steps)


def counted(of: Mapping[str, tuple[Counter[str], int]], before: Counted | None = None) -> Counted:
    """What several texts' `paragraphs` come to; what was counted `before` is taken from there, by identity."""
    held = before.of if before else {}
    gone = [some for ident, some in held.items() if of.get(ident) is not some]
    if before is None or 2 * len(gone) > len(held):
        held, gone, before = {}, [], Counted()
    counts, size = before.counts.copy(), before.size
    for some, number in (one for ident, one in of.items() if held.get(ident) is not one):
        counts.update(some)
        size += number
    for some, number in gone:
        counts.subtract(some)
        size -= number
    return Counted(of, counts, size)
