"""Annotated texts to labelled windows and batches."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer
from training.tagger_edits import Example, Marked, Pair

from onrecord.tagging.labels import CLS, SEP, WINDOW, Ints, distances, region
from onrecord.tagging.windows import Tokens, pieces, quote_states, tokenize

IGNORED = -100
STEP = 16  # lengths of windows and of neighbourhoods are multiples of so many word pieces
CUE_LABEL = {"O": 0, "B": 1, "I": 2, "Q": 3}

_SPEECH = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|wr(?:ite|ites|ote|itten|iting)|ask(?:s|ed|ing)?|call(?:s|ed|ing)?"
    r"|sp(?:eak|eaks|oke|oken|eaking)|reads?|reading|quot(?:e|es|ed|ing)|according|swears?|swore|statements?|claims?"
    r"|assertions?|allegations?|comments?|remarks?|announcements?|accusations?|testimony|interview|words|suggestion"
    r"|warnings?|declaration|arguments?|show(?:s|ed|n|ing)?|f(?:ind|inds|ound|inding|indings)|repl(?:y|ies|ied|ying)"
    r"|den(?:y|ies|ied|ying)|testif(?:y|ies|ied|ying)"
    r"|(?:accus|acknowledg|add|admit|admitt|affirm|alleg|announc|answer|argu|assert|assur|claim|comment|conced|conclud"
    r"|confirm|contend|counter|declar|declin|describ|disclos|emphasiz|estimat|exclaim|explain|indicat|inform|insist|jok"
    r"|label|maintain|mention|not|observ|opin|pledg|point|predict|proclaim|promis|quip|quipp|reaffirm|recall|recount"
    r"|reiterat|relat|remark|remind|repeat|report|respond|retort|reveal|signal|stat|stress|suggest|tweet|underscor|urg"
    r"|voic|vow|warn|whisper|post|reject|dismiss|disput)(?:e|es|ed|s|ing)?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Target:
    """One attribution in a window: its cue tokens, a role label for each token (None: not known), speech or not."""

    first: int
    last: int
    roles: Ints | None
    speech: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """A window: ids, features and cue labels of its tokens, and its attributions."""

    ids: Ints
    features: Ints
    cues: Ints
    targets: tuple[Target, ...]


def read_examples(path: Path) -> tuple[Example, ...]:
    """Attribution lines as examples."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            marked = tuple(_marked(a) for a in row["attributions"])
            found.append(Example(row["text"], marked, layered=row.get("layered", False)))
    return tuple(found)


def _marked(row: dict[str, Any]) -> Marked:
    def pairs(role: str) -> tuple[Pair, ...]:
        return tuple((start, end) for start, end in row[role])

    return Marked(pairs("source"), pairs("cue"), pairs("content"), row.get("speech"))


def reporting_words(examples: tuple[Example, ...], share: float = 0.25, least: int = 5) -> frozenset[str]:
    """Words that are cues in at least this share of their places outside any content."""
    cues: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for example in examples:
        inside = np.zeros(len(example.text) + 1, dtype=np.int8)
        for marked in example.marked:
            for start, end in marked.content:
                inside[start:end] |= 1
            for start, end in marked.cue:
                inside[start:end] |= 2
        for word in re.finditer(r"\w+", example.text):
            state = int(inside[word.start()])
            cues[word.group().lower()] += state >> 1
            seen[word.group().lower()] += state != 1
    return frozenset(word for word, count in cues.items() if count >= least and count >= share * seen[word])


def is_speech(text: str, marked: Marked) -> bool:
    """Whether somebody said something, rather than wants, feels or plans it."""
    if marked.speech is not None:
        return marked.speech
    cue = " ".join(text[start:end] for start, end in marked.cue)
    quoted = any(mark in text[start:end] for start, end in marked.content for mark in '“”"')
    return quoted or not any(c.isalpha() for c in cue) or bool(_SPEECH.search(cue))


class Labeller:
    """Examples to windows; `hidden` words in unquoted contents do not count as cues or none, but in layered texts."""

    def __init__(self, tokenizer: Tokenizer, hidden: frozenset[str]) -> None:
        self.tokenizer = tokenizer
        self.hidden = hidden

    def windows(self, example: Example, chance: random.Random | None) -> Iterator[Labelled]:
        """Windows of whole paragraphs; with `chance` the first one is short by a random amount."""
        tokens = tokenize(example.text, self.tokenizer)
        bounds = [_bounds(tokens, marked) for marked in example.marked]
        cues = self._cue_labels(example, tokens)
        for first, last in _packed(tokens, example.text, chance):
            targets = tuple(
                target
                for marked, spans in zip(example.marked, bounds, strict=True)
                if (target := _target(example.text, marked, spans, first, last))
            )
            yield Labelled(tokens.ids[first:last], tokens.features[first:last], cues[first:last], targets)

    def _cue_labels(self, example: Example, tokens: Tokens) -> Ints:
        labels = np.zeros(len(tokens), dtype=np.int64)
        states = quote_states(example.text)
        for marked in () if example.layered else example.marked:
            for start, end in marked.content:
                for word in re.finditer(r"\w+", example.text[start:end]):
                    place = start + word.start()
                    if word.group().lower() in self.hidden and not states[place]:
                        first, last = _range(tokens, (place, start + word.end()))
                        labels[first:last] = IGNORED
        for marked in example.marked:
            for pair in marked.cue:
                first, last = _range(tokens, pair)
                labels[first:last] = CUE_LABEL["I"]
                labels[first : first + 1] = CUE_LABEL["B"]
            if not marked.cue:
                first, _ = _range(tokens, marked.content[0])
                labels[first : first + 1] = CUE_LABEL["Q"]
        return labels


