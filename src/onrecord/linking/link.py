"""Attributions of many reports to claims, quotes and conflicts: block → compare → decide → cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim, Conflict, Link, Member, Quote
from onrecord.datamodel.collecting import uncollected
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans
from onrecord.datamodel.span import words as passage_words
from onrecord.linking.agreeing import agreed
from onrecord.linking.blocking import SMALL as LARGE
from onrecord.linking.blocking import candidates
from onrecord.linking.claims import clear_texts, distinct, far_supporters, loosened, report_order, worded
from onrecord.linking.cluster import average_links
from onrecord.linking.conflicts import ELSEWHERE, conflicts
from onrecord.linking.contrasts import both_ways, contrasts
from onrecord.linking.incidence import incidence
from onrecord.linking.joining import Compared, joined
from onrecord.linking.judge import Judge
from onrecord.linking.lexis import word_set
from onrecord.linking.making import Making
from onrecord.linking.memory import Memory
from onrecord.linking.pointing import Holders, own_earlier, pointed
from onrecord.linking.propositions import Proposition
from onrecord.linking.quotes import quotes
from onrecord.linking.reasons import links
from onrecord.linking.repeated import RowVectors, repeated
from onrecord.linking.sharing import shared
from onrecord.linking.slots import count_conflict
from onrecord.linking.vectors import COUNTED_BITS, sampled, similarity_vectors
from onrecord.linking.verifying import ALIKE, ALIKE_OF_MANY, contested, meant

THRESHOLD = 0.19
NARROW = 0.5
NARROWER = 0.5
THRESHOLD_OF_WORDS = 0.26
# From so many statements on, weights stay for a while as a story grows.
STEADY = 400
# So many statements of a group, the first in time, are looked at for what they count.
FIRST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking gives; everything refers to attributions by id."""

    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    conflicts: tuple[Conflict, ...]
    links: tuple[Link, ...]


@uncollected()
def link(
    attributions: Sequence[Attribution],
    reports: Sequence[Report],
    parties: Sequence[Party],
    judge: Judge | None = None,
    memory: Memory | None = None,
) -> Linked:
    """Link statements of many reports; without a judge, words and slots decide alone.

    A `memory` keeps what depends on single reports for the next time; it changes nothing in what is found.
    """
    memory = memory or Memory()
    by_report = {report.id: report for report in reports}
    said = {attribution.id: attribution for attribution in attributions}
    order = report_order(reports)
    ranked = sorted(attributions, key=lambda one: (order.get(one.report, len(order)), one.id))
    stated = memory.propositions(ranked, by_report, {party.id: party.name for party in parties})
    found = stated.parts
    quoted = quotes(ranked, by_report, order, memory)
    if not found:
        return Linked(claims=(), quotes=quoted, conflicts=(), links=())
    steady = len(found) > STEADY
    same = repeated(found)
    wordings = [found[row] for row in same.first.tolist()]
    counted = sampled(reports, COUNTED_BITS) if steady else by_report.keys()
    rare = memory.rarity([one for one in reports if one.id in counted], in_steps=steady)
    words = incidence([one.words for one in wordings], rare)
    vectors = similarity_vectors(wordings, rare, judge, words, typical=sampled(reports) if steady else None)
    by_row = RowVectors(vectors, same.of)
    written = {party.id for party in parties if party.kind is PartyKind.DOCUMENT}
    documents = frozenset(one.id for one in attributions if one.speaker in written)
    holders = Holders(said, {party.id: party for party in parties}, documents)
    own = own_earlier(found, holders)
    plain = [row for row, proposition in enumerate(found) if not proposition.pointer and row not in own]
    compared = np.unique(same.of[plain])
    looked_at = vectors[compared]
    pairs = candidates(words.of(compared), looked_at)
    common = shared(words, compared[pairs])
    alike = common.pairs[common.alike]
    places = contrasts(wordings, alike, stated.numbers[same.first], memory.contrasts)
    told = {(int(alike[place, 0]), int(alike[place, 1])): one for place, one in places.items()}
    barred = np.zeros(len(pairs), dtype=bool)
    barred[common.alike[[*places]]] = True
    counting = {place: wordings[one] for place, one in enumerate(compared.tolist()) if wordings[one].slots.counts}

    def veto(left: tuple[int, ...], right: tuple[int, ...]) -> bool:
        ours, theirs = ([counting[one] for one in group[:FIRST] if one in counting] for group in (left, right))
        return bool(ours and theirs) and differs(ours, theirs)

    thresholds = (THRESHOLD, NARROW) if judge else (THRESHOLD_OF_WORDS,)
    merged = [
        same.spread(([int(compared[one]) for one in group] for group in groups), plain)
        for groups in average_links(looked_at, pairs, thresholds, veto, common.more, barred)
    ]
    groups = pointed(merged[0], found, by_row, own, holders)
    home = {row: number for number, group in enumerate(groups) for row in group}
    at = np.full(len(wordings), -1, dtype=np.int64)
    # A wording whose statements are in several groups is where those are that stand by themselves.
    for some in ([*home], plain):
        at[same.of[some]] = [home[row] for row in some]
    known = Compared(same, words, vectors, both_ways(told))
    extra = joined(groups, stated, known, common.beyond(at), memory)
    narrow = merged[1] if judge else ()
    groups = [*groups, *(group for group in narrow if len(group) <= NARROWER * len(groups[home[group[0]]]))]

    making = Making(stated, by_row, order, said, memory)
    homes = {one.id: one.report for one in attributions}
    refused: dict[str, dict[Spans, str]] = {}
    for one in found:
        if one.refused:
            refused.setdefault(one.attribution, {})[one.passage] = worded(one)
    dropped = contested(making.all(groups, extra), by_report, homes, refused, judge, holders.holder, memory.doubts)
    groups, extra = _parted(groups, extra, dropped, found)
    listed = agreed(_told_apart(making.all(groups, extra), groups, found, memory), quoted)

    def told_by(member: Member) -> str:
        return passage_words(member.passage, by_report[homes[member.attribution]].text)

    def without_far(claim: Claim) -> Claim:
        return loosened(claim, far_supporters(claim, told_by))

    near = [memory.near.of(claim, partial(without_far, claim)) for claim in listed]
    alike_enough = ALIKE_OF_MANY if len(found) > LARGE else ALIKE
    claims = distinct(meant(near, by_report, homes, rare, judge, alike_enough, memory.supporters))
    kept = tuple(sorted(claims, key=lambda claim: (-weight(claim, said), claim.id)))
    elsewhere = {pair: one for pair, one in told.items() if one.kind in ELSEWHERE}
    rivals = same.pairs(elsewhere, [said[one.attribution].speaker for one in found])
    return Linked(
        claims=kept,
        quotes=quoted,
        conflicts=conflicts(kept, found, said, parties, order, rivals, memory),
        links=links(kept, quoted, memory),
    )


