"""Denials and late joiners checked by the pair judge: a negation denies a claim only where the two contradict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans, words
from onrecord.linking.joining import CLOSE, LEAST_SIMILAR
from onrecord.linking.judge import Judge
from onrecord.linking.lexis import WORD, content_words
from onrecord.linking.stances import CUE_DENIES, POINTS

LEAST_CONTRADICTED = 0.65
LEAST_ENTAILED = 0.4
LEAST_SCORE = 0.45
HELD_AGAINST = 3
LEAST_SHARED = 0.33
# Of two claims that a far denial may be about, the contradicted one counts before the closer one.
AGAINST = 2.0


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A member that may not bear on its claim, and the texts that it is held against."""

    claim: int
    member: Member
    text: str
    against: tuple[str, ...]


def contested(
    claims: Sequence[Claim], reports: Mapping[str, Report], homes: Mapping[str, str], judge: Judge | None
) -> frozenset[tuple[int, str]]:
    """Denials and joiners that do not bear on their claim: (the claim's number, the attribution).

    `homes` gives each attribution's report. Without a judge, only what lies close stays.
    """
    doubts = [
        _doubt(number, claim, member, reports, homes)
        for number, claim in enumerate(claims)
        for member in claim.members
        if _doubtful(member)
    ]
    far = [one for one in doubts if one.member.score < LEAST_SCORE]
    dropped = far if judge is None else _contested(doubts, judge)
    return frozenset((one.claim, one.member.attribution) for one in dropped)


def _doubt(
    number: int, claim: Claim, member: Member, reports: Mapping[str, Report], homes: Mapping[str, str]
) -> _Doubt:
    supporters = sorted(
        (one for one in claim.members if one.stance in SUPPORT and CLOSE not in one.reasons and one is not member),
        key=lambda one: (-one.score, one.attribution),
    )
    texts = [words(one.passage, reports[homes[one.attribution]].text) for one in supporters[:HELD_AGAINST]]
    told = words(member.passage, reports[homes[member.attribution]].text)
    return _Doubt(number, member, told, tuple(dict.fromkeys((claim.text, *texts))))


def _contested(doubts: Sequence[_Doubt], judge: Judge) -> list[_Doubt]:
    pairs = [(other, one.text) for one in doubts for other in one.against]
    if not pairs:
        return []
    forth, back = judge.entailment(pairs), judge.entailment([(right, left) for left, right in pairs])
    dropped, at = [], 0
    far: dict[tuple[str, Spans], list[tuple[float, _Doubt]]] = {}
    for one in doubts:
        rows = slice(at, at + len(one.against))
        at += len(one.against)
        entailed = float(max(forth[rows, 0].max(), back[rows, 0].max()))
        contradicted = float(max(forth[rows, 2].max(), back[rows, 2].max()))
        if not _holds(one.member, entailed, contradicted) or (one.member.stance in DENIAL and not _same_matter(one)):
            dropped.append(one)
        elif _far(one.member):
            worth = AGAINST * contradicted + one.member.score
            far.setdefault((one.member.attribution, one.member.passage), []).append((worth, one))
    for held in far.values():
        likeliest = max(held, key=lambda pair: (pair[0], -pair[1].claim))
        dropped.extend(one for pair in held if pair is not likeliest for one in pair[1:])
    return dropped


def _same_matter(one: _Doubt) -> bool:
    """Whether a denial shares words, names apart, with something that it is held against; a far one a good part."""
    inside = (word for text in (one.text, *one.against) for word in WORD.findall(text)[1:])
    names = {word for word in inside if word[0].isupper()}
    matter = set(content_words(" ".join(word for word in WORD.findall(one.text) if word not in names)))
    shared = max((len(matter.intersection(content_words(other))) for other in one.against), default=0)
    if _far(one.member):
        return bool(matter) and shared >= LEAST_SHARED * len(matter)
    return not matter or shared > 0


def _far(member: Member) -> bool:
    """Whether a denial shares little with its claim, so that it belongs to one claim at most."""
    return member.stance in DENIAL and CLOSE in member.reasons and member.score < LEAST_SIMILAR


def _doubtful(member: Member) -> bool:
    if CLOSE in member.reasons and member.stance in SUPPORT | DENIAL:
        return True
    return member.stance is Act.DENIES and CUE_DENIES not in member.reasons and POINTS not in member.reasons


def _holds(member: Member, entailed: float, contradicted: float) -> bool:
    if member.stance in DENIAL:
        return contradicted >= LEAST_CONTRADICTED and contradicted > entailed
    return entailed >= LEAST_ENTAILED and entailed > contradicted
