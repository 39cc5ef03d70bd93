"""Near the same words, not the same claim: another name, figure, day or verb, or a mere possibility."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA, Indel

from onrecord.linking.belonging import anothers
from onrecord.linking.incidence import Numbers
from onrecord.linking.lexis import STOP, WORD
from onrecord.linking.paired import Paired
from onrecord.linking.propositions import Proposition
from onrecord.linking.slots import TIMES, VALUES
from onrecord.linking.stemming import stem

LEAST_ALIKE = 0.6
LONGEST = 60

_POSSIBLE = re.compile(
    r"\b(?:may|might|could|can|should|ought|possibl[ey]|perhaps|probabl[ey]|likely|reportedly|allegedly|"
    r"supposed(?:ly)?|"
    r"suspects?|considers?|considered|considering|thinking|thought|expect(?:s|ed|ing)?|intend(?:s|ed|ing)?|"
    r"plan(?:s|ned|ning)?(?= to\b)|want(?:s|ed)?(?= to\b)|wish(?:es|ed)?(?= to\b)|hop(?:es?|ed|ing)(?= to\b)|"
    r"offer(?:s|ed|ing)?(?= to\b)|threaten(?:s|ed|ing)?(?= to\b)|tr(?:y|ies|ied|ying)(?= to\b)|"
    r"attempt(?:s|ed|ing)?(?= to\b)|advis(?:es?|ed|ing)|about(?= to\b)|used(?= to\b)|whether|if)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|would|shall|won[’']t|going to|(?:is|are|was|were) to)\b", re.IGNORECASE)
_ELSEWHEN = re.compile(
    r"\b(?:another|similar|first|second|third|earlier|previous(?:ly)?|older|former(?:ly)?|a second|once before|"
    r"(?:19|20)\d\d|last (?:spring|summer|autumn|"
    r"fall|winter|week|month|year)|(?:years?|months?|weeks?|days?|decades?) (?:ago|earlier|before))\b",
    re.IGNORECASE,
)
_MARKS = ((_POSSIBLE, "modality"), (_AHEAD, "tense"), (_ELSEWHEN, "occasion"))
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OPPOSITES = frozenset(
    frozenset(pair.split("/"))
    for pair in "before/after over/under more/fewer more/less up/down into/from to/from in/out on/off with/without "
    "inside/outside above/below since/until all/some all/none most/some every/some only/also".split()
)
# Where many countries lie: "doctors from Europe" may be "doctors from France".
_PARTS = frozenset(
    "Europe Asia Africa America Americas West East Balkans Scandinavia Caribbean Gulf Levant Sahel Maghreb".split()
)
_WHERE = frozenset("in at near to from outside inside into off".split())


@dataclass(frozen=True, slots=True)
class Contrast:
    """What tells two statements of near the same words apart: its kind and the words of either side."""

    kind: str
    left: str
    right: str


def contrasts(
    found: Sequence[Proposition], pairs: Numbers, numbers: Numbers, known: Paired[Contrast]
) -> dict[int, Contrast]:
    """Which pairs of rows are two claims, whatever their similarity, and what tells them apart, by the pair's place.

    `numbers` are the propositions' lasting ones, by which pairs are `known` from before.
    """

    def look(place: int) -> Contrast | None:
        left, right = (found[row] for row in pairs[place].tolist())
        return contrast(left.text, right.text) or _other_occasion(left, right) or _other_person(left, right)

    told = known.of(numbers[pairs[:, 0]], numbers[pairs[:, 1]], look)
    beside = frozenset().union(*(_side_by_side(one.text) for one in found))
    return {place: one for place, one in told.items() if not (one.kind == "name" and _titled(one, beside))}


# Words that stand side by side before a capital: "Director Lena" of "the board's Director Lena Moll".
_SIDE_BY_SIDE = re.compile(r"(?=\b([\w’'-]+ [A-Z][\w’'-]+))")


@lru_cache(maxsize=1 << 16)
def _side_by_side(text: str) -> frozenset[str]:
    return frozenset(pair.lower() for pair in _SIDE_BY_SIDE.findall(text))


def _titled(one: Contrast, beside: Set[str]) -> bool:
    """Whether one of two names is the title that stands before the other somewhere in the story."""
    left, right = one.left.lower().split(), one.right.lower().split()
    return f"{left[-1]} {right[0]}" in beside or f"{right[-1]} {left[0]}" in beside


def contrast_of_occasion(left: str, right: str) -> bool:
    """Whether one text speaks of another time than the other: an earlier event, another year, what is still to come."""
    (elsewhen, ahead, years), (its_elsewhen, its_ahead, its_years) = _when(left), _when(right)
    apart = bool(years and its_years) and not years & its_years
    return elsewhen != its_elsewhen or ahead != its_ahead or apart


@lru_cache(maxsize=1 << 16)
def _when(text: str) -> tuple[bool, bool, frozenset[str]]:
    """Whether a text speaks of another occasion, whether of what is still to come, and the years that it names."""
    return bool(_ELSEWHEN.search(text)), bool(_AHEAD.search(text)), frozenset(_YEAR.findall(text))


def _other_occasion(left: Proposition, right: Proposition) -> Contrast | None:
    """A denial of something that happened at another time denies nothing."""
    if left.slots.negated == right.slots.negated:
        return None
    one, other = (dict(_look(proposition.text).marks)["occasion"] for proposition in (left, right))
    return Contrast("occasion", one, other) if bool(one) != bool(other) else None


def _other_person(left: Proposition, right: Proposition) -> Contrast | None:
    """What happened to somebody's aide did not happen to him."""
    told = anothers(left.text, right.text)
    return Contrast("person", *told) if told else None


