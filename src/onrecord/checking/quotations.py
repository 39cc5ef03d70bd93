"""Words in quotation marks against every report on the desk: found again, and word by word where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz import fuzz

from onrecord.datamodel.quotation import quotations
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.linking.quoted_text import normal
from onrecord.linking.terms import NEGATION, STOP, numbers

FEWEST_WORDS = 3
# Words of a draft that stand side by side in a report, of all words: with fewer it is another utterance.
LEAST_EQUAL = 0.6
# Below this only the same speaker's words are taken for the same utterance.
SURELY_EQUAL = 0.75
LEAST_RATIO = 62.0
_AROUND = 4
_WORD = re.compile(r"\[[^\]\n]{1,80}\](?:[^\W_]+)?|[^\W_]+(?:[.,'’\-][^\W_]+)*")
_CUT = re.compile(r"\[?(?:…|\.\s?\.\s?\.)\]?")
# What a bracket may stand for without saying anything else: words that point at somebody or something.
_NOT = re.compile(r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot)\b|n't\b", re.IGNORECASE)
_POINTING = STOP | frozenset("him them those himself herself themselves mine yours ours theirs one ones".split())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a stretch of a text, normalized, with their places; brackets stay one word."""

    spans: tuple[Span, ...]
    told: tuple[str, ...]
    shown: tuple[str, ...]

    @classmethod
    def of(cls, text: str, start: int = 0, end: int | None = None) -> Words:
        """The words between two places."""
        found = list(_WORD.finditer(text, start, len(text) if end is None else end))
        shown = tuple(one.group() for one in found)
        return cls(tuple(Span(*one.span()) for one in found), tuple(map(_plain, shown)), shown)


def _plain(word: str) -> str:
    """A word for comparing; of a bracket that completes a word ("[T]he") the word."""
    if word.startswith("[") and not word.endswith("]"):
        return normal(word.replace("[", "").replace("]", ""))
    return word.lower() if word.startswith("[") else normal(word)


