"""What a desk keeps of claims beside what the reports say: states, owners, tags, notes, who accepted them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.datamodel.claim import Claim
from onrecord.datamodel.entry import Verdict
from onrecord.datamodel.story import ClaimWork, Remark
from onrecord.ledger.replay import Decided

WORK = (Verdict.STATE, Verdict.OWNER, Verdict.TAG, Verdict.UNTAG, Verdict.NOTE)


class Working:
    """Work on claims while decisions are applied, by claim id."""

    def __init__(self) -> None:
        self.held: dict[str, ClaimWork] = {}

    def apply(self, claim: str, decided: Decided, statements: tuple[str, ...] = ()) -> None:
        """One more decision on a claim's work; a note speaks of `statements`, if of any."""
        held, value = self._of(claim), decided.decision.value or ""
        if decided.decision.verdict is Verdict.STATE:
            held = replace(held, state=value)
        elif decided.decision.verdict is Verdict.OWNER:
            held = replace(held, owner=value or None)
        elif decided.decision.verdict is Verdict.TAG:
            held = replace(held, tags=tuple(dict.fromkeys((*held.tags, value))))
        elif decided.decision.verdict is Verdict.UNTAG:
            held = replace(held, tags=tuple(one for one in held.tags if one != value))
        elif decided.decision.verdict is Verdict.NOTE:
            at = decided.at.isoformat() if decided.at else ""
            by, meant = decided.by.removeprefix("person:"), decided.decision.reply_to
            note = Remark(entry=decided.entry, by=by, at=at, text=value, reply_to=meant, statements=statements)
            held = replace(held, notes=(*held.notes, note))
        self.held[claim] = held

    def accept(self, claim: str, decided: Decided) -> None:
        """A claim that somebody accepted; whoever did it last is told."""
        self.held[claim] = replace(self._of(claim), accepted=decided.by.removeprefix("person:"))

    def moved(self, old: str, new: str) -> None:
        """Claims were merged: what was kept of the one goes to the other, whose own state and owner count."""
        if gone := self.held.pop(old, None):
            held = self._of(new)
            self.held[new] = replace(
                held,
                state=held.state or gone.state,
                owner=held.owner or gone.owner,
                tags=tuple(dict.fromkeys((*held.tags, *gone.tags))),
                notes=tuple(sorted((*held.notes, *gone.notes), key=lambda one: one.entry)),
            )

    def on(self, claims: Iterable[Claim]) -> tuple[ClaimWork, ...]:
        """The work on these claims, in their order."""
        return tuple(self.held[one.id] for one in claims if one.id in self.held)

    def _of(self, claim: str) -> ClaimWork:
        return self.held.get(claim) or ClaimWork(claim=claim)
