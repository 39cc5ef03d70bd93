"""Decisions on what is said and by whom: corrected spans, speakers, parties' names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Attribution, Tag
from onrecord.datamodel.entry import Decision, Verdict
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.ledger.deciding.anchors import Scene
from onrecord.ledger.replay import Decided, Filed


def told_of(decided: Decided) -> str:
    """How a person's decision is told wherever it shows."""
    name, why = decided.by.removeprefix("person:"), decided.decision.why
    return f"decided by {name} (entry {decided.entry}){': ' + why if why else ''}"


def stale(decided: Decided, what: str) -> str:
    """The note on a decision whose subject is not there any more."""
    verdict = decided.decision.verdict.value
    return f"“{verdict}” {told_of(decided)} finds no {what} any more · decide again, or undo entry {decided.entry}"


def corrected(filed: Filed, decisions: Sequence[Decided]) -> tuple[Tag, ...]:
    """The tags of one report with people's spans in place of the machine's."""
    tags = [line.tag for line in filed.lines]
    for one in decisions:
        if one.decision.verdict is not Verdict.CORRECT_SPAN:
            continue
        for number, tag in enumerate(tags):
            if _meant(one.decision, filed.report, tag):
                tags[number] = _corrected(tag, one)
    return tuple(tags)


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


def respoken(
    scene: Scene, parties: Sequence[Party], decisions: Sequence[Decided]
) -> tuple[tuple[Attribution, ...], tuple[Party, ...], tuple[str, ...]]:
    """Attributions and parties with people's speakers and names, and a note for each decision that finds nothing."""
    held = dict(scene.attributions)
    known = {party.id: party for party in parties}
    notes: list[str] = []
    for one in decisions:
        if one.decision.verdict is Verdict.SPEAKER_IS and one.decision.value:
            party = party_for(one.decision.value, known)
            known.setdefault(party.id, party)
            for anchor in one.decision.statements:
                if found := scene.statement(anchor):
                    held[found.id] = _credited(held[found.id], party, one)
                elif scene.tells(anchor):
                    notes.append(stale(one, f"statement {anchor.id}"))
        elif one.decision.verdict is Verdict.RENAME and one.decision.party and one.decision.value:
            if old := known.get(one.decision.party):
                aliases = tuple(dict.fromkeys((*old.aliases, old.name)))
                known[old.id] = replace(old, name=one.decision.value, aliases=aliases, named=True)
            elif scene.reports:
                notes.append(stale(one, f"party {one.decision.party}"))
    return tuple(held.values()), tuple(sorted(known.values(), key=lambda one: one.id)), tuple(notes)


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
