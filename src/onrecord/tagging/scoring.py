"""From what the network says of its candidates to tags with a calibrated score, one for each thing said."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans, all_inside, words
from onrecord.tagging.refining.nominal_cues import is_nominal

_BLOCK = 1000


@dataclass(frozen=True, slots=True)
class Evidence:
    """The cue's chance, the logit of "is real", mean log chances of content and source, the logit of "is speech"."""

    cue: float
    real: float
    content: float
    source: float
    speech: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be an attribution."""

    source: Spans
    cue: Spans
    content: Spans
    evidence: Evidence

    @property
    def pieces(self) -> Spans:
        """All its spans."""
        return self.source + self.cue + self.content

    @property
    def extent(self) -> tuple[int, int]:
        """Its first and last character."""
        return min(piece.start for piece in self.pieces), max(piece.end for piece in self.pieces)

    @property
    def kind(self) -> Kind:
        """Speech or attitude, whichever is likelier."""
        return Kind.SPEECH if self.evidence.speech > 0 else Kind.ATTITUDE


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model of what is measured of a candidate, and the least chance that is enough."""

    bias: float = -0.5
    weights: tuple[float, ...] = (0.5, 0.3, 1.0, 0.5, 0.0, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    least: float = 0.4

    def chance(self, numbers: Sequence[float]) -> float:
        """The chance in [0, 1] of what was measured."""
        total = self.bias + sum(weight * number for weight, number in zip(self.weights, numbers, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class CueRates:
    """How often candidates were right whose cue has a stem, on the texts that the models were fitted on."""

    rates: Mapping[str, float] = field(default_factory=dict)
    prior: float = 0.0

    def rate(self, cue: str) -> float:
        """The mean over a cue's stems; the prior for stems that were not seen."""
        stems = cue_stems(cue)
        return sum(self.rates.get(stem, self.prior) for stem in stems) / len(stems)


_WORD = re.compile(r"[a-z']+")
_ENDINGS = ("ing", "ed", "es", "s")
NO_CUE = "<none>"


def cue_stems(cue: str) -> list[str]:
    """The words of a cue without their endings; NO_CUE where it has none."""
    return [_stem(word) for word in _WORD.findall(cue.lower())] or [NO_CUE]


def _stem(word: str) -> str:
    ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) > len(one) + 2), "")
    return word.removesuffix(ending)


@dataclass(frozen=True, slots=True)
class Selection:
    """Models fitted on texts that were held out (Platt, 1999): of statements, and of attitudes beside them.

    `nominal` is that of statements whose cue is a noun ("rumours that"); without it they are weighed as all others.
    `cues` gives the last number that they weigh.
    """

    speech: Logistic = field(default_factory=Logistic)
    attitude: Logistic = field(default_factory=Logistic)
    nominal: Logistic | None = None
    cues: CueRates = field(default_factory=CueRates)

    def chosen(
        self, candidate: Candidate, numbers: Sequence[float], nominal: bool = False
    ) -> tuple[Kind, float] | None:
        """What a candidate is taken for, and how surely; None where it is not likely enough."""
        speech = self.nominal if nominal and self.nominal else self.speech
        if (chance := speech.chance(numbers)) >= speech.least:
            return Kind.SPEECH, chance
        if candidate.kind is Kind.ATTITUDE and (chance := self.attitude.chance(numbers)) >= self.attitude.least:
            return Kind.ATTITUDE, chance
        return None


def read_selection(row: Mapping[str, Any]) -> Selection:
    """A selection from a manifest; one of an earlier version has weights for the first numbers alone."""
    cues = CueRates(**row.get("cues", {}))
    models = {name: told for name, told in row.items() if told and name != "cues"}
    weights = {name: tuple(told["weights"]) for name, told in models.items()}
    padded = {name: (*some, *(0.0,) * (MEASURES - len(some))) for name, some in weights.items()}
    return Selection(
        **{name: Logistic(**{**told, "weights": padded[name]}) for name, told in models.items()}, cues=cues
    )


_PRONOUN = re.compile(r"(?:he|she|they|it|i|we|you|who|that|which)", re.IGNORECASE)
_ONESELF = re.compile(r"(?:i|we|you|me)", re.IGNORECASE)
_MARKS = "“”\"‘’'"


