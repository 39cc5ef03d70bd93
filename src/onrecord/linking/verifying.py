"""Denials and late joiners checked by the pair judge: a negation denies a claim only where the two contradict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import words
from onrecord.linking.joining import CLOSE
from onrecord.linking.judge import Judge
from onrecord.linking.stances import CUE_DENIES

LEAST_CONTRADICTED = 0.35
LEAST_ENTAILED = 0.25
LEAST_SCORE = 0.45


def verified(
    claims: Sequence[Claim], reports: Mapping[str, Report], homes: Mapping[str, str], judge: Judge | None
) -> tuple[Claim, ...]:
    """The claims without denials and joiners that do not bear on them; `homes` gives each attribution's report.

    Without a judge, only what lies close stays.
    """
    doubtful = [(claim, member) for claim in claims for member in claim.members if _doubtful(member)]
    dropped: set[tuple[str, str]] = set()
    if judge is None:
        dropped = {(claim.id, member.attribution) for claim, member in doubtful if member.score < LEAST_SCORE}
    elif doubtful:
        texts = [words(member.passage, reports[homes[member.attribution]].text) for _, member in doubtful]
        pairs = [(claim.text, text) for (claim, _), text in zip(doubtful, texts, strict=True)]
        forth = judge.entailment(pairs)
        back = judge.entailment([(right, left) for left, right in pairs])
        for number, (claim, member) in enumerate(doubtful):
            entailed = max(float(forth[number][0]), float(back[number][0]))
            contradicted = max(float(forth[number][2]), float(back[number][2]))
            if not _holds(member, entailed, contradicted):
                dropped.add((claim.id, member.attribution))
    return tuple(_without(claim, dropped) for claim in claims)


def _doubtful(member: Member) -> bool:
    if CLOSE in member.reasons and member.stance in SUPPORT | DENIAL:
        return True
    return member.stance is Act.DENIES and CUE_DENIES not in member.reasons


def _holds(member: Member, entailed: float, contradicted: float) -> bool:
    if member.stance in DENIAL:
        return contradicted >= LEAST_CONTRADICTED and contradicted > entailed
    return entailed >= LEAST_ENTAILED and entailed > contradicted


def _without(claim: Claim, dropped: set[tuple[str, str]]) -> Claim:
    kept = tuple(member for member in claim.members if (claim.id, member.attribution) not in dropped)
    return replace(claim, members=kept) if kept else claim
