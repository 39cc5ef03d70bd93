"""Whether two names may be one person's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from onrecord.attributing.lexicon.forenames import FORENAMES
from onrecord.attributing.lexicon.titles import SUFFIXES

T = TypeVar("T")


@lru_cache(maxsize=8192)
def fold_word(word: str) -> str:
    """A name word for comparing: no accents, case, hyphens or apostrophes."""
    bare = word if word.isascii() else unicodedata.normalize("NFKD", word)
    return "".join(c for c in bare if c.isalnum()).casefold()


@lru_cache(maxsize=8192)
def name_words(name: tuple[str, ...]) -> tuple[str, ...]:
    """The folded words of a name without suffixes and middle initials; hyphened words are parted."""
    words = [fold_word(part) for word in name for part in re.split(r"[-‑]", word)]
    kept = [word for word in words if word and word not in SUFFIXES]
    return tuple(word for number, word in enumerate(kept) if len(word) > 1 or number == 0)


def same_name(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: a full name and its surname, initials and short forms allowed."""
    ours, theirs = name_words(left), name_words(right)
    if not ours or not theirs:
        return False
    if ours == theirs:
        return True
    if len(ours) > len(theirs):
        ours, theirs = theirs, ours
    if len(ours) == 1:
        return ours[0] == theirs[-1]
    # A middle name may be left out before a surname, a second surname behind it.
    if ours in (theirs[-len(ours) :], theirs[: len(ours)]):
        return True
    if ours[-1] == theirs[-1]:
        return _same_first(ours[0], theirs[0])
    return _same_transliteration(ours[-1], theirs[-1]) and _same_first(ours[0], theirs[0])


LEAST_WRITTEN = 5
_DOUBLED = re.compile(r"([a-z])\1|([oea])[ui]")
_LONG = re.compile(r"ou")


def _same_transliteration(left: str, right: str) -> bool:
    """Whether two spellings are of one word of another script: "Hassem" and "Hasem", "Karoun", "Karun" and "Karon"."""
    if left == right:
        return True
    if min(len(left), len(right)) < LEAST_WRITTEN or {left, right} <= FORENAMES:
        return False
    return not _spellings(left).isdisjoint(_spellings(right))


@lru_cache(maxsize=8192)
def _spellings(word: str) -> frozenset[str]:
    return frozenset(_DOUBLED.sub(lambda match: match[1] or match[2], _LONG.sub(vowel, word)) for vowel in ("o", "u"))


def _same_first(left: str, right: str) -> bool:
    if left == right or (min(len(left), len(right)) == 1 and left[0] == right[0]):
        return True
    if _same_transliteration(left, right):
        return True
    if min(len(left), len(right)) >= 3 and (left.startswith(right) or right.startswith(left)):
        return True
    pair = {left, right}
    return any(pair <= group for group in _SHORT_FORMS)


class NameIndex(Generic[T]):
    """Index of named things: the candidates for `same_name`, without a look at all the others."""

    def __init__(self, things: Iterable[tuple[tuple[str, ...], T]] = ()) -> None:
        self._count = 0
        self._by_key: dict[tuple[str, ...], list[tuple[int, T]]] = {}
        for name, thing in things:
            self.add(name, thing)

    def add(self, name: tuple[str, ...], thing: T) -> None:
        """Take in one more thing, behind the others."""
        for key in _keys(name):
            self._by_key.setdefault(key, []).append((self._count, thing))
        self._count += 1

    def candidates(self, name: tuple[str, ...]) -> list[T]:
        """The things whose name ends in the same word or begins with the same two, in the order they came."""
        by_number = {number: thing for key in _keys(name) for number, thing in self._by_key.get(key, ())}
        return [by_number[number] for number in sorted(by_number)]


def _keys(name: tuple[str, ...]) -> list[tuple[str, ...]]:
    words = name_words(name)
    return [words[-1:], words[:2]] if len(words) > 1 else [words] if words else []


_SHORT_FORMS = tuple(
    frozenset(group.split())
    for group in """mike michael mick
bill william will billy
bob robert rob bobby
jim james jimmy jamie
tom thomas tommy
dick richard rick
joe joseph
dan daniel danny
dave david
steve steven stephen
chris christopher christine
tony anthony antony
ted edward ed eddie theodore
jeff jeffrey geoffrey
ken kenneth
ron ronald
don donald
matt matthew
andy andrew
alex alexander alexandra alexei
sam samuel samantha
ben benjamin
nick nicholas
greg gregory
larry lawrence
liz elizabeth beth betty
kate katherine catherine kathleen cathy kathy
sue susan
peggy margaret maggie meg
jen jennifer jenny
pat patrick patricia
tim timothy
chuck charles charlie
jack john johnny
harry henry harold
fred frederick alfred
gabe gabriel
vlad vladimir
abe abraham
mo mohamed mohammed mohammad muhammad mohamad muhammed
phil philip phillip
doug douglas
ray raymond
pete peter
becky rebecca
debbie deborah
cindy cynthia
vicky victoria
terry terrence theresa
max maxim maximilian
josh joshua""".splitlines()
)
