"""Why statements were linked: slots and scores that a person can check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Attribution
from onrecord.datamodel.claim import Claim, Link, Quote, Relation

BY = "linking 1"


def links(claims: Sequence[Claim], quotes: Sequence[Quote], said: Mapping[str, Attribution]) -> tuple[Link, ...]:
    """One link from each claim's clearest member to every other, and along each quote."""
    found = []
    for claim in claims:
        hub = max(claim.members, key=lambda member: (member.stance in SUPPORT, member.score, member.attribution))
        for member in claim.members:
            if member.attribution == hub.attribution:
                continue
            opposed = member.stance in DENIAL and hub.stance in SUPPORT
            found.append(
                Link(
                    left=hub.attribution,
                    right=member.attribution,
                    relation=Relation.CONTRADICTS if opposed else Relation.SAME,
                    score=member.score,
                    reasons=(f"both bear on “{claim.text}”", *member.reasons),
                    by=BY,
                )
            )
    for quote in quotes:
        found.extend(
            Link(
                left=quote.members[0], right=other, relation=Relation.COPIES, score=1.0, reasons=("same words",), by=BY
            )
            for other in quote.members[1:]
        )
    return tuple(found)
