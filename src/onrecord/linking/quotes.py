"""One utterance over reports, found by alignment of quoted words; its wordings held against the earliest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.datamodel.attribution import Act, Attribution, Mode
from onrecord.datamodel.claim import Difference, Edit, Quote, Wording
from onrecord.datamodel.quotation import quoted_flags
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import all_inside, words
from onrecord.linking.lexis import STOP, WORD
from onrecord.linking.slots import counts, negated

FEWEST_SHARED = 4
LEAST_RATIO = 0.6
LEAST_SURE = 0.85
SURE = 6
LONG_WORD = 9
LONGEST_POSTING = 60
_LED = re.compile(r"^(?:that|as|how)\s+(?=[“\"'‘])")


@dataclass(frozen=True, slots=True)
class _Said:
    """One attribution's quoted words, as printed and in lower case, and the stretches that they stand in."""

    attribution: str
    speaker: str | None
    place: tuple[int, int]
    shown: tuple[str, ...]
    words: tuple[str, ...]
    stretches: tuple[tuple[str, ...], ...]
    taken_back: bool = False


def quotes(
    attributions: Sequence[Attribution], reports: Mapping[str, Report], order: Mapping[str, int]
) -> tuple[Quote, ...]:
    """Groups of attributions that quote one utterance, the earliest wording first; `attributions` in order of time."""
    flags = {ident: quoted_flags(report.text) for ident, report in reports.items()}
    said = []
    for one in _outermost(attributions):
        if one.report in reports and not one.outer_of and _quotes(one, reports[one.report].text):
            stretches = _quoted(one, reports[one.report].text, flags[one.report])
            shown = tuple(word for stretch in stretches for word in stretch)
            low = tuple(tuple(_normal(word) for word in stretch) for stretch in stretches)
            if shown:
                flat = tuple(word for stretch in low for word in stretch)
                place = (order[one.report], one.content[0].start)
                taken_back = one.act is Act.RETRACTS
                said.append(_Said(one.id, one.speaker, place, shown, flat, low, taken_back))
    groups = _groups(said)
    return tuple(_quote([said[number] for number in group]) for group in groups)