@dataclass(frozen=True, slots=True)
class _Look:
    """A text's words, their keys, and what it says of possibility, of what is to come and of another occasion."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1 << 16)
def _look(text: str) -> _Look:
    words = _words(text)
    found = [(kind, pattern.search(text)) for pattern, kind in _MARKS]
    marks = tuple((kind, match.group() if match else "") for kind, match in found)
    return _Look(tuple(words), tuple(_key(word) for word in words), marks)


def contrast(left: str, right: str) -> Contrast | None:
    """What tells two near alike texts apart, None where they are not alike or nothing does."""
    return _contrast(_look(left), _look(right))


def _contrast(left: _Look, right: _Look) -> Contrast | None:
    ours, theirs = left.words, right.words
    if not ours or not theirs or len(ours) > LONGEST or len(theirs) > LONGEST:
        return None
    if Indel.normalized_similarity(left.keys, right.keys, score_cutoff=LEAST_ALIKE) < LEAST_ALIKE:
        return None
    for (kind, one), (_, other) in zip(left.marks, right.marks, strict=True):
        if bool(one) != bool(other):
            return Contrast(kind, one, other)
    matcher = SequenceMatcher(None, left.keys, right.keys, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "replace":
            found = _replaced(ours[start:end], theirs[other_start:other_end], ours[start - 1 : start])
            titled = (
                ours[end : end + 1]
                and ours[end][0].isupper()
                and theirs[other_end : other_end + 1] == ours[end : end + 1]
            )
            if found is not None and not (found.kind == "words" and titled):
                return found
    return None


def _words(text: str) -> list[str]:
    words = WORD.findall(text)
    return words[1:] if words and words[0].lower() == "that" else words


def _key(word: str) -> str:
    low = word.lower()
    return str(VALUES[low]) if low in VALUES else stem(low)


def _replaced(ours: Sequence[str], theirs: Sequence[str], before: Sequence[str]) -> Contrast | None:
    """How the words of one stretch differ from those that stand in their place; `before` is the word before both."""
    shown = (" ".join(ours), " ".join(theirs))
    left, right = {word.lower() for word in ours}, {word.lower() for word in theirs}
    if any(frozenset((one, other)) in _OPPOSITES for one in left for other in right):
        return Contrast("opposite", *shown)
    carried, others = [word for word in ours if word.lower() not in STOP], [w for w in theirs if w.lower() not in STOP]
    if not carried or not others or {_key(word) for word in carried} & {_key(word) for word in others}:
        return None
    if left & TIMES and right & TIMES:
        return Contrast("time", *shown)
    if all(any(_key(word)[0].isdigit() for word in side) for side in (carried, others)):
        return Contrast("number", *shown)
    if all(any(word[0].isupper() for word in side) for side in (carried, others)):
        if _one_name(carried, others) or _of_many(carried) != _of_many(others):
            return None
        return Contrast("place" if before and before[0].lower() in _WHERE else "name", *shown)
    located = bool(before) and before[0].lower() in _WHERE
    if any(word[0].isupper() for word in (*carried, *others)) and not located:
        # A description may well be of whom the other side names.
        return None
    return Contrast("words", *shown)


def _of_many(name: Sequence[str]) -> bool:
    """Whether a name is that of a part of the world."""
    return len(name) == 1 and name[0] in _PARTS


def _one_name(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two names are one, spelled together or apart, with two letters in turn, or as initials."""
    one, other = "".join(ours), "".join(theirs)
    if sorted(one.lower()) == sorted(other.lower()) and OSA.distance(one.lower(), other.lower()) == 1:
        return True
    if re.sub(r"\W", "", one).lower() == re.sub(r"\W", "", other).lower():
        return True
    return _stands_for(one, theirs) or _stands_for(other, ours)


def _stands_for(short: str, name: Sequence[str]) -> bool:
    """Whether a word is a name's initials, or begins with those of a name told in part ("HSBK" of "Harbour Safety")."""
    initials = "".join(word[0] for word in name)
    part = len(name) > 1 and len(short) > len(initials) and short.isupper()
    return short == initials or (part and short.startswith(initials))


def both_ways(pairs: Iterable[tuple[int, int]]) -> Numbers:
    """What must never be one claim, by row number, each pair both ways round, sorted. Shape: (pairs, 2)."""
    both = [one for left, right in pairs for one in ((left, right), (right, left))]
    found: Numbers = np.array(both, dtype=np.int64).reshape(len(both), 2)
    return found[np.lexsort((found[:, 1], found[:, 0]))]
