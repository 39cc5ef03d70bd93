"""Parties of a story that are one: a fitted scorer over pairs, then average-link clusters (Lee et al., 2012)."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from math import exp, inf
from typing import Any

import numpy as np

from onrecord.attributing.merging.entities import PartyEntity, PartyMention, entities_of, squashed
from onrecord.attributing.merging.features import may_be_one, row
from onrecord.clustering import average_link
from onrecord.datamodel.party import Party
from onrecord.errors import BackendError
from onrecord.weights.manifest import packed_weights

FILE = "parties.json"
# Statements between two mentions of a report up to which their parties are compared, whatever they are called.
NEAR = 8
# A word that so many parties share tells none from another.
COMMON = 60

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PartyScorer:
    """A logistic model of a pair's features, and the mean chance from which two clusters are joined."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, left: PartyEntity, right: PartyEntity) -> float:
        """The chance that two parties are one."""
        if not may_be_one(left, right):
            return 0.0
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in row(left, right).items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def load_party_scorer() -> PartyScorer | None:
    """The scorer of the weights in force; None where they have none: each party then stays by itself."""
    return _load(os.environ.get("ONRECORD_WEIGHTS"))


@cache
def _load(_folder: str | None) -> PartyScorer | None:
    try:
        weights = packed_weights()
        if not any(file.name == FILE for file in weights.files):
            return None
        return read_party_scorer(json.loads(weights.path(FILE).read_text(encoding="utf-8")))
    except BackendError:
        return None


def read_party_scorer(data: Mapping[str, Any]) -> PartyScorer:
    """A scorer from its file."""
    weights = {str(name): float(weight) for name, weight in data["weights"].items()}
    return PartyScorer(float(data["bias"]), weights, float(data["threshold"]))


def candidate_pairs(entities: Sequence[PartyEntity]) -> Iterator[Pair]:
    """Pairs of places of parties that share a word or a beginning, or speak near each other: blocking."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, entity in enumerate(entities):
        for word in {*entity.description, squashed(entity.name)[:5]}:
            blocks["word", word].append(place)
        for report, numbers in entity.positions.items():
            for near in {number // NEAR + step for number in numbers for step in (0, 1)}:
                blocks["near", report, str(near)].append(place)
    found: set[Pair] = set()
    for block in blocks.values():
        if len(block) <= COMMON:
            found.update(combinations(block, 2))
    yield from sorted(found)


def _kept_apart(entities: Sequence[PartyEntity]) -> Iterator[Pair]:
    """Pairs of a source that was promised anonymity and a named person: no likeness may put a name to it."""
    hidden = [place for place, entity in enumerate(entities) if entity.is_promised_anonymity]
    named = [place for place, entity in enumerate(entities) if entity.is_named_person]
    yield from ((min(a, b), max(a, b)) for a in hidden for b in named)


def clusters(count: int, chances: Mapping[Pair, float], threshold: float) -> list[list[int]]:
    """Places in groups: the two nearest are joined while their mean chance is at least `threshold`.

    Two that were not compared count as chance 0.
    """
    pairs = sorted(chances)
    scored = np.array([chances[pair] for pair in pairs], dtype=np.float64)
    groups = average_link(count, np.array(pairs, dtype=np.int64).reshape(-1, 2), scored, threshold, missing=1.0)
    return [list(group) for group in groups]


def merge_parties(
    parties: Sequence[Party], mentions: Iterable[PartyMention], scorer: PartyScorer | None
) -> tuple[tuple[Party, ...], dict[str, str]]:
    """The parties with those that are one merged, by id, and for each id that of the party that it is now."""
    if scorer is None:
        return tuple(parties), {party.id: party.id for party in parties}
    entities = entities_of(parties, mentions)
    chances = {(a, b): scorer.probability(entities[a], entities[b]) for a, b in candidate_pairs(entities)}
    chances.update(dict.fromkeys(_kept_apart(entities), -inf))
    now = {party.id: party.id for party in parties}
    merged: dict[str, Party] = {}
    for group in clusters(len(entities), chances, scorer.threshold):
        members = sorted((entities[place] for place in group), key=_rank, reverse=True)
        first = members[0].party
        merged[first.id] = _joined([member.party for member in members])
        now.update({member.party.id: first.id for member in members})
    kept = [merged.get(party.id, party) for party in parties if now[party.id] == party.id]
    return tuple(_for_whom(party, now) for party in kept), now


def _rank(entity: PartyEntity) -> tuple[bool, bool, int, int, str]:
    """What names a cluster best: a name, no publication, who is told of most, the longest."""
    return (
        entity.is_name,
        entity.party.named,
        len(entity.mentions),
        len(entity.name),
        entity.party.id,
    )


def _joined(parties: Sequence[Party]) -> Party:
    first = parties[0]
    if len(parties) == 1:
        return first
    names = {name for party in parties if party.named for name in (party.name, *party.aliases)} - {first.name}
    return replace(
        first,
        named=any(party.named for party in parties),
        role=next((party.role for party in parties if party.role), None),
        aliases=tuple(sorted(names)),
        speaks_for=next((party.speaks_for for party in parties if party.speaks_for), None),
        doubtful=any(party.doubtful for party in parties),
        outlet=any(party.outlet for party in parties),
    )


def _for_whom(party: Party, now: Mapping[str, str]) -> Party:
    """The party with the id of whom it speaks for as it is now; nobody speaks for himself."""
    if not party.speaks_for:
        return party
    speaks_for = now.get(party.speaks_for, party.speaks_for)
    return replace(party, speaks_for=None if speaks_for == party.id else speaks_for)
