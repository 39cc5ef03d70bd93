"""One utterance over reports, found by alignment of quoted words; its wordings held against the earliest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import partial

import numpy as np

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Difference, Edit, Quote, Wording
from onrecord.datamodel.report import Report
from onrecord.linking.incidence import Numbers, opened, ranges
from onrecord.linking.lexis import STOP
from onrecord.linking.making import ranks
from onrecord.linking.memory import Memory, Numbered
from onrecord.linking.paired import Paired
from onrecord.linking.slots import counts, negated
from onrecord.linking.utterances import LONG_WORD, Said

FEWEST_SHARED = 4
LEAST_RATIO = 0.6
LEAST_SURE = 0.85
SURE = 6
LONGEST_POSTING = 60
LEAST_PART = 0.5


def quotes(
    attributions: Sequence[Attribution],
    reports: Mapping[str, Report],
    order: Mapping[str, int],
    memory: Memory | None = None,
) -> tuple[Quote, ...]:
    """Groups of attributions that quote one utterance, the earliest wording first; `attributions` in order of time."""
    memory = memory or Memory()
    said = memory.said(attributions, reports)
    found = []
    for rows in _groups(said, memory.same):
        group = [said.parts[number] for number in rows]
        places = [order[one.report] for one in group]
        found.append(memory.quote(group, ranks(places), partial(_quote, group, order, memory)))
    return tuple(found)


def _groups(said: Numbered[Said], known: Paired[bool]) -> list[list[int]]:
    parts = said.parts
    parent = list(range(len(parts)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def link(left: int, right: int) -> None:
        one, other = root(left), root(right)
        parent[max(one, other)] = min(one, other)

    def join(pairs: Numbers) -> None:
        left, right = said.numbers[pairs[:, 0]], said.numbers[pairs[:, 1]]
        flags, found = known.known(left, right)
        for place in found:
            link(*pairs[place].tolist())
        roots = np.array([root(number) for number in range(len(parts))], dtype=np.int64)
        fresh = np.flatnonzero(~flags & (roots[pairs[:, 0]] != roots[pairs[:, 1]]))
        looked: list[int] = []
        same: dict[int, bool] = {}
        for place, (one, other) in zip(fresh.tolist(), pairs[fresh].tolist(), strict=True):
            # What is joined already need not be looked at.
            if root(one) != root(other):
                if _same(parts[one], parts[other]):
                    same[len(looked)] = True
                    link(one, other)
                looked.append(place)
        known.add(left[looked], right[looked], same)

    pairs = _pairs(parts)
    homes = {ident: number for number, ident in enumerate(dict.fromkeys(one.report for one in parts))}
    home = np.array([homes[one.report] for one in parts], dtype=np.int64)
    within = home[pairs[:, 0]] == home[pairs[:, 1]]
    join(pairs[~within])
    sizes = Counter(map(root, range(len(parts))))
    joined = np.array([sizes[root(number)] > 1 for number in range(len(parts))], dtype=bool)
    # A report that repeats itself, in its headline say, quotes nobody anew; it joins what other reports quote.
    join(pairs[within & (joined[pairs[:, 0]] | joined[pairs[:, 1]])])
    found: dict[int, list[int]] = defaultdict(list)
    for number in range(len(parts)):
        found[root(number)].append(number)
    return [group for group in found.values() if len(group) > 1]


def _pairs(said: Sequence[Said]) -> Numbers:
    """Pairs that share one of their keys, each with the latest LONGEST_POSTING before it. Shape: (pairs, 2)."""
    row = np.repeat(np.arange(len(said)), [len(one.codes) for one in said])
    keys = np.array([code for one in said for code in one.codes], dtype=np.int64)
    order = np.lexsort((row, keys))
    row, keys = row[order], keys[order]
    place = np.arange(len(keys))
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else place
    begin = np.repeat(first, np.diff(np.append(first, len(keys))))
    start = np.maximum(begin, place - LONGEST_POSTING)
    others, mine = row[ranges(start, place)], np.repeat(row, place - start)
    codes = np.sort(others * max(1, len(said)) + mine)
    codes = codes[opened(codes)]
    return np.stack((codes // max(1, len(said)), codes % max(1, len(said))), axis=1)


def _same(left: Said, right: Said) -> bool:
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


def _quote(group: Sequence[Said], order: Mapping[str, int], memory: Memory) -> Quote:
    ordered = sorted(group, key=lambda one: (order[one.report], one.start, one.attribution))
    first = max((one for one in ordered if one.report == ordered[0].report), key=lambda one: len(one.words))
    wordings = [_beside(first, one, ordered[:place], memory) for place, one in enumerate(ordered)]
    return Quote(
        members=tuple(one.attribution for one in ordered),
        drift=any(drifts for _, drifts in wordings),
        wordings=tuple(wording for wording, _ in wordings),
        partial=len({len(one.words) for one in ordered}) > 1,
    )


def _beside(first: Said, one: Said, before: Sequence[Said], memory: Memory) -> tuple[Wording, bool]:
    """A wording beside the first one, or, where it prints another part of what was said, the earliest of that part."""
    other = next((base for base in (first, *before) if _shares(base, one)), None)
    if other is None:
        return Wording(attribution=one.attribution), False
    told, drifts = memory.wording(other, one, _wording)
    return told if other is first else replace(told, against=other.attribution), drifts


def _shares(left: Said, right: Said) -> bool:
    """Whether two wordings have a good part of the shorter one's words that carry content."""
    ours, theirs = ({word for word in one.words if word not in STOP} or {*one.words} for one in (left, right))
    return len(ours & theirs) >= LEAST_PART * min(len(ours), len(theirs))


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


def _wording(first: Said, one: Said) -> tuple[Wording, bool]:
    """How a wording differs from the first one, and whether it does so inside the stretch that both print."""
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
    told = Wording(
        attribution=one.attribution, differences=tuple(pieces), meaning_changed=bool(reasons), reasons=reasons
    )
    return told, _drifts(first.words, one.words)


def _changed(first: Said, one: Said, matcher: SequenceMatcher[str]) -> tuple[str, ...]:
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
