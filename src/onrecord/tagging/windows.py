"""A text cut into word pieces with features, and into windows of whole paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.datamodel.span import Span

Ints = NDArray[np.int64]

# Feature columns of a token and the number of values of each.
BREAKS, CASES, QUOTES = 4, 5, 5
FEATURES = (BREAKS, CASES, QUOTES)

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*\s+(?=[“\"‘'(\[]?[A-Z0-9@#])")
_LINE_END = re.compile(r"\n")
_TURNS = re.compile(r"[\n“«„‟”»\"‘’']")
_OPENING, _CLOSING = "“«„‟", "”»"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Word pieces of one text: ids [n], start and end offsets [n], features [n, 3]; `blocks` are paragraph bounds."""

    ids: Ints
    starts: Ints
    ends: Ints
    features: Ints
    blocks: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens [first, last) that the encoder sees at a time."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first


def quote_states(text: str) -> list[int]:
    """For each character 0 outside, 1 inside double marks, 2 inside single marks, 3 an opening, 4 a closing mark."""
    states: list[int] = []
    inside = 0
    for found in _TURNS.finditer(text):
        place, char = found.start(), found.group()
        states += [inside] * (place - len(states))
        if char == "\n":
            inside = 0
        before = text[place - 1] if place else "\n"
        after = text[place + 1] if place + 1 < len(text) else "\n"
        turn = _mark(char, before, after, inside)
        inside = turn if turn > 0 else 0 if turn < 0 else inside
        states.append(3 if turn > 0 else 4 if turn < 0 else inside)
    return states + [inside] * (len(text) - len(states))


def _mark(char: str, before: str, after: str, inside: int) -> int:
    """1 or 2 where a double or single quotation opens, -1 where the open one closes, else 0."""
    if char in _OPENING:
        return 1
    if char in _CLOSING:
        return -1
    if char == '"':
        return -1 if inside == 1 else 1
    if inside == 1 or char not in "‘’'":
        return 0
    if inside == 2:
        return -1 if char != "‘" and not after.isalnum() and not before.isspace() else 0
    opens = not before.isalnum() and not after.isspace() and before not in '.,!?”"'
    return 2 if opens and char != "’" else 0


@lru_cache(maxsize=1 << 15)
def _case(surface: str) -> int:
    """0 lower or no letters, 1 capital first, 2 all capitals, 3 mixed, 4 digits."""
    if surface[:1].isdigit():
        return 4
    if surface.islower() or surface.upper() == surface.lower():
        return 0
    if len(surface) > 1 and surface.isupper():
        return 2
    return 1 if surface[:1].isupper() and surface[1:].lower() == surface[1:] else 3


def tokenize(text: str, tokenizer: Tokenizer, states: list[int] | None = None) -> Tokens:
    """Word pieces of a whole text; offsets count code points of `text`, `states` are its `quote_states`."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    places = np.array(encoding.offsets, np.int64).reshape(-1, 2)
    kept = places[:, 1] > places[:, 0]
    ids, places = np.array(encoding.ids, np.int64)[kept], places[kept]
    starts, ends = places[:, 0], places[:, 1]
    states = quote_states(text) if states is None else states
    features = np.zeros((len(ids), len(FEATURES)), dtype=np.int64)
    features[:, 0] = _breaks(text, starts, ends)
    features[:, 1] = [_case(text[start:end]) for start, end in places.tolist()]
    features[:, 2] = [states[start] for start in starts.tolist()]
    bounds = [match.span() for match in _PARAGRAPH.finditer(text)]
    blocks = np.searchsorted(starts, np.array(bounds, np.int64).reshape(-1, 2)).tolist()
    return Tokens(ids, starts, ends, features, tuple((first, last) for first, last in blocks))


def _breaks(text: str, starts: Ints, ends: Ints) -> Ints:
    """Before each token: 0 no break, 1 a space, 2 a line end, 3 a blank line or the text's beginning."""
    before = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
    lines = np.array([match.start() for match in _LINE_END.finditer(text)], np.int64)
    ended = np.searchsorted(lines, starts) - np.searchsorted(lines, before)
    found: Ints = np.where((ended > 1) | (before == 0), 3, np.where(ended == 1, 2, (starts > before).astype(np.int64)))
    return found


def pieces(tokens: Tokens, text: str, limit: int) -> tuple[tuple[int, int], ...]:
    """Paragraphs as token bounds; one longer than `limit` is cut at sentence ends, else anywhere."""
    found: list[tuple[int, int]] = []
    for first, last in tokens.blocks:
        while last - first > limit:
            cut = _sentence_cut(tokens, text, first, first + limit)
            found.append((first, cut))
            first = cut
        if last > first:
            found.append((first, last))
    return tuple(found)


def _sentence_cut(tokens: Tokens, text: str, first: int, most: int) -> int:
    """The last sentence start in the later half of [first, most), else `most`."""
    low = int(tokens.starts[first])
    ends = [low + match.end() for match in _SENTENCE_END.finditer(text[low : int(tokens.starts[most])])]
    cut = bisect_left(tokens.starts, ends[-1]) if ends else most
    return int(cut) if cut > first + (most - first) // 2 else most


def windows(tokens: Tokens, text: str, size: int) -> tuple[Window, ...]:
    """Whole paragraphs packed to windows of at most `size` tokens: as few as can be, and of near length."""
    parts = pieces(tokens, text, size)
    fewest = len(_packed(parts, size))
    limits = range(max((last - first for first, last in parts), default=size), size + 1)
    limit = limits[bisect_left(limits, True, key=lambda limit: len(_packed(parts, limit)) <= fewest)]
    return tuple(Window(first, last) for first, last in _packed(parts, limit))


def _packed(parts: Iterable[tuple[int, int]], limit: int) -> list[list[int]]:
    packed: list[list[int]] = []
    for first, last in parts:
        if packed and last - packed[-1][0] <= limit:
            packed[-1][1] = last
        else:
            packed.append([first, last])
    return packed


def span_of(tokens: Tokens, first: int, last: int) -> Span:
    """The characters of tokens [first, last)."""
    return Span(int(tokens.starts[first]), int(tokens.ends[last - 1]))
