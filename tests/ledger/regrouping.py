"""A builder of stories that groups statements by chance, otherwise with each version: what re-runs may do at worst."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.story import Story
from onrecord.ledger.deciding.addresses import named_by_founders
from onrecord.ledger.deciding.anchors import Scene, counts
from onrecord.ledger.deciding.grouping import Grouping
from onrecord.ledger.deciding.settling import scene_of, settled
from onrecord.ledger.replay import State
from tests.ledger.builder import PlainBuilder

Key = tuple[str, str]


def chance(most: int, *seed: object) -> int:
    """A number below `most` that these seeds always give."""
    return int.from_bytes(hashlib.sha256(repr(seed).encode()).digest()[:6], "big") % most


class RegroupingBuilder(PlainBuilder):
    """Each version groups the statements anew, puts some in two claims, and lets some only lie near."""

    def __init__(self, version: int, groups: int = 4) -> None:
        super().__init__()
        self.number, self.groups = version, groups
        self.version = f"regrouping {version}/{groups}"

    def claims_of(self, scene: Scene) -> tuple[Claim, ...]:
        groups: dict[int, list[Member]] = {}
        for one in scene.attributions.values():
            words = one.content[0].of(scene.reports[one.report].text)
            seed = (self.number, words)
            for group in {chance(self.groups, *seed), chance(3 * self.groups, *seed, "second")}:
                if group < self.groups:
                    near = chance(5, *seed, group, one.id) == 0
                    groups.setdefault(group, []).append(Member(attribution=one.id, stance=Act.ASSERTS, loose=near))
        return tuple(
            Claim(id=f"v{self.number}-{group}", text=f"group {group} of version {self.number}", members=tuple(members))
            for group, members in sorted(groups.items())
            if any(map(counts, members))
        )

    def settled(self, story: Story, state: State) -> Story:
        return settled(story, state, naming=named_by_founders)


def counted(claim: Claim, scene: Scene) -> frozenset[Key]:
    """What counts for a claim: the first version of each report and the exact words."""
    held = [scene.attributions[one.attribution] for one in claim.members if counts(one)]
    return frozenset((scene.root(one.report), one.content[0].of(scene.reports[one.report].text)) for one in held)


def touched(teller: RegroupingBuilder, state: State) -> Iterator[tuple[int, list[Claim]]]:
    """For each decision the claims that it changes, as they are before it: in themselves, or in the work on them."""
    plain = teller(replace(state, decisions=()), None, None)
    grouping = Grouping(scene_of(plain, state), plain.claims)
    for one in state.decisions:
        before, worked = tuple(grouping.claims), dict(grouping.working.held)
        grouping.apply([one])
        kept = set(grouping.claims)
        works = {ident for ident, work in grouping.working.held.items() if worked.get(ident) != work}
        yield one.entry, [claim for claim in before if claim not in kept or claim.id in works]
