"""Statements made to say another thing: another number, day, name, or the opposite; the rest of the words stays."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from onrecord.linking.terms import STOP

_NUMBER = re.compile(
    r"\b(?:\d+(?:,\d{3})*(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?)\b",
    re.IGNORECASE,
)
_WORDS = "two three four five six seven eight nine ten eleven twelve twenty thirty".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April June July August September October November December".split()
_DAY = re.compile(rf"\b(?:{'|'.join((*_DAYS, *_MONTHS))})\b")
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*\b")
_POSITIVE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do)\b(?! not)(?!n[’']t)")
_NEGATIVE = re.compile(r"\b(is|are|was|were|has|have|had|will|would|could|did|does|do)(?: not|n[’']t)\b")
KINDS = ("number", "day", "name", "opposite")


def names_of(texts: Sequence[str]) -> list[str]:
    """The names that stand inside some texts, in order."""
    found = {
        match[0]
        for text in texts
        for match in _NAME.finditer(text)
        if text[: match.start()].rstrip(" “\"'‘")[-1:].isalpha() and match[0].lower() not in STOP
    }
    return sorted(found - set(_DAYS) - set(_MONTHS))


def distorted(text: str, kind: str, names: Sequence[str], chance: random.Random) -> str | None:
    """The text with one thing changed, None where it has nothing of that kind."""
    if kind == "number":
        return _changed(text, _NUMBER, lambda word: _other_number(word, chance), chance)
    if kind == "day":
        return _changed(text, _DAY, lambda word: _other(word, _DAYS if word in _DAYS else _MONTHS, chance), chance)
    if kind == "name":
        inside = text[1:]
        found = _changed(inside, _NAME, lambda word: _other(word, names, chance), chance) if names else None
        return text[:1] + found if found else None
    negative = _NEGATIVE.search(text)
    if negative:
        return f"{text[: negative.start()]}{negative[1]}{text[negative.end() :]}"
    return _changed(text, _POSITIVE, lambda word: f"{word} not", chance)


def _changed(text: str, pattern: re.Pattern[str], other: object, chance: random.Random) -> str | None:
    places = list(pattern.finditer(text))
    if not places:
        return None
    place = chance.choice(places)
    word = other(place[0])  # type: ignore[operator]
    return None if word is None or word == place[0] else f"{text[: place.start()]}{word}{text[place.end() :]}"


def _other(word: str, words: Sequence[str], chance: random.Random) -> str | None:
    held = [one for one in words if one != word and word not in one and one not in word]
    return chance.choice(held) if held else None


def _other_number(word: str, chance: random.Random) -> str:
    if not word[0].isdigit():
        return chance.choice([one for one in _WORDS if one != word.lower()])
    value = float(word.replace(",", ""))
    changed = value * chance.choice((0.5, 0.7, 1.3, 2, 3)) + chance.choice((1, 2))
    return f"{changed:,.0f}" if "," in word else f"{changed:.0f}"
