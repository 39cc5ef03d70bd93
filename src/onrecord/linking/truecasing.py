"""Words in the capitals of a headline put as a sentence has them, by how the report writes them elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.linking.stemming import stem
from onrecord.linking.terms import STOP, WORD

# A headline has a capital on each of its words but the short ones.
_LONG = 4
_FEWEST = 3
_LOW = re.compile(r"(?<![\w’'-])[a-z][a-z’'-]*[a-z](?![\w’'-])")


def truecase(told: str, text: str) -> str:
    """A headline's words as a sentence has them: in small letters where the text has them so, in whatever form.

    Capitals throughout are left as they are, since they may be initials.
    """
    if not in_capitals(told):
        return told
    low = _low_stems(text)

    def lowered(match: re.Match[str]) -> str:
        word = match[0]
        common = word.lower() in STOP or stem(word.lower()) in low
        return word.lower() if common and word[1:].islower() and match.start() else word

    return WORD.sub(lowered, told)


def in_capitals(told: str) -> bool:
    """Whether all words of some length have a capital."""
    long = [word for word in WORD.findall(told) if len(word) >= _LONG and word[0].isalpha()]
    return len(long) >= _FEWEST and all(word[0].isupper() for word in long)


@lru_cache(maxsize=64)
def _low_stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, frozenset(_LOW.findall(text))))
