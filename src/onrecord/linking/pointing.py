"""What only points ("it", "the news", "to comment", "his account") comes to the claim that it points at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from onrecord.datamodel.attribution import NEITHER, SUPPORT, Act, Attribution
from onrecord.datamodel.party import Party
from onrecord.linking.concepts import concept
from onrecord.linking.lexis import DOCUMENTS, OWNED
from onrecord.linking.propositions import Proposition
from onrecord.linking.repeated import RowVectors
from onrecord.linking.stemming import stem

NEAR = 6
LEAST_OWN = 0.2
_DOCUMENTS = frozenset(concept(stem(word)) for word in DOCUMENTS)
_OWN = re.compile(
    r"\b(?:his|her|its|their|my|our)\s+(?:own\s+|earlier\s+|original\s+)?(?:account|story|stories|report|reporting|"
    r"statement|claim|remarks?|words?|article|version|allegations?|post|tweet|assertion)\b",
    re.IGNORECASE,
)


class Holders:
    """Who answers for each attribution, and which are a document's words."""

    def __init__(
        self, attributions: Mapping[str, Attribution], parties: Mapping[str, Party], written: frozenset[str]
    ) -> None:
        self._said = attributions
        self._answers: dict[str | None, str] = {one.id: one.speaks_for or one.id for one in parties.values()}
        self.written = written
        self._outlets: dict[str, list[str]] = {}
        for name, ident in {party.name: party.id for party in parties.values() if party.outlet}.items():
            self._outlets.setdefault(name.casefold(), []).append(ident)

    def holder(self, attribution: str) -> str | None:
        """The party that answers for what was said: the body where a spokesman speaks for it."""
        return self._answers.get(self._said[attribution].speaker)

    def outlets(self, attribution: str) -> tuple[str, ...]:
        """The outlets among the parties that pass on what was said."""
        relay = self._said[attribution].relay
        if not relay:
            return ()
        relays = dict.fromkeys(one.casefold() for one in relay)
        return tuple(ident for relay in relays for ident in self._outlets.get(relay, ()))


@lru_cache(maxsize=1 << 16)
def _names_own(text: str) -> bool:
    return bool(_OWN.search(text))


def own_earlier(found: Sequence[Proposition], holders: Holders) -> dict[int, tuple[int, ...]]:
    """For each statement that takes back or stands by its holder's own words: what he supported before, by row."""
    before: dict[str, list[int]] = {}
    told: dict[int, tuple[int, ...]] = {}
    for row, one in enumerate(found):
        holder = holders.holder(one.attribution)
        if holder is None:
            continue
        turns = one.act is Act.RETRACTS or _names_own(one.text)
        earlier = (
            [other for other in before.get(holder, ()) if found[other].attribution != one.attribution] if turns else []
        )
        if earlier:
            told[row] = tuple(earlier)
        elif one.act in SUPPORT and not one.pointer:
            for each in (holder, *holders.outlets(one.attribution)):
                before.setdefault(each, []).append(row)
    return told


def pointed(
    groups: Sequence[tuple[int, ...]],
    found: Sequence[Proposition],
    vectors: RowVectors,
    own: Mapping[int, tuple[int, ...]],
    holders: Holders,
) -> list[tuple[int, ...]]:
    """The groups, with what points added to the group it points at, or by itself where there is none.

    Words that point back look at the statement just before; a refusal looks at the whole report; who disputes a
    document disputes what documents say; who takes back his words looks at what he said himself.
    """
    home = {row: number for number, group in enumerate(groups) for row in group}
    rows = _Rows(found, holders)
    reports = [len({found[row].report for row in group}) * 1000 + len(group) for group in groups]
    size = {number: worth for number, worth in enumerate(reports)}
    added: dict[int, list[int]] = {}
    alone: list[tuple[int, ...]] = []
    for row, one in enumerate(found):
        if row in home:
            continue
        if row in own:
            target = _taken_back(row, found, vectors, own, home, size)
        else:
            homes = {home[other] for other in _looked(row, found, home, rows)}
            target = max(sorted(homes), key=lambda number: (size[number], -number)) if homes else None
        if target is None:
            alone.append((row,))
        else:
            added.setdefault(target, []).append(row)
            if one.act not in NEITHER:
                home[row] = target
    return [*(tuple(sorted((*group, *added.get(number, ())))) for number, group in enumerate(groups)), *alone]


def _taken_back(
    row: int,
    found: Sequence[Proposition],
    vectors: RowVectors,
    own: Mapping[int, tuple[int, ...]],
    home: Mapping[int, int],
    size: Mapping[int, int],
) -> int | None:
    """The group of the holder's own words that some clause of the statement is close to, else the largest of them."""
    clauses = [other for other in own if found[other].attribution == found[row].attribution]
    near = [
        (round(float(vectors.of_row(clause) @ vectors.of_row(other)), 4), other)
        for clause in clauses
        for other in own[clause]
        if other in home
    ]
    if not near:
        return None
    likeness, best = max(near)
    return home[best] if likeness >= LEAST_OWN else max((home[other] for _, other in near), key=lambda n: (size[n], -n))


class _Rows:
    """Where to look: the rows of each report, and those of documents' words."""

    def __init__(self, found: Sequence[Proposition], holders: Holders) -> None:
        self.of: dict[str, list[int]] = {}
        self.written: list[int] = []
        for row, one in enumerate(found):
            self.of.setdefault(one.report, []).append(row)
            if one.attribution in holders.written:
                self.written.append(row)


def _of_owner(text: str, mine: Sequence[int], found: Sequence[Proposition]) -> list[int]:
    """What somebody said of whom words name as the owner of what they point at: "the union's claim"."""
    owned = OWNED.search(text)
    who = owned["who"].casefold() if owned else ""
    return [other for other in mine if who and who in found[other].speaker.casefold() and found[other].act in SUPPORT]


def _looked(row: int, found: Sequence[Proposition], home: Mapping[int, int], rows: _Rows) -> list[int]:
    one = found[row]
    mine = [other for other in rows.of[one.report] if other in home]
    if one.refused and one.words and one.words[-1] in _DOCUMENTS:
        told = [other for other in rows.written if other in home]
        return [other for other in told if found[other].report == one.report] or told or mine
    theirs = _of_owner(one.text, mine, found)
    if theirs:
        return theirs
    before = [other for other in mine if row - NEAR <= other < row and found[other].attribution != one.attribution]
    if one.act in NEITHER or not before:
        return mine
    last = found[max(before)].attribution
    return [other for other in before if found[other].attribution == last]
