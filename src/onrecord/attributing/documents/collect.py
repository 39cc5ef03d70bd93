"""The documents that a story turns on, with all that its reports tell of each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from onrecord.attributing.documents.authenticity import authenticity
from onrecord.attributing.documents.chains import Chain, chains, over_reports
from onrecord.attributing.documents.facts import Reading, facts
from onrecord.attributing.documents.holders import Statements, names_of
from onrecord.attributing.documents.mentions import Named, named
from onrecord.attributing.parties import slug
from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.attribution import SUPPORT, Act, Attribution
from onrecord.datamodel.document import Document, DocumentFact, DocumentMention, FactKind
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import any_overlap

_SPOKES = re.compile(r"\bspokes\w+|\bspeaking for\b")


def documents(
    reports: Sequence[Report], attributions: Sequence[Attribution], parties: Sequence[Party]
) -> tuple[Document, ...]:
    """The documents that reports turn on, the most named first; without their text, which linking pieces together."""
    people = {party.id: party for party in parties}
    said: dict[str, list[Attribution]] = defaultdict(list)
    for one in attributions:
        said[one.report].append(one)
    read = {report.id: report for report in reports if report.analysed}
    layouts = {ident: Segmentation(report.text) for ident, report in read.items()}
    held = {ident: chains(report, named(report, layouts[ident])) for ident, report in read.items()}
    called = names_of(parties)
    named_in = {ident: report for ident, report in read.items() if held[ident]}
    statements = {ident: Statements(report.text, said[ident], called) for ident, report in named_in.items()}
    found: list[Document] = []
    groups = sorted(over_reports(held), key=lambda group: (-len(group), -_mentions(group)))
    for group in groups:
        taken = {(fact.report, fact.span) for one in found for fact in one.facts}
        told = _facts(group, layouts, statements)
        told = tuple(fact for fact in told if (fact.report, fact.span) not in taken)
        if _turns_on(group, told, len(read)):
            found.append(_document(group, told, said, people, statements, read))
    return _numbered(found)


def _mentions(group: Mapping[str, Chain]) -> int:
    return sum(len(chain.mentions) for chain in group.values())


def _facts(
    group: Mapping[str, Chain], layouts: Mapping[str, Segmentation], statements: Mapping[str, Statements]
) -> tuple[DocumentFact, ...]:
    made: list[DocumentFact] = []
    for report, chain in group.items():
        reading = Reading(report, layouts[report], chain.mentions, statements[report])
        made.extend(_once((*authenticity(reading), *facts(reading))))
    return tuple(made)


def _once(found: Sequence[DocumentFact]) -> Iterator[DocumentFact]:
    """Facts of one report in order of place; of those of one kind on one place, the longer one."""
    ranked = sorted(found, key=lambda fact: -len(fact.span))
    kept: list[DocumentFact] = []
    for fact in ranked:
        if not any(other.kind is fact.kind and other.span.overlaps(fact.span) for other in kept):
            kept.append(fact)
    yield from sorted(kept, key=lambda fact: (fact.span.start, fact.kind))


def _turns_on(group: Mapping[str, Chain], told: Sequence[DocumentFact], reports: int) -> bool:
    """Whether a story turns on a document: most reports name it, and one at least says what it is worth."""
    mentions = _mentions(group)
    weighed = any(fact.kind is FactKind.AUTHENTICITY for fact in told)
    doubted = len({fact.report for fact in told if fact.kind is FactKind.STATUS}) > 1
    return (weighed or doubted) and mentions >= 3 and 5 * len(group) >= 2 * reports


def _document(
    group: Mapping[str, Chain],
    told: tuple[DocumentFact, ...],
    said: Mapping[str, Sequence[Attribution]],
    people: Mapping[str, Party],
    statements: Mapping[str, Statements],
    read: Mapping[str, Report],
) -> Document:
    mentions = [(report, one) for report, chain in group.items() for one in chain.mentions]
    name = _name([one for _, one in mentions])
    stated = [
        one for report, chain in group.items() for one in said[report] if _is_source(one, chain, people, read[report])
    ]
    parties = sorted({one.speaker for one in stated if one.speaker and _stands_for(people.get(one.speaker))})
    author = _author(told, people, statements)
    owned = _owned(told, author, people)
    return Document(
        id=slug(name),
        name=name,
        mentions=tuple(DocumentMention(report=report, span=one.span) for report, one in mentions),
        facts=told,
        statements=tuple(one.id for one in stated),
        parties=tuple(parties),
        author=author,
        doubtful=owned is None and _doubted(told, [people[one] for one in parties]),
        owned=owned,
    )


def _author(
    told: Sequence[DocumentFact], people: Mapping[str, Party], statements: Mapping[str, Statements]
) -> str | None:
    """The party that a document is said to be from; None where nobody is, or two are."""
    named = [statements[fact.report].party(fact.span) for fact in told if fact.kind is FactKind.AUTHOR]
    known = {one for one in named if one and not _stands_for(people[one]) and not people[one].outlet}
    persons = {one for one in known if people[one].kind is PartyKind.PERSON and people[one].named}
    found = persons or known
    return found.pop() if len(found) == 1 else None


def _owned(told: Sequence[DocumentFact], author: str | None, people: Mapping[str, Party]) -> str | None:
    """The statement in which the author, or who speaks for him, says that it is his or that it is genuine."""
    if author is None:
        return None
    for fact in told:
        speaker = people.get(fact.speaker or "")
        own = speaker is not None and (author in (speaker.id, speaker.speaks_for) or _speaks(speaker, people[author]))
        vouched = fact.kind is FactKind.AUTHOR or fact.stance is Act.CONFIRMS
        if own and vouched and fact.attribution and not fact.holder:
            return fact.attribution
    return None


def _speaks(speaker: Party, body: Party) -> bool:
    """Whether somebody is called the body's spokesman, whatever else is known of him."""
    return any(body.name in told and _SPOKES.search(told) for told in (speaker.role or "", *speaker.aliases))


