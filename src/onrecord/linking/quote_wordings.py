"""The wordings of one utterance, each held against the earliest, and whether they drift."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from onrecord.datamodel.claim import Difference, Edit, Quote, Wording
from onrecord.linking.negation import negated
from onrecord.linking.quantities import counts
from onrecord.linking.quoted_text import QuotedText
from onrecord.linking.terms import STOP

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}|"
    rf"\b{_MONTH.replace('month', 'first')} (?P<second>\d{{1,2}})\b"
    r"|\b(?P<left>\d{1,2})/(?P<right>\d{1,2})\b",
    re.IGNORECASE,
)
LEAST_PART = 0.5
LONGEST_CUT = 3

Compare = Callable[[QuotedText, QuotedText], tuple[Wording, bool]]
Compared = Callable[[QuotedText, QuotedText, Compare], tuple[Wording, bool]]


def quote_of(group: Sequence[QuotedText], order: Mapping[str, int], compared: Compared) -> Quote:
    """The quote that some texts make; `order` is each report's place in time, `compared` keeps what `compare` finds."""
    ordered = sorted(group, key=lambda one: (order[one.report], one.start, one.attribution))
    first = max((one for one in ordered if one.report == ordered[0].report), key=lambda one: len(one.words))
    wordings = [_beside(first, one, ordered[:place], compared) for place, one in enumerate(ordered)]
    return Quote(
        members=tuple(one.attribution for one in ordered),
        drift=any(drifts for _, drifts in wordings),
        wordings=tuple(wording for wording, _ in wordings),
        partial=len({len(one.words) for one in ordered}) > 1,
    )


def _beside(
    first: QuotedText, one: QuotedText, before: Sequence[QuotedText], compared: Compared
) -> tuple[Wording, bool]:
    """A wording beside the first one, or, where it prints another part of what was said, the earliest of that part."""
    other = next((base for base in (first, *before) if _shares(base, one)), None)
    if other is None:
        return Wording(attribution=one.attribution), False
    told, drifts = compared(other, one, compare)
    return told if other is first else replace(told, against=other.attribution), drifts


def _shares(left: QuotedText, right: QuotedText) -> bool:
    """Whether two wordings have a good part of the shorter one's words that carry content."""
    ours, theirs = ({word for word in one.words if word not in STOP} or {*one.words} for one in (left, right))
    return len(ours & theirs) >= LEAST_PART * min(len(ours), len(theirs))


def compare(first: QuotedText, one: QuotedText) -> tuple[Wording, bool]:
    """How a wording differs from the first one, as printed, and whether inside the stretch that both print."""
    pieces: list[Difference] = []
    left, right = first.words, one.words
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, left_start, left_end, right_start, right_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Difference(edit=Edit.SAME, text=_text(one, right_start, right_end)))
            continue
        if left_end > left_start:
            pieces.append(Difference(edit=Edit.CUT, text=_text(first, left_start, left_end)))
        if right_end > right_start:
            pieces.append(Difference(edit=Edit.ADDED, text=_text(one, right_start, right_end)))
    reasons = _changed(first, one, matcher)
    told = Wording(
        attribution=one.attribution, differences=tuple(pieces), meaning_changed=bool(reasons), reasons=reasons
    )
    return told, _drifts(left, right, matcher)


def _text(text: QuotedText, start: int, end: int) -> str:
    return " ".join("".join(text.shown[start:end]).split())


def _drifts(left: Sequence[str], right: Sequence[str], matcher: SequenceMatcher[str]) -> bool:
    """Whether words differ inside the stretch that both print; a mere cut at either end is no drift."""
    codes = matcher.get_opcodes()
    inner = codes[1:] if codes and codes[0][0] != "equal" else codes
    inner = inner[:-1] if inner and inner[-1][0] != "equal" else inner
    for tag, left_start, left_end, right_start, right_end in inner:
        if tag == "replace" and "".join(left[left_start:left_end]) != "".join(right[right_start:right_end]):
            return True
        if tag in ("delete", "insert") and (left_end - left_start) + (right_end - right_start) <= LONGEST_CUT:
            return True
    return False


def _changed(first: QuotedText, one: QuotedText, matcher: SequenceMatcher[str]) -> tuple[str, ...]:
    """A dropped or added negation, or another number, inside the stretch that both print."""
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return ()
    left = _text(first, blocks[0].a, blocks[-1].a + blocks[-1].size)
    right = _text(one, blocks[0].b, blocks[-1].b + blocks[-1].size)
    reasons = []
    if negated(left) != negated(right):
        reasons.append("a negation is dropped or added")
    ours, theirs = _dates(left), _dates(right)
    if ours and theirs and ours.isdisjoint(theirs):
        reasons.append("a date differs")
    if _numbers(left) != _numbers(right):
        reasons.append("a number differs")
    return tuple(reasons)


def _numbers(text: str) -> set[float]:
    return {count.value for count in counts(_DATE.sub(" ", text))}


def _dates(text: str) -> set[frozenset[int]]:
    """Each day of a month as its two numbers, of which "12/8" does not tell which is which."""
    found = set()
    for match in _DATE.finditer(text):
        month = match["month"] or match["first"]
        if month:
            found.add(frozenset({_MONTHS.index(month.lower()[:3]) + 1, int(match["day"] or match["second"])}))
        else:
            found.add(frozenset({int(match["left"]), int(match["right"])}))
    return found
