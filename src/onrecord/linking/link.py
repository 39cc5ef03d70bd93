"""Attributions of many reports to claims, quotes and conflicts: block → compare → decide → cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.datamodel.attribution import NEITHER, Attribution
from onrecord.datamodel.claim import Claim, Conflict, Link, Member, Quote
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.linking.agreeing import agreed
from onrecord.linking.blocking import candidates
from onrecord.linking.claims import claim_of, clear_texts, report_order
from onrecord.linking.cluster import average_link
from onrecord.linking.concepts import concept
from onrecord.linking.conflicts import conflicts
from onrecord.linking.contrasts import Apart, contrasts
from onrecord.linking.joining import joined
from onrecord.linking.judge import Judge
from onrecord.linking.lexis import DOCUMENTS, rarity
from onrecord.linking.propositions import Proposition, propositions
from onrecord.linking.quotes import quotes
from onrecord.linking.reasons import links
from onrecord.linking.sharing import shared
from onrecord.linking.slots import count_conflict
from onrecord.linking.stemming import stem
from onrecord.linking.vectors import similarity_vectors
from onrecord.linking.verifying import contested

THRESHOLD = 0.2
NARROW = 0.35
NARROWER = 0.7
THRESHOLD_OF_WORDS = 0.26


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking gives; everything refers to attributions by id."""

    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    conflicts: tuple[Conflict, ...]
    links: tuple[Link, ...]


_DOCUMENTS = frozenset(concept(stem(word)) for word in DOCUMENTS)


def link(
    attributions: Sequence[Attribution],
    reports: Sequence[Report],
    parties: Sequence[Party],
    judge: Judge | None = None,
) -> Linked:
    """Link statements of many reports; without a judge, words and slots decide alone."""
    by_report = {report.id: report for report in reports}
    said = {attribution.id: attribution for attribution in attributions}
    order = report_order(reports)
    ranked = sorted(attributions, key=lambda one: (order.get(one.report, len(order)), one.id))
    found = propositions(ranked, by_report, {party.id: party.name for party in parties})
    same = quotes(ranked, by_report, order)
    if not found:
        return Linked(claims=(), quotes=same, conflicts=(), links=())
    rare = rarity(report.text for report in sorted(reports, key=lambda one: one.id))
    vectors = similarity_vectors(found, rare, judge)
    plain = [row for row, proposition in enumerate(found) if not proposition.pointer]
    pairs = candidates([found[row] for row in plain], vectors[plain], rare)

    told = contrasts([found[row] for row in plain], pairs)
    apart = Apart((plain[left], plain[right]) for left, right in told)

    def veto(left: tuple[int, ...], right: tuple[int, ...]) -> bool:
        ours, theirs = [plain[row] for row in left], [plain[row] for row in right]
        return apart.parts(ours, theirs) or differs(ours, theirs, found)

    threshold = THRESHOLD if judge else THRESHOLD_OF_WORDS
    common = shared([found[row] for row in plain], pairs, rare)
    groups = [
        tuple(plain[row] for row in group) for group in average_link(vectors[plain], pairs, threshold, veto, common)
    ]
    narrow = (
        [tuple(plain[row] for row in group) for group in average_link(vectors[plain], pairs, NARROW, veto, common)]
        if judge
        else []
    )
    written = {party.id for party in parties if party.kind is PartyKind.DOCUMENT}
    groups = _pointed(groups, found, frozenset(one.id for one in attributions if one.speaker in written))
    extra = joined(groups, found, vectors, apart)
    wide = {row: group for group in groups for row in group}
    groups = [*groups, *(group for group in narrow if len(group) <= NARROWER * len(wide[group[0]]))]

    def claims_of(groups: Sequence[tuple[int, ...]], extra: Mapping[int, tuple[Member, ...]]) -> list[Claim]:
        return [
            claim_of(group, found, vectors, order, said, extra.get(number, ())) for number, group in enumerate(groups)
        ]

    homes = {one.id: one.report for one in attributions}
    dropped = contested(claims_of(groups, extra), by_report, homes, judge)
    groups, extra = _parted(groups, extra, dropped, found)
    claims = agreed(_told_apart(claims_of(groups, extra), groups, found), same)
    kept = tuple(sorted(claims, key=lambda claim: (-weight(claim, said), claim.id)))
    return Linked(
        claims=kept,
        quotes=same,
        conflicts=conflicts(kept, found, said, parties, order),
        links=links(kept, same, said),
    )