def _doubted(told: Sequence[DocumentFact], parties: Sequence[Party]) -> bool:
    """Whether anything is told that leaves its standing open."""
    unsure = any(fact.kind is FactKind.AUTHENTICITY and fact.stance is not Act.CONFIRMS for fact in told)
    return unsure or any(fact.kind is FactKind.STATUS for fact in told) or any(one.doubtful for one in parties)


def with_standing(parties: Sequence[Party], found: Sequence[Document]) -> tuple[Party, ...]:
    """The parties, those that are documents with their doubt, and with the author as their one origin."""
    held = {party: one for one in found for party in one.parties}
    return tuple(_standing(party, held[party.id]) if party.id in held else party for party in parties)


def _standing(party: Party, document: Document) -> Party:
    origin = document.author or document.parties[0]
    return replace(party, doubtful=document.doubtful, origin=None if origin == party.id else origin)


def _stands_for(party: Party | None) -> bool:
    return party is not None and party.kind is PartyKind.DOCUMENT


_INTRODUCES = re.compile(r"(?:an?|another|some)\s", re.IGNORECASE)


def _called(party: Party | None, nouns: Set[str]) -> bool:
    """Whether a party is a document that goes by one of some nouns."""
    return party is not None and any(party.name == f"the {noun}" or f"(in the {noun})" in party.name for noun in nouns)


def _is_source(one: Attribution, chain: Chain, people: Mapping[str, Party], report: Report) -> bool:
    """Whether a statement is credited to the document: its source is a mention, or a party that is the document."""
    party = people.get(one.speaker or "")
    spans = tuple(mention.span for mention in chain.mentions)
    if _stands_for(party):
        brought_in = any(_INTRODUCES.match(report.text, piece.start) for piece in one.source)
        return any_overlap(one.source, spans) or (not brought_in and _called(party, chain.nouns))
    named = any(span.covers(piece) or span.end == piece.end for span in spans for piece in one.source)
    return (named or any_overlap(one.cue, spans)) and one.act in SUPPORT


def _name(mentions: Sequence[Named]) -> str:
    """What most mentions call it, with its commonest modifier of status: "leaked memo", "letter"."""
    nouns = Counter(one.noun for one in mentions if not one.continuing)
    return nouns.most_common(1)[0][0] if nouns else mentions[0].noun


def _numbered(found: Sequence[Document]) -> tuple[Document, ...]:
    taken: Counter[str] = Counter()
    made = []
    for one in found:
        taken[one.id] += 1
        made.append(one if taken[one.id] == 1 else replace(one, id=f"{one.id}-{taken[one.id]}"))
    return tuple(made)
