"""The words that a report prints as said: in quotation marks, as a signed post, or as a turn in a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from onrecord.datamodel.attribution import Act, Attribution, Mode
from onrecord.datamodel.quotation import quoted_flags
from onrecord.datamodel.span import all_inside, words
from onrecord.linking.terms import STOP

LONG_WORD = 6
LONG_RUN = 5
_WORD = re.compile(r"\[?[^\W_]+(?:(?:[.,'’\-]|\]|\[)[^\W_]+)*\]?")
_LED = re.compile(r"^(?:that|as|how)\s+(?=[“\"'‘])")
_THAT = re.compile(r"^that\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’']*\s+(?=[\"“‘'(\[]*[^\Wa-z])")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Sen|Rep|Gov|Lt|Sgt|No|vs|[A-Z])\.$")
_NOT_IN_WORD = str.maketrans({"’": "'", "-": None, "[": None, "]": None})

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a quotation, or the part of one that is quoted: its words, and the same normalized.

    `shown` holds each word with the punctuation and the space that are printed with it; `names` the normalized words
    that are written with a capital though they do not open the sentence.
    """

    shown: Words
    words: Words
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuotedText:
    """The words of one attribution that may be an utterance's own: all in a row, and by sentence.

    `marked` tells whether the report prints them as said: in quotation marks, as a post or as a turn. Two wordings of
    one utterance share one of their `codes`: keys as numbers of 64 bits that hold while the process runs.
    """

    attribution: str
    speaker: str | None
    report: str
    start: int
    shown: Words
    words: Words
    sentences: tuple[Sentence, ...]
    codes: tuple[int, ...]
    marked: bool = True
    taken_back: bool = False


def quoted_texts(text: str, attributions: Sequence[Attribution]) -> tuple[QuotedText, ...]:
    """What may be quoted of one report's attributions, in order; of what is told in the report's words, the content."""
    flags = quoted_flags(text)
    found = []
    others = _quoted_by_turns(attributions, text)
    read_out = frozenset(one.id for one in others)
    left = tuple(span for span in flags if not _covered(span, others))
    for one in _outermost(attributions, read_out):
        marked = one.mode is not Mode.INDIRECT or _signed(one, text)
        pieces = _pieces(one, text, flags if one.id in read_out else left)
        sentences = tuple(made for piece in pieces for part in _sentences(piece) if (made := _sentence(part)).words)
        if sentences:
            keys = {hash(key) for sentence in sentences for key in _keys(one.speaker or "", sentence.words, marked)}
            found.append(
                QuotedText(
                    attribution=one.id,
                    speaker=one.speaker,
                    report=one.report,
                    start=one.content[0].start,
                    shown=tuple(word for sentence in sentences for word in sentence.shown),
                    words=tuple(word for sentence in sentences for word in sentence.words),
                    sentences=sentences,
                    codes=tuple(sorted(keys)),
                    marked=marked,
                    taken_back=one.act is Act.RETRACTS,
                )
            )
    return tuple(found)


def _keys(speaker: str, sentence: Words, marked: bool) -> Iterator[Words]:
    """Each long run of words; of marked ones also each two of which one carries content, and a speaker's long words."""
    yield from (sentence[at : at + LONG_RUN] for at in range(len(sentence) - LONG_RUN + 1))
    if marked:
        yield from (run for at in range(len(sentence) - 1) if not STOP.issuperset(run := sentence[at : at + 2]))
        yield from ((speaker, "", word) for word in sentence if len(word) >= LONG_WORD and word not in STOP)


def _quoted_by_turns(attributions: Sequence[Attribution], text: str) -> list[Attribution]:
    """Quotations that somebody reads out in a turn or a post of his own; their marks are no marks of his."""
    turns = [
        one
        for one in attributions
        if one.mode is Mode.MIXED and not any(char.isalnum() for char in words(one.cue, text))
    ]
    return [
        one
        for one in attributions
        if one.mode is Mode.DIRECT
        and one.speaker is not None
        and any(one.speaker != turn.speaker and all_inside(one.content, turn.content) for turn in turns)
    ]


def _covered(span: tuple[int, int], others: Sequence[Attribution]) -> bool:
    return any(piece.start <= span[0] + 1 and span[1] <= piece.end + 1 for one in others for piece in one.content)


def _outermost(attributions: Sequence[Attribution], read_out: Set[str]) -> list[Attribution]:
    """Those that pass nobody on and stand in no other's content, but for what is read out."""
    told = [one for one in attributions if not one.outer_of]
    return [
        one
        for one in told
        if one.id in read_out
        or not any(
            other is not one and all_inside(one.content, other.content) and one.content != other.content
            for other in told
        )
    ]


def _signed(attribution: Attribution, text: str) -> bool:
    """Whether a handle or a dash signs the words, or a label in capitals stands before them."""
    if any(char.isalnum() for char in words(attribution.cue, text)):
        return False
    source = words(attribution.source, text)
    return "@" in source or source.isupper() or words(attribution.cue, text).strip() in ("—", "–", "―")


def _pieces(attribution: Attribution, text: str, flags: tuple[tuple[int, int], ...]) -> list[str]:
    """The quoted pieces of a content; all of one that is quoted, and of one that is not."""
    # A quotation may run over several lines, and a post or a turn in a transcript is quoted without marks.
    if attribution.mode is not Mode.MIXED:
        led = _LED if attribution.mode is Mode.DIRECT else _THAT
        return [led.sub("", span.of(text)) for span in attribution.content]
    return [
        text[max(start, span.start) : min(end, span.end)]
        for span in attribution.content
        for start, end in flags
        if start < span.end and span.start < end
    ]


def _sentences(piece: str) -> list[str]:
    """The sentences of a piece, each with the space behind it; a title's full stop ends none."""
    ends = [match.end() for match in _SENTENCE_END.finditer(piece) if not _TITLE.search(piece, 0, match.start())]
    return [piece[start:end] for start, end in pairwise([0, *ends, len(piece)])]


def _sentence(piece: str) -> Sentence:
    found = list(_WORD.finditer(piece))
    # Marks that stand behind a space, before a word, are printed with this word; any others with the one before them.
    gaps = [(left.end(), piece[left.end() : right.start()]) for left, right in pairwise(found)]
    cuts = [end + max((at + 1 for at, char in enumerate(gap) if char.isspace()), default=len(gap)) for end, gap in gaps]
    low = tuple(normal(match.group()) for match in found)
    capital = [match.group().lstrip("[")[0].isupper() for match in found]
    title = len(found) > 1 and all(one for one, word in zip(capital, low, strict=True) if word not in STOP)
    names = frozenset(word for at, (word, one) in enumerate(zip(low, capital, strict=True)) if one and (at or title))
    shown = tuple(piece[start:end] for start, end in pairwise([0, *cuts, len(piece)]))
    return Sentence(shown=shown if found else (), words=low, names=names)


def normal(word: str) -> str:
    """A word in lower case without hyphens and brackets, its apostrophe straight and a plural's ending taken off."""
    word = word.lower().translate(_NOT_IN_WORD)
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "'s")) else word
