"""Two versions of a report to what became of each statement: kept, altered, cut, added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from onrecord.datamodel.entry import Line

# Below this share of common words (rapidfuzz, 0 to 100) two statements are one cut and one added.
_ALTERED_FROM = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """A statement whose words changed, by its number before and after."""

    before: int
    after: int
    words_before: str
    words_after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a revision did to the statements of a report; numbers count its lines from 1."""

    before: str
    after: str
    kept: int
    altered: tuple[Altered, ...] = ()
    cut: tuple[tuple[int, str], ...] = ()
    added: tuple[tuple[int, str], ...] = ()


def compare(before: tuple[str, Sequence[Line]], after: tuple[str, Sequence[Line]]) -> Comparison:
    """Hold the lines of two versions (id and lines each) against each other, by their exact words first."""
    old, new = _numbered(before[1]), _numbered(after[1])
    kept = 0
    for number, key in list(old.items()):
        same = next((at for at, other in new.items() if other == key), None)
        if same is not None:
            del old[number], new[same]
            kept += 1
    altered = []
    for number, key in list(old.items()):
        scored = [(fuzz.token_sort_ratio(key[0], other[0]), -at) for at, other in new.items()]
        score, at = max(scored, default=(0.0, 0))
        if score >= _ALTERED_FROM:
            altered.append(Altered(before=number, after=-at, words_before=_told(key), words_after=_told(new.pop(-at))))
            del old[number]
    return Comparison(
        before=before[0],
        after=after[0],
        kept=kept,
        altered=tuple(altered),
        cut=tuple((number, _told(key)) for number, key in old.items()),
        added=tuple((number, _told(key)) for number, key in new.items()),
    )


def _numbered(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    return {
        number: (" … ".join(line.content_words), " … ".join(line.source_words)) for number, line in enumerate(lines, 1)
    }


def _told(key: tuple[str, str]) -> str:
    return f"{key[1]}: {key[0]}" if key[1] else key[0]
