"""A text cut into word pieces with features, and into windows of whole paragraphs with context on both sides."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

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
    """Tokens [first, last) that the encoder sees; those in [own_first, own_last) are answered for."""

    first: int
    last: int
    own_first: int
    own_last: int


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


def _case(surface: str) -> int:
    """0 lower or no letters, 1 capital first, 2 all capitals, 3 mixed, 4 digits."""
    if surface[:1].isdigit():
        return 4
    if surface.islower() or surface.upper() == surface.lower():
        return 0
    if len(surface) > 1 and surface.isupper():
        return 2
    return 1 if surface[:1].isupper() and surface[1:].lower() == surface[1:] else 3


def _break(text: str, start: int, previous: int) -> int:
    """0 no break before the token, 1 a space, 2 a line end, 3 a blank line or the text's beginning."""
    gap = text[previous:start]
    if previous == 0 or gap.count("\n") > 1:
        return 3
    return 2 if "\n" in gap else int(bool(gap))


def tokenize(text: str, tokenizer: Tokenizer, states: list[int] | None = None) -> Tokens:
    """Word pieces of a whole text; offsets count code points of `text`, `states` are its `quote_states`."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    pairs = [
        (number, place) for number, place in zip(encoding.ids, encoding.offsets, strict=True) if place[1] > place[0]
    ]
    offsets = [place for _, place in pairs]
    states = quote_states(text) if states is None else states
    features = np.zeros((len(pairs), len(FEATURES)), dtype=np.int64)
    previous = 0
    for row, (start, end) in enumerate(offsets):
        features[row] = (_break(text, start, previous), _case(text[start:end]), states[start])
        previous = end
    ends = [end for _, end in offsets]
    starts = [start for start, _ in offsets]
    blocks = tuple(
        (bisect_left(starts, match.start()), bisect_left(starts, match.end())) for match in _PARAGRAPH.finditer(text)
    )
    ids = np.array([number for number, _ in pairs], dtype=np.int64)
    return Tokens(ids, np.array(starts, np.int64), np.array(ends, np.int64), features, blocks)


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


def windows(tokens: Tokens, text: str, size: int, context: int) -> tuple[Window, ...]:
    """Whole paragraphs packed to `size` tokens, `context` of them on either side only to look at."""
    own = size - 2 * context
    packed: list[list[int]] = []
    for first, last in pieces(tokens, text, own):
        if packed and last - packed[-1][0] <= own:
            packed[-1][1] = last
        else:
            packed.append([first, last])
    return tuple(_widen(first, last, len(tokens), size) for first, last in packed)


def _widen(first: int, last: int, length: int, size: int) -> Window:
    spare = size - (last - first)
    left = min(first, max(spare // 2, spare - (length - last)))
    right = min(length - last, spare - left)
    return Window(first - left, last + right, first, last)


def span_of(tokens: Tokens, first: int, last: int) -> Span:
    """The characters of tokens [first, last)."""
    return Span(int(tokens.starts[first]), int(tokens.ends[last - 1]))
