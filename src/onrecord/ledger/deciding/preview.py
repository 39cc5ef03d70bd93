"""What a decision on claims would count, before it is entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from onrecord.datamodel.claim import Claim
from onrecord.datamodel.story import Story
from onrecord.ledger.deciding.anchors import Scene, counts
from onrecord.ledger.deciding.grouping import Grouping
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.ledger.replay import Decided
from onrecord.weighing.weigh import weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One claim with what is counted for it: statements, independent origins, standing."""

    claim: str
    text: str
    statements: int
    origins: tuple[int, int]
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The claims that a decision changes, as they are and as they would be; `near` statements would stay uncounted."""

    before: tuple[Counted, ...]
    after: tuple[Counted, ...]
    near: int


def preview(wish: Wish, story: Story, scene: Scene) -> Preview:
    """What a wish would change, and what would be counted then; raises UsageError where it cannot be decided."""
    decision = decision_of(wish, story, scene, 0)
    trial = Decided(entry=0, by="person:you", decision=decision, at=datetime.now(UTC))
    grouping = Grouping(scene, story.claims)
    grouping.apply([trial])
    kept = set(story.claims)
    changed = [claim for claim in grouping.claims if claim not in kept]
    left = set(grouping.claims)
    gone = [claim for claim in story.claims if claim not in left]
    near = {one.attribution for claim in changed for one in claim.members if not counts(one)}
    return Preview(before=_counted(gone, story), after=_counted(changed, story), near=len(near))


def _counted(claims: list[Claim], story: Story) -> tuple[Counted, ...]:
    standings = {one.claim: one for one in weigh(claims, story.attributions, story.parties, story.reports)}
    found = []
    for claim in claims:
        standing = standings.get(claim.id)
        found.append(
            Counted(
                claim=claim.id,
                text=claim.text,
                statements=sum(map(counts, claim.members)),
                origins=(standing.origins.lo, standing.origins.hi) if standing else (0, 0),
                status=standing.status.value if standing else "not weighed",
            )
        )
    return tuple(found)
