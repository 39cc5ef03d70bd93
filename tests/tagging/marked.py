"""Texts with marks that a person can read and correct, read into the text and its attributions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans

CASES = Path(__file__).parents[1] / "cases"
_OPEN = re.compile(r"\{(\d+(?:\+\d+)*)(who|cue|what):")
_WORD = re.compile(r"\w+(?:['’.,\-]\w+)*")
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
# Words that tell no two sources apart.
_SMALL = frozenset("a an the of in on at by for from to and or his her its their our my your who which that".split())


class MarkError(ValueError):
    """Marks that do not fit together; the message names the text."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution as a person marked it."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Case:
    """One text without its marks, and what the marks say."""

    name: str
    text: str
    attributions: tuple[Marked, ...]


def read_cases(folder: Path = CASES) -> tuple[Case, ...]:
    """All marked texts of a folder, by file and place."""
    return tuple(case for path in sorted(folder.glob("*.txt")) for case in _of_file(path))


def _of_file(path: Path) -> Iterator[Case]:
    pieces = _TITLE.split(path.read_text(encoding="utf-8"))
    for title, body in zip(pieces[1::2], pieces[2::2], strict=True):
        yield unmark(body.strip(), f"{path.stem}: {title}")


def unmark(marked: str, name: str = "") -> Case:
    """Take the marks out of a text; raises MarkError where they do not close or have no content."""
    spans: dict[int, dict[str, list[Span]]] = {}
    words: list[str] = []
    opened: list[tuple[str, str, int]] = []
    place = length = 0
    while place < len(marked):
        mark = _OPEN.match(marked, place)
        if mark:
            opened.append((mark[1], mark[2], length))
            place = mark.end()
        elif marked[place] == "}" and opened:
            numbers, role, start = opened.pop()
            for number in numbers.split("+"):
                spans.setdefault(int(number), {}).setdefault(role, []).append(Span(start, length))
            place += 1
        else:
            words.append(marked[place])
            place, length = place + 1, length + 1
    if opened:
        raise MarkError(f"{name}: a mark {opened[-1][:2]} is never closed")
    return Case(name, "".join(words), tuple(_attribution(number, spans[number], name) for number in sorted(spans)))


def _attribution(number: int, roles: dict[str, list[Span]], name: str) -> Marked:
    if "what" not in roles:
        raise MarkError(f"{name}: attribution {number} has no content")
    source, cue, content = (tuple(sorted(roles.get(role, ()))) for role in ("who", "cue", "what"))
    return Marked(source, cue, content)


def mark(text: str, attributions: Sequence[Marked]) -> str:
    """The text with marks, the other way round."""
    edges: list[tuple[int, int, int, str]] = []
    for number, one in enumerate(attributions, 1):
        for role, spans in (("who", one.source), ("cue", one.cue), ("what", one.content)):
            for span in spans:
                edges.append((span.start, 1, -span.end, f"{{{number}{role}:"))
                edges.append((span.end, 0, -span.start, "}"))
    built, place = [], 0
    for at, _, _, sign in sorted(edges):
        built.append(text[place:at] + sign)
        place = at
    return "".join(built) + text[place:]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many marked attributions there are, how many were found, and how many of those are right."""

    marked: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.marked + other.marked, self.found + other.found, self.right + other.right)

    @property
    def share(self) -> float:
        """The harmonic mean of precision and recall, 1.0 where nothing is marked and nothing found."""
        return 2 * self.right / (self.marked + self.found) if self.marked + self.found else 1.0


def tally(case: Case, tags: Iterable[Tag]) -> Tally:
    """Count the tags of a case that agree with its marks one to one; plans and wishes are left aside."""
    spoken = [tag for tag in tags if tag.kind is Kind.SPEECH]
    free = list(spoken)
    right = 0
    for one in case.attributions:
        hit = next((tag for tag in free if agrees(case.text, one, tag)), None)
        if hit is not None:
            free.remove(hit)
            right += 1
    return Tally(len(case.attributions), len(spoken), right)


def agrees(text: str, marked: Marked, tag: Tag) -> bool:
    """Content words with Jaccard of at least 0.5, a shared telling word in source and cue (or both empty)."""
    left, right = _words(text, marked.content), _words(text, tag.content)
    if len(left & right) < 0.5 * len(left | right):
        return False
    return _meet(text, marked.source, tag.source) and (_meet(text, marked.cue, tag.cue) or not _words(text, marked.cue))


def _meet(text: str, marked: Spans, found: Spans) -> bool:
    left, right = _words(text, marked), _words(text, found)
    telling = {one for one in left if text[one[0] : one[1]].lower() not in _SMALL} or left
    return bool(telling & right) or (not left and not right)


def _words(text: str, spans: Spans) -> set[tuple[int, int]]:
    return {match.span() for span in spans for match in _WORD.finditer(text, span.start, span.end)}
