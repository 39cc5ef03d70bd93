"""Label scores to spans: cue runs, roles by a constrained Viterbi search, and the rules of span boundaries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.grammar.syntax.particles import with_preposition
from onrecord.tagging.labels import OWN, ROLE_TAGS
from onrecord.tagging.windows import quote_states

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

IN_CUE = 0.5  # chance from which the last words of a cue are taken for its own

_NEVER = -1e4
_BLANK_LINE = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_SIGNED = re.compile(
    r"\s*(?P<said>[“”\"‘'«][^\n]*[”\"’'»])\s*(?P<dash>[―—–]|--?)\s*(?P<name>[A-Z@][\w.@’' ,()\-]{1,58}[\w)])[ .]*"
)
_TELLING = re.compile(r"\b(?:told|tells?|telling)(?=\s+(?!(?:of|about|by|to)\b)\w)", re.IGNORECASE)
_LEADING, _TRAILING = " \t\n,;:—–-…", " \t\n,;:—–-"


@dataclass(frozen=True, slots=True)
class CueRun:
    """Tokens [first, last) of a window that may attribute; `bare` where a quotation stands without a cue.

    Those from `core` on are likelier outside the cue: they tell who and what it is about, but are none of its words.
    """

    first: int
    last: int
    chance: float
    core: int
    bare: bool = False


def cue_runs(chances: Floats, least: float, least_bare: float) -> tuple[CueRun, ...]:
    """Cue candidates from label chances [L, 4]: runs of tokens that are likelier than `least` to be in a cue."""
    mass = chances[:, 1] + chances[:, 2]
    found: list[CueRun] = []
    at = 0
    while at < len(mass):
        if mass[at] < least:
            if chances[at, 3] >= least_bare:
                found.append(CueRun(at, at + 1, float(chances[at, 3]), at + 1, bare=True))
            at += 1
            continue
        end = at + 1
        while end < len(mass) and _goes_on(chances, mass, end, least):
            end += 1
        head = at + int(mass[at:end].argmax())
        found.append(CueRun(at, end, float(mass[head]), _core(mass, head, end)))
        at = end
    return tuple(found)


def _core(mass: Floats, head: int, last: int) -> int:
    """The end of a run without what follows its likeliest token and is likelier no cue."""
    while last - 1 > head and mass[last - 1] < IN_CUE:
        last -= 1
    return last


def _goes_on(chances: Floats, mass: Floats, place: int, least: float) -> bool:
    begins = chances[place, 1] > chances[place, 2] and chances[place, 1] >= 0.5 * mass[place - 1]
    return bool(mass[place] >= max(least, 0.35 * mass[place - 1])) and not (begins and chances[place, 1] >= least)


def cues_as_marked(scores: Floats, runs: Sequence[CueRun], starts: Sequence[int]) -> Floats:
    """Label scores [N, R, labels - 1] about some cues, from `starts` on, with the label of a cue's words as marked."""
    found = np.concatenate([scores, np.full((*scores.shape[:2], 1), _NEVER, np.float32)], axis=2)
    for row, (run, start) in enumerate(zip(runs, starts, strict=True)):
        if not run.bare:
            found[row, run.first - start : run.last - start, 1:] = _NEVER
            found[row, run.first - start : run.core - start, 0] = _NEVER
            found[row, run.first - start : run.core - start, OWN] = 0.0
    return found


def run_of(where: NDArray[np.bool_], place: int) -> tuple[int, int]:
    """The stretch [first, last) of places about one of them for which all are true, at least that one."""
    first, last = place, place + 1
    while first and where[first - 1]:
        first -= 1
    while last < len(where) and where[last]:
        last += 1
    return first, last


def _transitions() -> Floats:
    """0 where a label may follow another, else a large negative number; an I follows its B or I only."""
    labels = (*ROLE_TAGS, "cue")
    allowed = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for after, name in enumerate(labels):
        for before, earlier in enumerate(labels):
            if name.startswith("I-") and earlier[2:] != name[2:]:
                allowed[before, after] = _NEVER
    return allowed


TRANSITIONS = _transitions()


def viterbi(scores: Floats) -> Ints:
    """The best allowed label sequence for each row of log scores [N, R, labels] -> [N, R]."""
    rows, length, labels = scores.shape
    best = scores[:, 0].copy()
    best[:, [2, 4]] += _NEVER
    back = np.zeros((rows, length, labels), dtype=np.int64)
    for place in range(1, length):
        through = best[:, :, None] + TRANSITIONS[None]
        back[:, place] = through.argmax(1)
        best = through.max(1) + scores[:, place]
    path = np.zeros((rows, length), dtype=np.int64)
    path[:, -1] = best.argmax(1)
    for place in range(length - 1, 0, -1):
        path[:, place - 1] = np.take_along_axis(back[:, place], path[:, place][:, None], 1)[:, 0]
    return path


