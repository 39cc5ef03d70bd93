"""Statements of different holders that cannot both hold, with the kind of conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution
from onrecord.datamodel.claim import Claim, Conflict, ConflictKind, Member
from onrecord.datamodel.party import Party
from onrecord.linking.contrasts import contrast_of_occasion
from onrecord.linking.lexis import STOP
from onrecord.linking.propositions import Proposition
from onrecord.linking.slots import count_conflict

# Two figures for one thing are in conflict only where the rest of the words is about the same.
LEAST_SHARED = 0.6


def conflicts(
    claims: Sequence[Claim],
    found: Sequence[Proposition],
    said: Mapping[str, Attribution],
    parties: Sequence[Party],
    order: Mapping[str, int],
) -> tuple[Conflict, ...]:
    """Denials and withdrawals within each claim, then differing figures between claims.

    A holder who gives a later figure updates his own; he is in conflict with nobody.
    """
    people = {party.id: party for party in parties}
    listed = [conflict for claim in claims for conflict in _within(claim, said)]
    listed.extend(_figures(claims, found, said, people, order))
    # A narrower claim holds pairs that its wider one holds too; each pair is told once.
    once: dict[tuple[str, str], Conflict] = {}
    for conflict in listed:
        once.setdefault((conflict.left, conflict.right), conflict)
    return tuple(once.values())


def _within(claim: Claim, said: Mapping[str, Attribution]) -> list[Conflict]:
    supporters = [member for member in claim.members if member.stance in SUPPORT]
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
    order: Mapping[str, int],
) -> list[Conflict]:
    home = {(member.attribution, member.passage): claim.id for claim in claims for member in claim.members}
    by_noun: dict[str, list[Proposition]] = {}
    for proposition in found:
        if (proposition.attribution, proposition.passage) in home and said[proposition.attribution].act in SUPPORT:
            for noun in sorted({count.noun for count in proposition.slots.counts}):
                by_noun.setdefault(noun, []).append(proposition)
    listed: dict[tuple[str, str], Conflict] = {}
    for noun in sorted(by_noun):
        for number, left in enumerate(by_noun[noun]):
            for right in by_noun[noun][number + 1 : number + 40]:
                clash = count_conflict(left.slots, right.slots)
                if clash and clash[0].noun == noun and _comparable(left, right, said, people, order):
                    claim = home[(left.attribution, left.passage)]
                    listed.setdefault(
                        (left.attribution, right.attribution),
                        Conflict(
                            claim=claim,
                            left=left.attribution,
                            right=right.attribution,
                            kind=ConflictKind.NUMBER,
                            reasons=(f"{clash[0].value:g} against {clash[1].value:g} {noun}",),
                        ),
                    )
    return list(listed.values())


def _comparable(
    left: Proposition,
    right: Proposition,
    said: Mapping[str, Attribution],
    people: Mapping[str, Party],
    order: Mapping[str, int],
) -> bool:
    ours, theirs = said[left.attribution], said[right.attribution]
    if ours.speaker is None or theirs.speaker is None or _holder(ours, people) == _holder(theirs, people):
        return False
    if contrast_of_occasion(left.text, right.text):
        return False
    counted = {count.noun for count in (*left.slots.counts, *right.slots.counts)}
    one = {word for word in left.words if not word[0].isdigit()} - counted - STOP
    other = {word for word in right.words if not word[0].isdigit()} - counted - STOP
    shared = one & other
    return bool(shared) and len(shared) / max(1, min(len(one), len(other))) >= LEAST_SHARED


def _holder(attribution: Attribution, people: Mapping[str, Party]) -> str:
    party = people.get(attribution.speaker or "")
    return (party.speaks_for or party.id) if party else attribution.id
