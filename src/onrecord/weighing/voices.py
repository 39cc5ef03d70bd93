"""Which attributions support or deny a claim, and whether they do so on the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One attribution's say on one claim; `party` stands in for a speaker that is not resolved."""

    attribution: Attribution
    party: Party
    stance: Act

    @property
    def on_record(self) -> bool:
        """Whether a named person or organization stands behind it (FORMATS.md, standing `denied`)."""
        party = self.party
        answers = party.kind is not PartyKind.DOCUMENT or not party.doubtful
        return party.named and answers and not party.outlet

    @property
    def holder(self) -> str:
        """Who answers for it: the body that a spokesman speaks for, else the party."""
        return self.party.speaks_for or self.party.id

    @property
    def supports(self) -> bool:
        """Whether it asserts or confirms the claim."""
        return self.stance in SUPPORT

    @property
    def denies(self) -> bool:
        """Whether it denies the claim or withdraws it."""
        return self.stance in DENIAL


def voices(claim: Claim, attributions: Mapping[str, Attribution], parties: Mapping[str, Party]) -> tuple[Voice, ...]:
    """The claim's members among the given attributions, in the claim's order.

    An attribution that only passes others on is no voice of its own where one of those is a member too. What only
    lies near the claim is no voice on it.
    """
    bearing = [member for member in claim.members if not member.loose]
    present = {member.attribution for member in bearing if member.attribution in attributions}
    found = []
    for member in bearing:
        attribution = attributions.get(member.attribution)
        if attribution is None or present.intersection(attribution.outer_of):
            continue
        party = parties.get(attribution.speaker or "") or nobody(attribution)
        found.append(Voice(attribution=attribution, party=party, stance=member.stance))
    return tuple(found)


def latest(found: tuple[Voice, ...], reports: Mapping[str, Report]) -> tuple[Voice, ...]:
    """Voices without those that their own holder has reversed in a report published on a later day or minute.

    What a holder withdrew stays beside the withdrawal, so that the withdrawal can be told; a later report that tells
    again what he first said undoes no withdrawal. `found` is in order of time.
    """
    last: dict[str, Voice] = {voice.party.id: voice for voice in found if voice.supports or voice.denies}

    def reversed_since(voice: Voice) -> bool:
        final = last.get(voice.party.id, voice)
        if voice.supports == final.supports or not (voice.supports or voice.denies):
            return False
        if Act.RETRACTS in (voice.stance, final.stance):
            return False
        then, now = reports[voice.attribution.report].published, reports[final.attribution.report].published
        return then is not None and now is not None and then.end < now.end

    return tuple(voice for voice in found if not reversed_since(voice))


def nobody(attribution: Attribution) -> Party:
    """The unnamed stand-in for the unresolved speaker of one attribution."""
    return Party(id=f"unresolved {attribution.id}", name="unresolved source", named=False)


def by_party(found: Iterable[Voice]) -> dict[str, tuple[Voice, ...]]:
    """Voices grouped by party id, in order of first appearance."""
    grouped: dict[str, list[Voice]] = {}
    for voice in found:
        grouped.setdefault(voice.party.id, []).append(voice)
    return {party: tuple(some) for party, some in grouped.items()}
