"""Statements of different holders that cannot both hold, with the kind of conflict."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution
from onrecord.datamodel.claim import Claim, Conflict, ConflictKind, Member
from onrecord.datamodel.party import Party
from onrecord.linking.contrasts import Contrast, contrast_of_occasion
from onrecord.linking.figures import rival_pairs
from onrecord.linking.propositions import Proposition
from onrecord.linking.slots import VALUES, Count, same_scale

# Two figures for one thing are in conflict only where the rest of the words is about the same.
LEAST_SHARED = 0.6


def conflicts(
    claims: Sequence[Claim],
    found: Sequence[Proposition],
    said: Mapping[str, Attribution],
    parties: Sequence[Party],
    order: Mapping[str, int],
    told: Mapping[tuple[int, int], Contrast] | None = None,
) -> tuple[Conflict, ...]:
    """Denials and withdrawals within each claim, then differing figures, times and places between claims.

    `told` is what tells pairs of statements of near the same words apart, by row.

    A holder who gives a later figure updates his own; he is in conflict with nobody.
    """
    people = {party.id: party for party in parties}
    listed = [conflict for claim in claims for conflict in _within(claim, said)]
    listed.extend(_figures(claims, found, said, people))
    listed.extend(_elsewhere(claims, found, said, people, told or {}))
    # A narrower claim holds pairs that its wider one holds too; each pair is told once.
    once: dict[tuple[str, str], Conflict] = {}
    for conflict in listed:
        once.setdefault((conflict.left, conflict.right), conflict)
    return tuple(once.values())


def _within(claim: Claim, said: Mapping[str, Attribution]) -> list[Conflict]:
    supporters = [member for member in claim.members if member.stance in SUPPORT and not member.loose]
    deniers = [member for member in claim.members if member.stance in DENIAL]
    listed = []
    for right in deniers:
        for left in supporters:
            kind = _kind(said[left.attribution], said[right.attribution], right)
            if kind:
                listed.append(Conflict(claim=claim.id, left=left.attribution, right=right.attribution, kind=kind))
    return listed


def _kind(left: Attribution, right: Attribution, member: Member) -> ConflictKind | None:
    same_holder = left.speaker is not None and left.speaker == right.speaker
    if same_holder:
        return ConflictKind.WITHDRAWAL if member.stance is Act.RETRACTS else None
    return ConflictKind.DENIAL


def _figures(
    claims: Sequence[Claim],
    found: Sequence[Proposition],
    said: Mapping[str, Attribution],
    people: Mapping[str, Party],
) -> list[Conflict]:
    home = {(member.attribution, member.passage): claim.id for claim in claims for member in claim.members}
    by_noun: dict[str, list[Proposition]] = {}
    for proposition in found:
        if (proposition.attribution, proposition.passage) in home and said[proposition.attribution].act in SUPPORT:
            for noun in sorted({count.noun for count in proposition.slots.counts}):
                by_noun.setdefault(noun, []).append(proposition)
    listed: dict[tuple[str, str], Conflict] = {}
    for left, right, clash in rival_pairs(by_noun, LEAST_SHARED, lambda one: _answering(said[one], people)):
        pair = (left.attribution, right.attribution)
        if pair in listed or _bounded(left, right, clash) or contrast_of_occasion(left.text, right.text):
            continue
        listed[pair] = Conflict(
            claim=home[(left.attribution, left.passage)],
            left=left.attribution,
            right=right.attribution,
            kind=ConflictKind.NUMBER,
            reasons=(f"{clash[0].value:g} against {clash[1].value:g} {clash[0].noun}",),
        )
    return list(listed.values())


_AT_LEAST = re.compile(r"\b(?:at least|more than|over|no fewer than|upwards of)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)


def _bounded(left: Proposition, right: Proposition, clash: tuple[Count, Count]) -> bool:
    """Whether one side only gives a lower bound that the other's figure keeps: "at least 12", "14"."""
    lower = left if clash[0].value < clash[1].value else right
    return _at_least(lower.text)


@lru_cache(maxsize=1 << 15)
def _at_least(text: str) -> bool:
    """Whether some figure of a text is told as a lower bound."""
    return any(_AT_LEAST.search(text[: match.start()]) for match in _FIGURE.finditer(text))


_FIGURE = re.compile(r"\d[\d,.]*|\b(?:" + "|".join(VALUES) + r")\b", re.IGNORECASE)
_KINDS = {"time": ConflictKind.TIME, "place": ConflictKind.PLACE}


def _elsewhere(
    claims: Sequence[Claim],
    found: Sequence[Proposition],
    said: Mapping[str, Attribution],
    people: Mapping[str, Party],
    told: Mapping[tuple[int, int], Contrast],
) -> list[Conflict]:
    """Two times, or two places, that different holders give for what they tell in near the same words."""
    home = {(member.attribution, member.passage): claim.id for claim in claims for member in claim.members}
    listed = []
    for pair in sorted(told):
        left, right, apart = found[pair[0]], found[pair[1]], told[pair]
        place = (left.attribution, left.passage)
        if apart.kind not in _KINDS or place not in home or left.slots.negated != right.slots.negated:
            continue
        if apart.kind == "time" and not same_scale(left.slots, right.slots):
            continue
        supported = all(said[one.attribution].act in SUPPORT for one in (left, right))
        if supported and _rivals(left, right, said, people):
            reasons = (f"{apart.left} against {apart.right}",)
            kind = _KINDS[apart.kind]
            listed.append(
                Conflict(claim=home[place], left=left.attribution, right=right.attribution, kind=kind, reasons=reasons)
            )
    return listed


def _rivals(
    left: Proposition, right: Proposition, said: Mapping[str, Attribution], people: Mapping[str, Party]
) -> bool:
    """Whether two different known holders speak of one and the same occasion."""
    ours, theirs = said[left.attribution], said[right.attribution]
    if ours.speaker is None or theirs.speaker is None or _holder(ours, people) == _holder(theirs, people):
        return False
    return not contrast_of_occasion(left.text, right.text)


def _holder(attribution: Attribution, people: Mapping[str, Party]) -> str:
    party = people.get(attribution.speaker or "")
    return (party.speaks_for or party.id) if party else attribution.id


def _answering(attribution: Attribution, people: Mapping[str, Party]) -> str | None:
    """Who answers for a statement, None where nobody is known to."""
    return None if attribution.speaker is None else _holder(attribution, people)
