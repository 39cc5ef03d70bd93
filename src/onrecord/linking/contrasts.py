"""Near the same words, not the same claim: another name, figure, day or verb, or a mere possibility, where the rest agrees."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.linking.judge import Judge
from onrecord.linking.lexis import STOP, WORD, stem
from onrecord.linking.propositions import Proposition
from onrecord.linking.slots import VALUES, count_conflict

LEAST_ALIKE = 0.6
LEAST_SHARED = 0.5
LEAST_ENTAILED = 0.5
LONGEST = 60

_POSSIBLE = re.compile(
    r"\b(?:may|might|could|can|should|ought|possibl[ey]|perhaps|probabl[ey]|likely|reportedly|allegedly|supposed(?:ly)?|"
    r"suspects?|considers?|considered|considering|thinking|thought|expect(?:s|ed|ing)?|intend(?:s|ed|ing)?|"
    r"plan(?:s|ned|ning)?(?= to\b)|want(?:s|ed)?(?= to\b)|wish(?:es|ed)?(?= to\b)|hop(?:es?|ed|ing)(?= to\b)|"
    r"offer(?:s|ed|ing)?(?= to\b)|threaten(?:s|ed|ing)?(?= to\b)|tr(?:y|ies|ied|ying)(?= to\b)|"
    r"attempt(?:s|ed|ing)?(?= to\b)|advis(?:es?|ed|ing)|about(?= to\b)|used(?= to\b)|whether|if)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:will|would|shall|won[’']t|going to|(?:is|are|was|were) to)\b", re.IGNORECASE)
_ELSEWHEN = re.compile(
    r"\b(?:another|similar|earlier|previous(?:ly)?|older|former(?:ly)?|a second|once before|(?:19|20)\d\d|last (?:spring|summer|autumn|"
    r"fall|winter|week|month|year)|(?:years?|months?|weeks?|days?|decades?) (?:ago|earlier|before))\b",
    re.IGNORECASE,
)
_OPPOSITES = frozenset(
    frozenset(pair.split("/"))
    for pair in "before/after over/under more/fewer more/less up/down into/from to/from in/out on/off with/without "
    "inside/outside above/below since/until all/some all/none most/some every/some only/also".split()
)


@dataclass(frozen=True, slots=True)
class Contrast:
    """What tells two statements of near the same words apart: its kind and the words of either side."""

    kind: str
    left: str
    right: str


def contrasts(
    found: Sequence[Proposition], pairs: Sequence[tuple[int, int]], judge: Judge | None
) -> dict[tuple[int, int], Contrast]:
    """The pairs that are two claims, whatever their similarity; plain words that changed are left to the judge."""
    told: dict[tuple[int, int], Contrast] = {}
    open_to_doubt: list[tuple[tuple[int, int], Contrast]] = []
    for pair in pairs:
        left, right = found[pair[0]], found[pair[1]]
        if not _overlap(left, right):
            continue
        one = contrast(left.text, right.text)
        if one is not None and one.kind == "words" and judge is not None:
            open_to_doubt.append((pair, one))
        elif one is not None:
            told[pair] = one
        elif count_conflict(left.slots, right.slots):
            told[pair] = Contrast("number", "", "")
    if judge is not None and open_to_doubt:
        told.update(_judged(open_to_doubt, found, judge))
    return told


def _judged(
    doubts: Sequence[tuple[tuple[int, int], Contrast]], found: Sequence[Proposition], judge: Judge
) -> dict[tuple[int, int], Contrast]:
    texts = [(found[left].text, found[right].text) for (left, right), _ in doubts]
    there, back = judge.entailment(texts), judge.entailment([(right, left) for left, right in texts])
    return {
        pair: one
        for (pair, one), ours, theirs in zip(doubts, there, back, strict=True)
        if min(float(ours[0]), float(theirs[0])) < LEAST_ENTAILED
    }


def _overlap(left: Proposition, right: Proposition) -> bool:
    ours, theirs = set(left.words), set(right.words)
    fewest = min(len(ours), len(theirs))
    return fewest > 0 and len(ours & theirs) >= LEAST_SHARED * fewest


def contrast(left: str, right: str) -> Contrast | None:
    """What tells two near alike texts apart, None where they are not alike or nothing does."""
    ours, theirs = _words(left), _words(right)
    matcher = SequenceMatcher(None, [_key(word) for word in ours], [_key(word) for word in theirs], autojunk=False)
    if not ours or not theirs or len(ours) > LONGEST or len(theirs) > LONGEST or matcher.ratio() < LEAST_ALIKE:
        return None
    for pattern, kind in ((_POSSIBLE, "modality"), (_AHEAD, "tense"), (_ELSEWHEN, "occasion")):
        one, other = pattern.search(left), pattern.search(right)
        if bool(one) != bool(other):
            return Contrast(kind, one.group() if one else "", other.group() if other else "")
    doubtful = None
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag == "replace":
            one_found = _replaced(ours[start:end], theirs[other_start:other_end])
            if one_found is not None and one_found.kind != "words":
                return one_found
            doubtful = doubtful or one_found
    return doubtful


def _words(text: str) -> list[str]:
    words = WORD.findall(text)
    return words[1:] if words and words[0].lower() == "that" else words


def _key(word: str) -> str:
    low = word.lower()
    return str(VALUES[low]) if low in VALUES else stem(low)


def _replaced(ours: Sequence[str], theirs: Sequence[str]) -> Contrast | None:
    """How the words of one stretch differ from those that stand in their place."""
    shown = (" ".join(ours), " ".join(theirs))
    left, right = {word.lower() for word in ours}, {word.lower() for word in theirs}
    if any(frozenset((one, other)) in _OPPOSITES for one in left for other in right):
        return Contrast("opposite", *shown)
    carried, others = [word for word in ours if word.lower() not in STOP], [w for w in theirs if w.lower() not in STOP]
    if not carried or not others or {_key(word) for word in carried} & {_key(word) for word in others}:
        return None
    named, renamed = [w for w in carried if w[0].isupper()], [w for w in others if w[0].isupper()]
    if named and renamed:
        return Contrast("name", *shown)
    if any(_key(word).isdigit() for word in carried) and any(_key(word).isdigit() for word in others):
        return Contrast("number", *shown)
    return Contrast("words", *shown)


class Apart:
    """Which propositions must never be one claim, by row number."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._rivals: dict[int, set[int]] = defaultdict(set)
        for left, right in pairs:
            self._rivals[left].add(right)
            self._rivals[right].add(left)

    def parts(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether some row of one group is told apart from some row of the other."""
        return any(not self._rivals[row].isdisjoint(right) for row in left if row in self._rivals)