def _parted(
    groups: Sequence[tuple[int, ...]],
    extra: Mapping[int, tuple[Member, ...]],
    dropped: frozenset[tuple[int, str]],
    found: Sequence[Proposition],
) -> tuple[list[tuple[int, ...]], dict[int, tuple[Member, ...]]]:
    """The groups without what was dropped from them, which makes a group of its own."""
    kept, gone = [], []
    touched = {number for number, _ in dropped}
    for number, group in enumerate(groups):
        if number not in touched:
            kept.append(group)
            continue
        out = tuple(row for row in group if (number, found[row].attribution) in dropped)
        if len(out) == len(group):
            out = ()
        kept.append(tuple(row for row in group if row not in out))
        gone.extend([out] if out else [])
    left = {
        number: tuple(member for member in members if (number, member.attribution) not in dropped)
        if number in touched
        else members
        for number, members in extra.items()
    }
    return [*kept, *gone], left


def _told_apart(
    claims: Sequence[Claim], groups: Sequence[tuple[int, ...]], found: Sequence[Proposition], memory: Memory
) -> list[Claim]:
    """The claims, no two in the same words: the wider of two keeps them, the narrower takes another clear statement.

    A narrow claim that has no other clear statement adds nothing to the wider one and is left out.
    """
    taken: set[str] = set()
    used: Counter[str] = Counter()
    kept: dict[int, Claim] = {}
    for number in sorted(range(len(claims)), key=lambda one: (-len(claims[one].members), one)):
        claim = claims[number]
        text = claim.text
        if text in taken:
            others = clear_texts([found[row] for row in groups[number]])
            text = next((other for other in others if other not in taken), "")
        # "This" alone claims nothing.
        if word_set(text):
            taken.add(text)
            used[claim.id] += 1
            ident = claim.id if used[claim.id] == 1 else f"{claim.id}-{used[claim.id]}"
            same = (ident, text) == (claim.id, claim.text)
            kept[number] = claim if same else memory.renamed(claim, ident, text)
    return [kept[number] for number in sorted(kept)]


def differs(left: Sequence[Proposition], right: Sequence[Proposition]) -> bool:
    """Whether some statement of one group counts a thing differently than some statement of the other."""
    return any(count_conflict(one.slots, other.slots) for one in left for other in right)


def weight(claim: Claim, said: dict[str, Attribution]) -> int:
    """How much of a story bears on a claim: its reports first, then its voices."""
    bearing = [member for member in claim.members if not member.loose]
    reports = {said[member.attribution].report for member in bearing}
    return 100 * len(reports) + len(bearing)
