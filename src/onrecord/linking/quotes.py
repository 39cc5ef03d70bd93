"""One utterance over reports: sentences quoted alike, paired by a learned score and clustered by mean score."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import LCSseq, Levenshtein

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Quote
from onrecord.datamodel.report import Report
from onrecord.linking.arrays import IntArray, ranges, run_starts
from onrecord.linking.cache import LinkingCache, Numbered
from onrecord.linking.quote_wordings import quote_of
from onrecord.linking.quoted_text import QuotedText, Sentence, Words
from onrecord.linking.terms import STOP

LONGEST_POSTING = 60
# A word that carries content and is all that two sentences share is as long as this, or as good as nothing.
LONE = 9
# So many words in a row are something, whatever content they carry.
FEWEST_OF_ONE_RUN = 4
# Words as long as this may be spelled in two ways.
LONG_ENOUGH = 5
# Fitted on the reference stories by training/fit_quotes.py, which tells what each reaches on stories left out.
FEATURES = (
    "log(1 + longest run)",
    "log(1 + shared words that carry content)",
    "share of the shorter sentence",
    "share of the longer sentence",
    "share of the content of the one with less",
    "one speaker",
    "two speakers",
    "one is not marked as quoted",
    "neither is marked as quoted",
    "one report",
    "share of names in what is shared",
)
WEIGHTS = (0.291, 0.320, 5.145, 0.709, 0.862, 0.565, -0.565, -2.583, -3.933, -1.908, -1.821)
BIAS = -6.185
LEAST = 0.36
# A cluster takes in another where the mean of the scores between them reaches this.
LEAST_MEAN = 0.75 * LEAST
# Scores below this are as good as none.
NOTHING = 0.02

Scores = tuple[tuple[int, int, float], ...]
Place = tuple[int, int]


def quotes(
    attributions: Sequence[Attribution],
    reports: Mapping[str, Report],
    order: Mapping[str, int],
    cache: LinkingCache | None = None,
) -> tuple[Quote, ...]:
    """Groups of attributions that quote one utterance, the earliest wording first; `attributions` in order of time.

    An attribution that quotes two utterances may be in two groups; every group spans two reports.
    """
    cache = cache or LinkingCache()
    texts = cache.quoted(attributions, reports)
    found = []
    for rows in _groups(texts, _scores(texts, cache)):
        group = [texts.parts[row] for row in rows]
        places = [order[one.report] for one in group]
        found.append(cache.quote(group, ranks(places), partial(quote_of, group, order, cache.wording)))
    return tuple(found)


def _scores(texts: Numbered[QuotedText], cache: LinkingCache) -> dict[tuple[Place, Place], float]:
    """How likely two sentences, each by the row of its text and its number there, are one utterance's."""
    pairs = _pairs(texts.parts)
    left, right = texts.numbers[pairs[:, 0]], texts.numbers[pairs[:, 1]]

    def make(place: int) -> Scores | None:
        one, other = (texts.parts[row] for row in pairs[place].tolist())
        return sentence_scores(one, other) or None

    found = cache.scores.get_or_make(left, right, make)
    rows = pairs.tolist()
    return {
        ((rows[place][0], one), (rows[place][1], other)): score
        for place, scores in found.items()
        for one, other, score in scores
    }


def _pairs(texts: Sequence[QuotedText]) -> IntArray:
    """Pairs of rows that share one of their keys, each with the latest LONGEST_POSTING before it. Shape: (pairs, 2)."""
    row = np.repeat(np.arange(len(texts)), [len(one.codes) for one in texts])
    keys = np.array([code for one in texts for code in one.codes], dtype=np.int64)
    order = np.lexsort((row, keys))
    row, keys = row[order], keys[order]
    place = np.arange(len(keys))
    first = run_starts(keys)
    begin = np.repeat(first, np.diff(np.append(first, len(keys))))
    start = np.maximum(begin, place - LONGEST_POSTING)
    others, mine = row[ranges(start, place)], np.repeat(row, place - start)
    codes = np.sort(others * max(1, len(texts)) + mine)
    codes = codes[run_starts(codes)]
    return np.stack((codes // max(1, len(texts)), codes % max(1, len(texts))), axis=1)


def sentence_scores(left: QuotedText, right: QuotedText) -> Scores:
    """The pairs of sentences of two texts that may be one utterance's, by number, with how likely they are."""
    if left.taken_back != right.taken_back:
        # Who takes words back repeats them in another utterance.
        return ()
    found = []
    for one, ours in enumerate(left.sentences):
        for other, theirs in enumerate(right.sentences):
            row = features(left, ours, right, theirs)
            if row and (score := _probability(row)) >= NOTHING:
                found.append((one, other, score))
    return tuple(found)


def _probability(row: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(WEIGHTS, row, strict=True)) - BIAS))


