"""Decisions on what is said and by whom: corrected spans, speakers, parties' names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Attribution, Tag
from onrecord.datamodel.entry import Decision, PartyAnchor, ReportField, Verdict
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, words
from onrecord.ledger.deciding.anchors import Scene
from onrecord.ledger.replay import Decided, Filed
from onrecord.ledger.storage.index import fold


def told_of(decided: Decided) -> str:
    """How a person's decision is told wherever it shows."""
    name, why = decided.by.removeprefix("person:"), decided.decision.why
    return f"decided by {name} (entry {decided.entry}){': ' + why if why else ''}"


def stale(decided: Decided, what: str) -> str:
    """The note on a decision whose subject is not there any more."""
    verdict = decided.decision.verdict.value
    return f"“{verdict}” {told_of(decided)} finds no {what} any more · decide again, or undo entry {decided.entry}"


def corrected(filed: Filed, decisions: Sequence[Decided]) -> tuple[Tag, ...]:
    """The tags of one report with people's spans in place of the machine's, and with the statements that they added."""
    tags = [*(line.tag for line in filed.lines), *_added(filed, decisions)]
    for one in decisions:
        if one.decision.verdict is not Verdict.CORRECT_SPAN:
            continue
        for number, tag in enumerate(tags):
            if _meant(one.decision, filed.report, tag):
                tags[number] = _corrected(tag, one)
    return tuple(tags)


def _added(filed: Filed, decisions: Sequence[Decided]) -> Iterator[Tag]:
    """Statements that people added, at their place, or at the one place of their words in a newer version."""
    found = {line.tag.content for line in filed.lines}
    for one in decisions:
        mine = [anchor for anchor in one.decision.statements if anchor.report == filed.root]
        if one.decision.verdict is not Verdict.ADD_STATEMENT or not mine:
            continue
        source, cue, content = one.decision.source, one.decision.cue, mine[0].content
        if mine[0].sha256 != filed.report.sha256:
            places = [_only_place(words, filed.report.text) for words in mine[0].words]
            content, source, cue = tuple(span for span in places if span), (), ()
            if len(content) != len(mine[0].words):
                continue
        # A machine that finds it by itself in the meantime does not make it two.
        if content not in found:
            found.add(content)
            yield Tag(source=source, cue=cue, content=content, score=1.0, made_by=one.by)


def _only_place(words: str, text: str) -> Span | None:
    start = text.find(words)
    return Span(start, start + len(words)) if words and start >= 0 and text.count(words) == 1 else None


def _meant(decision: Decision, report: Report, tag: Tag) -> bool:
    return any(
        anchor.sha256 == report.sha256 and (anchor.content == tag.content or decision.content == tag.content)
        for anchor in decision.statements
    )


def _corrected(tag: Tag, decided: Decided) -> Tag:
    new = decided.decision
    return replace(
        tag,
        source=() if "source" in new.cleared else new.source or tag.source,
        cue=() if "cue" in new.cleared else new.cue or tag.cue,
        content=new.content or tag.content,
        score=1.0,
        made_by=decided.by,
    )


def apply_speakers(
    scene: Scene, parties: Sequence[Party], decisions: Sequence[Decided]
) -> tuple[tuple[Attribution, ...], tuple[Party, ...], tuple[str, ...]]:
    """Attributions and parties with people's speakers and names, and a note for each decision that finds nothing."""
    speaking = _Speaking(scene, parties)
    for one in decisions:
        speaking.apply(one)
    known = tuple(sorted(speaking.known.values(), key=lambda one: one.id))
    return tuple(speaking.held.values()), known, tuple(speaking.notes)