def _outermost(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Without the statements that stand inside another statement's content, but for what is only passed on."""
    by_report: dict[str, list[Attribution]] = defaultdict(list)
    for one in attributions:
        if not one.outer_of:
            by_report[one.report].append(one)
    return tuple(
        one
        for one in attributions
        if not any(
            other is not one and all_inside(one.content, other.content) and one.content != other.content
            for other in by_report[one.report]
        )
    )


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


def _groups(said: Sequence[_Said]) -> list[list[int]]:
    parent = list(range(len(said)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    pairs = [pair for pair in _pairs(said) if _same(said[pair[0]], said[pair[1]])]
    across = [pair for pair in pairs if said[pair[0]].place[0] != said[pair[1]].place[0]]
    known = set(across)
    joined = {number for pair in across for number in pair}
    # A report that repeats itself, in its headline say, quotes nobody anew; it joins what other reports quote.
    within = [pair for pair in pairs if pair not in known and not joined.isdisjoint(pair)]
    for left, right in (*across, *within):
        parent[max(root(left), root(right))] = min(root(left), root(right))
    found: dict[int, list[int]] = defaultdict(list)
    for number in range(len(said)):
        found[root(number)].append(number)
    return [group for group in found.values() if len(group) > 1]


def _pairs(said: Sequence[_Said]) -> list[tuple[int, int]]:
    """Pairs that share a run of two words of which one carries content, or a long word of one speaker's."""
    postings: dict[tuple[str, ...], list[int]] = defaultdict(list)
    pairs: set[tuple[int, int]] = set()
    for number, one in enumerate(said):
        runs = {run for run in zip(one.words, one.words[1:], strict=False) if not set(run) <= STOP}
        keys: set[tuple[str, ...]] = {
            *runs,
            *((one.speaker or "", "", word) for word in one.words if len(word) >= LONG_WORD),
        }
        for key in sorted(keys):
            pairs.update((other, number) for other in postings[key][-LONGEST_POSTING:])
            postings[key].append(number)
    return sorted(pairs)


def _same(left: _Said, right: _Said) -> bool:
    """Whether two reports quote one utterance; of two known speakers, only where nearly all words agree."""
    known = left.speaker is not None and right.speaker is not None
    if left.taken_back != right.taken_back:
        # Who takes words back repeats them in another utterance.
        return False
    if known and left.speaker != right.speaker:
        return len(left.words) >= SURE and same_utterance(left.words, right.words, LEAST_SURE)
    return any(
        same_utterance(one, other)
        or (known and one == other and len(one) >= FEWEST_SHARED)
        or _fragment(one, other, known)
        or _fragment(other, one, known)
        for one in left.stretches
        for other in right.stretches
    )


def _fragment(short: Sequence[str], long: Sequence[str], one_speaker: bool) -> bool:
    """Whether a few quoted words stand unbroken in a longer quotation: two that carry content, or one speaker's one."""
    if len(short) > len(long) or not set(short) <= {*long}:
        return False
    carrying = [word for word in short if word not in STOP]
    if len(carrying) < 2 and not (one_speaker and carrying and len(carrying[0]) >= LONG_WORD):
        return False
    size = len(short)
    return any(tuple(long[at : at + size]) == tuple(short) for at in range(len(long) - size + 1))


def same_utterance(left: Sequence[str], right: Sequence[str], least: float = LEAST_RATIO) -> bool:
    """Whether aligned words cover most of the shorter wording, and enough of them carry content."""
    left, right = _alike(left, right), _alike(right, left)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    runs = [left[block.a : block.a + block.size] for block in blocks if block.size]
    kept = [word for run in runs if len(run) >= 2 or (len(run[0]) > 3 and run[0] not in STOP) for word in run]
    carrying = [word for word in kept if word not in STOP]
    shorter = min(len(left), len(right))
    if shorter <= FEWEST_SHARED:
        return len(kept) >= max(2, shorter - 1) and len(carrying) >= 2 and len(kept) >= 3
    return len(kept) >= max(FEWEST_SHARED, least * shorter) and len(carrying) >= 2


def _alike(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """Words without a plural's ending, two made one where the other wording writes them as one ("good will")."""
    one_word = set(others)
    found: list[str] = []
    for word in words:
        if found and found[-1] + word in one_word:
            found[-1] += word
        else:
            found.append(word)
    return [word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word for word in found]


def _quote(group: Sequence[_Said]) -> Quote:
    ordered = sorted(group, key=lambda one: (one.place, one.attribution))
    first = max(
        ordered[:1] + [one for one in ordered if one.place[0] == ordered[0].place[0]], key=lambda o: len(o.words)
    )
    wordings = tuple(_wording(first, one) for one in ordered)
    drift = any(_drifts(first.words, one.words) for one in ordered)
    return Quote(
        members=tuple(one.attribution for one in ordered),
        drift=drift,
        wordings=wordings,
        partial=len({len(one.words) for one in ordered}) > 1,
    )


def _drifts(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether words differ inside the stretch that both print; a mere cut at either end is no drift."""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    codes = [code for code in matcher.get_opcodes()]
    inner = codes[1:-1] if codes and codes[0][0] != "equal" and codes[-1][0] != "equal" else codes
    if codes and codes[0][0] != "equal" and codes[-1][0] == "equal":
        inner = codes[1:]
    if codes and codes[-1][0] != "equal" and codes[0][0] == "equal":
        inner = codes[:-1]
    for tag, left_start, left_end, right_start, right_end in inner:
        if tag == "replace" and "".join(left[left_start:left_end]) != "".join(right[right_start:right_end]):
            return True
        if tag in ("delete", "insert") and (left_end - left_start) + (right_end - right_start) <= 3:
            return True
    return False


def _wording(first: _Said, one: _Said) -> Wording:
    pieces: list[Difference] = []
    matcher = SequenceMatcher(None, first.words, one.words, autojunk=False)
    for tag, left_start, left_end, right_start, right_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Difference(edit=Edit.SAME, text=" ".join(one.shown[right_start:right_end])))
            continue
        if left_end > left_start:
            pieces.append(Difference(edit=Edit.CUT, text=" ".join(first.shown[left_start:left_end])))
        if right_end > right_start:
            pieces.append(Difference(edit=Edit.ADDED, text=" ".join(one.shown[right_start:right_end])))
    reasons = _changed(first, one, matcher)
    return Wording(
        attribution=one.attribution, differences=tuple(pieces), meaning_changed=bool(reasons), reasons=reasons
    )


def _changed(first: _Said, one: _Said, matcher: SequenceMatcher[str]) -> tuple[str, ...]:
    """A dropped or added negation, or another number, inside the stretch that both print."""
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return ()
    left = " ".join(first.shown[blocks[0].a : blocks[-1].a + blocks[-1].size])
    right = " ".join(one.shown[blocks[0].b : blocks[-1].b + blocks[-1].size])
    reasons = []
    if negated(left) != negated(right):
        reasons.append("a negation is dropped or added")
    if {count.value for count in counts(left)} != {count.value for count in counts(right)}:
        reasons.append("a number differs")
    return tuple(reasons)
