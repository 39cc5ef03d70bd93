"""Annotations onto a desk's record: notes on the claims that their statements bear on, each once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.entry import Decision, EntryType, Verdict
from onrecord.datamodel.story import Story
from onrecord.ledger.annotating.hypothesis import Annotation
from onrecord.ledger.annotating.placing import placed, statements_at
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.ledger.desk import Desk
from onrecord.ledger.entries import payload_of

_WHY = re.compile(r"annotation (\S+) by ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What became of one annotation: the entry of its note, or the reason why it gave none.

    `known` marks one that was entered before, in the same words.
    """

    annotation: str
    entry: int | None = None
    statements: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    reason: str | None = None
    known: bool = False


def annotate(held: Desk, story: str, found: Sequence[Annotation], *, by: str) -> tuple[Noted, ...]:
    """Enter annotations as notes, one after the other; what does not anchor to a statement is told, and not entered.

    Raises UsageError where there is no such story.
    """
    current = held.story(story)
    return tuple(_Entering(held, current, by).note(one) for one in found)


class _Entering:
    """Notes as they are entered; answers follow the notes that they answer."""

    def __init__(self, held: Desk, story: Story, by: str) -> None:
        self.held, self.story, self.by = held, story, by
        self.scene = held.scene(story)
        self.head = held.head()[0]
        # Entries by annotation, and by annotation and words: also of notes that somebody took back here.
        self.entries: dict[str, tuple[int, Decision]] = {}
        self.words: dict[tuple[str, str], int] = {}
        with held.store.view() as view:
            for entry in view.entries(story.name, acts=[EntryType.DECIDED]):
                payload = payload_of(entry)["decision"]
                if payload.get("verdict") == Verdict.NOTE and (match := _WHY.match(payload.get("why", ""))):
                    self.words[match[1], payload.get("value", "")] = entry.seq
        for decided in held.decisions(story.name):
            if match := _WHY.match(decided.decision.why):
                self.entries[match[1]] = (decided.entry, decided.decision)

    def note(self, one: Annotation) -> Noted:
        """One annotation's note."""
        value = _value(one)
        if not value:
            return Noted(annotation=one.id, reason="highlighted, nothing noted")
        made = self._answer(one, value) if one.answers else self._fresh(one, value)
        if isinstance(made, str):
            return Noted(annotation=one.id, reason=made)
        statements = tuple(each.id for each in made.statements)
        claims = tuple(each.id for each in made.claims)
        if known := self.words.get((one.id, made.value or "")):
            return Noted(annotation=one.id, entry=known, statements=statements, claims=claims, known=True)
        seq = self.held.decide(self.story.name, made, by=self.by).entry.seq
        self.entries[one.id] = (seq, made)
        return Noted(annotation=one.id, entry=seq, statements=statements, claims=claims)

    def _answer(self, one: Annotation, value: str) -> Decision | str:
        """An answer is a note on the claims of the note that it answers."""
        meant = self.entries.get(one.answers or "")
        if meant is None:
            return "it answers a note that is not here"
        entry, decision = meant
        return replace(decision, value=value, why=_why(one), reply_to=entry, seen=self.head)

    def _fresh(self, one: Annotation, value: str) -> Decision | str:
        place = placed(one, self.story)
        if isinstance(place, str):
            return place
        report, span = place
        statements = statements_at(span, report, self.story)
        if not statements:
            return f"no statement stands on its words: “{one.exact[:60]}”"
        claims = self._claims(statements)
        if not claims:
            return f"its statement bears on no claim: “{one.exact[:60]}”"
        ids = (*claims, *(each.id for each in statements))
        wish = Wish(verdict=Verdict.NOTE, ids=ids, value=value, why=_why(one))
        return decision_of(wish, self.story, self.scene, self.head)

    def _claims(self, statements: Sequence[Attribution]) -> tuple[str, ...]:
        """The claims that statements count for; those that they lie near, where they count for none."""
        ids = {one.id for one in statements}
        held = [(claim.id, one) for claim in self.story.claims for one in claim.members if one.attribution in ids]
        counted = [claim for claim, one in held if not one.loose]
        return tuple(dict.fromkeys(counted or [claim for claim, _ in held]))


def _value(one: Annotation) -> str:
    """A note's words with its writer and tags; nothing where only words were marked."""
    said = " ".join((one.text, *(f"#{tag}" for tag in one.tags))).strip()
    return f"{one.user}: {said}" if said else ""


def _why(one: Annotation) -> str:
    at = f", {one.at[:16]}" if one.at else ""
    return f"annotation {one.id} by {one.user}{at}, from Hypothesis"