class _Speaking:
    """Who says what while decisions are applied, one after the other."""

    def __init__(self, scene: Scene, parties: Sequence[Party]) -> None:
        self.scene = scene
        self.held = dict(scene.attributions)
        self.known = {party.id: party for party in parties}
        self.notes: list[str] = []

    def apply(self, decided: Decided) -> None:
        meant = decided.decision
        if meant.verdict is Verdict.SPEAKER_IS and meant.value:
            party = self._party_for(meant.value)
            for one in self._statements(decided):
                self.held[one.id] = _credited(one, party, decided)
        elif meant.verdict is Verdict.PASSED_ON:
            origin = self._party_for(meant.value) if meant.value else None
            for one in self._statements(decided):
                self.held[one.id] = self._passed_on(one, origin, decided)
        elif meant.verdict is Verdict.RENAME and meant.value:
            for ident in self._parties(decided):
                old = self.known[ident]
                aliases = tuple(dict.fromkeys((*old.aliases, old.name)))
                self.known[ident] = replace(old, name=meant.value, aliases=aliases, named=True)
        elif meant.verdict is Verdict.SPEAKS_FOR and meant.value:
            body = self._party_for(meant.value)
            for ident in self._parties(decided):
                if ident != body.id:
                    self.known[ident] = replace(self.known[ident], speaks_for=body.id)
        elif meant.verdict is Verdict.SAME_PARTY:
            self._join(decided)
        elif meant.verdict is Verdict.REPORT and meant.field == ReportField.COPY_OF:
            self._copy(decided)

    def _statements(self, decided: Decided) -> list[Attribution]:
        found = []
        for anchor in decided.decision.statements:
            if one := self.scene.statement(anchor):
                found.append(self.held[one.id])
            elif self.scene.tells(anchor):
                self.notes.append(stale(decided, f"statement {anchor.id}"))
        return found

    def _parties(self, decided: Decided) -> list[str]:
        """The parties that a decision means, by whom its statements are credited to now."""
        meant = decided.decision
        anchors = meant.parties or ((PartyAnchor(id=meant.party, name=meant.party),) if meant.party else ())
        scene = replace(self.scene, attributions=self.held)
        found = []
        for anchor in anchors:
            ident = scene.party(anchor, self.known)
            if ident in self.known:
                found.append(str(ident))
            elif self.scene.tells(*anchor.statements) or (not anchor.statements and self.scene.reports):
                self.notes.append(stale(decided, f"party {anchor.id}"))
        return list(dict.fromkeys(found))

    def _join(self, decided: Decided) -> None:
        """All that the other parties say is said by the first."""
        found = self._parties(decided)
        if len(found) < 2:
            return
        first, rest = self.known[found[0]], found[1:]
        names = (name for ident in rest for name in (self.known[ident].name, *self.known[ident].aliases))
        aliases = tuple(one for one in dict.fromkeys((*first.aliases, *names)) if one != first.name)
        first = self.known[first.id] = replace(first, aliases=aliases)
        for one in [one for one in self.held.values() if one.speaker in rest]:
            self.held[one.id] = _credited(one, first, decided)
        for other in [one for one in self.known.values() if one.speaks_for in rest]:
            self.known[other.id] = replace(other, speaks_for=first.id)

    def _copy(self, decided: Decided) -> None:
        """What a copy says in the words of its original is said by whoever says it there."""
        roots = {report: self.scene.root(report) for report in self.scene.reports}
        original = {
            self._plain_words(one): one
            for one in self.held.values()
            if roots.get(one.report) == decided.decision.value and one.speaker in self.known
        }
        for one in [one for one in self.held.values() if roots.get(one.report) == decided.decision.report]:
            twin = original.get(self._plain_words(one))
            if twin and twin.speaker and twin.speaker != one.speaker:
                self.held[one.id] = _credited(one, self.known[twin.speaker], decided)

    def _plain_words(self, one: Attribution) -> str:
        return fold(words(one.content, self.scene.reports[one.report].text))

    def _passed_on(self, one: Attribution, origin: Party | None, decided: Decided) -> Attribution:
        """Who was taken for the speaker passed it on; the speaker is another, or not known."""
        passing = self.known.get(one.speaker or "")
        relay = (*one.relay, passing.name) if passing else one.relay
        if origin is not None:
            return replace(_credited(one, origin, decided), relay=relay)
        reasons = (*one.reasons, f"passed on {told_of(decided)}")
        return replace(one, speaker=None, named=False, relay=relay, reasons=reasons)

    def _party_for(self, value: str) -> Party:
        party = party_for(value, self.known)
        return self.known.setdefault(party.id, party)


def _credited(one: Attribution, party: Party, decided: Decided) -> Attribution:
    reasons = (*one.reasons, f"speaker {told_of(decided)}")
    terms = None if party.named else one.terms
    return replace(one, speaker=party.id, named=party.named, terms=terms, reasons=reasons)


def party_for(value: str, known: dict[str, Party]) -> Party:
    """The party of this id or name; else a new one, of the kind before a colon ("organization:NAME") or a person.

    Example:
        >>> party_for("group:The Dockers", {}).kind.value
        'group'
    """
    kind, name = PartyKind.PERSON, value.strip()
    head, colon, rest = name.partition(":")
    if colon and head.strip() in [one.value for one in PartyKind]:
        kind, name = PartyKind(head.strip()), rest.strip()
    for party in sorted(known.values(), key=lambda one: one.id):
        if party.id == name or name.casefold() in [one.casefold() for one in (party.name, *party.aliases)]:
            return party
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "somebody"
    ident, number = slug, 2
    while ident in known:
        ident, number = f"{slug}-{number}", number + 1
    return Party(id=ident, name=name, kind=kind)
