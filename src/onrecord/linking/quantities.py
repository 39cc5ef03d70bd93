"""Numbers with what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.linking.stemming import stem
from onrecord.linking.synonyms import synonym_class
from onrecord.linking.terms import WORD

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
VALUES = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_NUMBER = re.compile(
    r"(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?:\s*-?\s*(?P<scale>hundred|thousand|million|billion))?|"
    r"\b(?P<words>(?:(?:" + "|".join([*VALUES, *_SCALES]) + r")(?:[\s-]+(?:and\s+)?|\b))+)",
    re.IGNORECASE,
)
_MONTHS = "january february march april may june july august september october november december".split()
_UNITS = frozenset("per cent percent % dollars euros pounds km miles metres meters hours minutes days weeks".split())


@dataclass(frozen=True, slots=True)
class Count:
    """A number and the noun it counts (a stem)."""

    value: float
    noun: str


@lru_cache(maxsize=1 << 14)
def counts(text: str) -> tuple[Count, ...]:
    """Numbers with the noun that each counts; numbers of dates, clock times and years are left out."""
    found = []
    for match in _NUMBER.finditer(text):
        value = _value(match)
        noun = _counted(text[match.end() : match.end() + 60])
        before = text[max(0, match.start() - 12) : match.start()].lower()
        if value is None or not noun or any(month in before for month in _MONTHS):
            continue
        if not (1900 <= value <= 2100 and match["digits"] and "," not in match["digits"]):
            found.append(Count(value, noun))
    return tuple(found)


def _value(match: re.Match[str]) -> float | None:
    if match["digits"]:
        scale = _SCALES.get((match["scale"] or "").lower(), 1)
        return float(match["digits"].replace(",", "")) * scale
    total, current = 0.0, 0.0
    for word in re.findall(r"[a-z]+", match["words"].lower()):
        if word in VALUES:
            current += VALUES[word]
        elif word in _SCALES:
            current = max(1.0, current) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0.0
    value = total + current
    return value if value != 1 else None


def _counted(after: str) -> str:
    """The head of the noun phrase that follows a number: its last plain word before a break, at most four words on."""
    head = ""
    for number, match in enumerate(WORD.finditer(after)):
        word = match.group()
        low = word.lower()
        if number > 3 or (number and low in _BREAKS) or re.search(r"[.;:,()]", after[: match.start()].strip()):
            break
        # "Flight 12 was late": a number that the singular follows names something.
        if low in _MONTHS or low in {"am", "pm", "gmt", "o'clock"} or (not number and low in _SINGULAR):
            return ""
        if low in _BREAKS:
            continue
        head = synonym_class(stem(low))
        if low in _UNITS or low.endswith("s"):
            break
    return head


_SINGULAR = frozenset("is was has isn't wasn't hasn't isn’t wasn’t hasn’t".split())
_BREAKS = frozenset(
    """of the in on at by for from to with and or but that were was are is be been had has have have will would as
    who which when where after before since during into out it he she they we you i its their his her than more
    other""".split()
)


def count_conflict(left: Sequence[Count], right: Sequence[Count]) -> tuple[Count, Count] | None:
    """Two different numbers of one thing, where no number of that thing is shared."""
    for one in left:
        theirs = [count for count in right if count.noun == one.noun]
        ours = {count.value for count in left if count.noun == one.noun}
        if theirs and not any(count.value in ours for count in theirs):
            return one, theirs[0]
    return None
