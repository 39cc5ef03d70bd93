"""The clauses of statements as sentences that stand alone, each with who it is denied by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.datamodel.attribution import NEITHER, Attribution, Mode
from onrecord.datamodel.span import Spans
from onrecord.linking.claim_text import decontextualized
from onrecord.linking.clauses import clauses, denial_cue
from onrecord.linking.standalone import standalone_score
from onrecord.linking.statements import Statement
from onrecord.linking.terms import NEGATION
from onrecord.linking.truecasing import truecase

UNLESS_DIRECT, UNLESS_ASSERTED = 0.5, 1.5


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a statement as a sentence; `denied` where its cue denies it, `negated` where its own words do."""

    row: int
    text: str
    passage: Spans
    denied: bool
    negated: bool
    score: float


def cut_clauses(
    found: Sequence[Statement], said: Mapping[str, Attribution], texts: Mapping[str, str], speakers: Mapping[str, str]
) -> tuple[tuple[Clause, ...], ...]:
    """Each statement's clauses; `texts` are the reports', `speakers` the attributions' speakers by name."""
    return tuple(
        tuple(_clauses(row, said[one.attribution], texts, speakers.get(one.attribution, "")))
        for row, one in enumerate(found)
    )


def _clauses(row: int, one: Attribution, texts: Mapping[str, str], speaker: str) -> list[Clause]:
    text = texts[one.report]
    denied = denial_cue(one, text)
    found = []
    for passage in clauses(one.content, text):
        words = truecase(" ".join(span.of(text) for span in passage), text)
        told = decontextualized(words, speaker, denied)
        score = standalone_score(told) - UNLESS_DIRECT * (one.mode is not Mode.INDIRECT)
        score -= UNLESS_ASSERTED * (one.act in NEITHER)
        found.append(Clause(row, told, passage, denied, len(NEGATION.findall(told)) % 2 == 1, score))
    return found
