"""Denials and late joiners checked by the pair judge: a negation denies a claim only where the two contradict."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from onrecord.datamodel.attribution import DENIAL, NEITHER, SUPPORT, Act
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.kept import KeptBeside
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans, words
from onrecord.linking.belonging import anothers
from onrecord.linking.claims import left_open, loosened
from onrecord.linking.clarity import finite
from onrecord.linking.joining import CLOSE, LEAST_SIMILAR
from onrecord.linking.judge import Judge
from onrecord.linking.judge import Numbers as Readings
from onrecord.linking.lexis import Rarity, matter, word_set
from onrecord.linking.negating import denied, main_clause
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
    worded: Wordings | None = None,
) -> list[Claim]:
    """The claims, with those supporters marked as loose that share few words with the claim's text, or name a thing
    only, unless the judge takes one for following from the other. Without a judge, words alone link them.

    What counts is the rarity of the words, names apart, that both have, against what each has (Dice's coefficient).
    `worded` keeps the words of a claim's supporters while the claim stays the same object, as in `contested`.
    """
    if judge is None:
        return list(claims)
    worded = KeptBeside(len(claims)) if worded is None else worded
    doubts = [
        (number, one)
        for number, claim in enumerate(claims)
        for one in worded.of(claim, partial(_supporters, claim, reports, homes))
        if _unlike(one, rare, alike)
    ]
    held = _follow([(claims[number].text, one) for number, one in doubts], rare, judge)
    far: dict[int, set[str]] = {}
    for (number, supporter), whether in zip(doubts, held, strict=True):
        if not whether:
            far.setdefault(number, set()).add(supporter.attribution)
    return [loosened(claim, _but_one(claim, far.get(number, set()))) for number, claim in enumerate(claims)]


def _follow(doubts: Sequence[tuple[str, _Supporter]], rare: Rarity, judge: Judge) -> list[bool]:
    """Whether each claim, by its text, follows from what a supporter of it says, or nearly as much the other way round.

    The claim alone makes much follow that says less, so that the other direction must have a good part in it. Any
    claim speaks of the things that a bare noun names; there only what follows from the noun tells.
    """
    least = [LEAST_MEANT if one.shared else LEAST_UNSHARED for _, one in doubts]
    follows = judge.entailment([(one.told, text) for text, one in doubts])[:, 0]
    open_ = [
        place
        for place, (_, one) in enumerate(doubts)
        if not one.bare and (1 + follows[place]) / 2 + NEARLY >= least[place] > follows[place]
    ]
    turned = judge.entailment([(doubts[place][0], doubts[place][1].told) for place in open_])[:, 0]
    both = np.array(follows)
    both[open_] = np.maximum(follows[open_], (turned + follows[open_]) / 2 + NEARLY)
    return [
        bool(both[place] >= least[place]) and not (one.bare and not _has_much(one, rare))
        for place, (_, one) in enumerate(doubts)
    ]


def _but_one(claim: Claim, far: set[str]) -> set[str]:
    """Those that lie far, less the nearest of them where no other supporter counts."""
    counted = [one for one in claim.members if one.stance in SUPPORT and not one.loose]
    if not counted or not far.issuperset(one.attribution for one in counted) or left_open(claim):
        return far
    return far - {max(counted, key=lambda one: one.score).attribution}


@dataclass(frozen=True, slots=True)
class _Supporter:
    """What somebody says for a claim: its words and the claim's, names apart, and those of it that the claim has."""

    attribution: str
    told: str
    own: frozenset[str]
    claimed: frozenset[str]
    shared: frozenset[str]
    bare: bool


Wordings = KeptBeside[tuple[_Supporter, ...]]


def _supporters(claim: Claim, reports: Mapping[str, Report], homes: Mapping[str, str]) -> tuple[_Supporter, ...]:
    counted = [one for one in claim.members if one.stance in SUPPORT and not one.loose and POINTS not in one.reasons]
    # Of a claim that its own statements leave open, one supporter may be too many.
    if len(counted) < 2 and not left_open(claim):
        return ()
    found = []
    for one in counted:
        told = words(one.passage, reports[homes[one.attribution]].text)
        found.append(_Supporter(one.attribution, told, *_matters(told, claim.text), not finite(told)))
    return tuple(found)


def _unlike(one: _Supporter, rare: Rarity, alike: float) -> bool:
    return one.bare or 2 * rare.mass(one.shared) <= alike * (rare.mass(one.own) + rare.mass(one.claimed))


def _has_much(one: _Supporter, rare: Rarity) -> bool:
    """Whether a bare noun has a good part of a claim's words."""
    return rare.mass(one.shared) >= LEAST_OF_CLAIM * rare.mass(one.claimed)


@lru_cache(maxsize=1 << 15)
def _matters(told: str, claimed: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words, names apart, of a statement and of a claim, and those of the statement that the claim has too."""
    own = matter(told, (claimed,))
    return own, matter(claimed, (told,)), own & word_set(claimed)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A member that may not bear on its claim, and the texts that it is held against, the claim's first."""

    member: Member
    text: str
    against: tuple[str, ...]
    ruled_out: bool


# A doubt with its claim's number.
Numbered = tuple[int, _Doubt]
Doubts = KeptBeside[tuple[_Doubt, ...]]
Step = Callable[[_Doubt], list[tuple[str, str]]]


def contested(
    claims: Sequence[Claim],
    reports: Mapping[str, Report],
    homes: Mapping[str, str],
    refused: Mapping[str, Mapping[Spans, str]],
    judge: Judge | None,
    holder: Callable[[str], str | None] = lambda _: None,
    doubts: Doubts | None = None,
) -> frozenset[tuple[int, str]]:
    """Denials and joiners that do not bear on their claim: (the claim's number, the attribution).

    `homes` gives each attribution's report, `refused` as sentences what those deny whose cue denies. Without a judge,
    only what lies close stays. `doubts` keeps those of a claim while the claim stays the same object, which must
    then be of the same reports.
    """
    if judge is None:
        return frozenset(
            (number, member.attribution)
            for number, claim in enumerate(claims)
            for member in claim.members
            if _doubtful(member) and member.score < LEAST_SCORE
        )
    doubts = KeptBeside(len(claims)) if doubts is None else doubts
    dropped: list[Numbered] = []
    held: list[Numbered] = []
    for number, claim in enumerate(claims):
        for one in doubts.of(claim, partial(_doubts, claim, reports, homes, refused)):
            gone = one.ruled_out or _own_words(one.member, claim, holder)
            (dropped if gone else held).append((number, one))
    return frozenset((number, one.member.attribution) for number, one in [*dropped, *_contested(held, judge)])


def _doubts(
    claim: Claim, reports: Mapping[str, Report], homes: Mapping[str, str], refused: Mapping[str, Mapping[Spans, str]]
) -> tuple[_Doubt, ...]:
    """A claim's doubtful members, each held against the claim and its clearest other supporters."""
    doubtful = [one for one in claim.members if _doubtful(one)]
    if not doubtful:
        return ()
    supporters = sorted(
        (one for one in claim.members if one.stance in SUPPORT and CLOSE not in one.reasons),
        key=lambda one: (-one.score, one.attribution),
    )
    told = [(one, words(one.passage, reports[homes[one.attribution]].text)) for one in supporters[: HELD_AGAINST + 1]]
    found = []
    for member in doubtful:
        text = refused.get(member.attribution, {}).get(member.passage)
        text = text or words(member.passage, reports[homes[member.attribution]].text)
        texts = [other for one, other in told if one is not member][:HELD_AGAINST]
        against = tuple(dict.fromkeys((claim.text, *texts)))
        # What words alone rule out is not worth the judge's time.
        ruled_out = member.stance not in SUPPORT and not _same_matter(member, text, against)
        found.append(_Doubt(member, text, against, ruled_out))
    return tuple(found)


def _own_words(member: Member, claim: Claim, holder: Callable[[str], str | None]) -> bool:
    """Whether a turn of phrase denies what only its own holder supports."""
    if member.stance is not Act.DENIES or CUE_DENIES in member.reasons:
        return False
    mine = holder(member.attribution)
    return mine is not None and {holder(one.attribution) for one in claim.members if one.stance in SUPPORT} == {mine}


def _contested(doubts: Sequence[Numbered], judge: Judge) -> list[Numbered]:
    dropped: list[Numbered] = []
    far: dict[tuple[str, Spans], list[tuple[float, Numbered]]] = {}
    # What is left open, the judge cannot judge.
    asked = [pair for pair in doubts if pair[1].member.stance not in NEITHER]
    for pair in doubts:
        member = pair[1].member
        if _open(member):
            far.setdefault((member.attribution, member.passage), []).append((member.score, pair))
    for pair, (entailed, contradicted) in zip(asked, _readings([one for _, one in asked], judge), strict=True):
        member = pair[1].member
        if not _holds(member, entailed, contradicted):
            dropped.append(pair)
        elif _far(member):
            worth = AGAINST * contradicted + member.score
            far.setdefault((member.attribution, member.passage), []).append((worth, pair))
    for held in far.values():
        likeliest = max(held, key=lambda one: (one[0], -one[1][0]))
        dropped.extend(pair for one in held if one is not likeliest for pair in one[1:])
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


def _same_matter(member: Member, text: str, against: Sequence[str]) -> bool:
    """Whether a denial shares words, names apart, with something that it is held against; a far one a good part.

    Where words negate, one that they negate must be among them: who has not seen a memo does not deny that it exists.
    """
    if all(anothers(text, other) for other in against):
        return False
    if _another_thing(text, against):
        return False
    plain = CUE_DENIES in member.reasons or _open(member)
    own = matter(text, against)
    wanted = frozenset() if plain else denied(text)
    # "No Kessan troops were there" denies nothing of what else is Kessan.
    wanted = (wanted & own) or wanted
    if wanted and not any(wanted & word_set(main_clause(other)) for other in against):
        return False
    # "He thought that the tape was a hoax" denies what is claimed of the tape, not all in which one is named.
    if not (plain or wanted) and len(own & word_set(against[0])) < LEAST_SHARED * len(own):
        return False
    shared = max((len(own & word_set(other)) for other in against), default=0)
    if CUE_DENIES in member.reasons and not finite(text):
        # A thing that is denied says little by itself: it must be the claim's.
        return bool(own) and shared >= LEAST_NAMED * len(own)
    if _far(member) or plain:
        # A claim that is no sentence says little by itself, too.
        claimed = frozenset() if finite(against[0]) else matter(against[0], (text,))
        return bool(own) and shared >= max(LEAST_SHARED * len(own), LEAST_NAMED * len(claimed))
    return not own or shared > 0


# "It is not a film" denies nothing of who plays in a film.
_NOT_ONE = re.compile(
    r"\W*(?:it|that|this)(?:[’']s| is| was) not an? (?:[\w-]+ )?(?P<noun>[\w-]+)\W*|"
    r"\W*(?:it|that|this) (?:isn|wasn)[’']t an? (?:[\w-]+ )?(?P<other>[\w-]+)\W*",
    re.IGNORECASE,
)
_INSIDE = r"\b(?:in|of|for|from|with|about|on|at|to|into) (?:[\w.’'-]+ ){0,5}"


def _another_thing(text: str, against: Sequence[str]) -> bool:
    """Whether words only say what a thing is not, and the thing is named in passing wherever they are held against."""
    found = _NOT_ONE.fullmatch(text)
    noun = re.escape(found["noun"] or found["other"]) if found else ""
    return bool(noun) and all(re.search(rf"{_INSIDE}{noun}\b", one, re.IGNORECASE) for one in against)


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
