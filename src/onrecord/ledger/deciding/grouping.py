"""Decisions on claims: joined, parted, renamed, set aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim, Conflict, Link, Member, Relation
from onrecord.datamodel.entry import StatementAnchor, Verdict
from onrecord.datamodel.span import words
from onrecord.ledger.deciding.anchors import Scene
from onrecord.ledger.deciding.speaking import stale, told_of
from onrecord.ledger.replay import Decided


class Grouping:
    """Claims while decisions are applied to them, one after the other, so that of two the later counts."""

    def __init__(self, scene: Scene, claims: Sequence[Claim]) -> None:
        self.scene = scene
        self.claims = list(claims)
        self.links: list[Link] = []
        self.notes: list[str] = []

    def apply(self, decisions: Sequence[Decided]) -> None:
        """Apply decisions in order."""
        steps: dict[Verdict, Callable[[Decided], None]] = {
            Verdict.SAME: self._join,
            Verdict.DIFFERENT: self._part,
            Verdict.NOT_A_CLAIM: self._set_aside,
            Verdict.RENAME: self._rename,
            Verdict.ACCEPT: self._accept,
        }
        for one in decisions:
            if step := steps.get(one.decision.verdict):
                step(one)

    def conflicts(self, before: Sequence[Conflict]) -> tuple[Conflict, ...]:
        """The conflicts that are left, each under the claim that its left side bears on now."""
        known = {claim.id: claim for claim in self.claims}
        kept = []
        for one in before:
            mine = known.get(one.claim)
            if mine is None or mine.stance_of(one.left) is None:
                mine = next((claim for claim in self.claims if claim.stance_of(one.left) is not None), None)
            if mine:
                kept.append(replace(one, claim=mine.id))
        return tuple(kept)

    def _groups(self, decided: Decided) -> list[Claim]:
        """The claims that a decision speaks of, each once, in its order; what is not there any more is noted."""
        found: list[Claim] = []
        for anchor in decided.decision.claims:
            claim = self.scene.claim(anchor, self.claims)
            if claim is None:
                self._note(decided, f"claim {anchor.id}", anchor.members)
            elif claim not in found:
                found.append(claim)
        for one in self._statements(decided):
            if all(claim.stance_of(one.id) is None for claim in found):
                found.append(self._claim_of(one))
        return found

    def _statements(self, decided: Decided) -> list[Attribution]:
        found = []
        for anchor in decided.decision.statements:
            one = self.scene.statement(anchor)
            if one is None:
                self._note(decided, f"statement {anchor.id}", (anchor,))
            else:
                found.append(one)
        return found

    def _note(self, decided: Decided, what: str, anchors: Sequence[StatementAnchor]) -> None:
        note = stale(decided, what)
        if self.scene.tells(*anchors) and note not in self.notes:
            self.notes.append(note)

    def _claim_of(self, one: Attribution) -> Claim:
        held = next((claim for claim in self.claims if claim.stance_of(one.id) is not None), None)
        if held:
            return held
        fresh = Claim(
            id=self._fresh(one.id), text=self._text(one), members=(Member(attribution=one.id, stance=one.act),)
        )
        self.claims.append(fresh)
        return fresh

    def _text(self, one: Attribution) -> str:
        return " ".join(words(one.content, self.scene.reports[one.report].text).split())

    def _fresh(self, wanted: str) -> str:
        taken = {claim.id for claim in self.claims} | {one for claim in self.claims for one in claim.formerly}
        ident, number = wanted, 2
        while ident in taken:
            ident, number = f"{wanted}-{number}", number + 1
        return ident

    def _put(self, old: Claim, new: Claim | None) -> None:
        place = self.claims.index(old)
        self.claims[place : place + 1] = [new] if new else []

    def _join(self, decided: Decided) -> None:
        groups = self._groups(decided)
        if len(groups) < 2:
            self._count(groups, decided)
            return
        first, rest = groups[0], groups[1:]
        members = {(one.attribution, one.passage): one for claim in reversed(groups) for one in claim.members}
        ordered = [one for claim in groups for one in claim.members]
        kept = dict.fromkeys((one.attribution, one.passage) for one in ordered)
        formerly = [*first.formerly, *(name for claim in rest for name in (claim.id, *claim.formerly))]
        reason = f"joined: {told_of(decided)}"
        own = {(one.attribution, one.passage) for one in first.members}
        joined = tuple(
            members[key] if key in own else replace(members[key], reasons=(*members[key].reasons, reason), loose=False)
            for key in kept
        )
        self._put(first, replace(first, members=joined, formerly=tuple(dict.fromkeys(formerly))))
        for claim in rest:
            self._put(claim, None)
            self._link(first, claim, decided)

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
        """Take the last subject's statements out of the claim that they share with the subjects before it."""
        sides = self._sides(decided)
        if len(sides) < 2:
            return
        stay = {ident for side in sides[:-1] for ident in side}
        leave = sides[-1] - stay
        for claim in list(self.claims):
            here = {one.attribution for one in claim.members}
            if here & leave and here & stay:
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
        first = self.scene.attributions[gone[0].attribution]
        text = words(gone[0].passage or first.content, self.scene.reports[first.report].text)
        apart = Claim(id=self._fresh(f"{claim.id}-{first.id}"), text=" ".join(text.split()), members=gone)
        self._put(claim, replace(claim, members=stay))
        self.claims.append(apart)

    def _set_aside(self, decided: Decided) -> None:
        """A claim goes; a statement goes out of its claims, and a claim that rests on nothing else goes with it."""
        gone = {one.id for one in self._statements(decided)}
        if decided.decision.claims:
            for claim in self._groups(replace(decided, decision=replace(decided.decision, statements=()))):
                self._put(claim, None)
        for claim in [one for one in self.claims if any(member.attribution in gone for member in one.members)]:
            members = tuple(member for member in claim.members if member.attribution not in gone)
            self._put(claim, replace(claim, members=members) if members else None)

    def _rename(self, decided: Decided) -> None:
        if decided.decision.value and decided.decision.claims:
            for claim in self._groups(decided):
                self._put(claim, replace(claim, text=decided.decision.value))

    def _accept(self, decided: Decided) -> None:
        """A claim is accepted with all its statements; a statement by itself, wherever it bears."""
        reason = f"accepted: {told_of(decided)}"
        meant = {one.id for one in self._statements(decided)} if not decided.decision.claims else set()
        for claim in self._groups(decided):
            members = tuple(
                replace(one, reasons=(*one.reasons, reason)) if not meant or one.attribution in meant else one
                for one in claim.members
            )
            self._put(claim, replace(claim, members=members))
