"""Statements and claims as decisions saw them, found again in a story that was built anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.entry import ClaimAnchor, PartyAnchor, StatementAnchor
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans, any_overlap

# Statements that a claim or a party is found again by; more would only make entries long.
MOST_ANCHORED = 200


def counts(member: Member) -> bool:
    """Whether a statement is weighed for its claim, rather than only shown beside it."""
    return not member.loose


def statement_anchor(one: Attribution, report: Report, root: str, passage: Spans = ()) -> StatementAnchor:
    """A statement by its report's bytes, its place and its exact words; `passage` is the part that bears on a claim."""
    part = passage if passage != one.content else ()
    return StatementAnchor(
        id=one.id,
        report=root,
        sha256=report.sha256,
        content=one.content,
        words=tuple(span.of(report.text) for span in one.content),
        passage=part,
        passage_words=tuple(span.of(report.text) for span in part),
    )


def claim_anchor(claim: Claim, scene: Scene) -> ClaimAnchor:
    """A claim by the statements that count for it, in the order in which they came onto record."""
    held = [one for one in claim.members if one.attribution in scene.attributions]
    counted = [one for one in held if counts(one)] or held
    members = []
    for member in sorted(counted, key=scene.order)[:MOST_ANCHORED]:
        one = scene.attributions[member.attribution]
        anchor = statement_anchor(one, scene.reports[one.report], scene.root(one.report), member.passage)
        members.append(anchor)
    return ClaimAnchor(id=claim.id, text=claim.text, members=tuple(members))


def party_anchor(party: str, name: str, scene: Scene) -> PartyAnchor:
    """A party by the statements that are credited to it."""
    said = [one for one in scene.attributions.values() if one.speaker == party][:MOST_ANCHORED]
    anchors = tuple(statement_anchor(one, scene.reports[one.report], scene.root(one.report)) for one in said)
    return PartyAnchor(id=party, name=name, statements=anchors)