def _range(tokens: Tokens, pair: Pair) -> tuple[int, int]:
    return int(np.searchsorted(tokens.ends, pair[0], "right")), int(np.searchsorted(tokens.starts, pair[1], "left"))


def _bounds(tokens: Tokens, marked: Marked) -> tuple[list[tuple[int, int]], ...]:
    return tuple([_range(tokens, pair) for pair in role] for role in (marked.source, marked.cue, marked.content))


def _packed(tokens: Tokens, text: str, chance: random.Random | None) -> Iterator[tuple[int, int]]:
    limit = chance.randrange(60, WINDOW) if chance else WINDOW
    first = last = 0
    for start, end in pieces(tokens, text, WINDOW):
        if end - first > limit and last > first:
            yield first, last
            first, limit = start, WINDOW
        last = end
    if last > first:
        yield first, last


def _target(text: str, marked: Marked, spans: tuple[list[tuple[int, int]], ...], low: int, high: int) -> Target | None:
    source, cue, content = spans
    about = cue[0] if cue else (content[0][0], content[0][0] + 1)
    if not (low <= about[0] < about[1] <= high):
        return None
    whole = all(low <= start and end <= high for start, end in source + content)
    roles = np.zeros(high - low, dtype=np.int64)
    for label, role in ((1, source), (3, content)):
        for start, end in role:
            roles[max(0, start - low) : max(0, end - low)] = label + 1
            if start >= low and start < high:
                roles[start - low] = label
    return Target(about[0] - low, about[1] - low, roles if whole else None, is_speech(text, marked))


@dataclass(frozen=True, slots=True)
class Batch:
    """Arrays of some windows (B of length L) and of their cues (N, each with a region of R tokens)."""

    ids: Ints
    features: Ints
    mask: Ints
    cues: Ints
    row: Ints
    start: Ints
    within: Ints
    distance: Ints
    region_mask: Ints
    roles: Ints
    speech: Ints


def stepped(size: int) -> int:
    """A length rounded up, so that batches have few shapes: a processor plans the products of each new one anew."""
    return -(-size // STEP) * STEP


def batch(windows: list[Labelled]) -> Batch:
    """Pad and stack."""
    size = stepped(max(len(w.ids) for w in windows) + 2)
    shape = (len(windows), size)
    ids, mask, cues = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.full(shape, IGNORED, np.int64)
    features = np.zeros((*shape, 3), np.int64)
    targets: list[tuple[int, Ints, Target]] = []
    for row, window in enumerate(windows):
        length = len(window.ids)
        ids[row, 0], ids[row, 1 : length + 1], ids[row, length + 1] = CLS, window.ids, SEP
        features[row, 1 : length + 1] = window.features
        mask[row, : length + 2] = 1
        cues[row, 1 : length + 1] = window.cues
        targets += [(row, window.features[:, 0], target) for target in window.targets]
    return Batch(ids, features, mask, cues, *_regions(targets))


def _regions(targets: list[tuple[int, Ints, Target]]) -> tuple[Ints, ...]:
    bounds = [region(target.first, breaks) for _, breaks, target in targets]
    size = stepped(max((end - start for start, end in bounds), default=1))
    shape = (len(targets), size)
    within, distance, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    roles = np.full(shape, IGNORED, np.int64)
    rows = np.array([row for row, _, _ in targets], np.int64)
    starts, speech = np.zeros(len(targets), np.int64), np.zeros(len(targets), np.int64)
    for number, ((start, end), (_, _, target)) in enumerate(zip(bounds, targets, strict=True)):
        last = min(end, target.last)
        starts[number], speech[number] = start + 1, target.speech
        mask[number, : end - start] = 1
        within[number, target.first - start : last - start] = 1
        distance[number] = distances(size, target.first - start, last - start)
        if target.roles is not None:
            roles[number, : end - start] = target.roles[start:end]
    return rows, starts, within, distance, mask, roles, speech
