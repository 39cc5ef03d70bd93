"""Statements of different holders that cannot both hold, with the kind of conflict."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution
from onrecord.datamodel.claim import Claim, Conflict, ConflictKind, Member
from onrecord.datamodel.party import Party
from onrecord.datamodel.span import Spans
from onrecord.linking.contrasts import Contrast, contrast_of_occasion
from onrecord.linking.figures import rival_pairs
from onrecord.linking.memory import Memory
from onrecord.linking.propositions import Proposition
from onrecord.linking.slots import VALUES, Count, same_scale

# Two figures for one thing are in conflict only where the rest of the words is about the same.
LEAST_SHARED = 0.6
# What tells two statements apart that are in conflict, by its kind.
ELSEWHERE = {"time": ConflictKind.TIME, "place": ConflictKind.PLACE}


def conflicts(
    claims: Sequence[Claim],
    found: Sequence[Proposition],
    said: Mapping[str, Attribution],
    parties: Sequence[Party],
    order: Mapping[str, int],
    told: Mapping[tuple[int, int], Contrast] | None = None,
    memory: Memory | None = None,
) -> tuple[Conflict, ...]:
    """Denials and withdrawals within each claim, then differing figures, times and places between claims.

    `told` is what tells pairs of statements of near the same words apart in time or place (`ELSEWHERE`), by row.

    A holder who gives a later figure updates his own; he is in conflict with nobody.
    """
    people = {party.id: party for party in parties}
    memory = memory or Memory()
    listed = [conflict for claim in claims for conflict in _within(claim, said, memory)]
    home = _Home(claims)
    listed.extend(_figures(home, found, said, people))
    listed.extend(_elsewhere(home, found, said, people, told or {}))
    # A narrower claim holds pairs that its wider one holds too; each pair is told once.
    once: dict[tuple[str, str], Conflict] = {}
    for conflict in listed:
        once.setdefault((conflict.left, conflict.right), conflict)
    return tuple(once.values())


def _within(claim: Claim, said: Mapping[str, Attribution], memory: Memory) -> tuple[Conflict, ...]:
    if not any(member.stance in DENIAL for member in claim.members):
        return ()
    speakers = tuple(said[member.attribution].speaker for member in claim.members)
    return memory.conflicts(claim, speakers, _denied)


def _denied(claim: Claim, speakers: Sequence[str | None]) -> tuple[Conflict, ...]:
    """Who denies what others support; `speakers` are the members', in order."""
    told = list(zip(claim.members, speakers, strict=True))
    deniers = [one for one in told if one[0].stance in DENIAL]
    supporters = [one for one in told if one[0].stance in SUPPORT and not one[0].loose]
    return tuple(
        Conflict(claim=claim.id, left=left.attribution, right=right.attribution, kind=kind)
        for right, denier in deniers
        for left, holder in supporters
        if (kind := _kind(holder, denier, right))
    )


def _kind(holder: str | None, denier: str | None, member: Member) -> ConflictKind | None:
    if holder is not None and holder == denier:
        return ConflictKind.WITHDRAWAL if member.stance is Act.RETRACTS else None
    return ConflictKind.DENIAL


class _Home:
    """The claim that counts each statement, by its attribution and passage: the last of those that do."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._held: dict[str, list[tuple[Spans, str]]] = {}
        for claim in claims:
            for member in claim.members:
                self._held.setdefault(member.attribution, []).append((member.passage, claim.id))

    def of(self, one: Proposition) -> str | None:
        """The claim's id."""
        held = self._held.get(one.attribution, ())
        return next((claim for passage, claim in reversed(held) if passage == one.passage), None)


def _figures(
    home: _Home,
    found: Sequence[Proposition],
    said: Mapping[str, Attribution],
    people: Mapping[str, Party],
) -> list[Conflict]:
    by_noun: dict[str, list[Proposition]] = {}
    for proposition in found:
        counts = proposition.slots.counts
        if counts and said[proposition.attribution].act in SUPPORT and home.of(proposition):
            for noun in sorted({count.noun for count in counts}):
                by_noun.setdefault(noun, []).append(proposition)
    listed: dict[tuple[str, str], Conflict] = {}
    for left, right, clash in rival_pairs(by_noun, LEAST_SHARED, lambda one: _answering(said[one], people)):
        pair = (left.attribution, right.attribution)
        if pair in listed or _bounded(left, right, clash) or contrast_of_occasion(left.text, right.text):
            continue
        listed[pair] = Conflict(
            claim=home.of(left) or "",
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


def _elsewhere(
    home: _Home,
    found: Sequence[Proposition],
    said: Mapping[str, Attribution],
    people: Mapping[str, Party],
    told: Mapping[tuple[int, int], Contrast],
) -> list[Conflict]:
    """Two times, or two places, that different holders give for what they tell in near the same words."""
    listed = []
    for pair in sorted(told):
        left, right, apart = found[pair[0]], found[pair[1]], told[pair]
        claim = home.of(left)
        if claim is None or left.slots.negated != right.slots.negated:
            continue
        if apart.kind == "time" and not same_scale(left.slots, right.slots):
            continue
        supported = all(said[one.attribution].act in SUPPORT for one in (left, right))
        if supported and _rivals(left, right, said, people):
            reasons = (f"{apart.left} against {apart.right}",)
            kind = ELSEWHERE[apart.kind]
            listed.append(
                Conflict(claim=claim, left=left.attribution, right=right.attribution, kind=kind, reasons=reasons)
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
