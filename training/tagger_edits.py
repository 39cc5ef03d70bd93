"""Edits of an annotated text that keep its spans: the base of every augmentation."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution as character pairs, and whether it is speech where that is known."""

    source: tuple[Pair, ...]
    cue: tuple[Pair, ...]
    content: tuple[Pair, ...]
    speech: bool | None = None

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All its pieces."""
        return self.source + self.cue + self.content


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its attributions; `layered` where those inside another's content are marked too."""

    text: str
    marked: tuple[Marked, ...]
    layered: bool = False


Edit = tuple[int, int, str]


def apply(example: Example, edits: list[Edit]) -> Example:
    """Replace disjoint stretches; spans that hold an edit grow with it, empty ones are dropped."""
    edits = _disjoint(edits)
    out: list[str] = []
    bounds: list[int] = [0]
    shifts: list[tuple[int, int, int]] = [(0, 0, 0)]
    at = total = 0
    for start, end, new in edits:
        out += [example.text[at:start], new]
        bounds.append(start)
        shifts.append((start, end, total))
        total += len(new) - (end - start)
        at = end
    out.append(example.text[at:])
    after = [0] + [
        shift + len(new) - (end - start) for (start, end, new), (_, _, shift) in zip(edits, shifts[1:], strict=True)
    ]

    def move(place: int, is_end: bool) -> int:
        index = bisect_right(bounds, place) - 1
        if index <= 0 and not (edits and bounds[index] == place and index > 0):
            return place
        start, end, shift = shifts[index]
        if place >= end and not (place == start and is_end):
            return place + after[index]
        if place == start:
            return place + shift
        return end + after[index] if is_end else start + shift

    def moved(pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
        new = ((move(start, False), move(end, True)) for start, end in pairs)
        return tuple(pair for pair in new if pair[0] < pair[1])

    marked = (replace(m, source=moved(m.source), cue=moved(m.cue), content=moved(m.content)) for m in example.marked)
    return replace(example, text="".join(out), marked=tuple(m for m in marked if m.content))


def _disjoint(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or (edit[0] >= kept[-1][1] and edit[0] > kept[-1][0]):
            kept.append(edit)
    return kept


def substitutions(text: str, table: dict[str, str]) -> list[Edit]:
    """Edits that write each key of the table as its value."""
    if not table:
        return []
    pattern = re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    return [(m.start(), m.end(), table[m.group()]) for m in pattern.finditer(text)]
