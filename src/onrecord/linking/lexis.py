"""Words that carry a proposition: stems, names and numbers, and how rare they are in a story."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from onrecord.linking.concepts import concept
from onrecord.linking.stemming import stem

WORD = re.compile(r"[^\W_]+(?:[.,'’\-][^\W_]+)*")

STOP = frozenset(
    """a an the of in on at by for from to with and or but that this these those it its he she they his her their
    them him we our us i my me you your is are was were be been being am has have had having do does did doing
    will would can could may might shall should must not no nor as than then there here who whom whose which
    what when where how why if so such very also more most just about into over after before up out off said
    says say saying tell told according between during against because any all some one another other own same
    too only even still yet however while although though through until upon within without under again once
    both each few many much s t d ll re ve isn't wasn't don't didn't it's that's there's he's she's they're
    we're i'm""".split()
)

# Nouns that only point at something said elsewhere.
POINTERS = frozenset(
    """report reports news claim claims allegation allegations statement statements it that this matter issue
    question questions comment comments remark remarks story stories account accounts details detail rumour
    rumours rumor rumors announcement reporting accusation accusations charge charges suggestion suggestions
    them those these so e-mail e-mails email emails call calls message messages request requests inquiries
    inquiry enquiries contents content further commenting discuss respond reply answer confirm deny publicly
    immediately directly saying more specifics such latest recent earlier media press""".split()
)

# Nouns of what says something itself.
DOCUMENTS = frozenset(
    """letter memo memorandum document documents video email e-mail tape recording draft paper papers note dossier file
    files post tweet transcript leak leaked draft audio cable article""".split()
)


# "The union's latest claim", "the Harbour Office report": the owner of what is pointed at.
OWNED = re.compile(
    r"(?:^|\b(?:the|of|into|that|on|confirms?|corroborates?|supports?)\s)"
    r"(?P<who>[A-Z][\w-]*(?:\s[A-Z][\w-]*)*)(?:[’']s?)?\s(?:latest\s|own\s|earlier\s)?"
    r"(?:claims?|statements?|reports?|accounts?|allegations?|assertions?|announcements?|version)\W*$"
)


def content_words(text: str) -> tuple[str, ...]:
    """Stems of the words that carry content, in order; what a desk takes for one another has one stem."""
    return tuple(filter(None, map(_carried, WORD.findall(text))))


@lru_cache(maxsize=1 << 15)
def word_set(text: str) -> frozenset[str]:
    """The distinct `content_words` of a claim or a statement."""
    return frozenset(content_words(text))


def _carried(word: str) -> str:
    """The stem of a word that carries content, else nothing."""
    return concept(stem(word)) if len(word) > 1 and word.lower().replace("’", "'") not in STOP else ""


def matter(text: str, beside: Sequence[str] = ()) -> frozenset[str]:
    """Stems of the words that carry content and are no names: none that has a capital inside this or another text."""
    names = _capitals(text).union(*map(_capitals, beside))
    stems = zip(WORD.findall(text), _stems(text), strict=True)
    return frozenset(stem for word, stem in stems if stem and word not in names)


@lru_cache(maxsize=1 << 15)
def _capitals(text: str) -> frozenset[str]:
    """The words with a capital that do not open a text."""
    return frozenset(word for word in WORD.findall(text)[1:] if word[0].isupper())


@lru_cache(maxsize=1 << 15)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(map(_carried, WORD.findall(text)))


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
