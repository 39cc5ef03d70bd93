"""Decisions on claims: joined, parted, renamed, set aside, their statements put on a side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution
from onrecord.datamodel.claim import Claim, Conflict, ConflictKind, Link, Member, Relation
from onrecord.datamodel.entry import ClaimAnchor, Side, StatementAnchor, Verdict
from onrecord.datamodel.span import Spans, words
from onrecord.datamodel.story import Unsettled
from onrecord.ledger.deciding.addresses import is_address, salted, statement_address, unsalted
from onrecord.ledger.deciding.anchors import Scene, Unclear, counts
from onrecord.ledger.deciding.speaker_decisions import stale, told_of
from onrecord.ledger.deciding.working import WORK, Working
from onrecord.ledger.replay import Decided

STANCES = {Side.SUPPORTS: Act.ASSERTS, Side.DENIES: Act.DENIES, Side.OPEN: Act.NOT_CONFIRMED}
_MOST_WORDS = 160


class Grouping:
    """Claims while decisions are applied to them, one after the other, so that of two the later counts.

    A decision whose claim is not clear any more is not applied; it stands in `unsettled`, with what is in question.
    """

    def __init__(self, scene: Scene, claims: Sequence[Claim]) -> None:
        self.scene = scene
        self.claims = list(claims)
        self.links: list[Link] = []
        self.notes: list[str] = []
        self.unsettled: list[Unsettled] = []
        self.working = Working()
        self._denials: list[Conflict] = []
        self._renamed: dict[str, ClaimAnchor] = {}

    def apply(self, decisions: Sequence[Decided]) -> None:
        """Apply decisions in order."""
        steps: dict[Verdict, Callable[[Decided], None]] = {
            Verdict.SAME: self._join,
            Verdict.DIFFERENT: self._part,
            Verdict.NOT_A_CLAIM: self._set_aside,
            Verdict.RENAME: self._rename,
            Verdict.ACCEPT: self._accept,
            Verdict.SIDE: self._take_side,
            Verdict.NEW_CLAIM: self._open,
            **dict.fromkeys(WORK, self._work),
        }
        for one in decisions:
            if step := steps.get(one.decision.verdict):
                step(one)

    def conflicts(self, before: Sequence[Conflict]) -> tuple[Conflict, ...]:
        """The conflicts that are left, each under the claim that its left side counts for now."""
        known = {claim.id: claim for claim in self.claims}
        kept = []
        for one in (*before, *self._denials):
            mine = known.get(one.claim)
            if mine is None or not _counted(mine, one.left):
                mine = next((claim for claim in self.claims if _counted(claim, one.left)), None)
            if mine and not (one.kind is ConflictKind.DENIAL and _on_one_side(mine, one)):
                kept.append(replace(one, claim=mine.id))
        return tuple(dict.fromkeys(kept))

    # What a decision means now.

    def _resolved(self, decided: Decided, anchor: ClaimAnchor) -> Claim | None:
        """The claim that an anchor means; None where none is told yet, or it is not clear, which is noted."""
        found = self.scene.resolve(anchor, self.claims, decided.entry)
        if isinstance(found, Unclear):
            self._ask(decided, anchor, found)
            return None
        return found.claim if found else None

    def _ask(self, decided: Decided, anchor: ClaimAnchor, found: Unclear) -> None:
        meant = decided.decision
        asked = Unsettled(
            entry=decided.entry,
            by=decided.by,
            verdict=meant.verdict.value,
            words=anchor.text[:_MOST_WORDS],
            reason=found.reason,
            value=meant.value,
            why=meant.why,
            claims=tuple(one.id for one in found.claims),
            statements=found.statements,
        )
        if asked not in self.unsettled:
            self.unsettled.append(asked)

    def _groups(self, decided: Decided) -> list[Claim]:
        """The claims that a decision speaks of, each once, in its order; what is not there any more is noted."""
        found: list[Claim] = []
        for anchor in decided.decision.claims:
            claim = self._resolved(decided, anchor)
            if claim is not None and claim not in found:
                found.append(claim)
        for said in decided.decision.statements:
            one = self._statement(decided, said)
            if one and all(claim.stance_of(one.id) is None for claim in found):
                found.append(self._claim_of(one, said.passage))
        return found

    def _statement(self, decided: Decided, anchor: StatementAnchor) -> Attribution | None:
        one = self.scene.statement(anchor)
        note = stale(decided, f"statement {anchor.id}")
        if one is None and self.scene.tells(anchor) and note not in self.notes:
            self.notes.append(note)
        return one

    def _statements(self, decided: Decided) -> list[Attribution]:
        return [one for anchor in decided.decision.statements if (one := self._statement(decided, anchor))]

    def _claim_of(self, one: Attribution, passage: Spans) -> Claim:
        """The claim that a statement counts for, else a new one of its own."""
        held = next((claim for claim in self.claims if _counted(claim, one.id)), None)
        return held or self._opened(one, passage, self._text(one, passage), one.act)

    def _opened(self, one: Attribution, passage: Spans, text: str, stance: Act) -> Claim:
        ident = self._free(statement_address(self.scene, one, passage))
        fresh = Claim(id=ident, text=text, members=(Member(attribution=one.id, stance=stance, passage=passage),))
        self.claims.append(fresh)
        return fresh

    def _text(self, one: Attribution, passage: Spans = ()) -> str:
        return " ".join(words(passage or one.content, self.scene.reports[one.report].text).split())

    def _free(self, wanted: str) -> str:
        taken = {claim.id for claim in self.claims} | {one for claim in self.claims for one in claim.formerly}
        return salted(wanted, taken) if wanted in taken else wanted

    def _put(self, old: Claim, new: Claim | None) -> None:
        place = self.claims.index(old)
        if new is not None and new.members != old.members:
            new = self._founded(new)
        self.claims[place : place + 1] = [new] if new else []

    def _founded(self, claim: Claim) -> Claim:
        """The claim under the id of a statement that counts for it: ids go where the statements go that they name."""
        if not is_address(claim.id):
            return claim
        counted = sorted(filter(counts, claim.members), key=self.scene.order)
        held = [statement_address(self.scene, self.scene.attributions[one.attribution], one.passage) for one in counted]
        formerly = tuple(one for one in claim.formerly if not is_address(one) or unsalted(one) in held)
        if not held or unsalted(claim.id) in held:
            return replace(claim, formerly=formerly)
        fresh = self._free(held[0])
        self.working.moved(claim.id, fresh)
        return replace(claim, id=fresh, formerly=formerly)

    # What it does.

    def _join(self, decided: Decided) -> None:
        groups = self._groups(decided)
        if len(groups) < 2:
            self._count(groups, decided)
            return
        first, rest = groups[0], groups[1:]
        ticked = {one.id for one in self._statements(decided)}
        reason = f"joined: {told_of(decided)}"
        members: dict[tuple[str, Spans], Member] = {}
        for claim in groups:
            for one in claim.members:
                mine = one if claim is first else replace(one, reasons=(*one.reasons, reason))
                mine = replace(mine, loose=mine.loose and one.attribution not in ticked)
                held = members.get((one.attribution, one.passage))
                # What counts for one of them counts for all; what only lies near does not count by being merged.
                if held is None or (held.loose and not mine.loose):
                    members[one.attribution, one.passage] = mine
        formerly = [*first.formerly, *(name for claim in rest for name in (claim.id, *claim.formerly))]
        joined = replace(first, members=tuple(members.values()), formerly=tuple(dict.fromkeys(formerly)))
        self._put(first, joined)
        for claim in rest:
            self._put(claim, None)
            self._link(first, claim, decided)
            self.working.moved(claim.id, first.id)

    def _count(self, groups: Sequence[Claim], decided: Decided) -> None:
        """Let statements count that only lay near the claim that they are said to be the same as."""
        meant = {one.id for one in self._statements(decided)}
        for claim in groups:
            reason = f"joined: {told_of(decided)}"
            members = tuple(
                replace(one, reasons=(*one.reasons, reason), loose=False)
                if one.loose and one.attribution in meant
                else one
                for one in claim.members
            )
            self._put(claim, replace(claim, members=members))

    def _link(self, left: Claim, right: Claim, decided: Decided) -> None:
        if left.members and right.members:
            sides = (left.members[0].attribution, right.members[0].attribution)
            why = told_of(decided)
            self.links.append(
                Link(left=sides[0], right=sides[1], relation=Relation.SAME, score=1.0, reasons=(why,), by=decided.by)
            )

    def _part(self, decided: Decided) -> None:
        """Take the last subject's statements out of the claims in which they count beside those of the others."""
        sides = self._sides(decided)
        if len(sides) < 2:
            return
        stay = {ident for side in sides[:-1] for ident in side}
        leave = sides[-1] - stay
        for claim in list(self.claims):
            here = {one.attribution for one in claim.members if counts(one)}
            near = {one.attribution for one in claim.members}
            if here & stay and near & leave:
                self._split(claim, leave, decided)

    def _sides(self, decided: Decided) -> list[set[str]]:
        sides = []
        for anchor in decided.decision.claims:
            found = (self.scene.statement(one) for one in anchor.members)
            sides.append({one.id for one in found if one})
        statements = [{one.id} for one in self._statements(decided)]
        if decided.decision.claims and statements:
            return [*sides, set().union(*statements)] if len(sides) > 1 else self._out_of(sides[0], statements)
        return [*sides, *statements]

    @staticmethod
    def _out_of(whole: set[str], statements: list[set[str]]) -> list[set[str]]:
        leave = set().union(*statements)
        return [whole - leave, leave]

    def _split(self, claim: Claim, leave: set[str], decided: Decided) -> None:
        reason = f"parted: {told_of(decided)}"
        gone = tuple(
            replace(one, reasons=(*one.reasons, reason), loose=False)
            for one in claim.members
            if one.attribution in leave
        )
        stay = tuple(one for one in claim.members if one.attribution not in leave)
        founder = min(gone, key=self.scene.order)
        first = self.scene.attributions[founder.attribution]
        self._put(claim, replace(claim, members=stay))
        ident = self._free(statement_address(self.scene, first, founder.passage))
        self.claims.append(Claim(id=ident, text=self._text(first, founder.passage), members=gone))

    def _set_aside(self, decided: Decided) -> None:
        """A claim goes; a statement goes out of its claims, and a claim that rests on nothing else goes with it."""
        for anchor in decided.decision.claims:
            if claim := self._resolved(decided, anchor):
                self._put(claim, None)
        gone = {one.id for one in self._statements(decided)}
        for claim in [one for one in self.claims if any(member.attribution in gone for member in one.members)]:
            self._without(claim, gone)

    def _without(self, claim: Claim, gone: set[str]) -> None:
        members = tuple(member for member in claim.members if member.attribution not in gone)
        self._put(claim, replace(claim, members=members) if any(map(counts, members)) else None)

    def _rename(self, decided: Decided) -> None:
        if decided.decision.value:
            for anchor in decided.decision.claims:
                claim = self._resolved(decided, anchor)
                if claim is None:
                    continue
                earlier = self._renamed.get(claim.id)
                if earlier and not _shared(earlier, anchor):
                    # Two claims that were renamed are one now: which name it bears is not for the later one to say.
                    self._ask(decided, anchor, Unclear((claim,), (), "it is one with a claim that was renamed too"))
                    continue
                self._renamed[claim.id] = anchor
                self._put(claim, replace(claim, text=decided.decision.value))

    def _accept(self, decided: Decided) -> None:
        """A claim is accepted with the statements that counted then; a statement by itself, wherever it counts."""
        reason = f"accepted: {told_of(decided)}"
        for anchor in decided.decision.claims:
            if claim := self._resolved(decided, anchor):
                seen = {found.id for one in anchor.members if (found := self.scene.statement(one))}
                self._put(claim, _marked(claim, seen, reason))
                self.working.accept(claim.id, decided)
        if not decided.decision.claims:
            meant = {one.id for one in self._statements(decided)}
            for claim in [one for one in self.claims if any(_counted(one, ident) for ident in meant)]:
                self._put(claim, _marked(claim, meant, reason))

    def _take_side(self, decided: Decided) -> None:
        """Statements are put on a side of a claim, or taken out of it; one that only lay near counts from then on."""
        side = Side(decided.decision.value or "")
        for anchor in decided.decision.claims:
            claim = self._resolved(decided, anchor)
            meant = [(one, self._statement(decided, one)) for one in decided.decision.statements]
            there = [(told, one) for told, one in meant if one]
            if claim is None or not there:
                continue
            if side is Side.NOT_ABOUT:
                self._without(claim, {one.id for _, one in there})
                continue
            reason = f"{side.value}: {told_of(decided)}"
            turned = replace(claim, members=tuple(_turned(claim, there, STANCES[side], reason)))
            self._put(claim, turned)
            if side is Side.DENIES:
                self._denials.extend(_denials(turned, [one for _, one in there], self.scene, reason))

    def _open(self, decided: Decided) -> None:
        """A claim in a person's words, on statements that support it."""
        meant = [(anchor, self._statement(decided, anchor)) for anchor in decided.decision.statements]
        there = [(anchor, one) for anchor, one in meant if one]
        if not there or not decided.decision.value:
            return
        first, one = there[0]
        ident = f"{statement_address(self.scene, one, first.passage)}-e{decided.entry}"
        reason = f"opened: {told_of(decided)}"
        bare = Claim(id=ident, text=decided.decision.value, members=())
        self.claims.append(replace(bare, members=tuple(_turned(bare, there, Act.ASSERTS, reason))))

    def _work(self, decided: Decided) -> None:
        said = [one.id for one in self._statements(decided)]
        for anchor in decided.decision.claims:
            if claim := self._resolved(decided, anchor):
                mine = tuple(one for one in said if claim.stance_of(one) is not None)
                self.working.apply(claim.id, decided, mine)


