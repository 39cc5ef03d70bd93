"""Mentions to documents: by noun and determiner within a report, by shared nouns over the reports of a story."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.attributing.documents.mentions import Named
from onrecord.attributing.lexicon.documents import CONTINUING, FAMILY
from onrecord.datamodel.report import Part, Report

# "That letter is a draft" names nothing new.
_PREDICATE = re.compile(r"(?:\b(?:is|was|be|been|are|were|as|call(?:s|ed)? it)|['’]s)\s+(?:just |only |probably )?$")


# A chain is taken in where a report comes back to it, or names it so often that its story must be about it.
_AGAIN = 2
_OFTEN = 3


@dataclass(slots=True)
class Chain:
    """The mentions in one report that name one document."""

    family: str
    many: bool = False
    mentions: list[Named] = field(default_factory=list)

    @property
    def nouns(self) -> set[str]:
        """The nouns by which the report calls it, those that only take up left out."""
        return {one.noun for one in self.mentions if not one.continuing}


def chains(report: Report, found: Sequence[Named]) -> list[Chain]:
    """One report's documents, in order of their first mention."""
    heads = [one.span for one in report.passages if one.part in (Part.HEADLINE, Part.SUBHEAD)]
    made: list[Chain] = []
    for one in found:
        if one.indefinite and _PREDICATE.search(report.text, max(0, one.span.start - 20), one.span.start):
            continue
        chain = _chain_of(one, made, heads)
        if chain is None and not one.continuing:
            chain = Chain(FAMILY[one.noun], one.noun.endswith("s"))
            made.append(chain)
        if chain is not None:
            chain.mentions.append(one)
    return made


def _chain_of(one: Named, made: Sequence[Chain], heads: Sequence[object]) -> Chain | None:
    """The document before it that a mention takes up, None where it introduces one."""
    near = [chain for chain in made if chain.family in one.families and chain.many == one.noun.endswith("s")]
    near.sort(key=lambda chain: -chain.mentions[-1].at)
    if one.continuing:
        return next((chain for chain in near if chain.nouns & CONTINUING[one.noun]), None)
    if one.indefinite or one.bare:
        return next((chain for chain in near if _only_in_heads(chain, heads)), None)
    same = next((chain for chain in near if one.noun in chain.nouns), None)
    if same is None and one.owner is not None:
        return None
    return same or max(near, key=lambda chain: len(chain.mentions), default=None)


def _only_in_heads(chain: Chain, heads: Sequence[object]) -> bool:
    return all(any(head.start <= one.at < head.end for head in heads) for one in chain.mentions)  # type: ignore[attr-defined]


def over_reports(held: Mapping[str, Sequence[Chain]]) -> list[dict[str, Chain]]:
    """Each document of a story with its chain in each report: of a family, a report's most named one.

    Two reports tell of one document where they share a noun for it, or a third one's nouns join theirs.
    """
    main: dict[tuple[str, bool], dict[str, Chain]] = {}
    for report, some in held.items():
        for chain in sorted(some, key=lambda one: -len(one.mentions)):
            main.setdefault((chain.family, chain.many), {}).setdefault(report, chain)
    found: list[dict[str, Chain]] = []
    for by_report in main.values():
        found.extend(_taking_in(_joined(by_report)))
    for group in found:
        _widen(group, held)
    return found


def _taking_in(groups: list[dict[str, Chain]]) -> list[dict[str, Chain]]:
    """The groups, the largest with what single reports name often by nouns of their own."""
    groups.sort(key=lambda group: -len(group))
    most, rest = groups[0], groups[1:]
    kept = [most]
    for group in rest:
        often = all(len(chain.mentions) >= _OFTEN for chain in group.values())
        if len(group) == 1 and often and len(most) > 1:
            most.update(group)
        else:
            kept.append(group)
    return kept


def _widen(group: dict[str, Chain], held: Mapping[str, Sequence[Chain]]) -> None:
    """In each report, further chains that are named again by a noun that other reports use for the document."""
    nouns = {noun for chain in group.values() for noun in chain.nouns}
    for report, chain in group.items():
        for other in held[report]:
            if other is chain or (other.family, other.many) != (chain.family, chain.many):
                continue
            again = len(other.mentions) >= _AGAIN and not other.nouns & chain.nouns
            first = other.mentions[0].at < chain.mentions[0].at
            if other.nouns & nouns and (again or first):
                chain.mentions.extend(other.mentions)
        chain.mentions.sort(key=lambda one: one.at)


def _joined(by_report: Mapping[str, Chain]) -> list[dict[str, Chain]]:
    groups: list[tuple[set[str], dict[str, Chain]]] = []
    for report, chain in by_report.items():
        mine = (set(chain.nouns), {report: chain})
        touching = [group for group in groups if group[0] & mine[0]]
        for group in touching:
            mine[0].update(group[0])
            mine[1].update(group[1])
            groups.remove(group)
        groups.append(mine)
    return [dict(sorted(held.items())) for _, held in groups]
