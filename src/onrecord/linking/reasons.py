"""Why statements were linked: slots and scores that a person can check."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.datamodel.attribution import DENIAL, SUPPORT
from onrecord.datamodel.claim import Claim, Link, Quote, Relation
from onrecord.linking.memory import Memory

BY = "linking 1"


def links(claims: Sequence[Claim], quotes: Sequence[Quote], memory: Memory | None = None) -> tuple[Link, ...]:
    """One link from each claim's clearest member to every other, and along each quote."""
    memory = memory or Memory()
    found = [link for claim in claims for link in memory.links(claim, _of_claim)]
    for quote in quotes:
        found.extend(
            Link(
                left=quote.members[0], right=other, relation=Relation.COPIES, score=1.0, reasons=("same words",), by=BY
            )
            for other in quote.members[1:]
        )
    return tuple(found)


def _of_claim(claim: Claim) -> tuple[Link, ...]:
    hub = max(claim.members, key=lambda member: (member.stance in SUPPORT, member.score, member.attribution))
    why = f"both bear on “{claim.text}”"
    return tuple(
        Link(
            left=hub.attribution,
            right=member.attribution,
            relation=Relation.CONTRADICTS if member.stance in DENIAL and hub.stance in SUPPORT else Relation.SAME,
            score=member.score,
            reasons=(why, *member.reasons),
            by=BY,
        )
        for member in claim.members
        if member.attribution != hub.attribution
    )
