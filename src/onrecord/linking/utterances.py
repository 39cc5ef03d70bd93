"""The words that a report prints as said: in quotation marks, as a signed post, or as a turn in a transcript."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from onrecord.datamodel.attribution import Act, Attribution, Mode
from onrecord.datamodel.quotation import quoted_flags
from onrecord.datamodel.span import all_inside, words
from onrecord.linking.lexis import STOP, WORD

LONG_WORD = 9
_LED = re.compile(r"^(?:that|as|how)\s+(?=[“\"'‘])")


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution's quoted words, as printed and in lower case, and the stretches that they stand in.

    `codes` stand for what it must share with another wording of the same utterance: its keys, each as a number of 64
    bits that holds while the process runs.
    """

    attribution: str
    speaker: str | None
    report: str
    start: int
    shown: tuple[str, ...]
    words: tuple[str, ...]
    stretches: tuple[tuple[str, ...], ...]
    codes: tuple[int, ...]
    taken_back: bool = False


def said_in(text: str, attributions: Sequence[Attribution]) -> tuple[Said, ...]:
    """The quoted words of one report's attributions, in order."""
    flags = quoted_flags(text)
    found = []
    others = _quoted_by_turns(attributions, text)
    read_out = frozenset(one.id for one in others)
    left = tuple(span for span in flags if not _covered(span, others))
    for one in _outermost(attributions, read_out):
        marked = flags if one.id in read_out else left
        stretches = _quoted(one, text, marked) if not one.outer_of and _quotes(one, text) else ()
        if stretches:
            low = tuple(tuple(_normal(word) for word in stretch) for stretch in stretches)
            flat = tuple(word for stretch in low for word in stretch)
            found.append(
                Said(
                    attribution=one.id,
                    speaker=one.speaker,
                    report=one.report,
                    start=one.content[0].start,
                    shown=tuple(word for stretch in stretches for word in stretch),
                    words=flat,
                    stretches=low,
                    codes=tuple(map(hash, _keys(one.speaker or "", flat))),
                    taken_back=one.act is Act.RETRACTS,
                )
            )
    return tuple(found)


def _keys(speaker: str, flat: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Each run of two words of which one carries content, and each long word with its speaker."""
    runs = {run for run in pairwise(flat) if not STOP.issuperset(run)}
    return tuple(sorted({*runs, *((speaker, "", word) for word in flat if len(word) >= LONG_WORD)}))


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
    """Without the statements that stand inside another's content, but for what is passed on or read out."""
    wider = [one for one in attributions if not one.outer_of]
    return [
        one
        for one in attributions
        if one.id in read_out
        or not any(
            other is not one and all_inside(one.content, other.content) and one.content != other.content
            for other in wider
        )
    ]


def _quotes(attribution: Attribution, text: str) -> bool:
    """Whether an attribution prints words as said: in quotation marks, or as a signed post or a turn is."""
    return attribution.mode is not Mode.INDIRECT or _signed(attribution, text)


def _signed(attribution: Attribution, text: str) -> bool:
    """Whether a handle or a dash signs the words, or a label in capitals stands before them."""
    if any(char.isalnum() for char in words(attribution.cue, text)):
        return False
    source = words(attribution.source, text)
    return "@" in source or source.isupper() or words(attribution.cue, text).strip() in ("—", "–", "―")


def _quoted(attribution: Attribution, text: str, flags: tuple[tuple[int, int], ...]) -> tuple[tuple[str, ...], ...]:
    found = []
    if attribution.mode is Mode.DIRECT or (attribution.mode is Mode.INDIRECT and _signed(attribution, text)):
        # A quotation may run over several lines, and a post or a turn in a transcript is quoted without marks.
        return tuple(stretch for span in attribution.content if (stretch := _words(span.of(text))))
    for span in attribution.content:
        for start, end in flags:
            if start < span.end and span.start < end:
                found.append(_words(text[max(start, span.start) : min(end, span.end)]))
    return tuple(stretch for stretch in found if stretch)


def _words(piece: str) -> tuple[str, ...]:
    """The words of a quotation, those in brackets among them."""
    bare = _LED.sub("", piece.replace("[", "").replace("]", ""))
    return tuple(match.group() for match in WORD.finditer(bare))


def _normal(word: str) -> str:
    return word.lower().replace("’", "'").replace("-", "")
