"""One utterance takes one stance: what several reports quote alike bears on a claim alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act
from onrecord.datamodel.claim import Claim, Quote

QUOTED_ALIKE = "quoted alike elsewhere"


def agreed(claims: Sequence[Claim], quotes: Sequence[Quote]) -> list[Claim]:
    """The claims, each quote's members on one side: the side most of them take, else the earliest one's."""
    groups = [_unchanged(quote) for quote in quotes]
    held: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for member in group:
            held.setdefault(member, []).append(number)
    found = []
    for claim in claims:
        mine = sorted({number for member in claim.members for number in held.get(member.attribution, ())})
        found.append(_agreed(claim, [groups[number] for number in mine]))
    return found


def _unchanged(quote: Quote) -> tuple[str, ...]:
    changed = {wording.attribution for wording in quote.wordings if wording.meaning_changed}
    return tuple(member for member in quote.members if member not in changed)


def _agreed(claim: Claim, groups: Sequence[tuple[str, ...]]) -> Claim:
    stances = {member.attribution: member.stance for member in claim.members}
    turned: dict[str, Act] = {}
    for group in groups:
        sided = [one for one in group if stances.get(one) in SUPPORT | DENIAL]
        if len({stances[one] in SUPPORT for one in sided}) > 1:
            votes = Counter(stances[one] in SUPPORT for one in sided)
            even = len(set(votes.values())) == 1
            supports = stances[sided[0]] in SUPPORT if even else votes.most_common(1)[0][0]
            wanted = Act.ASSERTS if supports else Act.DENIES
            turned.update({one: wanted for one in sided if (stances[one] in SUPPORT) != supports})
    if not turned:
        return claim
    members = tuple(
        replace(one, stance=turned[one.attribution], reasons=(*one.reasons, QUOTED_ALIKE))
        if one.attribution in turned
        else one
        for one in claim.members
    )
    return replace(claim, members=members)
