"""Statements and claims as decisions saw them, found again in a story that was told anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.entry import ClaimAnchor, StatementAnchor
from onrecord.datamodel.report import Report


def statement_anchor(one: Attribution, report: Report, root: str) -> StatementAnchor:
    """A statement by its report's bytes, its place and its exact words."""
    words = tuple(span.of(report.text) for span in one.content)
    return StatementAnchor(id=one.id, report=root, sha256=report.sha256, content=one.content, words=words)


def claim_anchor(claim: Claim, scene: Scene) -> ClaimAnchor:
    """A claim by the statements that bear on it."""
    held = [scene.attributions[one.attribution] for one in claim.members if one.attribution in scene.attributions]
    members = {one.id: statement_anchor(one, scene.reports[one.report], scene.root(one.report)) for one in held}
    return ClaimAnchor(id=claim.id, text=claim.text, members=tuple(members.values()))


@dataclass(frozen=True, slots=True)
class Scene:
    """What anchors are looked up in: reports and attributions by id, and the first version's id of each report."""

    reports: Mapping[str, Report]
    attributions: Mapping[str, Attribution]
    roots: Mapping[str, str]

    def root(self, report: str) -> str:
        """The id of a report's first version."""
        return self.roots.get(report, report)

    def statement(self, anchor: StatementAnchor) -> Attribution | None:
        """The statement at the same place of the same bytes, else the one of the same exact words in a newer version.

        None where it is not there any more; never one that is merely similar.
        """
        mine = [one for one in self.attributions.values() if self.root(one.report) == anchor.report]
        for one in mine:
            if self.reports[one.report].sha256 == anchor.sha256 and one.content == anchor.content:
                return one
        same = [one for one in mine if self._words(one) == anchor.words]
        newer = [one for one in same if self.reports[one.report].sha256 != anchor.sha256]
        return min(newer, key=lambda one: (one.content, one.id), default=None)

    def tells(self, *anchors: StatementAnchor) -> bool:
        """Whether a report of these statements is told at all: as of an earlier instant it may not be out yet."""
        told = {self.root(report) for report in self.reports}
        return any(anchor.report in told for anchor in anchors)

    def claim(self, anchor: ClaimAnchor, claims: Sequence[Claim]) -> Claim | None:
        """The claim that shares most of the anchor's statements; of equals the one that bears its name."""
        found = (self.statement(one) for one in anchor.members)
        held = {one.id for one in found if one}

        def rank(claim: Claim) -> tuple[int, bool, bool]:
            shared = len(held & {one.attribution for one in claim.members})
            return shared, claim.id == anchor.id, anchor.id in claim.formerly

        best = max(sorted(claims, key=lambda one: one.id), key=rank, default=None)
        return best if best and rank(best)[0] else None

    def _words(self, one: Attribution) -> tuple[str, ...]:
        return tuple(span.of(self.reports[one.report].text) for span in one.content)
