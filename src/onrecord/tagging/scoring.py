"""From what the network says of its candidates to tags with a calibrated score, one for each thing said."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans, all_inside

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
class Selection:
    """A logistic model of the evidence, fitted on held-out texts (Platt, 1999), and the least score of each kind."""

    bias: float = -0.5
    weights: tuple[float, ...] = (0.5, 0.3, 1.0, 0.5, 0.0, 0.1)
    least_speech: float = 0.4
    least_attitude: float = 0.4

    def score(self, candidate: Candidate) -> float:
        """The chance in [0, 1] that the candidate is right."""
        numbers = measured(candidate)
        total = self.bias + sum(weight * number for weight, number in zip(self.weights, numbers, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def least_cue(self) -> float:
        """The least cue chance with which a candidate can be likely enough, were all else in its favour."""
        rest = zip(self.weights[1:], ((-8.0, 8.0), (-2.0, 0.0), (-2.0, 0.0), (0.0, 1.0), (-4.0, 4.0)), strict=True)
        most = self.bias + sum(max(weight * low, weight * high) for weight, (low, high) in rest)
        least = min(self.least_speech, self.least_attitude)
        if self.weights[0] <= 0 or not 0 < least < 1:
            return 0.0
        return 1 / (1 + math.exp(-(math.log(least / (1 - least)) - most) / self.weights[0]))


def read_selection(row: Mapping[str, Any]) -> Selection:
    """A selection from a manifest."""
    told = dict(row)
    if "weights" in told:
        told["weights"] = tuple(told["weights"])
    return Selection(**told)


def measured(candidate: Candidate) -> tuple[float, ...]:
    """The numbers that the logistic model weighs."""
    evidence = candidate.evidence
    cue = min(max(evidence.cue, 1e-4), 1 - 1e-4)
    return (
        math.log(cue / (1 - cue)),
        max(-8.0, min(8.0, evidence.real)),
        max(-2.0, evidence.content),
        max(-2.0, evidence.source),
        float(not candidate.source),
        max(-4.0, min(4.0, evidence.speech)),
    )


def selected(candidates: Sequence[Candidate], text: str, selection: Selection, made_by: str) -> tuple[Tag, ...]:
    """Tags of the candidates that are likely enough, the likeliest of those that say the same, by place."""
    scored = sorted(((selection.score(one), one) for one in candidates), key=lambda pair: (-pair[0], pair[1].extent))
    kept: list[tuple[float, Candidate]] = []
    near: dict[int, list[Candidate]] = {}
    for score, one in scored:
        least = selection.least_speech if one.kind is Kind.SPEECH else selection.least_attitude
        if score < least or _defines(one, text):
            continue
        blocks = _blocks(one)
        if not any(same_statement(one, other) for block in blocks for other in near.get(block, ())):
            kept.append((score, one))
            for block in blocks:
                near.setdefault(block, []).append(one)
    kept.sort(key=lambda pair: pair[1].extent)
    return tuple(
        Tag(source=one.source, cue=one.cue, content=one.content, score=round(score, 4), kind=one.kind, made_by=made_by)
        for score, one in kept
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
