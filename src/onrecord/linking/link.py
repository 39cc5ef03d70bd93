"""Attributions of many reports to claims, quotes and conflicts: compare → score → cluster → hold claim to statement."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from onrecord.clustering import average_link
from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution
from onrecord.datamodel.claim import Claim, Conflict, ConflictKind, Link, Member, Quote, Relation
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.linking.cache import LinkingCache
from onrecord.linking.claims import (
    Draft,
    agreements,
    bearing_features,
    claim_id,
    drafted,
    member_pairs,
    members,
    other_number,
    rank,
    read_by,
    side_features,
)
from onrecord.linking.features import SILENT
from onrecord.linking.graph import Floats, Graph, compare
from onrecord.linking.judge import Judge
from onrecord.linking.quotes import quotes
from onrecord.linking.scorer import Scorer, read_scorer
from onrecord.linking.statement_clauses import cut_clauses
from onrecord.linking.statements import statements
from onrecord.linking.terms import tells, terms

BY = "linking 2"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LEVELS = ("cluster", "narrow", "narrower")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What linking gives; everything refers to attributions by id."""

    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    conflicts: tuple[Conflict, ...]
    links: tuple[Link, ...]


def link(
    attributions: Sequence[Attribution],
    reports: Sequence[Report],
    parties: Sequence[Party],
    judge: Judge | None = None,
    cache: LinkingCache | None = None,
    scorer: Scorer | None = None,
) -> Linked:
    """Link statements of many reports; without a judge, words alone decide.

    A `cache` keeps what depends on single reports for the next time; the result is the same without. A `scorer`
    stands in for the judge's, or for the packed one that needs no judge.
    """
    cache = cache or LinkingCache()
    by_report = {report.id: report for report in reports}
    said = {one.id: one for one in attributions}
    order = report_order(reports)
    ranked = sorted(attributions, key=lambda one: (order.get(one.report, len(order)), one.id))
    quoted = quotes(ranked, by_report, order, cache)
    found = statements(ranked, by_report)
    if not found:
        return Linked(claims=(), quotes=quoted, conflicts=(), links=())
    scorer = scorer or (judge.scorer if judge else None) or words_scorer()
    # Of what nobody named said no sentence can have its speaker as subject.
    names = {party.id: party.name for party in parties if party.named and party.kind is not PartyKind.DOCUMENT}
    speakers = {one.id: names.get(one.speaker or "", "") for one in attributions}
    texts = {report.id: report.text for report in reports}
    graph = compare(found, cut_clauses(found, said, texts, speakers), judge)
    same = scorer.pair.chances(graph.rows)
    agree = scorer.sign.chances(graph.rows)
    groups = matters(graph, same, scorer.settings)
    drafts = drafted(groups, graph, agreements(graph, same, agree))
    claims = bound_claims(drafts, graph, same, scorer, order, said, judge)
    return Linked(
        claims=claims,
        quotes=quoted,
        conflicts=(*denials(claims, said), *rival_figures(graph, claims)),
        links=links(claims, quoted),
    )


def matters(graph: Graph, same: Floats, settings: Mapping[str, float]) -> list[tuple[int, ...]]:
    """Groups of statements at several levels: what is one matter, and the narrower groups inside, down to one."""
    found: dict[tuple[int, ...], None] = {}
    for level in LEVELS:
        groups = average_link(len(graph.statements), graph.pairs, same, settings[level], settings["missing"])
        found.update(dict.fromkeys(groups))
    return list(found)


@cache
def words_scorer() -> Scorer:
    """The scorer that needs neither judge nor weights."""
    return read_scorer(Path(str(files("onrecord") / "linking" / "words_scorer.json")))


def bound_claims(
    drafts: Sequence[Draft],
    graph: Graph,
    same: Floats,
    scorer: Scorer,
    order: Mapping[str, int],
    said: Mapping[str, Attribution],
    judge: Judge | None,
) -> tuple[Claim, ...]:
    """The claims of drafts, each with the statements that bear on it; the most central first."""
    bearing = bearings_on(drafts, graph, same, scorer, judge)
    return told_claims(drafts, bearing, graph, scorer.settings, order, said)


def bearings_on(
    drafts: Sequence[Draft],
    graph: Graph,
    same: Floats,
    scorer: Scorer,
    judge: Judge | None,
) -> list[dict[int, Floats]]:
    """For each draft the chances of what the statements near it do to it, by row."""
    asked, vectors = member_pairs(drafts, graph, judge)
    bears = scorer.bears.chances(bearing_features(drafts, asked, vectors, graph, same))
    # Which side is asked only of what may be a member, and of the statement that a claim's text is from.
    kept = [
        place
        for place, (number, row) in enumerate(asked)
        if bears[place] >= scorer.settings["member"] or row == drafts[number].clause.row
    ]
    pairs = [asked[place] for place in kept]
    judged = read_by(judge, drafts, pairs, graph)
    sides = scorer.side.chances(side_features(drafts, pairs, graph, judged))
    bearing: list[dict[int, Floats]] = [{} for _ in drafts]
    for (number, row), near, side, read in zip(pairs, bears[kept], sides, judged, strict=True):
        bearing[number][row] = np.array([*side * near, 1 - near, 1 - read[SILENT]], dtype=np.float32)
    return bearing


