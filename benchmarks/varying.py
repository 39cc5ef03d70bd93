"""Reports with other names, figures and words, each as long as its model's, so that tags keep their place."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.report import Report

_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
RENAMED, RECOUNTED, REWORDED = 0.5, 0.3, 0.04
# So many copies of a report tell of the same people.
SHARING = 3


def varied(models: Sequence[Report], size: int, seed: int = 1) -> Iterator[tuple[int, Report]]:
    """`size` reports with the number of the model that each varies; the models themselves come first."""
    words = sorted({word for one in models for word in _WORD.findall(one.text) if word.islower()})
    by_length: dict[int, list[str]] = {}
    for word in words:
        by_length.setdefault(len(word), []).append(word)
    names: dict[tuple[int, int], dict[str, str]] = {}
    for number in range(size):
        model, copy = number % len(models), number // len(models)
        one = models[model]
        text = one.text
        if copy:
            held = names.setdefault((model, copy // SHARING), {})
            text = _text(text, held, by_length, random.Random(f"{seed} {number}"))
        published = _later(one.published, copy)
        yield model, replace(one, id=f"{number:05}", text=text, published=published, notes=(), revises=None)


def _text(text: str, names: dict[str, str], words: dict[int, list[str]], chance: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word.islower():
            return chance.choice(words[len(word)]) if chance.random() < REWORDED else word
        if word not in names:
            names[word] = _figure(word, chance) if word.isdigit() else _name(word, chance)
        return names[word]

    return _WORD.sub(other, text)


def _figure(word: str, chance: random.Random) -> str:
    if chance.random() >= RECOUNTED:
        return word
    return str(chance.randint(10 ** (len(word) - 1), 10 ** len(word) - 1))


def _name(word: str, chance: random.Random) -> str:
    if not word.istitle() or chance.random() >= RENAMED:
        return word
    return "".join(chance.choice("aeiou" if place % 2 else "bdfgklmnprst") for place in range(len(word))).title()


def _later(published: Moment | None, copy: int) -> Moment | None:
    """A quarter of an hour for each copy, a day for every fourth where only the day is known."""
    if published is None:
        return None
    if published.precision is Precision.MINUTE:
        return replace(published, at=published.at + timedelta(minutes=15 * copy))
    return replace(published, at=published.at + timedelta(days=copy // 4))