MEASURES = 13


def measured(candidate: Candidate, text: str, nested: bool, cues: CueRates) -> tuple[float, ...]:
    """The MEASURES numbers that the models weigh; `nested` where it lies within what another candidate says."""
    evidence = candidate.evidence
    cue = min(max(evidence.cue, 1e-4), 1 - 1e-4)
    source = candidate.source[0].of(text) if len(candidate.source) == 1 else ""
    quoted = any(span.of(text)[:1] in _MARKS for span in candidate.content)
    return (
        math.log(cue / (1 - cue)),
        max(-8.0, min(8.0, evidence.real)),
        max(-2.0, evidence.content),
        max(-2.0, evidence.source),
        float(not candidate.source),
        max(-4.0, min(4.0, evidence.speech)),
        float(quoted),
        float(quoted and not candidate.source),
        float(bool(_PRONOUN.fullmatch(source))),
        float(bool(_ONESELF.fullmatch(source))),
        float(nested),
        float(len(candidate.content) > 1),
        cues.rate(words(candidate.cue, text)),
    )


def measured_all(candidates: Sequence[Candidate], text: str, cues: CueRates | None = None) -> list[tuple[float, ...]]:
    """What is measured of each candidate of a text; without rates the last number is 0."""
    cues = cues or CueRates()
    near: dict[int, list[Candidate]] = {}
    for one in candidates:
        for block in _blocks(one) if one.source else ():
            near.setdefault(block, []).append(one)

    def nested(one: Candidate) -> bool:
        around = near.get(one.pieces[0].start // _BLOCK, ())
        return any(other is not one and all_inside(one.pieces, other.content) for other in around)

    return [measured(one, text, nested(one), cues) for one in candidates]


def selected(candidates: Sequence[Candidate], text: str, selection: Selection, made_by: str) -> tuple[Tag, ...]:
    """Tags of the candidates that are likely enough, the likeliest of those that say the same, by place."""
    found: list[tuple[Kind, float, Candidate]] = []
    for one, numbers in zip(candidates, measured_all(candidates, text, selection.cues), strict=True):
        if (choice := selection.chosen(one, numbers, is_nominal(one.source, one.cue, text))) and not _defines(
            one, text
        ):
            found.append((*choice, one))
    found.sort(key=lambda row: (row[0] is not Kind.SPEECH, -row[1], row[2].extent))
    kept: list[tuple[Kind, float, Candidate]] = []
    near: dict[int, list[Candidate]] = {}
    for kind, chance, one in found:
        blocks = _blocks(one)
        if not any(same_statement(one, other) for block in blocks for other in near.get(block, ())):
            kept.append((kind, chance, one))
            for block in blocks:
                near.setdefault(block, []).append(one)
    kept.sort(key=lambda row: row[2].extent)
    return tuple(
        Tag(source=one.source, cue=one.cue, content=one.content, score=round(chance, 4), kind=kind, made_by=made_by)
        for kind, chance, one in kept
    )


# "The tower is known as the Old Lady" tells what a thing is called, by everybody.
_KNOWN_AS = re.compile(
    r"(?:is|are) (?:\w+ ){0,2}(?:known|called|named|nicknamed|dubbed|termed|referred to)(?: as)?", re.IGNORECASE
)


def _defines(one: Candidate, text: str) -> bool:
    return not one.source and len(one.cue) == 1 and bool(_KNOWN_AS.fullmatch(one.cue[0].of(text)))


def _blocks(one: Candidate) -> list[int]:
    """The stretches of text that its content touches: only candidates that share one can say the same."""
    touched = {block for span in one.content for block in range(span.start // _BLOCK, (span.end - 1) // _BLOCK + 1)}
    return sorted(touched)


def same_statement(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates have nearly the same content and neither is a relay of the other."""
    shared = sum(_shared(left, right) for left in one.content for right in other.content)
    total = sum(map(len, one.content)) + sum(map(len, other.content)) - shared
    if shared < 0.6 * total:
        return False
    return not (all_inside(one.pieces, other.content) or all_inside(other.pieces, one.content))


def _shared(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))