def features(left: QuotedText, ours: Sentence, right: QuotedText, theirs: Sentence) -> tuple[float, ...]:
    """What tells whether two sentences are one utterance's, by FEATURES; empty where too little is shared."""
    runs = shared_runs(ours.words, theirs.words)
    if not runs:
        return ()
    shared = [word for run in runs for word in run]
    content = _content(shared)
    if len(content) == 1 and len(content[0]) < LONE and len(shared) < FEWEST_OF_ONE_RUN:
        return ()
    short, long = sorted((len(ours.words), len(theirs.words)))
    names = ours.names | theirs.names
    known = left.speaker is not None and right.speaker is not None
    return (
        math.log1p(max(map(len, runs))),
        math.log1p(len(content)),
        len(shared) / short,
        len(shared) / long,
        min(1.0, len(content) / max(1, min(len(_content(ours.words)), len(_content(theirs.words))))),
        float(known and left.speaker == right.speaker),
        float(known and left.speaker != right.speaker),
        float(left.marked != right.marked),
        float(not left.marked and not right.marked),
        float(left.report == right.report),
        sum(word in names for word in content) / max(1, len(content)),
    )


def _content(some: Iterable[str]) -> list[str]:
    return [word for word in some if word not in STOP]


def shared_runs(left: Words, right: Words) -> list[Words]:
    """The aligned runs of two wordings; a word alone counts where it carries content and has four letters or more."""
    left, right = _written_as(left, right), _written_as(right, left)
    known = frozenset(right)
    if known.isdisjoint(left) and not any(len(word) >= LONG_ENOUGH for word in left):
        return []
    spelled = tuple(word if word in known else _spelled_like(word, known) for word in left)
    runs = [spelled[code.src_start : code.src_end] for code in LCSseq.opcodes(spelled, right) if code.tag == "equal"]
    return [run for run in runs if len(run) >= 2 or (len(run[0]) > 3 and run[0] not in STOP)]


def _written_as(words: Words, others: Words) -> Words:
    """The words, two made one where the other wording writes them as one ("good will")."""
    whole = {one + two for one, two in pairwise(words)}.intersection(others)
    if not whole:
        return words
    found: list[str] = []
    for word in words:
        if found and found[-1] + word in whole:
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


def _spelled_like(word: str, others: frozenset[str]) -> str:
    """Another wording's word that one letter tells apart ("labour", "labor"), two of a long one; else the word."""
    if len(word) < LONG_ENOUGH:
        return word
    most = 1 if len(word) < 8 else 2
    near = (
        other
        for other in sorted(others)
        if other[0] == word[0]
        and len(other) >= LONG_ENOUGH
        and Levenshtein.distance(word, other, score_cutoff=most) <= most
    )
    return next(near, word)


def _groups(texts: Numbered[QuotedText], scores: Mapping[tuple[Place, Place], float]) -> list[list[int]]:
    """The rows of each utterance, in order; none whose rows are all in another."""
    groups = {frozenset(row for row, _ in cluster) for cluster in _clusters(scores)}
    wide = [group for group in groups if len({texts.parts[row].report for row in group}) > 1]
    held: dict[int, list[frozenset[int]]] = defaultdict(list)
    for group in sorted(wide, key=lambda one: (-len(one), sorted(one))):
        if not any(group < other for other in held[min(group)]):
            for row in group:
                held[row].append(group)
    return sorted({tuple(sorted(group)): sorted(group) for some in held.values() for group in some}.values())


def _clusters(scores: Mapping[tuple[Place, Place], float]) -> list[list[Place]]:
    """Sentences joined from the likeliest pair down, while the scores between two clusters have a mean high enough."""
    near: dict[Place, dict[Place, float]] = defaultdict(dict)
    for (one, other), score in scores.items():
        near[one][other] = near[other][one] = score
    home: dict[Place, list[Place]] = {}
    sure = [(pair, score) for pair, score in scores.items() if score >= LEAST]
    for (one, other), _ in sorted(sure, key=lambda told: (-told[1], told[0])):
        ours, theirs = home.setdefault(one, [one]), home.setdefault(other, [other])
        if ours is theirs:
            continue
        fewer, more = sorted((ours, theirs), key=len)
        inside = home[more[0]]
        known = [score for mine in fewer for place, score in near[mine].items() if home.get(place) is inside]
        if sum(known) >= LEAST_MEAN * len(known):
            more.extend(fewer)
            home.update(dict.fromkeys(fewer, more))
    return list({id(cluster): cluster for cluster in home.values()}.values())


def ranks(places: Sequence[int]) -> list[int]:
    """Each place's rank among them; whatever the places are, their order is what tells."""
    rank = {place: number for number, place in enumerate(sorted(set(places)))}
    return [rank[place] for place in places]