def segments(path: Ints, begin: int) -> tuple[tuple[int, int], ...]:
    """Token runs of one role: a `begin` label and the inside labels after it."""
    found: list[list[int]] = []
    for place, label in enumerate(path.tolist()):
        if label == begin:
            found.append([place, place + 1])
        elif label == begin + 1 and found and found[-1][1] == place:
            found[-1][1] = place + 1
    return tuple((first, last) for first, last in found)


_CURLY = "“‘«„"
_HYPHENS = "-‑"


class Typography:
    """The words and quotations of one text, to which span boundaries are moved."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.states = quote_states(text)

    def whole_words(self, span: Span) -> Span:
        """The span widened so that it cuts no word, nor one with hyphens ("12-inch")."""
        start, end = span.start, span.end
        while start > 0 and self._inside_word(start):
            start -= 1
        while end < len(self.text) and self._inside_word(end):
            end += 1
        return Span(start, end)

    def _inside_word(self, place: int) -> bool:
        """Whether a place has letters or digits on both sides, a hyphen on one of them left aside."""
        before, after = self.text[place - 1], self.text[place]
        if before in _HYPHENS:
            before = self.text[place - 2] if place > 1 else " "
        elif after in _HYPHENS:
            after = self.text[place + 1] if place + 1 < len(self.text) else " "
        return before.isalnum() and after.isalnum()

    def cue(self, span: Span) -> Span:
        """A cue: whole words, a verb of telling without the person told, and the preposition its last word takes."""
        found = self.whole_words(span)
        telling = _TELLING.search(self.text, found.start, found.end)
        return with_preposition(self.text, Span(found.start, telling.end()) if telling else found)

    def trimmed(self, span: Span) -> Span | None:
        """The span without blanks, commas and dashes about it; None where nothing is left."""
        start, end = span.start, span.end
        while start < end and self.text[start] in _LEADING:
            start += 1
        while end > start and self.text[end - 1] in _TRAILING:
            end -= 1
        return Span(start, end) if start < end else None

    def source(self, span: Span) -> Span | None:
        """A source: whole words, no marks about it that it does not hold as a pair."""
        found = self.trimmed(self.whole_words(span))
        if found is None:
            return None
        start, end = found.start, found.end
        while start < end and (self.states[start] == 4 or self.text[start] in _LEADING):
            start += 1
        while end > start and (self.states[end - 1] == 3 or self.text[end - 1] in _TRAILING):
            end -= 1
        return Span(start, end) if start < end else None

    def content(self, span: Span) -> Span | None:
        """A content: whole words, its quotation marks and the comma or full stop inside them included."""
        found = self.trimmed(self.whole_words(span))
        if found is None:
            return None
        start = self._opened(found.start, found.end)
        end = self._closed(start, found.end)
        return self._balanced(start, end)

    def _opened(self, start: int, end: int) -> int:
        """Take in the opening mark just before; leave a closing mark that belongs to what is before."""
        while start < end and (self.states[start] == 4 or self.text[start] in _LEADING):
            start += 1
        before = start - 1
        while before > 0 and self.text[before] == " ":
            before -= 1
        return before if start and before >= 0 and self.states[before] == 3 else start

    def _closed(self, start: int, end: int) -> int:
        """Take in the closing mark just after, with the stop before it; leave an opening mark at the end."""
        while end > start + 1 and (self.states[end - 1] == 3 or self.text[end - 1] == " "):
            end -= 1
        place = end
        while place < len(self.text) and self.text[place] in " .,!?;:…" and self.states[place] in (1, 2):
            place += 1
        inside = self.states[end - 1] in (1, 2, 3)
        return place + 1 if inside and place < len(self.text) and self.states[place] == 4 else end

    def _balanced(self, start: int, end: int) -> Span | None:
        """Move an end that lies within a quotation to the quotation's end when few words are missing."""
        if start >= end:
            return None
        if self.states[start] in (1, 2):
            opening = self._run_start(start)
            if opening is not None and start - opening <= max(12, (end - start) // 5):
                start = opening
        if self.states[end - 1] in (1, 2):
            closing = self._run_end(end)
            if closing is not None and closing - end <= max(12, (end - start) // 5):
                end = closing
            elif self.states[start] == 3:
                end = self._sentence_end(end)
        return Span(start, end)

    def _sentence_end(self, end: int) -> int:
        """The end of a quotation that its paragraph leaves open, where one was cut inside its first sentence."""
        line = self.text.find("\n", end)
        line = len(self.text) if line < 0 else line
        rest = self.text[end:line]
        open_ = all(self.states[at] in (1, 2) for at in range(end, line))
        return end + len(rest.rstrip()) if open_ and rest.strip() and rest[:1].isspace() else end

    def _run_start(self, place: int) -> int | None:
        while place > 0 and self.states[place] in (1, 2):
            place -= 1
        return place if self.states[place] == 3 else None

    def _run_end(self, place: int) -> int | None:
        while place < len(self.text) and self.states[place] in (1, 2):
            place += 1
        return place + 1 if place < len(self.text) and self.states[place] == 4 else None

    def signed(self, dash: Span) -> tuple[Span, Span] | None:
        """Content and source where a dash parts a quotation that fills its line from the name that signs it."""
        start = self.text.rfind("\n", 0, dash.start) + 1
        end = self.text.find("\n", dash.end)
        found = _SIGNED.fullmatch(self.text, start, len(self.text) if end < 0 else end)
        if found is None or found.start("dash") > dash.start or dash.end > found.end("dash"):
            return None
        return Span(*found.span("said")), Span(*found.span("name"))

    def within_paragraphs(self, pieces: Spans, cue: Spans) -> Spans:
        """Pieces cut at blank lines; a further paragraph stays only where it and the first piece are quotations."""
        cut = [part for piece in pieces for part in self._parts(piece)]
        at = cue[0].start if cue else cut[0].start
        first = min(cut, key=lambda part: (self._breaks(part, at), part.start))
        quoted = self.states[first.start] == 3
        return tuple(
            part for part in cut if not self._breaks(part, first.start) or (quoted and self.states[part.start] == 3)
        )

    def _parts(self, piece: Span) -> list[Span]:
        found: list[Span] = []
        at = piece.start
        for gap in (*_BLANK_LINE.finditer(self.text, piece.start, piece.end), None):
            end = gap.start() if gap else piece.end
            if at < end and (span := self.content(Span(at, end))):
                found.append(span)
            at = gap.end() if gap else end
        return found or [piece]

    def _breaks(self, part: Span, place: int) -> int:
        """How many blank lines lie between a piece and a place."""
        low, high = sorted((part.start, place))
        return len(_BLANK_LINE.findall(self.text, low, high))

    def continued(self, pieces: Spans) -> Spans:
        """Add the paragraphs of a quotation that is not closed at the end of its own, behind it and before it."""
        found = [*self._leading(pieces[0]), *pieces]
        while (following := self._next_paragraph(found[-1])) is not None:
            found.append(following)
        return tuple(found)

    def _leading(self, first: Span) -> list[Span]:
        """The whole paragraphs of a quotation before its last; none where words before them introduce it."""
        found: list[Span] = []
        while (before := self._paragraph_before(found[0] if found else first)) is not None:
            found.insert(0, before)
        return [] if found and self.text[: found[0].start][-400:].rstrip().endswith((":", ",")) else found

    def _paragraph_before(self, first: Span) -> Span | None:
        """The paragraph before, when it is all quotation and left open, and `first` opens anew with the same mark.

        Straight marks do not tell an open quotation from a mark too many.
        """
        line = self.text.rfind("\n", 0, first.start) + 1
        if line < 2 or self.states[first.start] != 3 or self.text[line : first.start].strip():
            return None
        stop = line - 1
        while stop and self.text[stop - 1].isspace():
            stop -= 1
        start = self.text.rfind("\n", 0, stop) + 1
        while start < stop and self.text[start].isspace():
            start += 1
        if start >= stop or self.text[start] != self.text[first.start] or self.text[start] not in _CURLY:
            return None
        if self.states[start] != 3 or any(state not in (1, 2) for state in self.states[start + 1 : stop]):
            return None
        return self.trimmed(Span(start, stop))

    def _next_paragraph(self, last: Span) -> Span | None:
        """The quotation at the beginning of the next paragraph, when `last` ends its own inside open marks."""
        line_end = self.text.find("\n", last.end - 1)
        if line_end < 0 or self.text[last.end : line_end].strip(" .!?…"):
            return None
        if self.states[last.end - 1] not in (1, 2) or self.states[line_end - 1] not in (1, 2):
            return None
        start = line_end
        while start < len(self.text) and self.text[start].isspace():
            start += 1
        if start >= len(self.text) or self.states[start] != 3:
            return None
        stop = self.text.find("\n", start)
        stop = len(self.text) if stop < 0 else stop
        end = start + 1
        while end < stop and self.states[end] in (1, 2):
            end += 1
        end = end + 1 if end < stop and self.states[end] == 4 else end
        return self.trimmed(Span(start, end))


def merged(spans: list[Span], text: str) -> Spans:
    """Pieces in order, those that touch or overlap (but for blanks) made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and (span.start <= found[-1].end or not text[found[-1].end : span.start].strip(" ")):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def without(spans: Spans, taken: Spans) -> Spans:
    """The spans less every stretch that another role has taken."""
    found = list(spans)
    for one in taken:
        parts: list[Span] = []
        for span in found:
            if not span.overlaps(one):
                parts.append(span)
                continue
            if span.start < one.start:
                parts.append(Span(span.start, one.start))
            if one.end < span.end:
                parts.append(Span(one.end, span.end))
        found = parts
    return tuple(found)