def told_claims(
    drafts: Sequence[Draft],
    bearing: Sequence[Mapping[int, Floats]],
    graph: Graph,
    settings: Mapping[str, float],
    order: Mapping[str, int],
    said: Mapping[str, Attribution],
) -> tuple[Claim, ...]:
    """The claims of drafts with their members, without repetitions, the most central first."""
    found = []
    for draft, bears in zip(drafts, bearing, strict=True):
        held = members(draft, bears, graph, settings, order)
        # What is only refused, asked or left open by all claims nothing, nor does a question, nor what no sentence
        # tells by itself.
        if draft.text.endswith("?") or not tells(draft.text) or not any(one.stance in SUPPORT | DENIAL for one in held):
            continue
        earliest = min(
            (graph.statements[row] for row in draft.rows), key=lambda one: (order[one.report], one.attribution)
        )
        found.append(Claim(id=claim_id(draft, said[earliest.attribution]), text=draft.text, members=held))
    return tuple(distinct(sorted(found, key=lambda claim: rank(claim, said)), settings["repeats"]))


def distinct(claims: Sequence[Claim], most: float) -> list[Claim]:
    """The claims without those that share `most` of their members, or their text, with one before them."""
    kept: list[tuple[Claim, frozenset[str]]] = []
    texts: set[str] = set()
    for claim in claims:
        mine = frozenset(one.attribution for one in claim.members)
        repeats = any(len(mine & theirs) >= most * len(mine | theirs) for _, theirs in kept)
        told = " ".join(re.findall(r"\w+", claim.text.casefold()))
        if not repeats and told not in texts:
            kept.append((claim, mine))
            texts.add(told)
    return [claim for claim, _ in kept]


def report_order(reports: Sequence[Report]) -> dict[str, int]:
    """Each report's place by publication; undated ones after the dated, then by id."""
    dated = sorted(
        reports, key=lambda one: (one.published is None, one.published.end.isoformat() if one.published else "", one.id)
    )
    return {report.id: place for place, report in enumerate(dated)}


# Two figures are held against each other where the statements share so much of the shorter one's terms.
LEAST_SHARED = 0.75


def rival_figures(graph: Graph, claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """Two figures that different holders give for one thing."""
    home: dict[str, str] = {}
    for claim in claims:
        for member in claim.members:
            if member.stance in SUPPORT:
                home.setdefault(member.attribution, claim.id)
    found = []
    for left, right in graph.pairs.tolist():
        one, other = sorted((graph.statements[row] for row in (left, right)), key=lambda it: it.attribution)
        if one.speaker is None or other.speaker in (None, one.speaker) or one.attribution not in home:
            continue
        ours, theirs = terms(one.content), terms(other.content)
        alike = len(ours & theirs) >= LEAST_SHARED * max(1, min(len(ours), len(theirs)))
        # What happened in another year is another thing.
        alike = alike and set(YEAR.findall(one.content)) == set(YEAR.findall(other.content))
        clash = other_number(one.content, other.content) if alike and {one.act, other.act} <= SUPPORT else None
        if clash:
            reason = f"{clash[0].value:g} against {clash[1].value:g} {clash[0].noun}"
            found.append(
                Conflict(
                    claim=home[one.attribution],
                    left=one.attribution,
                    right=other.attribution,
                    kind=ConflictKind.NUMBER,
                    reasons=(reason,),
                )
            )
    return tuple(found)


def denials(claims: Sequence[Claim], said: Mapping[str, Attribution]) -> tuple[Conflict, ...]:
    """Who denies what others support, each pair told once, by the first claim that holds it.

    What is only shown beside a claim is held against nobody.
    """
    once: dict[tuple[str, str], Conflict] = {}
    for claim in claims:
        counted = [one for one in claim.members if not one.loose]
        for right in (one for one in counted if one.stance in DENIAL):
            for left in (one for one in counted if one.stance in SUPPORT):
                kind = _kind(said[left.attribution].speaker, said[right.attribution].speaker, right)
                pair = left.attribution, right.attribution
                if kind:
                    once.setdefault(pair, Conflict(claim=claim.id, left=pair[0], right=pair[1], kind=kind))
    return tuple(once.values())


def _kind(holder: str | None, denier: str | None, member: Member) -> ConflictKind | None:
    if holder is not None and holder == denier:
        return ConflictKind.WITHDRAWAL if member.stance is Act.RETRACTS else None
    return ConflictKind.DENIAL


def links(claims: Sequence[Claim], quoted: Sequence[Quote]) -> tuple[Link, ...]:
    """One link from each claim's clearest member to every other, and along each quote."""
    found = [one for claim in claims for one in _links_of(claim)]
    for quote in quoted:
        found.extend(
            Link(
                left=quote.members[0], right=other, relation=Relation.COPIES, score=1.0, reasons=("same words",), by=BY
            )
            for other in quote.members[1:]
        )
    return tuple(found)


def _links_of(claim: Claim) -> list[Link]:
    hub = max(claim.members, key=lambda one: (one.stance in SUPPORT, one.score, one.attribution))
    return [
        Link(
            left=hub.attribution,
            right=one.attribution,
            relation=Relation.CONTRADICTS if one.stance in DENIAL and hub.stance in SUPPORT else Relation.SAME,
            score=one.score,
            reasons=(f"both bear on “{claim.text}”", *one.reasons),
            by=BY,
        )
        for one in claim.members
        if one.attribution != hub.attribution
    ]