def _parted(
    groups: Sequence[tuple[int, ...]],
    extra: Mapping[int, tuple[Member, ...]],
    dropped: frozenset[tuple[int, str]],
    found: Sequence[Proposition],
) -> tuple[list[tuple[int, ...]], dict[int, tuple[Member, ...]]]:
    """The groups without what was dropped from them, which makes a group of its own."""
    kept, gone = [], []
    for number, group in enumerate(groups):
        out = tuple(row for row in group if (number, found[row].attribution) in dropped)
        if len(out) == len(group):
            out = ()
        kept.append(tuple(row for row in group if row not in out))
        gone.extend([out] if out else [])
    left = {
        number: tuple(member for member in members if (number, member.attribution) not in dropped)
        for number, members in extra.items()
    }
    return [*kept, *gone], left


def _told_apart(
    claims: Sequence[Claim], groups: Sequence[tuple[int, ...]], found: Sequence[Proposition]
) -> list[Claim]:
    """The claims, no two in the same words: the narrower of two keeps them, the wider takes another clear statement.

    A wide claim that has no other clear statement adds nothing to the narrower one and is left out.
    """
    taken: set[str] = set()
    used: Counter[str] = Counter()
    kept: dict[int, Claim] = {}
    for number in sorted(range(len(claims)), key=lambda one: (len(claims[one].members), one)):
        claim = claims[number]
        others = [text for text in clear_texts([found[row] for row in groups[number]]) if text not in taken]
        text = claim.text if claim.text not in taken else next(iter(others), "")
        if text:
            taken.add(text)
            used[claim.id] += 1
            ident = claim.id if used[claim.id] == 1 else f"{claim.id}-{used[claim.id]}"
            kept[number] = replace(claim, id=ident, text=text)
    return [kept[number] for number in sorted(kept)]


def differs(left: Sequence[int], right: Sequence[int], found: Sequence[Proposition]) -> bool:
    """Whether two groups count one thing differently; looked at on a few of each, the first in time."""
    return any(count_conflict(found[one].slots, found[other].slots) for one in left[:6] for other in right[:6])


def weight(claim: Claim, said: dict[str, Attribution]) -> int:
    """How much of a story bears on a claim: its reports first, then its voices."""
    reports = {said[member.attribution].report for member in claim.members}
    return 100 * len(reports) + len(claim.members)


def _pointed(
    groups: list[tuple[int, ...]], found: Sequence[Proposition], written: frozenset[str]
) -> list[tuple[int, ...]]:
    """Let what only points ("the news", "to comment") join the largest group that the same report speaks of.

    Words that point back look at the statements just before them; a refusal looks at the whole report; who disputes a
    document disputes what documents say (`written`).
    """
    home = {row: number for number, group in enumerate(groups) for row in group}
    reports = [len({found[row].report for row in group}) * 1000 + len(group) for group in groups]
    added: dict[int, list[int]] = {}
    for row, proposition in enumerate(found):
        if not proposition.pointer:
            continue
        mine = [other for other in home if found[other].report == proposition.report]
        near = [other for other in mine if row - 6 <= other < row]
        looked = mine if proposition.act in NEITHER or not near else near
        if proposition.refused and proposition.words and proposition.words[-1] in _DOCUMENTS:
            told = [other for other in home if found[other].attribution in written]
            looked = [other for other in told if found[other].report == proposition.report] or told or looked
        homes = sorted({home[other] for other in looked})
        if homes:
            added.setdefault(max(homes, key=lambda number: (reports[number], -number)), []).append(row)
        else:
            groups = [*groups, (row,)]
    return [tuple(sorted((*group, *added.get(number, ())))) for number, group in enumerate(groups)]
