"""Words that carry content, names and numbers of a text, and how rare terms are in a story."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
# A text of fewer terms tells nothing by itself.
FEWEST_TERMS = 2
# Fewer terms than this are shared by texts that have little else in common.
FEWEST_SHARED = 2
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# Negation words: how many there are tells a model more than a rule about their scope did.
NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|false|untrue|hoax|bogus|fake|den(?:y|ied|ies|ying))"
    r"\b|n[’']t\b",
    re.IGNORECASE,
)

# What may be, is planned or expected is not said to be so; nor is what will be.
_POSSIBLE = re.compile(
    r"\b(?:(?-i:may)|might|could|possibl[ye]|perhaps|maybe|probably|likely|potential(?:ly)?|consider(?:s|ed|ing)?|"
    r"plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|expect(?:s|ed|ing)?|hop(?:es|ed|ing)|want(?:s|ed|ing)?|offer(?:s|ed|ing)?|"
    r"propos(?:es|ed|ing)|threaten(?:s|ed|ing)?|(?:appear|seem)(?:s|ed)? to|(?:believed|thought|supposed) to|"
    r"think(?:s|ing)? of|suspected of)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:will|would|shall)\b|[’'](?:ll|d)\b", re.IGNORECASE)


@lru_cache(maxsize=1 << 15)
def terms(text: str) -> frozenset[str]:
    """Stems of the words that carry content."""
    words = (word for word in WORD.findall(text) if len(word) > 1 and word.lower().replace("’", "'") not in STOP)
    return frozenset(map(stem, words))


def tells(text: str) -> bool:
    """Whether a text tells something by itself: "It was true." does not."""
    return len(terms(text)) >= FEWEST_TERMS


@lru_cache(maxsize=1 << 15)
def names(text: str) -> frozenset[str]:
    """Stems of capitalised words that do not merely open a sentence."""
    found = set()
    for match in WORD.finditer(text):
        before = text[: match.start()].rstrip(" \"'“‘”’([")
        if match.group()[0].isupper() and before and before[-1] not in ".!?:;\n":
            found.add(stem(match.group()))
    return frozenset(found)


@lru_cache(maxsize=1 << 15)
def numbers(text: str) -> frozenset[float]:
    """The numbers of a text, in digits or words; "one" is none."""
    found = set()
    words = [word.lower() for word in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+", text)]
    value: float | None = None
    for word in [*words, ""]:
        if _DIGITS.fullmatch(word):
            if value is not None:
                found.add(value)
            value = float(word.replace(",", ""))
        elif word in _VALUES:
            value = (value or 0) + _VALUES[word]
        elif word in _SCALES:
            value = max(1.0, value or 1.0) * _SCALES[word]
        elif value is not None:
            found.add(value)
            value = None
    return frozenset(found - {1.0})


def modality(text: str) -> int:
    """0 for what is said to be so, 1 for what will be, 2 for what is possible, planned or expected (Saurí, 2009)."""
    return 2 if _POSSIBLE.search(text) else int(bool(_FUTURE.search(text)))


def substituted(left: str, right: str) -> bool:
    """Whether two texts are told in the same terms but for one of each: "the satellite was hit", "… was missed"."""
    ours, theirs = terms(left), terms(right)
    return len(ours - theirs) == 1 and len(theirs - ours) == 1 and len(ours & theirs) >= FEWEST_SHARED


@dataclass(frozen=True, slots=True)
class Idf:
    """How rare a term is among the texts of a story (inverse document frequency; Spärck Jones, 1972)."""

    counts: Counter[str]
    size: int
    smoothing: float = 0.5

    def of(self, term: str) -> float:
        """The term's weight."""
        return math.log(1 + self.size / (self.smoothing + self.counts.get(term, 0)))

    def sum(self, some: Iterable[str]) -> float:
        """The weights of distinct terms, in an order of their own so that the sum is the same for the same set."""
        return math.fsum(map(self.of, sorted(some)))


def idf(texts: Sequence[str]) -> Idf:
    """Weights by the number of texts that hold a term."""
    return Idf(Counter(term for text in texts for term in terms(text)), max(1, len(texts)))