def _shared(left: ClaimAnchor, right: ClaimAnchor) -> bool:
    """Whether two anchors hold a statement in common, as those of one claim at two times do."""
    mine = {(one.report, one.words) for one in left.members}
    return any((one.report, one.words) in mine for one in right.members)


def _counted(claim: Claim, attribution: str) -> bool:
    return any(one.attribution == attribution and counts(one) for one in claim.members)


def _marked(claim: Claim, meant: set[str], reason: str) -> Claim:
    members = tuple(
        replace(one, reasons=(*one.reasons, reason)) if one.attribution in meant else one for one in claim.members
    )
    return replace(claim, members=members)


def _turned(
    claim: Claim, there: Sequence[tuple[StatementAnchor, Attribution]], stance: Act, reason: str
) -> Iterator[Member]:
    """A claim's members with some of them on a side, and those added that were none."""
    wanted = {one.id for _, one in there}
    for member in claim.members:
        if member.attribution in wanted:
            kept = member.stance if _alike(member.stance, stance) else stance
            yield replace(member, stance=kept, loose=False, reasons=(*member.reasons, reason))
        else:
            yield member
    held = {member.attribution for member in claim.members}
    for anchor, one in there:
        if one.id not in held:
            yield Member(attribution=one.id, stance=stance, passage=anchor.passage, reasons=(reason,))


def _alike(left: Act, right: Act) -> bool:
    return (left in SUPPORT, left in DENIAL) == (right in SUPPORT, right in DENIAL)


def _denials(claim: Claim, denying: Sequence[Attribution], scene: Scene, reason: str) -> Iterator[Conflict]:
    """Each denial against the first statement of each other speaker that supports the claim."""
    supporters = [one for one in claim.members if counts(one) and one.stance in SUPPORT]
    for one in denying:
        seen = {one.speaker}
        for member in supporters:
            speaker = scene.attributions[member.attribution].speaker
            if speaker not in seen:
                seen.add(speaker)
                yield Conflict(
                    claim=claim.id, left=member.attribution, right=one.id, kind=ConflictKind.DENIAL, reasons=(reason,)
                )


def _on_one_side(claim: Claim, one: Conflict) -> bool:
    left, right = claim.stance_of(one.left), claim.stance_of(one.right)
    return left is not None and right is not None and _alike(left, right)