class SearchedReport:
    """A report whose words can be looked for."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @cached_property
    def words(self) -> Words:
        """All its words."""
        return Words.of(self.report.text)

    @cached_property
    def joined(self) -> str:
        """Its words with a space between."""
        return " ".join(self.words.told)

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins in `joined`."""
        found, at = [], 0
        for word in self.words.told:
            found.append(at)
            at += len(word) + 1
        return found


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the draft that stand for other words in the report, one side may be empty; `shown` as printed."""

    draft: tuple[str, ...]
    desk: tuple[str, ...]
    shown: tuple[str, str]

    @property
    def bracket(self) -> str | None:
        """The bracket that the draft puts there, if it does."""
        return next((word for word in self.draft if word.startswith("[")), None)


@dataclass(frozen=True, slots=True)
class Found:
    """One place of a report where the words of a quotation stand, all or most of them."""

    report: Report
    span: Span
    equal: float
    changes: tuple[Change, ...]
    desk_words: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """Whether nothing differs but what a bracket may explain."""
        return not self.changes or all(harmless(one) for one in self.changes)


@dataclass(frozen=True, slots=True)
class QuotedPiece:
    """A quotation of the draft, or what stands between two marks of omission in one."""

    span: Span
    words: Words


def quoted_pieces(text: str) -> Iterator[QuotedPiece]:
    """The outermost quotations of a text, cut where words are left out, with enough words to be found again."""
    for one in quotations(text):
        if one.depth:
            continue
        start = one.inner.start
        cuts = [*_CUT.finditer(text, one.inner.start, one.inner.end)]
        for end, following in [*((cut.start(), cut.end()) for cut in cuts), (one.inner.end, one.inner.end)]:
            words = Words.of(text, start, end)
            if len(words.told) >= FEWEST_WORDS:
                yield QuotedPiece(Span(words.spans[0].start, words.spans[-1].end), words)
            start = following


def find_quotation(piece: QuotedPiece, reports: Sequence[SearchedReport]) -> tuple[Found, ...]:
    """Where a quotation stands on the desk, the nearest words first; nothing where only a few words are shared."""
    told = " ".join(word for word in piece.words.told if not word.startswith("["))
    found = (_in_report(piece.words, told, one) for one in reports)
    return tuple(sorted((one for one in found if one), key=lambda one: (not one.exact, -one.equal, one.report.id)))


def _in_report(words: Words, told: str, searched: SearchedReport) -> Found | None:
    if not told or len(told) >= len(searched.joined):
        return None
    near = fuzz.partial_ratio_alignment(told, searched.joined, score_cutoff=LEAST_RATIO)
    if near is None:
        return None
    starts = searched.starts
    first = max(0, sum(start <= near.dest_start for start in starts) - 1 - _AROUND)
    last = min(len(starts), sum(start < near.dest_end for start in starts) + _AROUND)
    return _compared(words, searched, first, last)


def _compared(words: Words, searched: SearchedReport, first: int, last: int) -> Found | None:
    every = searched.words
    window = Words(every.spans[first:last], every.told[first:last], every.shown[first:last])
    codes = SequenceMatcher(None, words.told, window.told, autojunk=False).get_opcodes()
    same = sum(end - start for tag, start, end, _, _ in codes if tag == "equal")
    plain = sum(not word.startswith("[") for word in words.told)
    if same < min(FEWEST_WORDS, plain) or same < LEAST_EQUAL * plain:
        return None
    changes, begins, ends = _changes(codes, words, window)
    if begins >= ends:
        return None
    spans = window.spans[begins:ends]
    return Found(
        report=searched.report,
        span=Span(spans[0].start, spans[-1].end),
        equal=same / max(1, plain),
        changes=changes,
        desk_words=window.told[begins:ends],
    )


def _changes(
    codes: Sequence[tuple[str, int, int, int, int]], words: Words, window: Words
) -> tuple[tuple[Change, ...], int, int]:
    """What differs, without what the report goes on with before and behind; and the window that is left."""
    begins, ends = codes[0][3], codes[-1][4]
    changes = []
    for number, (tag, left, left_end, right, right_end) in enumerate(codes):
        if tag == "equal":
            continue
        if number == 0:
            right = begins = max(right, right_end - (left_end - left))
        elif number == len(codes) - 1:
            right_end = ends = min(right_end, right + (left_end - left))
        if left_end > left or right_end > right:
            shown = " ".join(words.shown[left:left_end]), " ".join(window.shown[right:right_end])
            changes.append(Change(words.told[left:left_end], window.told[right:right_end], shown))
    return tuple(changes), begins, ends


def harmless(change: Change) -> bool:
    """Whether a bracket only explains: it is put in, or stands for words that point at somebody or something."""
    if change.bracket is None or len(change.draft) > 1:
        return False
    inside = change.bracket.strip("[]")
    if NEGATION.search(inside) or numbers(inside):
        return False
    return all(word in _POINTING for word in change.desk)


def quotation_faults(found: Found, draft_words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The checks that a quotation fails, each with what differs."""
    ours, theirs = " ".join(draft_words), " ".join(found.desk_words)
    changes = [one for one in found.changes if not harmless(one)]
    plain = [one for one in changes if one.bracket is None]
    if any(one.bracket for one in changes):
        told = "; ".join(_told(one) for one in changes if one.bracket)
        yield "quote-bracket", told
    if not plain:
        return
    told = "; ".join(map(_told, plain))
    kinds = []
    if len(_NOT.findall(ours)) % 2 != len(_NOT.findall(theirs)) % 2:
        kinds.append("quote-negation")
    if numbers(ours) != numbers(theirs) and numbers(_joined(plain, 0)) | numbers(_joined(plain, 1)):
        kinds.append("quote-number")
    yield from ((kind, told) for kind in kinds or ["quote-words"])


def _joined(changes: Sequence[Change], side: int) -> str:
    return " ".join(word for one in changes for word in (one.draft, one.desk)[side])


def _told(change: Change) -> str:
    draft, desk = change.shown
    if not desk:
        return f"“{draft}” is added"
    return f"“{desk}” is left out" if not draft else f"“{draft}” for “{desk}”"
