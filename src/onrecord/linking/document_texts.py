"""A document's text pieced together from the words that reports print of it: collation, with gaps and variants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from onrecord.datamodel.attribution import Attribution, Mode
from onrecord.datamodel.claim import Difference, Edit
from onrecord.datamodel.document import Document, Fragment, Witness
from onrecord.datamodel.quotation import quoted_flags
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.linking.terms import STOP

# A word, an insertion in brackets, or the mark of something left out.
_TOKEN = re.compile(r"\[[^\]\n]{0,60}\]|\w+(?:['’]\w+)*|…|\.{3,}")
# So many words in a row make two prints one passage.
_LEAST_RUN = 4
# Or so many of them in shorter runs, where they are this share of the shorter print.
_LEAST_SHARE = 0.7
# A short print belongs to a longer one that holds all of its words in a row.
_LEAST_CONTENT = 1
_FEWEST_WORDS = 2
_IN_FULL = re.compile(r"[^.\n:]{0,40}\b(?:in full|in its entirety|full text|reads?)\b[^.\n:]{0,20}:[ \t]*\n\s*")
_PARAGRAPH = re.compile(r"[^\n]+")
_OPENS = "“\"‘'«"


@dataclass(frozen=True, slots=True)
class _Print:
    """Words that one report prints of a document; prints of one `block` follow each other with nothing left out."""

    report: str
    span: Span
    attribution: str | None
    shown: tuple[str, ...]
    words: tuple[str, ...]
    block: int | None = None


def with_texts(
    documents: Sequence[Document], reports: Sequence[Report], attributions: Sequence[Attribution]
) -> tuple[Document, ...]:
    """The documents, each with its text."""
    texts = {report.id: report.text for report in reports}
    order = {report.id: place for place, report in enumerate(sorted(reports, key=_when))}
    by_id = {one.id: one for one in attributions}
    return tuple(replace(one, text=_text(one, texts, by_id, order)) for one in documents)


def _when(report: Report) -> tuple[str, str]:
    return (report.published.at.isoformat() if report.published else "9999"), report.id


def _text(
    document: Document, texts: Mapping[str, str], by_id: Mapping[str, Attribution], order: Mapping[str, int]
) -> tuple[Fragment, ...]:
    prints = list(_prints(document, texts, by_id))
    prints.sort(key=lambda one: (order[one.report], one.span))
    groups = _grouped(prints)
    return tuple(_fragments(_ordered(groups, order)))


def _prints(document: Document, texts: Mapping[str, str], by_id: Mapping[str, Attribution]) -> Iterator[_Print]:
    seen: set[tuple[str, Span]] = set()
    for ident in document.statements:
        one = by_id[ident]
        for span in _quoted(one, texts[one.report]):
            if (one.report, span) not in seen:
                seen.add((one.report, span))
                yield from _print(one.report, texts[one.report], span, ident)
    for number, mention in enumerate(document.mentions):
        text = texts[mention.report]
        full = _IN_FULL.match(text, mention.span.end)
        if full:
            for span in _block(text, full.end()):
                if not any(report == mention.report and other.overlaps(span) for report, other in seen):
                    yield from _print(mention.report, text, span, None, number)


def _quoted(one: Attribution, text: str) -> Iterator[Span]:
    """The quoted stretches of what a statement says, without their marks."""
    if one.mode is Mode.INDIRECT:
        return
    for start, end in quoted_flags(text):
        if any(start < piece.end and piece.start < end for piece in one.content):
            yield Span(start, end)


def _block(text: str, at: int) -> Iterator[Span]:
    """The paragraphs of a text printed in full: while each opens with a mark, up to one that closes."""
    for found in _PARAGRAPH.finditer(text, at):
        if text[found.start()] not in _OPENS:
            return
        yield Span(*found.span())
        if text[: found.end()].rstrip()[-1] in '”"’»':
            return


def _print(report: str, text: str, span: Span, attribution: str | None, block: int | None = None) -> Iterator[_Print]:
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in _OPENS):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in '”"’»,'):
        end -= 1
    found = list(_TOKEN.finditer(text, start, end))
    if not found:
        return
    bounds = [start, *(one.start() for one in found[1:]), end]
    words = tuple(_normal(one[0]) for one in found)
    if len(words) >= _FEWEST_WORDS and not all(word[0].isupper() for word in text[start:end].split()):
        shown = tuple(text[left:right] for left, right in pairwise(bounds))
        yield _Print(report, Span(start, end), attribution, shown, words, block)


def _normal(token: str) -> str:
    return "…" if token[0] in ".…" else token.replace("’", "'").casefold()


# Grouping.


def _grouped(prints: Sequence[_Print]) -> list[list[_Print]]:
    """Prints of one passage together, in order of time; a print that holds two passages joins them."""
    groups: list[list[_Print]] = []
    for one in prints:
        same = [group for group in groups if any(_same(one, other) for other in group)]
        mine = [other for group in same for other in group] + [one]
        groups = [group for group in groups if not any(group is other for other in same)] + [mine]
    return groups


def _same(left: _Print, right: _Print) -> bool:
    if left.block is not None and left.block == right.block and left.report == right.report:
        return False
    matcher = SequenceMatcher(None, left.words, right.words, autojunk=False)
    run = matcher.find_longest_match()
    shorter = min(len(left.words), len(right.words))
    shared = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
    if run.size >= _LEAST_RUN or (shared >= _LEAST_RUN and shared >= _LEAST_SHARE * shorter):
        return True
    content = [word for word in left.words[run.a : run.a + run.size] if word not in STOP and word != "…"]
    return run.size == shorter and len(content) >= min(_LEAST_CONTENT, shorter) and run.size >= _FEWEST_WORDS


def _ordered(groups: list[list[_Print]], order: Mapping[str, int]) -> list[tuple[list[_Print], bool]]:
    """The passages in order, each with whether it is told that it stands behind the one before it.

    That is told where a report prints both in one block, or where two reports print both and in the same order.
    """
    left = sorted(groups, key=lambda group: (order[group[0].report], group[0].span))
    made: list[tuple[list[_Print], bool]] = []
    while left:
        first = next(
            (one for one in left if not any(_before(other, one) for other in left if other is not one)), left[0]
        )
        left.remove(first)
        made.append((first, bool(made) and _before(made[-1][0], first)))
    return made


def _before(one: Sequence[_Print], other: Sequence[_Print]) -> bool:
    """Whether a passage is known to stand before another."""
    sooner: set[str] = set()
    later: set[str] = set()
    for left in one:
        for right in other:
            if left.report != right.report:
                continue
            (sooner if left.span < right.span else later).add(left.report)
            if left.block is not None and left.block == right.block and left.span < right.span:
                return True
    return len(sooner - later) > 1 and not later - sooner


def _fragments(ordered: Sequence[tuple[list[_Print], bool]]) -> Iterator[Fragment]:
    before: list[_Print] = []
    for group, follows in ordered:
        fullest = max(group, key=lambda one: (len(one.words) - 2 * one.words.count("…"), -one.words.count("…")))
        rest = [one for one in group if one is not fullest]
        witnesses = (
            Witness(report=fullest.report, span=fullest.span, attribution=fullest.attribution),
            *(
                Witness(
                    report=one.report, span=one.span, attribution=one.attribution, differences=_compared(fullest, one)
                )
                for one in rest
            ),
        )
        yield Fragment(witnesses=witnesses, follows=follows, joined=follows and _joined(before, group))
        before = group


def _joined(before: Sequence[_Print], group: Sequence[_Print]) -> bool:
    return any(
        left.block is not None and left.block == right.block and 0 < right.span.start - left.span.end <= 6
        for left in before
        for right in group
        if left.report == right.report
    )


def _compared(fullest: _Print, one: _Print) -> tuple[Difference, ...]:
    """How a print differs from the fullest inside what both print; empty where it is only shorter."""
    codes = SequenceMatcher(None, fullest.words, one.words, autojunk=False).get_opcodes()
    while codes and codes[0][0] == "delete":
        codes.pop(0)
    while codes and codes[-1][0] == "delete":
        codes.pop()
    if all(code[0] == "equal" for code in codes):
        return ()
    made = []
    for tag, left, right, start, end in codes:
        if tag == "equal":
            made.append(Difference(edit=Edit.SAME, text=_words(one, start, end)))
            continue
        if right > left:
            made.append(Difference(edit=Edit.CUT, text=_words(fullest, left, right)))
        if end > start:
            made.append(Difference(edit=Edit.ADDED, text=_words(one, start, end)))
    return tuple(made)


def _words(one: _Print, start: int, end: int) -> str:
    return " ".join("".join(one.shown[start:end]).split())
