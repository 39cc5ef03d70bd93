"""Denials and late joiners checked by the pair judge: a negation denies a claim only where the two contradict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from onrecord.datamodel.attribution import DENIAL, NEITHER, SUPPORT, Act
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans, words
from onrecord.linking.belonging import anothers
from onrecord.linking.claims import left_open, loosened
from onrecord.linking.clarity import finite
from onrecord.linking.joining import CLOSE, LEAST_SIMILAR
from onrecord.linking.judge import Judge
from onrecord.linking.judge import Numbers as Readings
from onrecord.linking.lexis import Rarity, matter, word_set
from onrecord.linking.negating import denied
from onrecord.linking.stances import CUE_DENIES, POINTS

LEAST_CONTRADICTED = 0.65
LEAST_ENTAILED = 0.4
LEAST_DENIED = 0.6
LEAST_SCORE = 0.45
# Where two share no word but names, the judge must be surer.
LEAST_MEANT, LEAST_UNSHARED, NEARLY = 0.8, 0.92, 0.1
# A bare noun supports only a claim of which it has so much of the words, by rarity.
LEAST_OF_CLAIM = 0.4
# So much of their words two statements share, by rarity, that need not be judged; in a large story less will do.
ALIKE, ALIKE_OF_MANY = 0.6, 0.3
HELD_AGAINST = 3
# One reading settles that a member holds; of what is so unlikely one way the other way makes no denial.
SURE, UNLIKELY = 0.7, 0.4
LEAST_SHARED, LEAST_NAMED = 0.33, 0.5
# Of two claims that a far denial may be about, the contradicted one counts before the closer one.
AGAINST = 2.0


def meant(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    homes: Mapping[str, str],
    rare: Rarity,
    judge: Judge | None,
    alike: float = ALIKE,
) -> list[Claim]:
    """The claims, with those supporters marked as loose that share few words with the claim's text, or name a thing
    only, unless the judge takes one for following from the other. Without a judge, words alone link them.

    What counts is the rarity of the words, names apart, that both have, against what each has (Dice's coefficient).
    """
    if judge is None:
        return list(claims)
    doubts = [
        (number, member, told)
        for number, claim in enumerate(claims)
        for member, told in _unlike(claim, reports, homes, rare, alike)
    ]
    pairs = [(claims[number].text, told) for number, _, told in doubts]
    forth, back = judge.entailment(pairs), judge.entailment([(right, left) for left, right in pairs])
    far: dict[int, set[str]] = {}
    for (number, member, told), one, other in zip(doubts, forth, back, strict=True):
        # Any claim speaks of the things that a bare noun names, so only the other direction tells.
        # The claim alone makes much follow that says less; then the other direction must have a good part in it.
        both = (one[0] + other[0]) / 2 + NEARLY
        bare = not finite(told)
        follows = other[0] if bare else max(other[0], both)
        least = LEAST_MEANT if _matters(told, claims[number].text)[2] else LEAST_UNSHARED
        if follows < least or (bare and not _has_much(told, claims[number].text, rare)):
            far.setdefault(number, set()).add(member.attribution)
    return [loosened(claim, _but_one(claim, far.get(number, set()))) for number, claim in enumerate(claims)]


def _but_one(claim: Claim, far: set[str]) -> set[str]:
    """Those that lie far, less the nearest of them where no other supporter counts."""
    counted = [one for one in claim.members if one.stance in SUPPORT and not one.loose]
    if not counted or not far.issuperset(one.attribution for one in counted) or left_open(claim):
        return far
    return far - {max(counted, key=lambda one: one.score).attribution}


def _unlike(
    claim: Claim, reports: Mapping[str, Report], homes: Mapping[str, str], rare: Rarity, alike: float
) -> Iterator[tuple[Member, str]]:
    counted = [one for one in claim.members if one.stance in SUPPORT and not one.loose and POINTS not in one.reasons]
    # Of a claim that its own statements leave open, one supporter may be too many.
    for one in counted if len(counted) > 1 or left_open(claim) else ():
        told = words(one.passage, reports[homes[one.attribution]].text)
        own, claimed, both = _matters(told, claim.text)
        if 2 * rare.mass(both) <= alike * (rare.mass(own) + rare.mass(claimed)) or not finite(told):
            yield one, told


def _has_much(told: str, claimed: str, rare: Rarity) -> bool:
    """Whether a bare noun has a good part of a claim's words."""
    _, claim, both = _matters(told, claimed)
    return rare.mass(both) >= LEAST_OF_CLAIM * rare.mass(claim)


@lru_cache(maxsize=1 << 15)
def _matters(told: str, claimed: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words, names apart, of a statement and of a claim, and those of the statement that the claim has too."""
    own = matter(told, (claimed,))
    return own, matter(claimed, (told,)), own & word_set(claimed)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A member that may not bear on its claim, and the texts that it is held against, the claim's first."""

    claim: int
    member: Member
    text: str
    against: tuple[str, ...]
    own: bool = False


Step = Callable[[_Doubt], list[tuple[str, str]]]


def contested(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    homes: Mapping[str, str],
    refused: Mapping[str, Mapping[Spans, str]],
    judge: Judge | None,
    holder: Callable[[str], str | None] = lambda _: None,
) -> frozenset[tuple[int, str]]:
    """Denials and joiners that do not bear on their claim: (the claim's number, the attribution).

    `homes` gives each attribution's report, `refused` as sentences what those deny whose cue denies. Without a judge,
    only what lies close stays.
    """
    if judge is None:
        return frozenset(
            (number, member.attribution)
            for number, claim in enumerate(claims)
            for member in claim.members
            if _doubtful(member) and member.score < LEAST_SCORE
        )
    doubts = [
        one for number, claim in enumerate(claims) for one in _doubts(number, claim, reports, homes, refused, holder)
    ]
    return frozenset((one.claim, one.member.attribution) for one in _contested(doubts, judge))


def _doubts(
    number: int,
    claim: Claim,
    reports: Mapping[str, Report],
    homes: Mapping[str, str],
    refused: Mapping[str, Mapping[Spans, str]],
    holder: Callable[[str], str | None],
) -> Iterator[_Doubt]:
    """A claim's doubtful members, each held against the claim and its clearest other supporters."""
    supporters = sorted(
        (one for one in claim.members if one.stance in SUPPORT and CLOSE not in one.reasons),
        key=lambda one: (-one.score, one.attribution),
    )
    told = [(one, words(one.passage, reports[homes[one.attribution]].text)) for one in supporters[: HELD_AGAINST + 1]]
    for member in filter(_doubtful, claim.members):
        text = refused.get(member.attribution, {}).get(member.passage)
        text = text or words(member.passage, reports[homes[member.attribution]].text)
        texts = [other for one, other in told if one is not member][:HELD_AGAINST]
        mine = holder(member.attribution)
        own = member.stance is Act.DENIES and mine is not None and CUE_DENIES not in member.reasons
        own = own and {holder(one.attribution) for one in claim.members if one.stance in SUPPORT} == {mine}
        yield _Doubt(number, member, text, tuple(dict.fromkeys((claim.text, *texts))), own)


def _contested(doubts: Sequence[_Doubt], judge: Judge) -> list[_Doubt]:
    asked: list[_Doubt] = []
    dropped: list[_Doubt] = []
    far: dict[tuple[str, Spans], list[tuple[float, _Doubt]]] = {}
    for one in doubts:
        # What words alone rule out is not worth the judge's time; what is left open, it cannot judge.
        if one.own or (one.member.stance not in SUPPORT and not _same_matter(one)):
            dropped.append(one)
        elif one.member.stance not in NEITHER:
            asked.append(one)
        elif _open(one.member):
            far.setdefault((one.member.attribution, one.member.passage), []).append((one.member.score, one))
    for one, (entailed, contradicted) in zip(asked, _readings(asked, judge), strict=True):
        if not _holds(one.member, entailed, contradicted):
            dropped.append(one)
        elif _far(one.member):
            worth = AGAINST * contradicted + one.member.score
            far.setdefault((one.member.attribution, one.member.passage), []).append((worth, one))
    for held in far.values():
        likeliest = max(held, key=lambda pair: (pair[0], -pair[1].claim))
        dropped.extend(one for pair in held if pair is not likeliest for one in pair[1:])
    return dropped


def _readings(doubts: Sequence[_Doubt], judge: Judge) -> list[tuple[float, float]]:
    """How far each doubt's text and what it is held against entail and contradict each other, either way.

    Both ways are judged against all texts only where neither the claim nor one way settles it (a cascade; Viola and
    Jones, 2001).
    """
    highest = np.zeros((len(doubts), 3), dtype=np.float32)
    open_ = list(range(len(doubts)))
    for step in (_from_claim, _from_others, _to_all):
        pairs = [(number, pair) for number in open_ for pair in step(doubts[number])]
        if pairs:
            read = judge.entailment([pair for _, pair in pairs])
            np.maximum.at(highest, [number for number, _ in pairs], read)
        open_ = [number for number in open_ if not _settled(doubts[number].member, highest[number], step)]
    return [(float(entailed), float(contradicted)) for entailed, _, contradicted in highest]


def _from_claim(one: _Doubt) -> list[tuple[str, str]]:
    return [(one.against[0], one.text)]


def _from_others(one: _Doubt) -> list[tuple[str, str]]:
    return [(other, one.text) for other in one.against[1:]]


def _to_all(one: _Doubt) -> list[tuple[str, str]]:
    return [(one.text, other) for other in one.against]


def _settled(member: Member, read: Readings, step: Step) -> bool:
    """Whether a member surely holds, or surely denies nothing, by what was read of it up to a step."""
    negates = member.stance in DENIAL and CUE_DENIES not in member.reasons
    wanted, other = (read[2], read[0]) if negates else (read[0], read[2])
    return bool((wanted >= SURE and wanted > other) or (negates and step is _from_others and wanted < UNLIKELY))


def _same_matter(one: _Doubt) -> bool:
    """Whether a denial shares words, names apart, with something that it is held against; a far one a good part.

    Where words negate, one that they negate must be among them: who has not seen a memo does not deny that it exists.
    """
    if all(anothers(one.text, other) for other in one.against):
        return False
    plain = CUE_DENIES in one.member.reasons or _open(one.member)
    own = matter(one.text, one.against)
    wanted = frozenset() if plain else denied(one.text)
    # "No Kessan troops were there" denies nothing of what else is Kessan.
    wanted = (wanted & own) or wanted
    if wanted and not any(wanted & word_set(other) for other in one.against):
        return False
    shared = max((len(own & word_set(other)) for other in one.against), default=0)
    if CUE_DENIES in one.member.reasons and not finite(one.text):
        # A thing that is denied says little by itself: it must be the claim's.
        return bool(own) and shared >= LEAST_NAMED * len(own)
    if _far(one.member) or plain:
        return bool(own) and shared >= LEAST_SHARED * len(own)
    return not own or shared > 0


def _far(member: Member) -> bool:
    """Whether a denial shares little with its claim, so that it belongs to one claim at most."""
    return member.stance in DENIAL and CLOSE in member.reasons and member.score < LEAST_SIMILAR


def _open(member: Member) -> bool:
    """Whether a member leaves open what shares little with its claim."""
    return member.stance in NEITHER and CLOSE in member.reasons and member.score < LEAST_SIMILAR


def _doubtful(member: Member) -> bool:
    if CLOSE in member.reasons and (member.stance in SUPPORT | DENIAL or _open(member)):
        return True
    return member.stance is Act.DENIES and CUE_DENIES not in member.reasons and POINTS not in member.reasons


def _holds(member: Member, entailed: float, contradicted: float) -> bool:
    if CUE_DENIES in member.reasons:
        # Its cue denies what its words say, so that these must be what is claimed.
        return entailed >= LEAST_DENIED and entailed > contradicted
    if member.stance in DENIAL:
        return contradicted >= LEAST_CONTRADICTED and contradicted > entailed
    return entailed >= LEAST_ENTAILED and entailed > contradicted