@dataclass(frozen=True, slots=True)
class Settled:
    """The one claim that an anchor means now."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Unclear:
    """An anchor that means no one claim any more: the claims that its statements bear on now, and why none is it."""

    claims: tuple[Claim, ...]
    statements: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Scene:
    """What anchors are looked up in: reports and attributions by id, and the first version's id of each report.

    `entered` is the entry that put a report's version on record, and `roots_sha256` the digest of each first version;
    both may be left empty where no ledger is behind the story. `corrections` are the spans that people put in place of
    others, by report, digest and old span.
    """

    reports: Mapping[str, Report]
    attributions: Mapping[str, Attribution]
    roots: Mapping[str, str]
    entered: Mapping[str, int] = field(default_factory=dict)
    roots_sha256: Mapping[str, str] = field(default_factory=dict)
    corrections: Mapping[tuple[str, str, Spans], Spans] = field(default_factory=dict)

    def root(self, report: str) -> str:
        """The id of a report's first version."""
        return self.roots.get(report, report)

    def order(self, member: Member) -> tuple[int, str, int, str]:
        """Members in the order in which their reports came onto record; without a ledger, by the reports' ids."""
        one = self.attributions[member.attribution]
        root = self.root(one.report)
        return self.entered.get(root, 0), root, (member.passage or one.content)[0].start, one.id

    @cached_property
    def _by_root(self) -> dict[str, list[Attribution]]:
        found: dict[str, list[Attribution]] = {}
        for one in self.attributions.values():
            found.setdefault(self.root(one.report), []).append(one)
        return found

    def statement(self, anchor: StatementAnchor) -> Attribution | None:
        """The statement at the same place of the same bytes; in a newer version the one of the same exact words.

        The same place may be cut a little longer or shorter. None where it is not there any more; never one that is
        merely similar.
        """
        mine = self._by_root.get(anchor.report, ())
        there = [one for one in mine if self.reports[one.report].sha256 == anchor.sha256]
        if there:
            return self._at_place(there, self._moved(anchor))
        same = [one for one in mine if self._words(one.content, one.report) == anchor.words]
        return min(same, key=lambda one: (one.content, one.id), default=None)

    def _moved(self, anchor: StatementAnchor) -> Spans:
        """The place of a statement after people corrected its span."""
        content, seen = anchor.content, set[Spans]()
        while content not in seen and (then := self.corrections.get((anchor.report, anchor.sha256, content))):
            seen.add(content)
            content = then
        return content

    @staticmethod
    def _at_place(there: Sequence[Attribution], content: Spans) -> Attribution | None:
        """The statement at a place: another tagger may cut the same words a little longer or shorter."""
        for one in there:
            if one.content == content:
                return one
        shared = [(_common(one.content, content), one) for one in there]
        best = [one for common, one in shared if 2 * common >= max(_length(one.content), _length(content))]
        return best[0] if len(best) == 1 else None

    def tells(self, *anchors: StatementAnchor) -> bool:
        """Whether a report of these statements is told at all: as of an earlier instant it may not be out yet."""
        return any(anchor.report in self._told for anchor in anchors)

    @cached_property
    def _told(self) -> frozenset[str]:
        return frozenset(self.root(report) for report in self.reports)

    def _same_part(self, anchor: StatementAnchor, member: Member, one: Attribution) -> bool:
        if not anchor.passage or not member.passage:
            return True
        if self.reports[one.report].sha256 == anchor.sha256:
            return any_overlap(anchor.passage, member.passage)
        mine, theirs = self._words(member.passage, one.report), anchor.passage_words
        return any(left in right or right in left for left in mine for right in theirs)

    def resolve(self, anchor: ClaimAnchor, claims: Sequence[Claim], made_at: int = 0) -> Settled | Unclear | None:
        """The claim that an anchor means now, by the statements that counted for it; None where none is told yet.

        It is the claim for which the founding statement and most of the others that are counted anywhere still count,
        and in which they are not outnumbered by statements that were on record when the anchor was made (entry
        `made_at`) and counted elsewhere. Where they part, or are lost in another claim, it is Unclear and holds the
        claims in question: whoever asks decides, nothing is guessed.
        """
        there = {one: found for one in anchor.members if (found := self.statement(one))}
        held = self._holding(there, claims)
        statements = tuple(found.id for found in there.values())
        placed = [one for one in there if held[one]]
        if not placed:
            if anchor.members and not self.tells(*anchor.members):
                return None
            gone = "its statements count for no claim any more" if there else "its statements are not there any more"
            return Unclear((), statements, gone)
        known = {claim.id: claim for one in placed for claim in held[one]}
        votes = {ident: sum(claim in held[one] for one in placed) for ident, claim in known.items()}
        ranked = tuple(known[ident] for ident in sorted(votes, key=lambda ident: (-votes[ident], ident)))
        best = [one for one in ranked if votes[one.id] == votes[ranked[0].id]]
        named = [one for one in best if anchor.id in (one.id, *one.formerly)]
        chosen = best[0] if len(best) == 1 else named[0] if len(named) == 1 else None
        if chosen is None or 2 * votes[chosen.id] <= len(placed) or chosen not in held[placed[0]]:
            return Unclear(ranked, statements, "its statements are in different claims now")
        if len(anchor.members) < MOST_ANCHORED and self._strangers(chosen, anchor, made_at) > votes[chosen.id]:
            return Unclear(ranked, statements, "its statements are among more that were in another claim then")
        return Settled(chosen)

    def _holding(
        self, there: Mapping[StatementAnchor, Attribution], claims: Sequence[Claim]
    ) -> dict[StatementAnchor, list[Claim]]:
        """For each anchored statement the claims that the part of it that is meant counts for."""
        anchors: dict[str, list[StatementAnchor]] = {}
        for one, found in there.items():
            anchors.setdefault(found.id, []).append(one)
        held: dict[StatementAnchor, list[Claim]] = {one: [] for one in there}
        for claim in claims:
            for member in claim.members:
                for one in anchors.get(member.attribution, ()):
                    if counts(member) and claim not in held[one] and self._same_part(one, member, there[one]):
                        held[one].append(claim)
        return held

    def _strangers(self, claim: Claim, anchor: ClaimAnchor, made_at: int) -> int:
        """How many statements count for a claim that were on record when an anchor was made and are none of its own."""
        own = {found.id for one in anchor.members if (found := self.statement(one))}
        return len(
            {
                one.attribution
                for one in claim.members
                if counts(one)
                and one.attribution not in own
                and 0 < self.entered.get(self.attributions[one.attribution].report, made_at) < made_at
            }
        )

    def party(self, anchor: PartyAnchor, known: Mapping[str, object]) -> str | None:
        """The party that most of an anchor's statements are credited to now; None where there is no such one.

        Of an anchor without statements it is the party of that id.
        """
        said = [found for one in anchor.statements if (found := self.statement(one))]
        if not said:
            return anchor.id if not anchor.statements and anchor.id in known else None
        credited = [one.speaker for one in said if one.speaker]
        best = max(sorted(set(credited)), key=credited.count, default=None)
        return best if best is not None and 2 * credited.count(best) > len(said) else None

    def _words(self, spans: Spans, report: str) -> tuple[str, ...]:
        return tuple(span.of(self.reports[report].text) for span in spans)


def _length(spans: Spans) -> int:
    return sum(map(len, spans))


def _common(left: Spans, right: Spans) -> int:
    return sum(max(0, min(one.end, two.end) - max(one.start, two.start)) for one in left for two in right)
