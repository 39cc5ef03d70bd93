"""Words without their endings, so that a verb and its noun meet."""

from __future__ import annotations

import re
from functools import lru_cache

_ENDINGS = (
    "izations", "isations", "ization", "isation", "ations", "ation", "ments", "ment", "nesses", "ness", "ings", "ing",
    "edly", "ions", "ion", "ies", "ied", "ed", "es", "al", "ly", "s", "e",
)  # fmt: skip

# British spellings, put as American ones.
_AMERICAN = (
    (re.compile(r"((?:lab|col|fav|hon|neighb|harb|rum|hum|behavi|endeav|arm|sav|vap|rig|vig|val|tum)o)ur"), r"\1r"),
    (re.compile(r"([a-z]{4}i)s(?=(?:e|ed|es|ing)$)"), r"\1z"),
    (re.compile(r"((?:cent|theat|lit|met|fib))re(?=s?$)"), r"\1er"),
    (re.compile(r"((?:def|off|lic)en)c(?=es?$)"), r"\1s"),
    (re.compile(r"(program)me(?=s?$)"), r"\1"),
)

_VERBAL = ("e", "ed", "es", "s", "ing", "ings")


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word in lower case without its common endings; a light stemmer in the manner of Lovins (1968)."""
    low = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if not low.isalpha():
        return low
    for british, american in _AMERICAN:
        low = british.sub(american, low)
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            return _evened(low[: -len(ending)], ending)
    return low


def _evened(kept: str, ending: str) -> str:
    """One form for a verb and its noun: "evacuated" and "evacuation", "planning" and "plan"."""
    if ending in _VERBAL and kept.endswith("at") and len(kept) >= 6:
        return kept[:-2]
    if ending in ("ed", "ing", "ings") and kept[-1] == kept[-2] and kept[-1] in "bdgmnprt":
        return kept[:-1]
    return kept
